"""The cap on answers that change nothing stands between two machines, and never between a member and a case."""

from __future__ import annotations

from tests.attacks.desk import ALICE, SATO, Desk


def test_unproven_mail_leaves_a_member_every_answer_of_the_day(desk: Desk, case: str) -> None:
    for number in range(8):
        desk.writes(ALICE, f"hello {number}", proven=None)
    assert len(desk.letters_to(ALICE)) == 5
    desk.writes(ALICE, "STATUS")
    assert len(desk.letters_to(ALICE)) == 6
    assert any(ALICE in letter.text and "hello" not in letter.text for letter in desk.letters_to(SATO))


def test_did_you_mean_keeps_a_place_and_goes_when_the_answers_are_used_up(desk: Desk, case: str) -> None:
    for number in range(6):
        desk.writes(ALICE, f"hello {number}")
    before = len(desk.letters_to(ALICE))
    for words in (f"I would love to take {case}", f"As I said, I would take {case}"):
        desk.writes(ALICE, words)
    assert before == 6 and len(desk.letters_to(ALICE)) == 7
    desk.writes(ALICE, "YES", answering=desk.last_letter_to(ALICE))
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"}
