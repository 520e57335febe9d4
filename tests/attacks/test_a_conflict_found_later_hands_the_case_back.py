"""Who says CONFLICT of a case that is theirs already gives it back as by RELEASE; staff read at once why, and no file leaves any more."""

from __future__ import annotations

import pytest

from tests.attacks.checking import FILE, is_checking
from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk
from tests.attacks.posting import PostRoom
from tests.servers.smtp_sink import SmtpSink

pytestmark = pytest.mark.both_databases


@pytest.fixture
def room(desk: Desk, sink: SmtpSink) -> PostRoom:
    return PostRoom(desk, sink)


@pytest.mark.parametrize("words", ["CONFLICT {}", "利益相反あり {}", "Sorry, I was too quick.\n\nCONFLICT {}\n\nWe act for a relative."])
def test_who_has_cleared_the_names_may_still_say_conflict(desk: Desk, words: str) -> None:
    case = is_checking(desk, ALICE, BOB)
    desk.writes(ALICE, f"CLEAR {case}")
    desk.passes(minutes=1)
    desk.writes(ALICE, words.format(case))
    answer, told = desk.last_letter_to(ALICE), [letter for letter in desk.letters_to(SUZUKI) if "conflict of interest" in letter.flat]
    assert desk.standing(case)[ALICE] == "released" and f"{case} is no longer yours" in answer.flat and "what is due next" in answer.flat
    assert (
        told[-1].subject == f"Handed back, conflict: {case}, Asylum appeal"
        and "Alice Arden has found a conflict of interest" in told[-1].flat
    )
    assert any("利益相反" in letter.subject for letter in desk.letters_to(SATO))
    assert ("We act for a relative." in "".join(letter.flat for letter in desk.letters_to(SUZUKI))) is ("relative" in words)
    desk.settles()
    assert desk.standing(case) == {ALICE: "released", BOB: "held"}
    desk.writes(SUZUKI, f"EXPLAIN {case}")
    assert "found a conflict of interest" in desk.last_letter_to(SUZUKI).flat


def test_read_together_with_the_clear_no_file_leaves(desk: Desk, room: PostRoom) -> None:
    case = is_checking(desk)
    room.drains()
    desk.reads([(1000, ALICE, f"CLEAR {case}"), (1060, ALICE, f"CONFLICT {case}")])
    desk.settles()
    room.drains()
    assert desk.standing(case) == {ALICE: "released"} and FILE not in "".join(letter.message.as_string() for letter in room.sink.letters)
    assert room.states("confirmation") == ["cancelled"]


def test_a_bare_conflict_in_the_thread_of_the_file_is_about_its_case(desk: Desk) -> None:
    case, other = is_checking(desk), is_checking(desk)
    desk.writes(ALICE, f"CLEAR {case}")
    desk.writes(ALICE, "CONFLICT", answering=desk.last_letter_to(ALICE))
    assert (desk.standing(case), desk.standing(other)) == ({ALICE: "released"}, {ALICE: "held"})


def test_beside_words_that_there_is_none_a_person_reads_it(desk: Desk) -> None:
    case = is_checking(desk)
    desk.writes(ALICE, f"CLEAR {case}")
    desk.writes(ALICE, f"CONFLICT {case}\nno conflict after all", answering=desk.last_letter_to(ALICE))
    assert desk.standing(case) == {ALICE: "confirmed"} and "no conflict after all" in desk.last_letter_to(SUZUKI).flat


def test_a_case_without_a_check_is_handed_back_alike_and_a_place_in_line_is_left(desk: Desk) -> None:
    case = desk.case(details=FILE)
    for second, lawyer in enumerate((ALICE, BOB)):
        desk.writes(lawyer, f"CLAIM {case}", at=second)
    desk.settles()
    desk.writes(BOB, f"CONFLICT {case}")
    assert desk.standing(case) == {ALICE: "confirmed", BOB: "released"}
    desk.writes(ALICE, f"CONFLICT {case}")
    assert desk.standing(case) == {ALICE: "released", BOB: "released"}


def test_who_has_nothing_to_do_with_the_case_hears_that(desk: Desk) -> None:
    case = is_checking(desk, ALICE)
    desk.writes(BOB, f"CONFLICT {case}")
    assert "No conflict check on the case" in desk.last_letter_to(BOB).flat and desk.standing(case) == {ALICE: "held"}
