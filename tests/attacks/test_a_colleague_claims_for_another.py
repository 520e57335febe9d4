"""A coordinator or deputy claims in a colleague's name: the colleague alone has the case, and nobody hands one back for another."""

from __future__ import annotations

import pytest

from tests.attacks.desk import ALICE, BOB, SUZUKI, Desk

CORA, DAN, DANA = "cora@lawfirm.example", "dan@lawfirm.example", "dana@lawfirm.example"
FIRM = "Law Firm LPC"


@pytest.fixture
def firm(desk: Desk) -> Desk:
    """Cora coordinates for Dan and Dana at her firm; Bob works elsewhere."""
    desk.joins(CORA, name="Cora Coe", firm=FIRM, roles=("coordinator",))
    desk.joins(DAN, name="森 大輔", firm=FIRM, language="ja")
    desk.joins(DANA, name="Dana Mori", firm=FIRM)
    desk.joins(BOB, name="Bob Bengo", firm="Other Firm")
    return desk


@pytest.mark.parametrize(
    "text", ["CLAIM {} FOR Dana Mori", "claim {} for Ms. Mori", "受任 {} 代理 Dana Mori様", "CLAIM {} FOR dana@lawfirm.example"]
)
def test_a_coordinator_claims_for_a_colleague_who_alone_gets_the_file(firm: Desk, text: str) -> None:
    case = firm.case(details="QZX CANARY NAME")
    firm.writes(CORA, text.format(case), at=3)
    firm.writes(BOB, f"CLAIM {case}", at=5)
    firm.settles()
    assert firm.standing(case) == {DANA: "confirmed", BOB: "waitlisted"}
    assert (
        "QZX CANARY NAME" in firm.last_letter_to(DANA).text
        and "Cora Coe asked for this case in your name" in firm.last_letter_to(DANA).flat
    )
    (told,) = firm.letters_to(CORA)
    assert told.subject == f"{case} is with Dana Mori" and "QZX" not in told.text + told.html


def test_a_japanese_name_is_found_with_or_without_its_space(firm: Desk) -> None:
    for name in ("森大輔", "森　大輔 先生", "大輔"):
        case = firm.case()
        firm.writes(CORA, f"受任 {case} 代理 {name}")
        firm.settles()
        assert firm.standing(case) == {DAN: "confirmed"}
    assert "さん" in firm.last_letter_to(DAN).text


def test_the_names_of_a_conflict_check_go_to_the_colleague_alone(firm: Desk) -> None:
    case = firm.case(conflict_names="験証 漏子")
    firm.writes(CORA, f"CLAIM {case} FOR {DANA}")
    firm.settles()
    assert "験証 漏子" in firm.last_letter_to(DANA).text and "験証" not in firm.last_letter_to(CORA).text + firm.last_letter_to(CORA).html


def test_staff_who_assign_the_case_meanwhile_send_the_coordinator_no_file(firm: Desk) -> None:
    case = firm.case(details="QZX CANARY NAME")
    firm.writes(CORA, f"CLAIM {case} FOR {DANA}")
    firm.writes(SUZUKI, f"ASSIGN {case} {DANA}")
    assert "QZX" in firm.last_letter_to(DANA).text and "QZX" not in firm.last_letter_to(CORA).text + firm.last_letter_to(CORA).html


def test_two_whom_a_name_fits_are_asked_about(firm: Desk) -> None:
    firm.joins("ken@lawfirm.example", name="Ken Mori", firm=FIRM)
    case = firm.case("QZX CANARY NAME")
    firm.writes(CORA, f"CLAIM {case} FOR Mori")
    text = firm.last_letter_to(CORA).flat
    assert firm.standing(case) == {} and DANA in text and "ken@lawfirm.example" in text and "QZX" not in text


