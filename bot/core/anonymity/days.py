"""Days as a text names them, and which of them is somebody's birthday.

Given a folded text and today, gives spans: every exact day, and those that say when a person was born.
The text is free prose in English or Japanese: 14 September, 1990年5月1日, 昭和60年5月1日, S60.5.1, 01/05/1990.
Never guesses a reader's calendar: a day that may be one of two is simply a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_OLD_YEARS = 10
_BEFORE_ERAS = (("明治 M", 1867), ("大正 大 T", 1911), ("昭和 昭 S", 1925), ("平成 平 H", 1988), ("令和 令 R", 2018))
_ERAS = {name: year for names, year in _BEFORE_ERAS for name in names.split()}
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTH = (
    r"(?P<name>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|"
    r"Dec(?:ember)?)\b\.?"
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth "
    "eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh "
    "twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
_N = "[0-9〇一二三四五六七八九十元]"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:(?P<era>明治|大正|昭和|平成|令和|[大昭平令](?=\d))|(?<![A-Za-z])(?P<letter>(?-i:[MTSHR]))\.?) ?(?P<y>{_N}{{1,3}}) ?[年./・-] ?"
        rf"(?P<m>{_N}{{1,3}}) ?[月./・-] ?(?P<d>{_N}{{1,3}})(?!\d) ?日?",
        rf"(?<![0-9.])(?P<y>{_N}{{4}}) ?年 ?(?P<m>{_N}{{1,3}}) ?月 ?(?P<d>{_N}{{1,3}}) ?日?",
        r"(?<![0-9.])(?P<y>\d{4}) ?(?P<s>[./-]) ?(?P<m>\d{1,2}) ?(?P=s) ?(?P<d>\d{1,2})(?!\d)",
        r"(?<![\d.-])(?P<d>\d{1,2})(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<y>\d{4}|\d{2})(?![\d-])",
        r"(?<![\d.-])(?P<y>\d{2})(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<d>\d)(?![\d-])",
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[ -](?:of )?{_MONTH}(?:,?[ -](?P<y>\d{{4}})(?!\d))?",
        rf"\b(?P<d>{'|'.join(reversed(_ORDINALS))}) (?:day )?(?:of )?{_MONTH}(?:,? (?P<y>\d{{4}})(?!\d))?",
        rf"\b{_MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? (?P<y>\d{{4}})(?!\d))?",
        r"(?:(?<=生年月日:)|(?<=生年月日: )|(?<=生年月日 ))\d{2}(?P<s>[./-])(?P<m>\d{1,2})(?P=s)\d{1,2}(?!\d)",
        r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)",
        rf"(?<![0-9〇一二三四五六七八九十])(?P<m>{_N}{{1,2}}) ?月 ?(?P<d>{_N}{{1,3}}) ?日",
        rf"\b{_MONTH},? (?P<y>[12]\d{{3}})(?!\d)",
        rf"(?<!\d)(?P<y>[12]\d{{3}}) ?年 ?(?P<m>{_N}{{1,3}}) ?月(?! ?\d)",
        rf"(?P<era>大正|昭和|平成|令和) ?(?P<y>{_N}{{1,3}}) ?年 ?(?P<m>{_N}{{1,3}}) ?月(?! ?\d)",
    )
)
_BIRTH_BEFORE = re.compile(
    r"(?:\bborn\b|\bbirth(?:day|date)?\b(?! (?:cert|reg))|\bd\.?o\.?b\b"
    r"|\b(?:turn(?:s|ed|ing)?|(?:will be|was|became|becomes)) \d{1,2} on|生年月日|誕生日|出生(?![届証地国]))[^\n。;]{0,16}$",
    re.IGNORECASE,
)
_BIRTH_AFTER = re.compile(
    r" ?[にで] ?(?:満 ?)?\d{1,2} ?歳[にをと]"
    r"| ?\)? ?に?(?:生まれ|生れ|出生(?![届証])|誕生|生(?![活命産徒じき存後計])|\(?(?:birth|born|d\.?o\.?b))",
    re.IGNORECASE,
)
_LAW_BEFORE = re.compile(
    r"(?:最判|最大判|最高裁|地裁|高裁|裁判所|判例|判決|決定|法律|条約|議定書|施行|公布|改正|[法令])[^\n。]{0,8}$"
    r"|\b(?:judge?ment|ruling|precedent|decided|convention|protocol|treaty|statute|act|law|declaration|supreme court|promulgated|force)\b"
    r"[^\n.]{0,24}$|\bv\.? [A-Z][^\n]{0,34}$",
    re.IGNORECASE,
)
_LAW_AFTER = re.compile(
    r"[ の付]{0,3}(?:最高裁|[一-龥]{0,6}判決|決定|法律|政令|省令|条約|議定書|施行|公布|改正|宣言)"
    r"|,? (?:judge?ment|ruling|convention|protocol|treaty|act|declaration|supreme court)\b",
    re.IGNORECASE,
)
_CAME_BEFORE = re.compile(
    r"\b(?:came|com(?:e|ing)|arriv\w*|enter\w*|fled|fle(?:e|eing)|left|escap\w*|detain\w*|arrest\w*|releas\w*|land\w*|married)\b[^\n.;]{0,30}$",
    re.IGNORECASE,
)
_CAME_AFTER = re.compile(r" ?に?[^\n。、]{0,8}(?:来日|入国|上陸|収容|逮捕|出国|脱出|到着|避難|結婚)")
_DEADLINE_BEFORE = re.compile(r"(?:期限|締切|〆切|締め切り|\b(?:by|until|till|before|due|deadline))[^\n。.]{0,12}$", re.IGNORECASE)
_NAME_AFTER = re.compile(r" ?(?:(?:Youth |Student )?Movement|運動|事件|革命|協定|クーデター)")
_DEADLINE_AFTER = re.compile(r" ?(?:\([^)]{1,6}\))? ?(?:まで|必着|締切|期限|が期限|以前|deadline)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Day:
    """A day or month named at `start:end`; `on` is None where it cannot be said which (no year, or no such day)."""

    start: int
    end: int
    on: date | None
    is_exact: bool


def days(text: str) -> Iterator[Day]:
    """Every day and month that is named; each stretch of text once, read the fullest way."""
    taken = bytearray(len(text))
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
                yield _day(match)


def birth_dates(text: str, *, today: date) -> Iterator[Day]:
    """Days with a word of birth beside them, and any full date so long ago that it can hardly be anything else."""
    for day in days(text):
        before, after = text[max(0, day.start - 40) : day.start], text[day.end : day.end + 20]
        is_birth = _BIRTH_BEFORE.search(before) or _BIRTH_AFTER.match(after)
        if is_birth or (_is_old(day, today) and not _LAW_BEFORE.search(before) and not _LAW_AFTER.match(after)):
            yield day


def telling_days(text: str) -> Iterator[Day]:
    """Days on which something happened or will happen, and the month in which somebody came or was taken; not those by which something must be done."""
    for day in days(text):
        before, after = text[max(0, day.start - 40) : day.start], text[day.end : day.end + 20]
        is_telling = day.is_exact or _CAME_BEFORE.search(before) or _CAME_AFTER.match(after)
        if is_telling and not _DEADLINE_BEFORE.search(before) and not (_DEADLINE_AFTER.match(after) or _NAME_AFTER.match(after)):
            yield day


def _is_old(day: Day, today: date) -> bool:
    if not day.is_exact or day.on is None:
        return False
    return (day.on.year + _OLD_YEARS, day.on.month, day.on.day) < (today.year, today.month, today.day)


def _day(match: re.Match[str]) -> Day:
    part = match.groupdict()
    month = _MONTHS[part["name"][:3].lower()] if part.get("name") else _number(part.get("m") or "")
    number = part.get("d")
    era = part.get("era") or part.get("letter")
    year = _year(part.get("y"), era)
    on = _date(year, month, _number(number)) if number and year is not None else None
    return Day(match.start(), match.end(), on, is_exact=number is not None)


def _year(written: str | None, era: str | None) -> int | None:
    """Two digits without an era say no year: they count only where a word of birth stands by."""
    if not written:
        return None
    if era:
        return _ERAS[era] + _number(written)
    return _number(written) if len(written) == 4 else None


def _date(year: int, month: int, day: int) -> date | None:
    for order in ((month, day), (day, month)):
        try:
            return date(year, *order)
        except ValueError:
            continue
    return None


def _number(written: str) -> int:
    """``12``, ``十二``, ``二〇二六`` and ``元``."""
    if written == "元":
        return 1
    if written.lower() in _ORDINALS:
        return _ORDINALS.index(written.lower()) + 1
    if "十" in written:
        tens, _, ones = written.partition("十")
        return (_number(tens) if tens else 1) * 10 + (_number(ones) if ones else 0)
    digits = "".join(str("〇一二三四五六七八九".find(letter)) if letter in "〇一二三四五六七八九" else letter for letter in written)
    return int(digits) if digits.isascii() and digits.isdigit() else 0
