"""Grounds: the reason that somebody of staff gives with a word, on its own line or below it.

``YES WITH the name is the town's``, ``割当 … 理由：本人の希望``, a line ``Reason: …``. Nothing is asked of who gives none.
Given lines, gives the words of the reason as they were written; never says whether one is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.core.fields import tidy_line
from bot.core.words import REASON_LABEL, fold

MAY_HAVE_GROUNDS = frozenset({"assign", "release", "reopen", "remove", "readdress", "approve", "close", "withdraw", "round_hold", "hold"})
"""Verbs that act as they stand, and go on record with a reason where one is given."""

_CONDITION = re.compile(
    r"(?:an?|the|one|two|some|this)?\s*(?:conditions?|changes?|exceptions?|provisos?|reservations?)\b|.*\b(?:provided|only if|unless)\b",
    re.IGNORECASE,
)
LONGEST = 200
_LONGEST_LINE = 400

BEHIND_A_WORD = re.compile(r"(?:^|(?<=\s))[、,。.]?\s*(?:with(?=\s|$)|理由\s*:?)\s*(?P<why>.*)", re.IGNORECASE)
"""What stands behind the word of one who lets a text pass in spite of findings: ``WITH the name is the town's``, ``理由：地名です``."""
_BEHIND_AN_OVERRIDE = re.compile(
    r"(?P<rest>.*?)(?:(?:^|\s+)(?:with|because)(?=\s|$)|(?:^|\s+)reason\s*:|\s*[、,。.]?\s*理由\s*:?)\s*(?P<why>.*)", re.IGNORECASE
)
_LINE = re.compile(rf"{REASON_LABEL}\s*(?P<why>\S.*)", re.IGNORECASE)


def parted(rest: str) -> tuple[str, str]:
    """What follows the word of an override, and the reason behind it, "" for none.

    >>> parted("JAR-2026-014 ito@lawfirm.example WITH she speaks Dari")
    ('JAR-2026-014 ito@lawfirm.example', 'she speaks Dari')
    """
    found = _BEHIND_AN_OVERRIDE.fullmatch(rest)
    return (found["rest"].strip(), found["why"].strip()) if found else (rest, "")


def is_line(line: str) -> bool:
    """Whether a line gives a reason and nothing else."""
    return _LINE.fullmatch(fold(line[:_LONGEST_LINE]).strip()) is not None


def line_in(lines: Iterable[str]) -> str:
    """The first reason that stands in a line of its own, as below a YES; "" where there is none.

    >>> line_in(["はい", "理由：地名です。"])
    '地名です。'
    """
    found = (_LINE.fullmatch(fold(line[:_LONGEST_LINE]).strip()) for line in lines)
    return next((match["why"] for match in found if match), "")


def is_condition(why: str) -> bool:
    """Whether what stands behind a YES puts a condition on it, which is no reason for it.

    >>> is_condition("one condition: an interpreter comes along"), is_condition("she speaks Dari")
    (True, False)
    """
    return _CONDITION.match(fold(why)) is not None


def kept(why: str) -> str:
    """As it goes on record."""
    return tidy_line(why)[:LONGEST]
