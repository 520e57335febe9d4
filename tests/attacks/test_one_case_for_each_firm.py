"""Where staff wish it, a firm has one case a month: a further claim of it waits a day for somebody of another firm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.model import Deadline
from tests.attacks import oracles
from tests.attacks.desk import ALICE, BOB, CHIKA, SUZUKI, Desk

pytestmark = pytest.mark.both_databases


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Alice and Bob are of one firm, written in two ways; Chika is of none."""
    desk = Desk.open(tmp_path, settle_seconds="settle_seconds = 120\none_per_firm = true")
    desk.joins(ALICE, name="Alice Arden", firm="Kita Law Office")
    desk.joins(BOB, name="Bob Bengo", firm="ＫＩＴＡ  law office")
    return desk


def test_a_further_claim_of_the_firm_waits_and_its_member_hears_why(desk: Desk) -> None:
    first, second = desk.case(), desk.case("Another appeal")
    desk.writes(ALICE, f"CLAIM {first}", at=0)
    desk.writes(BOB, f"CLAIM {second}", at=5)
    desk.settles()
    assert (desk.standing(first), desk.standing(second)) == ({ALICE: "confirmed"}, {BOB: "waitlisted"})
    assert "Your firm has taken a case of this month already" in desk.last_letter_to(BOB).flat
    desk.writes(SUZUKI, f"EXPLAIN {second}")
    assert "the firm had a case of this month already" in desk.last_letter_to(SUZUKI).flat


def test_somebody_of_another_firm_comes_first(desk: Desk) -> None:
    first, second = desk.case(), desk.case("Another appeal")
    desk.writes(ALICE, f"CLAIM {first} {second}")
    desk.settles()
    desk.writes(CHIKA, f"CLAIM {second}")
    desk.settles()
    assert desk.standing(second) == {ALICE: "waitlisted", CHIKA: "confirmed"}
    told = desk.last_letter_to(ALICE).flat
    assert "Somebody of another firm has asked since then, and has it now" in told and second in desk.last_letter_to(ALICE).subject


def test_after_a_day_without_another_claim_the_firm_has_the_case_after_all(desk: Desk) -> None:
    first, second = desk.case(), desk.case("Another appeal")
    desk.writes(ALICE, f"CLAIM {first} {second}")
    desk.settles()
    desk.passes(hours=23)
    desk.settles()
    assert desk.standing(second) == {ALICE: "waitlisted"}
    desk.passes(hours=1)
    desk.settles()
    assert desk.standing(second) == {ALICE: "confirmed"} and second in desk.last_letter_to(ALICE).subject
    assert "come free" not in desk.last_letter_to(ALICE).flat, "no place was ever taken"


def test_two_places_of_one_case_do_not_both_go_to_one_firm_while_others_ask(desk: Desk) -> None:
    case = desk.case(places=2)
    for second, sender in enumerate((ALICE, BOB, CHIKA)):
        desk.writes(sender, f"CLAIM {case}", at=second)
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed", BOB: "waitlisted", CHIKA: "confirmed"}


def test_the_earlier_of_two_claims_of_a_firm_counts_whatever_the_order_of_the_cases(desk: Desk) -> None:
    first, second = desk.case(), desk.case("Another appeal")
    desk.writes(BOB, f"CLAIM {first}", at=5)
    desk.writes(ALICE, f"CLAIM {second}", at=0)
    desk.settles()
    assert (desk.standing(first), desk.standing(second)) == ({BOB: "waitlisted"}, {ALICE: "confirmed"})


def test_what_is_urgent_waits_for_no_other_firm(desk: Desk) -> None:
    first, second = desk.case(), desk.case("Removal", deadline=Deadline(desk.now + timedelta(days=3), is_day=False))
    desk.writes(ALICE, f"CLAIM {first} {second}")
    desk.settles()
    assert desk.standing(second) == {ALICE: "confirmed"}


def test_in_the_next_month_the_firm_may_have_another_case(desk: Desk) -> None:
    first = desk.case()
    desk.writes(ALICE, f"CLAIM {first}")
    desk.settles()
    desk.passes(days=14)
    second = desk.case("Another appeal")
    desk.writes(BOB, f"CLAIM {second}")
    desk.settles()
    assert desk.standing(second) == {BOB: "confirmed"}


def test_people_without_a_firm_are_of_no_common_firm(desk: Desk) -> None:
    other = desk.joins("kanda@solo.example", name="Kanda")
    first, second = desk.case(), desk.case("Another appeal")
    desk.writes(CHIKA, f"CLAIM {first}", at=0)
    desk.writes(other, f"CLAIM {second}", at=1)
    desk.settles()
    assert (desk.standing(first), desk.standing(second)) == ({CHIKA: "confirmed"}, {other: "confirmed"})


@pytest.mark.parametrize("is_read_late", [False, True])
def test_a_claim_of_the_last_evening_of_a_month_is_that_months_however_late_it_is_read(desk: Desk, is_read_late: bool) -> None:
    """Read on the first, it overtook the other firm's claim: the firm had had no case of the new month."""
    first, second = desk.case(), desk.case("Another appeal")
    desk.writes(ALICE, f"CLAIM {first}")
    desk.settles()
    evening = datetime(2026, 11, 30, 11, 0, tzinfo=UTC) - desk.clock.began
    desk.passes(seconds=evening.total_seconds() - desk.clock.after.total_seconds())
    day = [(evening.total_seconds(), BOB, f"CLAIM {second}"), (evening.total_seconds() + 1800, CHIKA, f"CLAIM {second}")]
    if is_read_late:
        desk.passes(hours=16)
        desk.reads(day)
        desk.ticks()
    else:
        for second_of_day, who, text in day:
            desk.passes(seconds=second_of_day - desk.clock.after.total_seconds())
            desk.writes(who, text)
            desk.settles()
    assert desk.standing(second) == {BOB: "waitlisted", CHIKA: "confirmed"}
    oracles.the_log_fits(desk)


@pytest.mark.parametrize("word", ["PAUSE", "CLAIM"])
def test_what_was_not_urgent_when_it_was_asked_for_is_not_urgent_for_being_read_late(desk: Desk, word: str) -> None:
    deadline = Deadline(desk.now + timedelta(days=14, hours=2), is_day=False)
    first, second = desk.case(), desk.case("Removal", deadline=deadline)
    desk.writes(ALICE, f"CLAIM {first}")
    desk.settles()
    desk.passes(hours=5)
    last = word if word == "PAUSE" else f"CLAIM {second}"
    desk.reads([(1800, BOB, f"CLAIM {second}"), (3600, CHIKA, f"CLAIM {second}"), (4 * 3600, ALICE, last)])
    desk.ticks()
    assert desk.standing(second)[CHIKA] == "confirmed" and desk.standing(second)[BOB] == "waitlisted"