@pytest.mark.parametrize(
    ("sender", "whom"), [(CORA, "Bob Bengo"), (CORA, BOB), (CORA, "Nobody"), (DANA, "Cora Coe"), (BOB, DANA), (ALICE, "Dana Mori")]
)
def test_nobody_claims_for_another_firm_or_without_the_role(firm: Desk, sender: str, whom: str) -> None:
    case = firm.case("QZX CANARY NAME")
    firm.writes(sender, f"CLAIM {case} FOR {whom}")
    firm.settles()
    assert firm.standing(case) == {} and "QZX" not in firm.last_letter_to(sender).text


def test_a_deputy_claims_for_whom_the_roster_names_and_nobody_else(firm: Desk) -> None:
    firm.joins(ALICE, name="Alice Arden", roles=(f"deputy: {BOB}",))
    case = firm.case(places=2)
    firm.writes(ALICE, f"CLAIM {case} FOR Bob Bengo")
    firm.writes(ALICE, f"CLAIM {case} FOR {DANA}")
    firm.settles()
    assert firm.standing(case) == {BOB: "confirmed"}


def test_an_unproven_coordinator_is_asked_and_the_claim_counts_from_the_first_arrival(firm: Desk) -> None:
    case = firm.case()
    firm.writes(CORA, f"CLAIM {case} FOR {DANA}", at=0, proven=None)
    firm.writes(CORA, "YES", answering=firm.last_letter_to(CORA), at=60, proven=None)
    firm.writes(BOB, f"CLAIM {case}", at=5)
    firm.settles()
    assert firm.standing(case) == {DANA: "confirmed", BOB: "waitlisted"}


def test_the_colleagues_limit_counts_and_one_case_is_claimed_once(firm: Desk) -> None:
    first, second = firm.case(), firm.case()
    firm.writes(DANA, "LIMIT 1")
    firm.writes(CORA, f"CLAIM {first} FOR Dana Mori\nCLAIM {first} FOR {DANA}\nCLAIM {second} FOR Dana Mori")
    firm.settles()
    assert firm.standing(first) == {DANA: "confirmed"} and firm.standing(second) == {DANA: "refused"}
    assert firm.last_letter_to(CORA).subject.startswith("1 done, 2 not")


@pytest.mark.parametrize(
    "text", ["RELEASE {} FOR Dana Mori", "release {} for Ms. Mori.", "辞退 {} 代理 Dana Mori様", "RELEASE {} FOR dana@lawfirm.example"]
)
def test_nobody_hands_back_for_a_colleague_and_who_tries_hears_what_to_do(firm: Desk, text: str) -> None:
    case = firm.case(places=2)
    firm.writes(CORA, f"CLAIM {case}\nCLAIM {case} FOR {DANA}")
    firm.settles()
    before = firm.standing(case)
    firm.writes(CORA, text.format(case))
    firm.settles()
    assert firm.standing(case) == before
    told = firm.last_letter_to(CORA).flat
    assert f"Please ask your colleague to write “RELEASE {case}” from their own address" in told and "you meant to hand" not in told
    assert firm.ending() == "for_staff" and text.format(case) in firm.last_letter_to(SUZUKI).text


def test_with_the_colleagues_address_alone_nothing_is_handed_back_either(firm: Desk) -> None:
    case = firm.case(places=2)
    firm.writes(CORA, f"CLAIM {case}\nCLAIM {case} FOR {DANA}")
    firm.settles()
    before = firm.standing(case)
    firm.writes(CORA, f"RELEASE {case} {DANA}")
    firm.settles()
    assert firm.standing(case) == before == {CORA: "confirmed", DANA: "confirmed"}
    assert f"Please ask your colleague to write “RELEASE {case}”" in firm.last_letter_to(CORA).flat


def test_explain_says_who_asked_for_whom(firm: Desk) -> None:
    case = firm.case()
    firm.writes(CORA, f"CLAIM {case} FOR {DANA}")
    firm.settles()
    firm.writes(SUZUKI, f"EXPLAIN {case}")
    assert f"claimed for {DANA} by {CORA}" in firm.last_letter_to(SUZUKI).flat
