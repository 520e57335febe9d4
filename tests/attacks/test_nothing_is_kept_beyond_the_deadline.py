"""A place is kept for an answer no longer than the deadline allows; after it nothing moves, until a person says so."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.core.model import Claim, Deadline
from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk


def in_hours(desk: Desk, hours: float) -> Deadline:
    return Deadline(desk.now + timedelta(hours=hours), is_day=False)


def claim_of(desk: Desk, case: str, email: str) -> Claim:
    with desk.office.ledger.reading() as ledger:
        return next(claim for claim in ledger.claims.of(case) if ledger.roster.by_id(claim.member_id).email == email)


def subjects(desk: Desk, address: str) -> str:
    return "\n".join(letter.subject for letter in desk.letters_to(address))


def words(desk: Desk, address: str) -> str:
    return desk.last_letter_to(address).flat


@pytest.fixture
def case(desk: Desk) -> str:
    """Due in 20 hours, with a conflict check: kept for Alice, Bob waits."""
    case = desk.case(conflict_names="Client A", details="QZX CANARY NAME", deadline=in_hours(desk, 20))
    for lawyer in (ALICE, BOB):
        desk.writes(lawyer, f"CLAIM {case}")
    desk.settles()
    return case


def test_near_a_deadline_a_conflict_check_takes_a_quarter_of_the_time_that_is_left(desk: Desk, case: str) -> None:
    until = claim_of(desk, case, ALICE).hold_until
    assert until is not None and timedelta(hours=4.9) < until - desk.now < timedelta(hours=5.1)
    local = until.astimezone(desk.office.rules.zone)
    assert f"{local:%H:%M}" in desk.last_letter_to(ALICE).text


def test_a_conflict_check_never_ends_after_the_deadline_and_is_reminded_of_before(desk: Desk) -> None:
    case = desk.case(conflict_names="Client A", deadline=in_hours(desk, 0.5))
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    assert claim_of(desk, case, ALICE).hold_until == deadline_of(desk, case)
    desk.passes(minutes=16)
    desk.settles()
    assert "Half the time is over" in desk.last_letter_to(ALICE).subject


def deadline_of(desk: Desk, case: str) -> datetime:
    deadline = desk.on_file(case)[0].deadline
    assert deadline is not None
    return deadline.at


def test_at_the_deadline_staff_hear_and_a_conflict_check_that_runs_ends_kindly(desk: Desk) -> None:
    case = desk.case(conflict_names="Client A", deadline=in_hours(desk, 1))
    for lawyer in (ALICE, BOB):
        desk.writes(lawyer, f"CLAIM {case}")
    desk.settles()
    desk.passes(hours=1)
    desk.settles()
    assert (desk.standing(case), desk.on_file(case)[0].state) == ({ALICE: "lapsed", BOB: "lapsed"}, "expired")
    assert "your conflict check is no longer needed" in words(desk, ALICE) and "next in line" not in words(desk, ALICE)
    assert "Still willing?" not in subjects(desk, BOB)
    assert subjects(desk, SUZUKI).count("Expired:") == 1 and f"ASSIGN {case} {ALICE}" in words(desk, SUZUKI)


def test_an_offer_that_runs_ends_at_the_deadline_too(desk: Desk) -> None:
    case = desk.case(deadline=in_hours(desk, 2))
    for lawyer in (ALICE, BOB):
        desk.writes(lawyer, f"CLAIM {case}")
    desk.settles()
    desk.passes(hours=1.2)
    desk.writes(ALICE, f"RELEASE {case}")
    desk.settles()
    offer = desk.last_letter_to(BOB)
    assert desk.standing(case)[BOB] == "held"
    desk.passes(hours=1)
    desk.settles()
    assert (desk.standing(case)[BOB], desk.on_file(case)[0].state) == ("lapsed", "expired")
    assert "You need not answer" in words(desk, BOB) and subjects(desk, SUZUKI).count("Expired:") == 1
    desk.writes(BOB, "YES", answering=offer)
    assert desk.standing(case)[BOB] == "lapsed"


def test_a_deadline_that_comes_nearer_ends_what_was_kept_beyond_it(desk: Desk) -> None:
    case = desk.case(conflict_names="Client A")
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.writes(SUZUKI, f"EDIT {case}\nDeadline: 2026-11-21 12:00")
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    desk.passes(days=1, hours=1)
    desk.settles()
    assert (desk.standing(case)[ALICE], desk.on_file(case)[0].state) == ("lapsed", "expired")


@pytest.mark.parametrize("is_read_before_the_deadline_is_noticed", [True, False])
def test_a_clear_after_the_deadline_goes_to_staff_who_may_still_give_the_case(
    desk: Desk, is_read_before_the_deadline_is_noticed: bool
) -> None:
    case = desk.case(conflict_names="Client A", details="QZX CANARY NAME", deadline=in_hours(desk, 1))
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.passes(hours=2)
    if not is_read_before_the_deadline_is_noticed:
        desk.settles()
    desk.writes(ALICE, f"CLEAR {case}")
    assert "confirmed" not in desk.standing(case).values() and "with our staff" in words(desk, ALICE)
    assert f"ASSIGN {case} {ALICE}" in words(desk, SUZUKI) and ALICE in words(desk, SUZUKI)
    desk.settles()
    desk.writes(SUZUKI, f"ASSIGN {case} {ALICE}")
    desk.settles()
    assert (desk.standing(case)[ALICE], desk.on_file(case)[0].state) != ("lapsed", "expired")
    desk.writes(ALICE, f"CLEAR {case}")
    desk.settles()
    assert "confirmed" in desk.standing(case).values() and "QZX CANARY NAME" in desk.last_letter_to(ALICE).text
    assert subjects(desk, SUZUKI).count("Expired:") == 1


def test_a_clear_in_time_counts_though_it_is_read_after_the_deadline(desk: Desk, case: str) -> None:
    desk.passes(hours=30)
    desk.writes(ALICE, f"CLEAR {case}", at=3600)
    desk.settles()
    assert desk.standing(case)[ALICE] == "confirmed"
    assert all("The deadline has passed meanwhile" in words(desk, reader) for reader in (ALICE, SUZUKI))


def test_who_is_given_a_case_before_its_deadline_reads_nothing_of_its_having_passed(desk: Desk) -> None:
    case = desk.case(deadline=in_hours(desk, 20))
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    assert "is yours" in desk.last_letter_to(ALICE).subject
    assert not any("has passed" in words(desk, reader) for reader in (ALICE, SUZUKI))


@pytest.mark.parametrize("names", ["", "Client A"])
def test_after_a_downtime_over_the_deadline_nothing_is_offered(desk: Desk, names: str) -> None:
    case = desk.case(conflict_names=names, deadline=in_hours(desk, 120))
    for lawyer in (ALICE, BOB):
        desk.writes(lawyer, f"CLAIM {case}")
    desk.settles()
    before = len(desk.letters_to(BOB))
    desk.passes(days=7)
    desk.writes(ALICE, f"{'CONFLICT' if names else 'RELEASE'} {case}", at=7200)
    desk.settles()
    assert (desk.standing(case), desk.on_file(case)[0].state) == ({ALICE: "released", BOB: "lapsed"}, "expired")
    assert len(desk.letters_to(BOB)) == before + 1 and "can no longer be taken" in words(desk, BOB)
    assert "Expired:" in subjects(desk, SUZUKI) and "期限を過ぎ" in subjects(desk, SATO)


def test_a_claim_in_time_is_given_the_case_after_the_deadline_only_where_no_conflict_check_is_to_come(desk: Desk) -> None:
    plain = desk.case(deadline=in_hours(desk, 1))
    checked = desk.case("Another appeal", conflict_names="Client A", deadline=in_hours(desk, 1))
    desk.passes(hours=2)
    desk.writes(ALICE, f"CLAIM {plain}\nCLAIM {checked}", at=60)
    desk.settles()
    assert (desk.standing(plain), desk.standing(checked)) == ({ALICE: "confirmed"}, {ALICE: "refused"})
    assert "The deadline has passed meanwhile" in words(desk, ALICE)
    assert f"Placed: {plain}" in desk.last_letter_to(SUZUKI).subject and "The deadline has passed meanwhile" in words(desk, SUZUKI)
    desk.ticks()
    assert (desk.on_file(plain)[0].state, desk.on_file(checked)[0].state) == ("filled", "expired")
