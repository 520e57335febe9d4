"""What a lawyer answers in time keeps the place, in whatever thread of ours, beside other lines, and however late it is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.attacks.checking import is_checking
from tests.attacks.desk import ALICE, BOB, SUZUKI, Desk

HOUR = 3600


@pytest.mark.parametrize("beside", ["状況", "STATUS", "受任 {other}"])
@pytest.mark.parametrize("word", ["はい", "はい、お願いします。", "Yes please, thank you!"])
def test_a_yes_counts_beside_other_lines(desk: Desk, handed_back: Callable[..., str], word: str, beside: str) -> None:
    case, other = handed_back(), desk.case("Another appeal")
    desk.writes(BOB, f"{word}\n{beside.format(other=other)}", answering=desk.last_letter_to(BOB))
    assert desk.standing(case)[BOB] == "confirmed"


def test_words_beside_other_lines_are_answered_with_the_word_and_the_hour(desk: Desk, handed_back: Callable[..., str]) -> None:
    case, other = handed_back(), desk.case("Another appeal")
    desk.writes(BOB, f"引き受けたいと思っています。\n受任 {other}", answering=desk.last_letter_to(BOB))
    answer = desk.last_letter_to(BOB)
    desk.settles()
    answer, told = desk.last_letter_to(BOB).flat, desk.last_letter_to(SUZUKI).flat
    assert desk.standing(case)[BOB] == "held" and case in answer and "kept for you until Sun 29 Nov 2026" in answer
    assert desk.standing(other) == {BOB: "confirmed"}
    assert any(f"{case}. The place is kept until Sun 29 Nov 2026" in letter.flat for letter in desk.letters_to(SUZUKI)), told


@pytest.mark.parametrize("beside", ["状況", "受任 {other}", "受任 {case}"])
def test_commands_alone_are_answered_as_ever(desk: Desk, handed_back: Callable[..., str], beside: str) -> None:
    case, other = handed_back(), desk.case("Another appeal")
    desk.writes(BOB, beside.format(case=case, other=other), answering=desk.last_letter_to(BOB))
    assert desk.standing(case)[BOB] == ("confirmed" if "{case}" in beside else "held")
    assert "still waiting for your answer" not in desk.last_letter_to(BOB).flat


def until(desk: Desk, case: str) -> float:
    return desk.offer_ends(case)


def reads_late(desk: Desk, case: str, who: str, text: str, *, hours: float = 4, **more: Any) -> None:
    """What arrived ten minutes before the end of the time is read some hours after it."""
    ends = until(desk, case)
    desk.clock.after = timedelta(seconds=ends + hours * HOUR)
    desk.writes(who, text, at=ends - 600, **more)
    desk.ticks()


@pytest.mark.parametrize("text", ["CLEAR", "利益相反なし", "I will tell you tomorrow."])
def test_what_has_to_be_asked_about_and_is_read_late_has_its_time_again(desk: Desk, text: str) -> None:
    case = is_checking(desk, ALICE, BOB)
    ends = until(desk, case)
    reads_late(desk, case, ALICE, text)
    asked = desk.last_letter_to(ALICE).flat
    assert desk.standing(case) == {ALICE: "held", BOB: "waitlisted"} and until(desk, case) == ends + 52 * HOUR
    assert "half of that time" not in asked, "none of it is over"
    assert "kept for you until Tue 24 Nov 2026, 16:02 JST" in asked
    assert not any("No answer" in letter.subject for letter in desk.letters_to(SUZUKI))
    desk.passes(hours=1)
    desk.writes(ALICE, f"CLEAR {case}")
    assert desk.standing(case)[ALICE] == "confirmed"


def test_it_lapses_then_where_nothing_comes(desk: Desk) -> None:
    case = is_checking(desk, ALICE, BOB)
    reads_late(desk, case, ALICE, "CLEAR")
    desk.passes(hours=23)
    desk.ticks()
    assert "Half the time is over" not in desk.last_letter_to(ALICE).subject
    desk.passes(hours=2)
    desk.ticks()
    assert "Half the time is over" in desk.last_letter_to(ALICE).subject
    desk.passes(hours=24)
    desk.settles()
    assert desk.standing(case) == {ALICE: "lapsed", BOB: "held"}


def test_an_offer_has_its_time_again_and_its_question_waits_as_long(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    offer = desk.last_letter_to(BOB)
    reads_late(desk, case, BOB, "I am happy to take it!", answering=offer)
    asked, told = desk.last_letter_to(BOB), desk.last_letter_to(SUZUKI).flat
    assert desk.standing(case)[BOB] == "held" and "kept for you until Mon 30 Nov 2026, 16:0" in asked.flat
    assert f"{case}. The place is kept until Mon 30 Nov 2026, 16:0" in told
    desk.passes(hours=1)
    desk.writes(BOB, "YES", answering=offer)
    assert desk.standing(case)[BOB] == "confirmed"


def test_what_came_too_late_has_no_time_again(desk: Desk) -> None:
    case = is_checking(desk, ALICE, BOB)
    ends = until(desk, case)
    desk.clock.after = timedelta(seconds=ends + 4 * HOUR)
    desk.writes(ALICE, "CLEAR", at=ends + 600)
    desk.settles()
    assert desk.standing(case) == {ALICE: "lapsed", BOB: "held"}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_who_is_asked_whether_it_was_them_reads_until_when_the_place_is_kept(
    desk: Desk, handed_back: Callable[..., str], language: str
) -> None:
    case = handed_back()
    desk.joins(BOB, name="Bob Bengo", language=language)
    desk.writes(BOB, f"CLAIM {case}", proven=None)
    asked = desk.last_letter_to(BOB)
    assert ("29 Nov 2026" if language == "en" else "2026年11月29日") in asked.flat and case in asked.flat
    assert "you lose no time" not in asked.flat and "順番は変わりません" not in "".join(asked.text.split())


def test_an_unproven_claim_in_time_that_is_read_late_keeps_the_place_until_its_yes(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    reads_late(desk, case, BOB, f"CLAIM {case}", proven=None, hours=0.5)
    asked = desk.last_letter_to(BOB)
    assert f"{case} is kept for you until Mon 30 Nov 2026, 12:3" in asked.flat
    assert not any("No answer" in letter.subject for letter in desk.letters_to(SUZUKI))
    desk.passes(hours=1)
    desk.writes(BOB, "YES", answering=asked)
    desk.settles()
    with desk.office.ledger.reading() as ledger:
        states = {claim.state.value for claim in ledger.claims.of(case) if ledger.roster.by_id(claim.member_id).email == BOB}
    assert f"{case} is yours" in desk.last_letter_to(BOB).subject and "confirmed" in states and "unverified" not in states
