"""A member who gives up a claim before it is decided: no answer to an older question brings it back, and each mail has its own answer."""

from __future__ import annotations

from tests.attacks.desk import ALICE, BOB, Desk


def test_a_proven_release_takes_back_a_claim_that_waits_to_be_stood_by(desk: Desk, case: str) -> None:
    desk.writes(ALICE, f"CLAIM {case}", proven=None)
    question = desk.last_letter_to(ALICE)
    desk.passes(minutes=1)
    desk.writes(ALICE, f"RELEASE {case}")
    assert desk.last_letter_to(ALICE).subject.startswith("Taken back") and desk.standing(case) == {ALICE: "released"}
    desk.passes(minutes=1)
    desk.writes(ALICE, "YES", answering=question)
    desk.settles()
    assert desk.standing(case) == {ALICE: "released"}
    assert "back with a later mail" in desk.last_letter_to(ALICE).text


def test_a_new_claim_after_it_counts(desk: Desk, case: str) -> None:
    desk.writes(ALICE, f"CLAIM {case}", proven=None)
    desk.passes(minutes=1)
    desk.writes(ALICE, f"RELEASE {case}")
    desk.passes(minutes=1)
    desk.writes(ALICE, f"CLAIM {case}", subject="again")
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"}


def test_a_claim_and_its_release_that_are_stood_by_together_come_to_nothing(desk: Desk, case: str) -> None:
    desk.writes(ALICE, "PAUSE", proven=None)
    for words in (f"CLAIM {case}", f"RELEASE {case}"):
        desk.passes(minutes=1)
        desk.writes(ALICE, words, proven=None)
    for _ in range(2):
        question = next(letter for letter in reversed(desk.letters_to(ALICE)) if letter.subject.startswith("Was this you"))
        desk.writes(ALICE, "YES", answering=question)
    desk.settles()
    assert desk.standing(case) == {ALICE: "released"} and desk.ending() == "answered"


def test_claim_and_release_in_the_settlement_window_have_each_a_letter_of_its_own(desk: Desk, case: str) -> None:
    desk.writes(ALICE, f"CLAIM {case}", at=1)
    desk.writes(ALICE, f"RELEASE {case}", at=10)
    desk.writes(BOB, f"CLAIM {case}", at=15)
    desk.settles()
    assert desk.standing(case) == {ALICE: "released", BOB: "confirmed"}
    texts = [letter.text for letter in desk.letters_to(ALICE)]
    assert len(texts) == 2 and not any("waiting list" in letter.subject + letter.text for letter in desk.letters_to(ALICE))
    assert sum("back with a later mail, before it was decided" in " ".join(text.split()) for text in texts) == 1
