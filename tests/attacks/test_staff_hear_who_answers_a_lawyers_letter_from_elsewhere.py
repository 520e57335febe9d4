"""A secretary answers the letter of a lawyer from an address that is not on file: nothing is done, and staff hear of it at once."""

from __future__ import annotations

from tests.attacks.desk import ALICE, MALLORY, SATO, SUZUKI, Desk

SECRETARY = "office@lawfirm.example"


def told(desk: Desk, who: str = SUZUKI) -> list[str]:
    return [letter.flat for letter in desk.letters_to(who) if SECRETARY in letter.subject]


def test_a_claim_in_answer_to_a_lawyers_letter_is_shown_to_staff_once_a_day_and_claims_nothing(desk: Desk) -> None:
    """It lay there until the next balance, with its Subject alone."""
    case = desk.case()
    desk.sends_the_round()
    letter = desk.last_letter_to(ALICE)
    for _ in range(2):
        desk.writes(SECRETARY, f"CLAIM {case}", answering=letter)
        desk.passes(minutes=1)
    desk.settles()
    (shown,) = told(desk)
    assert "Alice Arden" in shown and f"CLAIM {case}" in shown and ALICE in shown and len(told(desk, SATO)) == 1
    assert desk.standing(case) == {} and desk.letters_to(SECRETARY) == [] and desk.ending() == "for_staff"


def test_whoever_answers_no_letter_of_ours_is_told_to_nobody(desk: Desk) -> None:
    desk.writes(MALLORY, f"CLAIM {desk.case()}")
    assert desk.letters() == []
