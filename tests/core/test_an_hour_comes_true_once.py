"""Schedules in a zone whose clocks jump: which moment was the last to come true."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.schedule import last_due

BERLIN = ZoneInfo("Europe/Berlin")


def local(year: int, month: int, day: int, hour: int = 0, minute: int = 0, *, fold: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BERLIN, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (local(2026, 11, 20, 8, 0), local(2026, 11, 20, 8, 0)),
        (local(2026, 11, 20, 7, 59), local(2026, 11, 19, 8, 0)),
        (local(2026, 11, 20, 8, 0) + timedelta(seconds=59), local(2026, 11, 20, 8, 0)),
        (local(2026, 11, 23, 12, 0), local(2026, 11, 23, 8, 0)),
    ],
)
def test_the_last_moment_up_to_now_is_found(now: datetime, expected: datetime) -> None:
    assert last_due("0 8 * * *", BERLIN, after=now - timedelta(days=9), now=now) == expected


def test_what_came_true_before_is_not_due_again() -> None:
    done = local(2026, 11, 20, 8, 0)
    assert last_due("0 8 * * *", BERLIN, after=done, now=done + timedelta(hours=23, minutes=59)) is None


def test_a_skipped_hour_comes_true_when_the_clocks_have_jumped() -> None:
    now = local(2027, 3, 28, 12, 0)
    assert last_due("30 2 * * *", BERLIN, after=now - timedelta(hours=12), now=now) == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)


def test_a_repeated_hour_comes_true_the_first_time_only() -> None:
    first = local(2026, 10, 25, 2, 30)
    assert last_due("30 2 * * *", BERLIN, after=first, now=local(2026, 10, 25, 2, 45, fold=1)) is None
    assert last_due("30 2 * * *", BERLIN, after=first - timedelta(hours=1), now=local(2026, 10, 25, 12, 0)) == first
