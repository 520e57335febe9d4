"""F-12, F-13, F-15, F-28: one lawyer, one place; what comes of claims and releases of the same person in any order."""

from __future__ import annotations

from pathlib import Path

from bot.core.model import Lifecycle
from tests.attacks.desk import ALICE, BOB, Desk


def test_F_12_two_mails_of_one_lawyer_make_one_award(desk: Desk) -> None:
    case = desk.case(places=2)
    desk.writes(ALICE, f"CLAIM {case}", at=0, subject="from my phone")
    desk.writes(ALICE, f"CLAIM {case}", at=1, subject="from my PC")
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"} and len(desk.letters_to(ALICE)) == 2
    desk.writes(ALICE, f"CLAIM {case}")
    assert "Already yours" in desk.last_letter_to(ALICE).subject


def test_F_13_claim_release_claim_goes_behind_who_came_between(desk: Desk) -> None:
    case = desk.case()
    for who, word, at in ((ALICE, "CLAIM", 1), (ALICE, "RELEASE", 10), (BOB, "CLAIM", 15), (ALICE, "CLAIM", 20)):
        desk.writes(who, f"{word} {case}", at=at)
    desk.settles()
    with desk.office.ledger.reading() as ledger:
        states = [claim.state.value for claim in sorted(ledger.claims.of(case), key=lambda claim: claim.stamp.order)]
    assert states == ["released", "confirmed", "waitlisted"]


def test_F_13_in_one_mail_nobody_loses_a_place_by_words_that_undo_each_other(desk: Desk) -> None:
    case = desk.case()
    desk.writes(ALICE, f"CLAIM {case}", at=0)
    desk.settles()
    desk.writes(BOB, f"CLAIM {case}")
    desk.settles()
    desk.writes(ALICE, f"RELEASE {case}\nCLAIM {case}")
    desk.settles()
    with desk.office.ledger.reading() as ledger:
        assert [claim.state.value for claim in ledger.claims.of(case)] == ["confirmed", "waitlisted"]
    assert "take that back" in desk.last_letter_to(ALICE).flat


def test_F_15_unpublished_and_unknown_ids_are_answered_alike(desk: Desk) -> None:
    draft = desk.case("QZX CANARY NAME", lifecycle=Lifecycle.DRAFT)
    answers = []
    for case in (draft, "JUS-2026-999"):
        desk.writes(ALICE, f"CLAIM {case}", at=5)
        answers.append(desk.last_letter_to(ALICE).text.replace(case, "ID"))
    assert answers[0] == answers[1] and desk.standing(draft) == {}


def test_F_28_of_many_claims_in_one_mail_the_first_count_in_the_written_order(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path, settle_seconds="settle_seconds = 120\nmax_open_per_member = 2")
    cases = [desk.case(f"Case {number}") for number in range(4)]
    desk.writes(ALICE, f"CLAIM {cases[2]} {cases[0]}\nCLAIM {cases[3]} {cases[1]}", at=0)
    desk.settles()
    assert [desk.standing(case)[ALICE] for case in cases] == ["confirmed", "refused", "confirmed", "refused"]
    assert "as one person may (2)" in desk.last_letter_to(ALICE).flat
