"""The deadline ladder: calendar days in the organisation's zone, and only the nearest rung."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.ladder import is_forlorn, rung
from bot.core.model import Case, ClaimState, Deadline, Lifecycle
from tests.core.nouns import claim

BERLIN = ZoneInfo("Europe/Berlin")
DEADLINE = datetime(2026, 10, 29, 23, 0, tzinfo=UTC)
"""Midnight that ends 29 October in Berlin, four days after the clocks went back."""
CASE = Case("JAR-2026-001", "Appeal", "An appeal.", deadline=Deadline(DEADLINE, is_day=True))
DAYS = (14, 7, 3)


def days_at(now: datetime) -> int | None:
    found = rung(CASE, days=DAYS, zone=BERLIN, now=now)
    return found.days if found else None


@pytest.mark.parametrize(
    ("left", "expected"),
    [(15.1, None), (14.9, 14), (8.1, 14), (7.9, 7), (4.1, 7), (3.9, 3), (0.01, 3), (0, None), (-1, None)],
)
def test_the_nearest_rung_reached_is_the_one(left: float, expected: int | None) -> None:
    assert days_at(DEADLINE - timedelta(days=left)) == expected


def test_a_rung_is_reached_at_the_local_hour_though_the_clocks_jumped_between() -> None:
    seven_days_before = datetime(2026, 10, 22, 0, 0, tzinfo=BERLIN)
    assert days_at(seven_days_before - timedelta(minutes=1)) == 14 and days_at(seven_days_before) == 7


@pytest.mark.parametrize(("day", "left"), [(15, 14), (22, 7), (27, 2), (28, 1), (29, 0)])
def test_it_says_how_many_days_are_left_on_the_calendar(day: int, left: int) -> None:
    found = rung(CASE, days=DAYS, zone=BERLIN, now=datetime(2026, 10, day, 9, 0, tzinfo=BERLIN))
    assert found is not None and found.left == left


def test_a_deadline_at_an_hour_counts_from_that_hour() -> None:
    at_five = replace(CASE, deadline=Deadline(datetime(2026, 10, 29, 17, 0, tzinfo=BERLIN), is_day=False))
    found = [rung(at_five, days=DAYS, zone=BERLIN, now=datetime(2026, 10, 26, hour, 0, tzinfo=BERLIN)) for hour in (16, 17)]
    assert [one and (one.days, one.left) for one in found] == [(7, 3), (3, 3)]


def test_it_lasts_until_the_next_one_or_the_deadline() -> None:
    first, last = (rung(CASE, days=DAYS, zone=BERLIN, now=DEADLINE - timedelta(days=days)) for days in (10, 1))
    assert first is not None and first.until == datetime(2026, 10, 22, 0, 0, tzinfo=BERLIN).astimezone(UTC)
    assert last is not None and last.until == DEADLINE


def test_without_a_deadline_or_rungs_there_is_no_ladder() -> None:
    now = DEADLINE - timedelta(days=1)
    assert rung(replace(CASE, deadline=None), days=DAYS, zone=BERLIN, now=now) is None
    assert rung(CASE, days=(), zone=BERLIN, now=now) is None


@pytest.mark.parametrize("state", list(ClaimState))
def test_a_case_is_forlorn_where_nobody_is_on_it_or_could_be_and_who_stays_in_line_beside_a_free_place_cannot(state: ClaimState) -> None:
    nobody = {ClaimState.UNVERIFIED, ClaimState.REFUSED, ClaimState.RELEASED, ClaimState.LAPSED, ClaimState.WAITLISTED}
    assert is_forlorn(CASE, [claim(1, state=state)]) == (state in nobody)


def test_a_case_that_is_not_open_or_has_no_place_is_not_forlorn() -> None:
    assert not is_forlorn(replace(CASE, lifecycle=Lifecycle.DRAFT), []) and not is_forlorn(replace(CASE, free_places=0), [])
