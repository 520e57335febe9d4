"""A secretary answers the letter of a lawyer from an address that is not on file: nothing is done, and staff hear of it at once."""

from __future__ import annotations

import pytest

from tests.attacks.desk import ALICE, BOB, MALLORY, SATO, SUZUKI, Desk

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


NOTICES = [
    f"Dear colleagues,\n\nplease note my new e-mail address.\n\nold: {ALICE}\nnew: {SECRETARY}\n\nAlice Arden",
    f"このたび、メールアドレスを変更いたしました。\n\n旧：{ALICE}\n新：{SECRETARY}",
]


@pytest.mark.parametrize("text", NOTICES)
def test_a_notice_of_a_new_address_is_shown_at_once_with_its_words_and_changes_nothing(desk: Desk, text: str) -> None:
    """It was told the next morning, with its Subject alone."""
    for _ in range(2):
        desk.writes(SECRETARY, text, subject="New address")
    (shown,) = told(desk)
    assert ALICE in shown and "CHANGE ADDRESS" in shown and text.splitlines()[-1].split()[-1] in shown
    assert len(told(desk, SATO)) == 1 and desk.letters_to(SECRETARY) == [] and desk.letters_to(ALICE) == []
    with desk.office.ledger.reading() as ledger:
        assert ledger.roster.by_address(SECRETARY) is None and ledger.roster.by_address(ALICE) is not None


@pytest.mark.parametrize("proven", [None, False])
def test_a_notice_that_nobody_vouches_for_waits_for_the_balance(desk: Desk, proven: bool | None) -> None:
    desk.writes(SECRETARY, NOTICES[0], proven=proven)
    assert desk.letters() == [] and desk.ending() == "for_staff"


def test_a_list_of_addresses_is_no_notice(desk: Desk) -> None:
    desk.writes(SECRETARY, f"Addresses for sale: {ALICE}, {BOB}")
    desk.writes(SECRETARY, f"Ask {ALICE} about the hearing.")
    assert desk.letters() == []


def test_whoever_answers_no_letter_of_ours_is_told_to_nobody(desk: Desk) -> None:
    desk.writes(MALLORY, f"CLAIM {desk.case()}")
    assert desk.letters() == []
