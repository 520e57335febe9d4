"""Who leaves, or is taken off the roster, while a conflict check runs gives up the place, and is told which names to delete."""

from __future__ import annotations

import pytest

from tests.attacks.checking import FILE, is_checking
from tests.attacks.desk import ALICE, BOB, CHIKA, SUZUKI, Desk

pytestmark = pytest.mark.both_databases


def test_who_is_taken_off_the_roster_checks_no_more_and_the_next_in_line_moves_up(desk: Desk) -> None:
    case = is_checking(desk, ALICE, BOB)
    desk.writes(SUZUKI, f"REMOVE {ALICE}")
    told = [letter.flat for letter in desk.letters_to(ALICE)[-2:]]
    assert any("no longer on the roster" in text for text in told) and any("delete the names" in text for text in told)
    assert f"the next in line moves up: {case}" in desk.last_letter_to(SUZUKI).flat
    desk.settles()
    assert desk.standing(case) == {ALICE: "released", BOB: "held"} and "Farida Ahmadi" in desk.last_letter_to(BOB).text
    assert "bob@bengo.example" in desk.last_letter_to(SUZUKI).text
    desk.writes(ALICE, f"CLEAR {case}")
    assert FILE not in desk.last_letter_to(ALICE).text and desk.standing(case)[ALICE] == "released"


def test_who_is_taken_off_the_roster_keeps_a_case_that_is_theirs(desk: Desk) -> None:
    case = is_checking(desk, ALICE, BOB)
    desk.writes(ALICE, f"CLEAR {case}")
    desk.writes(SUZUKI, f"REMOVE {ALICE}")
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed", BOB: "waitlisted"}


def test_the_place_of_who_is_taken_off_may_be_given_in_the_same_mail(desk: Desk) -> None:
    case = is_checking(desk, ALICE, BOB, CHIKA)
    desk.writes(SUZUKI, f"REMOVE {ALICE}\nASSIGN {case} {CHIKA}")
    assert desk.standing(case) == {ALICE: "released", BOB: "waitlisted", CHIKA: "held"}


@pytest.mark.parametrize("holds_another", [False, True])
def test_who_leaves_while_checking_is_told_of_names_to_delete_and_of_no_file(desk: Desk, holds_another: bool) -> None:
    checked = desk.case(conflict_names="Karimi Reza", details="THE FILE")
    held = desk.case("Another appeal") if holds_another else ""
    desk.writes(ALICE, f"CLAIM {checked} {held}".strip())
    desk.settles()
    desk.writes(ALICE, "LEAVE")
    asked = desk.last_letter_to(ALICE)
    assert f"{checked} is kept for you while you check" in asked.flat and (f"You hold 1 case: {held}." in asked.flat) == holds_another
    desk.writes(ALICE, "YES", answering=asked)
    told, staff = desk.last_letter_to(ALICE).flat, desk.last_letter_to(SUZUKI).flat
    assert f"conflict check of {checked} passes" in told and "delete the names" in told
    assert ("keep or destroy the files" in told, "what is due next" in staff) == (holds_another, holds_another)
    assert "the file had not gone out" in staff and desk.standing(checked) == {ALICE: "released"}


def test_who_leaves_while_waiting_is_told_that_the_place_in_line_is_given_up(desk: Desk) -> None:
    case = is_checking(desk, ALICE, BOB)
    desk.writes(BOB, "LEAVE")
    assert f"Your place in line for {case} is given up" in desk.last_letter_to(BOB).flat
    desk.writes(ALICE, f"CONFLICT {case}")
    desk.settles()
    assert desk.standing(case) == {ALICE: "released", BOB: "released"}
