"""Group S of the attacks: who a mail says it is from is no proof."""

from __future__ import annotations

from tests.attacks.desk import ALICE, BOB, Desk


def test_S_01_a_bare_from_line_is_asked_about_and_blocks_nobody(desk: Desk) -> None:
    case = desk.case()
    desk.writes(ALICE, f"CLAIM {case}", at=0, proven=None)
    desk.writes(BOB, f"CLAIM {case}", at=5)
    desk.settles()
    assert desk.standing(case) == {ALICE: "unverified", BOB: "confirmed"}
    assert len(desk.letters_to(ALICE)) == 1


def test_S_15_the_answer_goes_to_the_address_on_file_and_never_to_reply_to(desk: Desk) -> None:
    case = desk.case()
    desk.writes(ALICE, f"CLAIM {case}", at=0, headers={"Reply-To": "mallory@evil.example"})
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"}
    assert {letter.received.rcpt[0] for letter in desk.letters()} == {ALICE, "sato@ngo.example", "suzuki@ngo.example"}
