"""G-30: when nothing of a month is kept any more its key is destroyed, so that no backup gives it back."""

from __future__ import annotations

import pytest

from bot import retention
from tests.attacks.desk import ALICE, Desk

pytestmark = pytest.mark.both_databases


def test_P_11_the_key_of_a_month_goes_with_the_last_of_its_mail(desk: Desk) -> None:
    desk.writes(ALICE, "LIST")
    with desk.office.ledger.writing() as ledger:
        ledger.outbox.sent([1], desk.now)
    (month,) = desk.office.ledger.keys.months()
    desk.passes(days=100)
    retention.purge(desk.office)
    assert month in desk.office.ledger.keys.months()
    desk.passes(days=200)
    retention.purge(desk.office)
    assert month not in desk.office.ledger.keys.months()


def test_P_11_it_stays_while_one_mail_of_it_is_still_needed(desk: Desk) -> None:
    """A claim on a case that is still open."""
    case = desk.case()
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.writes(ALICE, "LIST")
    month = desk.office.ledger.keys.months()[0]
    desk.passes(days=300)
    retention.purge(desk.office)
    assert month in desk.office.ledger.keys.months()


def test_F_17_a_clock_that_leaps_ahead_makes_nothing_go(desk: Desk) -> None:
    desk.writes(ALICE, "LIST")
    retention.daily(desk.office)
    for hours in (24 * 4000, -24 * 4000, 24 * 30):
        desk.passes(hours=hours)
        retention.daily(desk.office)
        with desk.office.ledger.reading() as ledger:
            assert ledger.arrivals.raw(1)
