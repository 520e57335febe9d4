"""A conflict check is of the names as they stand: new ones are checked anew, and a word about the old ones brings no file."""

from __future__ import annotations

import pytest

from tests.attacks.checking import FILE, is_checking
from tests.attacks.desk import ALICE, SUZUKI, Desk

pytestmark = pytest.mark.both_databases


def renames(desk: Desk, case: str) -> None:
    desk.passes(hours=3)
    desk.writes(SUZUKI, f"EDIT {case}\nConflict check: Omar Ahmadi")


@pytest.mark.parametrize("is_answer", [True, False])
def test_a_clear_that_arrived_before_new_names_is_asked_to_check_those(desk: Desk, is_answer: bool) -> None:
    case = is_checking(desk)
    asked, before = desk.last_letter_to(ALICE), desk.clock.after.total_seconds() + 60
    renames(desk, case)
    desk.writes(ALICE, f"CLEAR {case}", answering=asked if is_answer else None, at=before)
    again = desk.last_letter_to(ALICE)
    assert desk.standing(case) == {ALICE: "held"} and "Omar Ahmadi" in again.text and FILE not in again.text
    desk.writes(ALICE, f"CLEAR {case}", answering=again)
    assert desk.standing(case) == {ALICE: "confirmed"}


def test_a_clear_after_new_names_that_answers_the_old_ones_is_asked_again_each_time_and_has_its_time_anew(desk: Desk) -> None:
    case = is_checking(desk)
    asked = desk.last_letter_to(ALICE)
    renames(desk, case)
    for _ in range(2):
        desk.passes(hours=30)
        desk.writes(ALICE, "CLEAR", answering=asked)
        assert desk.standing(case) == {ALICE: "held"} and "Omar Ahmadi" in desk.last_letter_to(ALICE).text
        desk.settles()
    assert desk.standing(case) == {ALICE: "held"}


def test_a_clear_that_answers_the_letter_with_the_new_names_confirms(desk: Desk) -> None:
    case = is_checking(desk)
    renames(desk, case)
    desk.writes(ALICE, "CLEAR", answering=desk.last_letter_to(ALICE))
    assert desk.standing(case) == {ALICE: "confirmed"}


def test_names_that_changed_before_the_place_was_given_need_no_second_check(desk: Desk) -> None:
    case = desk.case(details=FILE, conflict_names="Farida Ahmadi")
    renames(desk, case)
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.writes(ALICE, f"CLEAR {case}")
    assert desk.standing(case) == {ALICE: "confirmed"}
