"""Months and years as keys: ``2026-11``, and ``2026-04/2027-03`` for the twelve of a year, as ISO 8601 writes an interval.

Given a zone, gives their bounds in UTC. Knows no clock.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

IN_A_YEAR: Final = 12


def moved(month: str, by: int) -> str:
    """The month so many months later, or earlier where `by` is negative.

    >>> moved("2026-12", 1), moved("2027-01", -12)
    ('2027-01', '2026-01')
    """
    years, number = divmod(_count(month) + by, IN_A_YEAR)
    return f"{years:04}-{number + 1:02}"


def year_of(year: str, *, begins: int) -> str:
    """The period of a year that begins with this month, 1 to 12.

    >>> year_of("2026", begins=4)
    '2026-04/2027-03'
    """
    first = f"{year}-{begins:02}"
    return f"{first}/{moved(first, IN_A_YEAR - 1)}"


def months_of(period: str) -> list[str]:
    """The months of a period, the first one first; a month alone is a period of one.

    >>> months_of("2026-12/2027-01"), months_of("2026-11")
    (['2026-12', '2027-01'], ['2026-11'])
    """
    first, _, last = period.partition("/")
    return [moved(first, number) for number in range(_count(last or first) - _count(first) + 1)]


def bounds(period: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first moment of a period in the zone and the first one after it, in UTC."""
    months = months_of(period)
    start, end = (datetime.strptime(month, "%Y-%m").replace(tzinfo=zone) for month in (months[0], moved(months[-1], 1)))
    return start.astimezone(UTC), end.astimezone(UTC)


def _count(month: str) -> int:
    """Months since the year 0."""
    year, number = month.split("-")
    return int(year) * IN_A_YEAR + int(number) - 1
