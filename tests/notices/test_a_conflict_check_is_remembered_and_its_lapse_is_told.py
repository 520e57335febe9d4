"""A conflict check: one reminder at half its time; its lapse is told to the member, to staff, and to who is next, each once."""

from __future__ import annotations

from tests.attacks.desk import ALICE, BOB, SUZUKI, Desk

NAMES = "QZX CANARY NAME"


def subjects(desk: Desk, address: str) -> list[str]:
    return [letter.subject for letter in desk.letters_to(address)]


def held_by_alice(desk: Desk, *more: str) -> str:
    case = desk.case(conflict_names=NAMES)
    for number, member in enumerate((ALICE, *more)):
        desk.writes(member, f"CLAIM {case}", at=number)
    desk.settles()
    return case


def test_the_holder_is_reminded_once_at_half_time(desk: Desk) -> None:
    case = held_by_alice(desk)
    desk.passes(hours=23)
    desk.ticks()
    assert len(desk.letters_to(ALICE)) == 1
    desk.passes(hours=2)
    desk.ticks()
    desk.ticks()
    reminder = desk.last_letter_to(ALICE)
    assert len(desk.letters_to(ALICE)) == 2 and f"CLEAR {case}" in reminder.text
    assert NAMES not in reminder.text, "the names stand in one letter only"
    desk.writes(ALICE, f"CLEAR {case}", answering=reminder)
    assert desk.standing(case) == {ALICE: "confirmed"}


def test_who_has_answered_is_not_reminded(desk: Desk) -> None:
    case = held_by_alice(desk)
    desk.writes(ALICE, f"CLEAR {case}")
    desk.passes(hours=30)
    desk.ticks()
    assert len(desk.letters_to(ALICE)) == 2


def test_the_lapse_is_told_to_the_member_to_staff_and_to_who_is_next(desk: Desk) -> None:
    case = held_by_alice(desk, BOB)
    desk.passes(hours=49)
    for _ in range(3):
        desk.ticks()
    assert desk.standing(case) == {ALICE: "lapsed", BOB: "held"}
    assert sum("No longer kept for you" in subject for subject in subjects(desk, ALICE)) == 1
    assert sum("No answer to the conflict check" in subject for subject in subjects(desk, SUZUKI)) == 1
    assert sum("check for conflicts" in subject for subject in subjects(desk, BOB)) == 1
    assert "Bob" not in desk.last_letter_to(ALICE).text and "Alice" not in desk.last_letter_to(BOB).text
    assert NAMES not in desk.last_letter_to(ALICE).text


def test_nobody_is_marked_for_it_and_may_claim_again(desk: Desk) -> None:
    case = held_by_alice(desk)
    desk.passes(hours=49)
    desk.ticks()
    desk.writes(ALICE, f"CLAIM {case}", answering=desk.last_letter_to(ALICE))
    desk.settles()
    assert desk.members()[ALICE] == "active"
    assert "check for conflicts" in desk.last_letter_to(ALICE).subject
