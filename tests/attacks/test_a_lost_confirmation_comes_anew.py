"""Whose confirmation did not arrive, and who asks for the case again, gets it anew with its file; nobody else, and only while it is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attacks.canaries import CANARIES
from tests.attacks.desk import ALICE, BOB, Desk
from tests.story.test_bounces_and_machines import report

FILE, ANEW = CANARIES[0], "did not reach you"


def lost(desk: Desk, *titles: str) -> list[str]:
    """Cases that are Alice's; the letter that said so came back."""
    cases = [desk.case(title, details=f"The client is {FILE}.") for title in titles or ("Appeal",)]
    desk.writes(ALICE, f"CLAIM {' '.join(cases)}")
    desk.settles()
    assert FILE in desk.last_letter_to(ALICE).text
    desk.arrives(report(desk.last_letter_to(ALICE).message_id, ALICE))
    return cases


def asks_again(desk: Desk, text: str, **more: object) -> str:
    before = len(desk.letters_to(ALICE))
    desk.writes(ALICE, text, **more)
    desk.settles()
    assert len(desk.letters_to(ALICE)) == before + 1
    return desk.last_letter_to(ALICE).flat


@pytest.mark.parametrize(("language", "word"), [("en", "CLAIM"), ("ja", "受任")])
def test_the_answer_to_a_second_claim_is_the_confirmation_with_its_file(desk: Desk, language: str, word: str) -> None:
    desk.writes(ALICE, f"LANGUAGE {language}")
    (case,) = lost(desk)
    told = asks_again(desk, f"{word} {case}")
    assert FILE in told and (ANEW if language == "en" else "届いていない") in told.replace(" ", "" if language == "ja" else " ")
    assert desk.standing(case) == {ALICE: "confirmed"}


def test_once_it_has_gone_out_anew_the_case_is_simply_theirs(desk: Desk) -> None:
    (case,) = lost(desk)
    asks_again(desk, f"CLAIM {case}")
    told = asks_again(desk, f"CLAIM {case}", subject="and once more")
    assert "already yours" in told and FILE not in told
    desk.arrives(report(desk.letters_to(ALICE)[1].message_id, ALICE).replace(b"bounce@", b"bounce2@"))
    assert FILE in asks_again(desk, f"CLAIM {case}", subject="that was lost, too")


def test_one_of_several_that_were_confirmed_together(desk: Desk) -> None:
    first, second = lost(desk, "First", "Second")
    told = asks_again(desk, f"CLAIM {second}")
    assert FILE in told and ANEW in told and first not in told
    told = asks_again(desk, f"CLAIM {first}\nCLAIM {second}", subject="both")
    assert "already yours" in told and ANEW in told


def test_a_letter_that_arrived_is_not_told_anew(desk: Desk) -> None:
    case = desk.case(details=FILE)
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    told = asks_again(desk, f"CLAIM {case}")
    assert "already yours" in told and FILE not in told


@pytest.mark.parametrize("proven", [False, None])
def test_who_is_not_proven_gets_no_file(desk: Desk, proven: bool | None) -> None:
    (case,) = lost(desk)
    before = len(desk.letters_to(ALICE))
    desk.writes(ALICE, f"CLAIM {case}", proven=proven)
    desk.settles()
    assert not [letter for letter in desk.letters_to(ALICE)[before:] if FILE in letter.text]


def test_nobody_else_gets_it(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path)
    desk.joins("clerk@lawfirm.example", name="Clerk")
    (case,) = lost(desk)
    for who in (BOB, "clerk@lawfirm.example"):
        desk.writes(who, f"CLAIM {case}")
        desk.writes(who, f"CLAIM {case} FOR {ALICE}")
        desk.settles()
        assert not [letter for letter in desk.letters_to(who) if FILE in letter.text]


def test_a_case_that_was_handed_back_is_not_told_anew(desk: Desk) -> None:
    (case,) = lost(desk)
    asks_again(desk, f"RELEASE {case}")
    desk.writes(BOB, f"CLAIM {case}")
    desk.settles()
    assert FILE not in asks_again(desk, f"CLAIM {case}")
