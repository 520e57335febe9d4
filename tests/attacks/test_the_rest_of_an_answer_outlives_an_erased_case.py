"""A case is erased while an answer that tells of others, too, has not left: nothing of it leaves, and nobody goes unanswered about the others."""

from __future__ import annotations

import pytest

from bot.reception import erase, readdress
from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk
from tests.attacks.posting import PostRoom
from tests.servers.smtp_sink import SmtpSink
from tests.story.people import Letter

pytestmark = pytest.mark.both_databases

SECRET, OTHER_SECRET = "QZX CANARY NAME", "QZX OTHER CANARY"


@pytest.fixture
def room(desk: Desk, sink: SmtpSink) -> PostRoom:
    return PostRoom(desk, sink)


def sent_to(room: PostRoom, reader: str = ALICE) -> list[Letter]:
    """But for the word that an erased case is over."""
    letters = [Letter(one) for one in sorted(room.sink.to(reader), key=lambda one: one.order)]
    return [letter for letter in letters if not letter.subject.startswith("Over:")]


def told(room: PostRoom, reader: str = ALICE) -> str:
    return " ".join(word for letter in sent_to(room, reader) for word in f"{letter.subject}\n{letter.text}".split())


def claims_two(desk: Desk, words: str = "CLAIM {0}\nCLAIM {1}", **more: str) -> tuple[str, str]:
    """Alice asks for two cases in one mail and has both; her answer has not left."""
    first, second = desk.case("First", details=SECRET, **more), desk.case("Second", details=OTHER_SECRET, **more)
    desk.writes(ALICE, words.format(first, second))
    desk.settles()
    return first, second


def erased(room: PostRoom, *cases: str) -> None:
    """They go for good, and what is owed then leaves."""
    for case in cases:
        erase(room.desk.office, case)
    room.desk.ticks()
    room.drains()


@pytest.mark.parametrize("which", [0, 1])
def test_the_file_of_the_other_case_leaves_in_its_place_under_its_message_id(desk: Desk, room: PostRoom, which: int) -> None:
    both = claims_two(desk)
    (before,) = room.rows("transcript")
    asked = desk.last_letter_to(ALICE).headers["In-Reply-To"]
    erased(room, both[which])
    (letter,) = sent_to(room)
    assert (letter.message_id, letter.headers["In-Reply-To"]) == (before.message_id, asked) and asked
    kept, gone = both[1 - which], both[which]
    assert f"{kept} is yours" in told(room) and gone not in told(room)
    assert ((SECRET, OTHER_SECRET)[1 - which] in told(room)) and (SECRET, OTHER_SECRET)[which] not in told(room)


def test_lines_about_no_case_go_with_the_words_of_the_mail(desk: Desk, room: PostRoom) -> None:
    first, second = claims_two(desk, words="CLAIM {0}\nCLAIM {1}\nPAUSE UNTIL whenever\nLIST")
    erased(room, first)
    assert OTHER_SECRET in told(room) and f"{second} is yours" in told(room) and "whenever" not in told(room)


def test_names_that_have_not_left_are_shown_before_a_clear_brings_the_file(desk: Desk, room: PostRoom) -> None:
    first, second = claims_two(desk, conflict_names="Somebody")
    erase(desk.office, first)
    desk.writes(ALICE, f"CLEAR {second}")
    desk.ticks()
    room.drains()
    assert "had not left us yet" in told(room) and OTHER_SECRET not in told(room) and "Somebody" in told(room)


def test_nothing_leaves_where_all_of_it_is_erased(desk: Desk, room: PostRoom) -> None:
    both = claims_two(desk)
    erased(room, *both)
    assert room.states("transcript") == ["cancelled"] and not sent_to(room)


def test_what_a_sender_has_in_hand_and_has_not_begun_does_not_leave(desk: Desk, room: PostRoom) -> None:
    first, _ = claims_two(desk)
    alone = desk.case("Third", details=SECRET)
    desk.writes(BOB, f"CLAIM {alone}")
    desk.settles()
    with desk.office.ledger.writing() as ledger:
        taken = [
            one
            for one in ledger.leases.take(now=desk.now, sender="", limit=9, by="another sender")
            if one.kind in ("transcript", "confirmation")
        ]
    assert len(taken) == 2
    for case in (first, alone):
        erase(desk.office, case)
    assert [room.begins(one) for one in taken] == [set(), set()]
    desk.ticks()
    room.drains()
    assert SECRET not in told(room) + told(room, BOB) and OTHER_SECRET in told(room)


def test_it_follows_its_reader_to_a_new_address(desk: Desk, room: PostRoom) -> None:
    first, _ = claims_two(desk)
    erase(desk.office, first)
    assert readdress(desk.office, ALICE, "alice@elsewhere.example", why="she called") == ""
    desk.ticks()
    room.drains()
    assert OTHER_SECRET in told(room, "alice@elsewhere.example") and OTHER_SECRET not in told(room)


def test_a_letter_of_its_own_about_the_other_case_of_the_mail_leaves(desk: Desk, room: PostRoom) -> None:
    """She moved up on it later."""
    first, second = desk.case("First", details=SECRET), desk.case("Second", details=OTHER_SECRET)
    desk.writes(BOB, f"CLAIM {second}")
    desk.passes(seconds=1)
    desk.writes(ALICE, f"CLAIM {first}\nCLAIM {second}")
    desk.settles()
    room.drains()
    desk.writes(BOB, f"RELEASE {second}")
    desk.settles()
    erased(room, first)
    assert OTHER_SECRET in told(room) and f"{second} is yours" in told(room)


@pytest.mark.parametrize("who", [SATO, SUZUKI])
def test_staff_are_answered_about_the_other_case(desk: Desk, room: PostRoom, who: str) -> None:
    first, second = desk.case("First", details=SECRET), desk.case("Second")
    desk.writes(who, f"CLOSE {first} WITH {SECRET} has gone home\nCLOSE {second} WITH it is over")
    erased(room, first)
    (answer,) = (letter for letter in sent_to(room, who) if letter.headers.get("In-Reply-To"))
    assert second in answer.text and first not in answer.text and SECRET not in told(room, who)


def test_staff_read_whose_answer_goes_out_without_it(desk: Desk, room: PostRoom) -> None:
    first, _ = claims_two(desk)
    erased(room, first)
    (notice,) = (letter for letter in sent_to(room, SUZUKI) if letter.subject == f"Erased: {first}")
    text = notice.flat
    assert f"without it, to {ALICE}" in text and f"cancelled, to {SATO}, {SUZUKI}." in text
