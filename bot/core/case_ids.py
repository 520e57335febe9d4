"""Cases as people name them: by an id, however it is typed, by a bare number, or by a slip of either.

Given text of a stranger's, gives canonical ids and the numbers that may mean a case; nothing here says that a case exists, or is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.core.words import fold

MOST_NAMED = 20
_LONGEST_LINE = 400

_BETWEEN_IDS = re.compile(r"(?<=\d)(?:,? and | ?(?:[・&]|と|及び|および) ?)(?=[A-Za-z\d])", re.IGNORECASE)
"""``CLAIM A and B``, ``受任 A・B``: words and signs that stand between two ids as a comma does."""

_UNITS = "%|年|月|日|時|分|人|名|件|週|か月|ヶ月|(?:cases?|minutes?|hours?|days?|weeks?|months?|years?|people)\\b"
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
_NO_AMOUNT = rf"(?!\d|[.,/:-]\d|\s?(?:{_UNITS}|{_MONTHS}))"
_NUMBER = re.compile(
    r"(?:\b(?:cases?|take|taking|accept|no\.?|nr\.?|number|claim)\s{0,3}(?:no\.?|number)?\s{0,3}#?\s{0,3}|[#№]\s{0,3}|案件(?:番号)?:?\s{0,3}|第|(?:受任|担当)\s{0,3})"
    rf"0{{0,3}}(\d{{1,4}}){_NO_AMOUNT}"
    r"|(?<![\d./:年月日-])0{0,3}(\d{1,4})\s{0,3}(?:番(?![地街線])|号(?![室館線棟])|の案件)"
    rf"|(?<![\d.,/:A-Za-z-])(0\d{{2}}){_NO_AMOUNT}",
    re.IGNORECASE | re.ASCII,
)
"""A number that may mean a case: behind or before a word for one, or written with its leading zero."""

_DIGIT = re.compile("[0-9]")

_NUMBER_ALONE = re.compile(rf"(?<![^\s,、・&#第])0{{0,3}}(\d{{1,3}})(?=番|号|[\s,、。・&!.]|$){_NO_AMOUNT}", re.ASCII)
"""The same where a claim begins the line, so that a number needs no other word for a case."""

_BARE = re.compile(r"(?:#|no\.?|第)?0{0,3}(\d{1,4})(?:番|号)?", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Named:
    """What stands behind the word for a claim: ids, bare numbers, and what can only be a slip in an id."""

    ids: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    slips: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ids or self.numbers or self.slips)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Of an organisation's ids: one by itself, one in a text, and what can only be a slip in one."""

    whole: re.Pattern[str]
    within: re.Pattern[str]
    slip: re.Pattern[str]


@lru_cache(maxsize=8)
def _patterns(prefix: str) -> _Patterns:
    mark = re.escape(prefix)
    return _Patterns(
        re.compile(rf"(?:{mark}-?)?(\d{{4}})-(\d{{1,6}})", re.IGNORECASE | re.ASCII),
        re.compile(rf"(?<![A-Za-z0-9-])(?:{mark}-?)?\d{{4}}-\d{{1,6}}(?![A-Za-z0-9-])", re.IGNORECASE | re.ASCII),
        re.compile(rf"(?:{mark}[-\d]|\d{{4}}-)[\w-]{{0,20}}", re.IGNORECASE),
    )


def case_id(token: str, prefix: str) -> str | None:
    """The canonical form of a case id as people write it: any case, missing zeros, missing prefix; None for anything else.

    >>> case_id("2026-14", "JAR"), case_id("jar-2026-0014", "JAR"), case_id("XJAR-2026-014", "JAR")
    ('JAR-2026-014', None, None)
    """
    match = _patterns(prefix).whole.fullmatch(token)
    if not match:
        return None
    year, digits = match.groups()
    canonical = f"{int(digits):03d}"
    return f"{prefix}-{year}-{canonical}" if len(digits) <= len(canonical) else None


def number_of(case_id: str) -> int:
    """The number by which people speak of a case of this year: 14 of ``JAR-2026-014``."""
    return int(case_id.rpartition("-")[2])


def bare_number(token: str) -> int | None:
    """``14``, ``#14``, ``14番``; None for anything else."""
    found = _BARE.fullmatch(token)
    return int(found[1]) if found else None


def tokens_of(text: str) -> list[str]:
    """The words of a list of ids, parted by spaces, commas, “and”, ・ and と."""
    return [token for token in re.split(r"[ ,、]+", _BETWEEN_IDS.sub(" ", text)) if token]


def listed(tokens: Iterable[str], prefix: str) -> Named | None:
    """A list in which every word can only mean a case; None where one may mean anything else.

    >>> listed(["JAR-2026-014", "3", "JAR-2026-0x2"], "JAR")
    Named(ids=('JAR-2026-014',), numbers=(3,), slips=('JAR-2026-0x2',))
    """
    slip = _patterns(prefix).slip
    ids, numbers, slips = [], [], []
    for token in tokens:
        one, number = case_id(token, prefix), bare_number(token)
        if one is not None:
            ids.append(one)
        elif number is not None:
            numbers.append(number)
        elif slip.fullmatch(token):
            slips.append(token)
        else:
            return None
    return Named(tuple(ids), tuple(numbers), tuple(slips))


def cases_named(lines: Iterable[str], prefix: str) -> tuple[str, ...]:
    """The ids that these lines mention, in the order in which they stand; the first twenty."""
    named: dict[str, None] = {}
    pattern = _patterns(prefix).within
    for line in lines:
        text = fold(line[:_LONGEST_LINE])
        for match in pattern.finditer(text) if "-" in text else ():
            one = case_id(match.group(), prefix)
            if one:
                named.setdefault(one)
        if len(named) >= MOST_NAMED:
            break
    return tuple(named)[:MOST_NAMED]


def numbers_named(lines: Iterable[str]) -> tuple[int, ...]:
    """Only where the words around a number, or its leading zero, speak of a case: not a date, a time, an amount or a room."""
    texts = (text for line in lines if _DIGIT.search(text := fold(line[:_LONGEST_LINE])))
    found = (match for text in texts for match in _NUMBER.finditer(text))
    return tuple(dict.fromkeys(int(match[1] or match[2] or match[3]) for match in found))[:MOST_NAMED]


def numbers_claimed(text: str) -> tuple[int, ...]:
    """The bare numbers behind the word for a claim, in a line that is more than a list."""
    return tuple(dict.fromkeys(int(match[1]) for match in _NUMBER_ALONE.finditer(text[:_LONGEST_LINE])))[:MOST_NAMED]
