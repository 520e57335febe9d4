"""Is a round due, who is sent what, which case comes first.

Given the schedule (cron, in the organisation's zone), the calendar and what the ledger knows, says which round is due now.
The calendar is caught up, not obeyed: after a long sleep the latest missed round is due once, the older ones never.
Reads no clock and sends nothing.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import holidays
from cronsim import CronSim

from bot.core.model import Case, Lifecycle

SOON = timedelta(days=14)
"""A deadline this near makes a case urgent in a circulation."""

_LOOK_BACK = timedelta(days=70)
_LOOK_AHEAD = timedelta(days=70)


@dataclass(frozen=True, slots=True)
class Calendar:
    """When rounds go out. `country` is a code the holidays package knows, "" for no holidays."""

    schedule: str
    zone: ZoneInfo
    business_days_only: bool = True
    country: str = "JP"


@dataclass(frozen=True, slots=True)
class Occasion:
    """One month's round: its key and the instant (UTC) at which it goes out."""

    month: str
    at: datetime


def month_of(moment: datetime, zone: ZoneInfo) -> str:
    """The key of the round a moment belongs to, such as ``2026-11``."""
    return moment.astimezone(zone).strftime("%Y-%m")


def occasions(calendar: Calendar, *, start: datetime, end: datetime) -> list[Occasion]:
    """The first scheduled hour of each month between two instants, moved to a business day where the calendar wants that.

    The month is that of the scheduled day: a round of the 31st that moves to the 2nd stays the older month's round.
    """
    found: dict[str, Occasion] = {}
    for local in _hours(calendar.schedule, (start - timedelta(days=14)).astimezone(calendar.zone)):
        if local > end.astimezone(calendar.zone):
            break
        month = local.strftime("%Y-%m")
        if month not in found:
            found[month] = Occasion(month, _on_a_business_day(local, calendar).astimezone(_UTC))
    return [occasion for occasion in found.values() if start <= occasion.at <= end]


def due(calendar: Calendar, *, first_start: datetime, done: Collection[str], now: datetime) -> Occasion | None:
    """The round to open now, or None. Hours before the first start are not caught up; of several missed ones only the last is."""
    passed = occasions(calendar, start=max(first_start, now - _LOOK_BACK), end=now)
    latest = passed[-1] if passed else None
    return None if latest is None or latest.month in done else latest


def upcoming(calendar: Calendar, *, now: datetime, done: Collection[str] = ()) -> Occasion | None:
    """The next round that will go out after now."""
    ahead = occasions(calendar, start=now, end=now + _LOOK_AHEAD)
    return next((occasion for occasion in ahead if occasion.month not in done), None)


def occasion_of(calendar: Calendar, month: str, *, now: datetime) -> Occasion | None:
    """The round of a month that is not far from now."""
    near = occasions(calendar, start=now - _LOOK_BACK, end=now + _LOOK_AHEAD)
    return next((occasion for occasion in near if occasion.month == month), None)


def following(calendar: Calendar, occasion: Occasion) -> Occasion | None:
    """The round after this one."""
    return upcoming(calendar, now=occasion.at, done={occasion.month})


def to_preview(calendar: Calendar, *, now: datetime, done: Collection[str], hours: int) -> Occasion | None:
    """The round whose preview staff should have by now."""
    coming = upcoming(calendar, now=now, done=done)
    return coming if coming and hours and now >= coming.at - timedelta(hours=hours) else None


def is_urgent(case: Case, *, now: datetime) -> bool:
    """An emergency, or a deadline within two weeks."""
    return case.is_emergency or (case.deadline is not None and case.deadline.at - now <= SOON)


def on_offer(cases: Iterable[Case], *, now: datetime) -> list[Case]:
    """The cases that may be claimed now, urgent first, then by deadline, then by id. Events are offered apart."""
    offered = [case for case in cases if case.event is None and _may_be_claimed(case, now)]
    return sorted(
        offered, key=lambda case: (not is_urgent(case, now=now), case.deadline is None, case.deadline.at if case.deadline else now, case.id)
    )


def events_on_offer(cases: Iterable[Case], *, now: datetime) -> list[Case]:
    """The events that have not closed, the first to close first, then by id."""
    found = [(case.event.closes.at, case.id, case) for case in cases if case.event is not None and _may_be_claimed(case, now)]
    return [case for closes_at, _, case in sorted(found, key=lambda one: one[:2]) if closes_at > now]


def _may_be_claimed(case: Case, now: datetime) -> bool:
    return case.lifecycle is Lifecycle.OPEN and case.free_places > 0 and (case.deadline is None or case.deadline.at > now)


_UTC = ZoneInfo("UTC")


def _hours(schedule: str, after: datetime) -> Iterator[datetime]:
    """When a schedule comes true. A day that a month lacks is its last: the 31st is 28 February, else most months had no round.

    >>> [f"{hour:%d %b}" for hour, _ in zip(_hours("30 2 31 * *", datetime(2028, 1, 30)), range(4))]
    ['31 Jan', '29 Feb', '31 Mar', '30 Apr']
    """
    minute, hour, day, *rest = schedule.split()
    if not day.isdigit() or int(day) < 29:
        yield from CronSim(schedule, after)
        return
    for local in CronSim(" ".join((minute, hour, "28-31", *rest)), after):
        if local.day == min(int(day), monthrange(local.year, local.month)[1]):
            yield local


def _on_a_business_day(local: datetime, calendar: Calendar) -> datetime:
    if not calendar.business_days_only:
        return local
    while local.weekday() >= 5 or local.date() in _days_off(calendar.country, local.year):
        local = datetime.combine(local.date() + timedelta(days=1), local.time(), tzinfo=calendar.zone)
    return local


@lru_cache(maxsize=32)
def _days_off(country: str, year: int) -> frozenset[date]:
    return frozenset(_holidays_of(country)(years=year)) if country else frozenset()


@cache
def _holidays_of(country: str) -> Any:
    """Read from the country's own file: asked for by its code, the package brings in those of 250 others, which take a tenth of every start.

    A version of the package that keeps them elsewhere takes that time, and gives the same days.
    """
    named = getattr(holidays, country)
    whole_name = getattr(named, "module_name", "")
    file = Path(holidays.__file__).with_name("countries") / f"{whole_name.rpartition('.')[2]}.py"
    spec = spec_from_file_location(whole_name, file)
    if spec is None or spec.loader is None or not file.is_file():
        return named
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, named.entity_name, named)
