"""O-13: the mail itself shows how far our clock is off, and one odd message shows nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.timekeeping import Sighting, lead, sighting

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def seen(*, our_lead: timedelta, waited: float = 5, gap: float = 60) -> Sighting:
    """A message that came so many seconds before it was seen, between two looks; our clock is ahead by `our_lead`."""
    seen_at = NOON + our_lead
    return sighting(NOON - timedelta(seconds=waited), looked_at=seen_at - timedelta(seconds=gap), seen_at=seen_at)


@pytest.mark.parametrize("seconds", [-59, -10, 0, 10, 59])
def test_within_a_minute_nothing_is_said(seconds: int) -> None:
    assert lead([seen(our_lead=timedelta(seconds=seconds)), seen(our_lead=timedelta(seconds=seconds), waited=50)]) is None


@pytest.mark.parametrize("minutes", [15, 120, -15, -120])
def test_O_13_two_messages_that_agree_show_the_difference(minutes: int) -> None:
    told = lead([seen(our_lead=minutes * MINUTE), seen(our_lead=minutes * MINUTE, waited=40)])
    assert told is not None and abs(told - minutes * MINUTE) <= MINUTE


def test_a_message_that_somebody_moved_there_shows_nothing() -> None:
    moved = seen(our_lead=timedelta(), waited=7 * 3600)
    assert lead([moved]) is None and lead([seen(our_lead=timedelta()), moved]) is None
    assert lead([moved, seen(our_lead=timedelta(), waited=9 * 3600)]) is None


def test_looks_that_are_far_apart_are_allowed_for() -> None:
    """Cron runs it every quarter of an hour: a message may have waited all that time."""
    rarely = [seen(our_lead=timedelta(), waited=waited, gap=900) for waited in (890, 3)]
    assert lead(rarely) is None


def test_two_looks_within_a_second_agree_all_the_same() -> None:
    """The server's stamp leaves out what is less than a second."""
    looks = [seen(our_lead=-15 * MINUTE, waited=waited, gap=0.4) for waited in (0.1, 0.9)]
    assert lead(looks) is not None


def test_when_the_clock_was_set_right_it_is_over() -> None:
    before = [seen(our_lead=15 * MINUTE)] * 2
    assert lead([*before, seen(our_lead=timedelta())]) is None
