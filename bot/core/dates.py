"""Dates as people write them in two languages, read to the day or to the minute, or refused with the reason.

Given a text, the zone and today, gives a `Deadline` or a day, or else the word for a fault (`faults` has its sentence).
The text comes from staff and members. What could be two days is never guessed: 3/4 is asked about unless it is written in Japanese, where the month always
stands first; 12/20 can only be one day.
Never reads a clock: `today` is an argument, and a day without a year is the next such day.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.fields import plain
from bot.core.model import Deadline
from bot.core.words.numerals import in_digits

UNREADABLE, RELATIVE, AMBIGUOUS = "date_unreadable", "date_relative", "date_ambiguous"
NO_SUCH_DAY, PAST, FAR, WRONG_WEEKDAY = "date_no_such_day", "date_past", "date_far", "date_weekday"

FARTHEST_YEARS = 20
"""A date beyond this is taken for a slip of the fingers."""

_REIWA_BEGAN = 2018


def _numbered(names: str, *, start: int) -> dict[str, int]:
    """``jan january, feb february``: each spelling with the number of its place."""
    return {name: number for number, spellings in enumerate(names.split(", "), start) for name in spellings.split()}


_MONTHS = _numbered(
    "january jan, february feb, march mar, april apr, may, june jun, july jul, august aug, "
    "september sept sep, october oct, november nov, december dec",
    start=1,
)
_WEEKDAYS = _numbered(
    "monday mon 月, tuesday tues tue 火, wednesday wed 水, thursday thurs thu 木, friday fri 金, saturday sat 土, sunday sun 日", start=0
)
_MONTH_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY_NAME = "|".join(sorted((name for name in _WEEKDAYS if name.isascii()), key=len, reverse=True))

_RELATIVE_WORDS = re.compile(
    r"\b(?:next|this|last|today|tonight|tomorrow|week|weeks|month|months|days?|asap|soon|end of)\b"
    r"|[今明]日|明後日|来[週月年]|[今再翌][週月々来]|[末頃]|以内|後$|至急"
)
_SOON = re.compile(
    r"明日|明後日|(?:(?:今|来|再来)(?:週|月|年度?)|(?:\d{4}年の?)?\d{1,2}月)(?:の?(?:末日?|いっぱい|中|上旬|中旬|下旬|半ば))?"
    r"|(?:月|年|年度)末|(?:(?:今|来|再来)週の?)?[月火水木金土日]曜日?"
)
"""What names no day and is all the same nothing but a time."""
_WEEKDAY = re.compile(
    r"\(\s*(?P<bracketed>[月火水木金土日])(?:曜日?)?(?:・?祝)?\s*\)"
    r"|(?P<spelt>[月火水木金土日])曜日?"
    rf"|\(?\b(?P<english>{_WEEKDAY_NAME})\b\.?\)?,?"
)
_YEAR = re.compile(r"^(?P<which>今年|本年|来年|再来年)の?\s*(?=\d)")
_YEARS_AHEAD = {"今年": 0, "本年": 0, "来年": 1, "再来年": 2}
_MONTH_AND_DAY = re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})")
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
_BEGINS = re.compile(r"^(?:(?:by|until|till)(?:\s+|$)|まで\s*)", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:まで(?:に)?|必着|厳守)$")
_CLOCK = re.compile(
    r"(?:^|(?<=[\s日)]))(?:at )?(?P<half>午前|午後)?\s*(?P<hour>\d{1,2})"
    r"(?:\s*[:時]\s*(?P<minute>\d{2})?\s*分?(?::\d{2}(?:\.\d+)?)?(?:\s*(?P<noon>[ap])\.?m\.?)?|\s*(?P<bare>[ap])\.?m\.?)"
    r"\s*(?P<zone>z|utc|gmt|jst|[+-]\d{2}:?\d{2})?$"
)
_OFFSETS = {"": (0, 0), "z": (0, 0), "utc": (0, 0), "gmt": (0, 0), "jst": (9, 0)}

Day = tuple[int | None, int, int]
"""Year (None where it was not written), month, day."""


def read_deadline(text: str, *, zone: ZoneInfo, today: date, month_first: bool = False) -> Deadline | str:
    """The instant from which it is too late. A day alone runs until the local midnight that ends it.

    `month_first`: whether who wrote it is known to put the month first, as everybody does in Japanese.
    """
    line = plain(text)
    month_first = month_first or _JAPANESE.search(line) is not None
    line = in_digits(bare(line))
    line = re.sub(r"(?<=\d)t(?=\d{2}:)", " ", line)
    line = line.replace("時半", "時30分").replace("正午", " 12:00")
    line = _without_own_zone(line, zone, today)
    clock = _CLOCK.search(line)
    day = read_day(line[: clock.start()] if clock else line, today=today, month_first=month_first)
    if isinstance(day, str):
        return day
    return _at_clock(day, clock, zone) if clock else Deadline(_instant(day + timedelta(days=1), time(), zone), is_day=True)


def is_time_alone(text: str) -> bool:
    """Whether a text is a day, or a time such as “next month”, and not a word more; whether there is such a day does not matter.

    >>> is_time_alone("1月10日(日)"), is_time_alone("来月末"), is_time_alone("裁判所は1月10日"), is_time_alone("十分に回復する")
    (True, True, False, False)
    """
    read = read_deadline(text, zone=ZoneInfo("UTC"), today=date(2000, 1, 1))
    return read not in (UNREADABLE, RELATIVE) or _SOON.fullmatch(in_digits(plain(text))) is not None


def bare(text: str) -> str:
    """A day without the word for “until” at either end of it; "" where that word is all there is.

    >>> bare("UNTIL next week"), bare("来月まで"), bare("UNTIL")
    ('next week', '来月', '')
    """
    return _ENDS.sub("", _BEGINS.sub("", text)).strip(" .。")


def read_day(text: str, *, today: date, month_first: bool = False) -> date | str:
    """A day on or after today; else the word for what is wrong with it."""
    line = in_digits(plain(text).strip(" ,.。"))
    line = _YEAR.sub(lambda year: f"{today.year + _YEARS_AHEAD[year['which']]}年", line)
    weekday = _WEEKDAY.search(line)
    bare = " ".join((line[: weekday.start()] + " " + line[weekday.end() :]).split()) if weekday else line
    found = _parts(bare.strip(" ,"))
    if found == AMBIGUOUS and month_first and (numbers := _MONTH_AND_DAY.fullmatch(bare)):
        found = _month_and_day(numbers)
    if found is None or isinstance(found, str):
        return found or (RELATIVE if _RELATIVE_WORDS.search(line) or not bare else UNREADABLE)
    day = _dated(found, today)
    if day is None:
        return NO_SUCH_DAY
    if weekday and day.weekday() != _WEEKDAYS[weekday["bracketed"] or weekday["spelt"] or weekday["english"]]:
        return WRONG_WEEKDAY
    if day < today:
        return PAST
    return FAR if day.year > today.year + FARTHEST_YEARS else day


def pause_until(text: str, *, zone: ZoneInfo, today: date, month_first: bool = False) -> datetime | str:
    """The instant that ends a pause: ``UNTIL 1 March`` and ``3月1日まで`` include that day; else the word for what is wrong with it."""
    end = read_deadline(text, zone=zone, today=today, month_first=month_first)
    return end.at if isinstance(end, Deadline) else end


def write_deadline(deadline: Deadline, zone: ZoneInfo) -> str:
    """As `read_deadline` takes it back: ``2026-12-20`` or ``2026-12-20 17:00``, in the zone."""
    local = deadline.at.astimezone(zone)
    if deadline.is_day:
        return (local - timedelta(minutes=1)).date().isoformat()
    return f"{local:%Y-%m-%d %H:%M}"


def _parts(line: str) -> Day | str | None:
    for pattern, read in _FORMS:
        match = re.fullmatch(pattern, line)
        if match:
            return read(match)
    return None


def _year_first(match: re.Match[str]) -> Day:
    return int(match["y"]), int(match["m"]), int(match["d"])


def _month_and_day(match: re.Match[str]) -> Day:
    return None, int(match["m"]), int(match["d"])


def _reiwa(match: re.Match[str]) -> Day:
    return _REIWA_BEGAN + (1 if match["y"] == "元" else int(match["y"])), int(match["m"]), int(match["d"])


def _named_month(match: re.Match[str]) -> Day:
    return int(match["y"]) if match["y"] else None, _MONTHS[match["name"]], int(match["d"])


def _either_first(match: re.Match[str]) -> Day | str:
    """Numbers that say no order: taken only where one order alone makes a day, or both make the same."""
    first, second = int(match["a"]), int(match["b"])
    year = int(match["y"]) if match["y"] else None
    if first <= 12 and second <= 12 and first != second:
        return AMBIGUOUS
    return (year, first, second) if first <= 12 else (year, second, first)


_FORMS: tuple[tuple[str, Callable[[re.Match[str]], Day | str]], ...] = (
    (r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})", _year_first),
    (r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})", _year_first),
    (r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*[月/]\s*(?P<d>\d{1,2})\s*日?", _year_first),
    (r"(?:令和|r)\s*(?P<y>\d{1,2}|元)\s*[年./-]\s*(?P<m>\d{1,2})\s*[月./-]\s*(?P<d>\d{1,2})\s*日?", _reiwa),
    (r"(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日?", _month_and_day),
    (r"(?P<a>\d{1,2})/(?P<b>\d{1,2})(?:/(?P<y>\d{4}))?", _either_first),
    (r"(?P<a>\d{1,2})(?P<s>[.-])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4})", _either_first),
    (rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]*(?:of )?(?P<name>{_MONTH_NAME})\b\.?,?(?:[\s-]*(?P<y>\d{{4}}))?", _named_month),
    (rf"(?P<name>{_MONTH_NAME})\b\.?\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y>\d{{4}}))?", _named_month),
)


def _dated(parts: Day, today: date) -> date | None:
    year, month, day = parts
    # 29 February without a year is at most eight years away (1896-1904, 2096-2104).
    for candidate in (year,) if year is not None else range(today.year, today.year + 9):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year is not None or found >= today:
            return found
    return None


def _without_own_zone(line: str, zone: ZoneInfo, today: date) -> str:
    """Our letters name the organisation's zone behind an hour, as "CET" or "UTC+04"; what is copied from one is read as it was meant."""
    for month in (1, 7):
        name = (datetime(today.year, month, 1, tzinfo=zone).tzname() or "").lower()
        line = re.sub(rf"(?<=\d) (?:{re.escape(name)}|utc{re.escape(name)})$", "", line) if name not in _OFFSETS else line
    return line


def _at_clock(day: date, clock: re.Match[str], zone: ZoneInfo) -> Deadline | str:
    hour, minute = int(clock["hour"]), int(clock["minute"] or 0)
    half = {"午前": "a", "午後": "p"}.get(clock["half"] or "", clock["noon"] or clock["bare"] or "")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if (hour, minute) == (24, 0):
        day, hour = day + timedelta(days=1), 0
    if hour > 23 or minute > 59:
        return UNREADABLE
    return Deadline(_instant(day, time(hour, minute), zone, offset=clock["zone"] or ""), is_day=False)


def _instant(day: date, at: time, zone: ZoneInfo, *, offset: str = "") -> datetime:
    """Where clocks are turned back, the earlier of the two instants: a deadline errs towards safety."""
    if not offset:
        return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
    hours, minutes = _OFFSETS.get(offset) or (int(offset[1:3]), int(offset[-2:]))
    shift = timedelta(hours=hours, minutes=minutes) * (-1 if offset.startswith("-") else 1)
    return datetime.combine(day, at, tzinfo=UTC) - shift
