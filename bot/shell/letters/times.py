"""Dates and times as a reader of each language writes them.

Given UTC instants and the organisation's zone, gives local words. Month and day names are our own, so no locale changes a letter.
Never shows an hour without its zone: whoever reads it may be abroad.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.model import Deadline
from bot.core.tongue import Tongue
from bot.shell.letters.personal import Personal

_FORMS: dict[str, tuple[str, str]] = {
    "weekdays": ("Mon Tue Wed Thu Fri Sat Sun", "月 火 水 木 金 土 日"),
    "months": (
        "January February March April May June July August September October November December",
        "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
    ),
    "short_months": ("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月"),
    "day": ("{weekday} {day} {short_month} {year}", "{year}年{short_month}{day}日({weekday})"),
    "day_and_time": ("{day}, {time}", "{day} {time}"),
    "both_clocks": ("{local} ({utc} UTC)", "{local}（UTC {utc}）"),
    "other_day": ("{day} {short_month}, {time}", "{short_month}{day}日 {time}"),
    "month": ("{month} {year}", "{year}年{month}"),
    "period": ("{first} to {last}", "{first}～{last}"),
    "days": ("{number} day|{number} days", "{number}日"),
    "hours": ("{number} hour|{number} hours", "{number}時間"),
    "minutes": ("{number} minute|{number} minutes", "{number}分"),
    "seconds": ("{number} second|{number} seconds", "{number}秒"),
}
"""English and Japanese; of a language with a plural, the form for one stands before the bar."""
PHRASES = {f"dates.{name}": english for name, (english, _) in _FORMS.items()}
"""What a further language needs, in English."""

_UNITS = (("days", 86400), ("hours", 3600), ("minutes", 60), ("seconds", 1))


def day(at: datetime, tongue: Tongue) -> str:
    """A date that is already local: "Sun 20 Dec 2026", 「2026年12月20日(日)」."""
    weekday = _form("weekdays", tongue).split()[at.weekday()]
    return _form("day", tongue).format(weekday=weekday, day=at.day, short_month=_month_in("short_months", at.month, tongue), year=at.year)


def instant(at: datetime | str) -> datetime:
    """A point in time, also where a line on record carries it as ISO 8601."""
    return at if isinstance(at, datetime) else datetime.fromisoformat(at)


def local_day(at: datetime | str, *, tongue: Tongue, zone: ZoneInfo) -> str:
    """The local date of an instant; one at midnight sharp is the end of the day before."""
    return day(instant(at).astimezone(zone) - timedelta(microseconds=1), tongue)


def deadline(value: Deadline, *, tongue: Tongue, zone: ZoneInfo) -> str:
    """A deadline: one with an hour as an appointment; one that is a whole day by that day, not by the midnight that ends it."""
    return local_day(value.at, tongue=tongue, zone=zone) if value.is_day else hour(value.at, tongue=tongue, zone=zone)


def moment(at: datetime | str | Personal, *, tongue: Tongue, zone: ZoneInfo) -> str:
    """An instant to the second, in local time and in UTC: what a claim's arrival is told by. Signs for one are printed as they stand."""
    if isinstance(at, Personal):
        return str(at)
    local = instant(at).astimezone(zone)
    name = _zone_name(local)
    here = _with_time(local, f"{_to_the_second(local)} {name}", tongue)
    if name == "UTC":
        return here
    utc = local.astimezone(UTC)
    there = _to_the_second(utc)
    if utc.date() != local.date():
        month_name = _month_in("short_months", utc.month, tongue)
        there = _form("other_day", tongue).format(day=utc.day, short_month=month_name, time=there)
    return _form("both_clocks", tongue).format(local=here, utc=there)


def hour(at: datetime | str, *, tongue: Tongue, zone: ZoneInfo) -> str:
    """An appointment: local date, hour and minute, and the zone."""
    local = instant(at).astimezone(zone)
    return _with_time(local, f"{local:%H:%M} {_zone_name(local)}", tongue)


def month(key: str, *, tongue: Tongue) -> str:
    """A round's key in words: "November 2026", 「2026年11月」."""
    year, _, number = key.partition("-")
    return _form("month", tongue).format(year=int(year), month=_month_in("months", int(number), tongue))


def period(key: str, *, tongue: Tongue) -> str:
    """A month, or a span of them such as ``2026-04/2027-03``, in words: "April 2026 to March 2027", 「2026年4月～2027年3月」."""
    first, _, last = key.partition("/")
    if not last:
        return month(first, tongue=tongue)
    return _form("period", tongue).format(first=month(first, tongue=tongue), last=month(last, tongue=tongue))


def span(seconds: int, *, tongue: Tongue) -> str:
    """A length of time in its largest even unit: "2 minutes", 「2分」."""
    unit, length = next(((unit, length) for unit, length in _UNITS if seconds >= length and seconds % length == 0), _UNITS[-1])
    number = seconds // length
    one, _, many = _form(unit, tongue).partition("|")
    return (one if number == 1 or not many else many).format(number=number)


def _form(name: str, tongue: Tongue) -> str:
    return tongue.says(f"dates.{name}", *_FORMS[name])


def _month_in(name: str, number: int, tongue: Tongue) -> str:
    return _form(name, tongue).split()[number - 1]


def _with_time(local: datetime, time: str, tongue: Tongue) -> str:
    return _form("day_and_time", tongue).format(day=day(local, tongue), time=time)


def _to_the_second(at: datetime) -> str:
    return at.time().isoformat("seconds")


def _zone_name(local: datetime) -> str:
    name = local.tzname() or "UTC"
    return f"UTC{name}" if name[0] in "+-" else name
