"""Dates and times as a reader of either language writes them.

Given UTC instants and the organisation's zone, gives local words. Month and day names are our own, so no locale changes a letter.
Never shows a time without saying whose it is where a decision hangs on it (`moment`).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.model import Deadline

_DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAYS_JA = "月火水木金土日"
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def day(at: datetime, language: str) -> str:
    """A date that is already local: "Sun 20 Dec 2026", 「2026年12月20日(日)」."""
    if language == "ja":
        return f"{at.year}年{at.month}月{at.day}日({_DAYS_JA[at.weekday()]})"
    return f"{_DAYS_EN[at.weekday()]} {at.day} {_MONTHS[at.month - 1][:3]} {at.year}"


def instant(at: datetime | str) -> datetime:
    """A point in time, also where a line on record carries it as ISO 8601."""
    return at if isinstance(at, datetime) else datetime.fromisoformat(at)


def local_day(at: datetime | str, *, language: str, zone: ZoneInfo) -> str:
    """The local date of an instant; one at midnight sharp is the end of the day before."""
    return day(instant(at).astimezone(zone) - timedelta(microseconds=1), language)


def deadline(value: Deadline, *, language: str, zone: ZoneInfo) -> str:
    """A deadline. One that is a whole day is told by that day, not by the midnight that ends it."""
    local = value.at.astimezone(zone)
    if value.is_day:
        return day(local - timedelta(microseconds=1), language)
    return f"{day(local, language)} {local:%H:%M}" if language == "ja" else f"{day(local, language)}, {local:%H:%M}"


def moment(at: datetime | str, *, language: str, zone: ZoneInfo) -> str:
    """An instant to the second, in local time and in UTC: what a claim's arrival is told by."""
    local, utc = instant(at).astimezone(zone), instant(at).astimezone(UTC)
    name = _zone_name(local)
    if name == "UTC":
        return f"{day(local, language)} {local:%H:%M:%S} UTC" if language == "ja" else f"{day(local, language)}, {local:%H:%M:%S} UTC"
    if language == "ja":
        utc_day = "" if utc.date() == local.date() else f"{utc.month}月{utc.day}日 "
        return f"{day(local, language)} {local:%H:%M:%S} {name}（UTC {utc_day}{utc:%H:%M:%S}）"
    utc_day = "" if utc.date() == local.date() else f"{utc.day} {_MONTHS[utc.month - 1][:3]}, "
    return f"{day(local, language)}, {local:%H:%M:%S} {name} ({utc_day}{utc:%H:%M:%S} UTC)"


def hour(at: datetime | str, *, language: str, zone: ZoneInfo) -> str:
    """An appointment: local date, hour and minute, and the zone."""
    local = instant(at).astimezone(zone)
    comma = "" if language == "ja" else ","
    return f"{day(local, language)}{comma} {local:%H:%M} {_zone_name(local)}"


def month(key: str, *, language: str) -> str:
    """A round's key in words: "November 2026", 「2026年11月」."""
    year, _, number = key.partition("-")
    if language == "ja":
        return f"{int(year)}年{int(number)}月"
    return f"{_MONTHS[int(number) - 1]} {int(year)}"


def span(seconds: int, *, language: str) -> str:
    """A length of time in its largest even unit: "2 minutes", 「2分」."""
    for unit, english, japanese in ((86400, "day", "日"), (3600, "hour", "時間"), (60, "minute", "分"), (1, "second", "秒")):
        if seconds % unit == 0 and seconds >= unit:
            number = seconds // unit
            return f"{number}{japanese}" if language == "ja" else f"{number} {english}{'s' if number != 1 else ''}"
    return "0秒" if language == "ja" else "0 seconds"


def _zone_name(local: datetime) -> str:
    name = local.tzname() or "UTC"
    return f"UTC{name}" if name[0] in "+-" else name
