"""Folding: the one form in which commands and case ids are read, whatever keyboard wrote them.

Given text; gives text. Reads lines that strangers typed.
Never changes the script of a letter: a Cyrillic look-alike stays what it is and therefore matches nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

GETA = "〓"
"""Stands for a character that could not be read, as Japanese printers do; it never occurs in a command, so a damaged one asks."""

# Format characters (Cf), variation selectors, fillers that print as nothing, the joiner U+034F.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
# Every sign of Unicode's class of dashes (Pd) but the wave dash, which says "from … to" in Japanese; the minus signs; and what keyboards
# and conversions give instead of a hyphen: drawn lines, the long-vowel mark, the Korean vowel eu and the kanji for one.
_DASH = re.compile(
    "[\u02d7\u058a\u05be\u1173\u1400\u1806\u2010-\u2015\u2043\u2212\u23af\u23e4\u2500\u2501\u2574\u2576\u2796\u2e17\u2e1a\u2e3a\u2e3b"
    "\u2e40\u2e5d\u30a0\u30fc\u3161\u4e00\ufe58\ufe63\U00010ead](?<=[0-9A-Za-z].)(?=[0-9A-Za-z])"
)
"""The sign itself comes first: most letters of a text are none, and need no look at their neighbours."""
_SPACE = re.compile("[\t\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_MARKS = re.compile(r"[>|*_]+")
_ONE_LINE = 100
"""Characters of a line as mail programs break it; longer ones are not kept in mind, which is bounded."""


def fold(text: str) -> str:
    """NFKC, every dash between ASCII letters or digits as ``-``, invisible characters gone, every space a space; case is kept.

    >>> fold("ＣＬＡＩＭ　JAR‐２０２６ー014")
    'CLAIM JAR-2026-014'
    """
    if text.isascii():
        return text.replace("\t", " ")
    return _fold_line(text) if len(text) <= _ONE_LINE else _folded(text)


def _folded(text: str) -> str:
    visible = _INVISIBLE.sub("", text)
    plain = unicodedata.normalize("NFKC", visible)
    if plain != visible:
        plain = _INVISIBLE.sub("", plain)
    return _DASH.sub("-", _SPACE.sub(" ", plain))


def compact(text: str) -> str:
    """The form in which a line is compared with a line of ours: folded, lowered, without spaces, quote marks and bold marks."""
    return _compact_line(text) if len(text) <= _ONE_LINE else _compacted(text)


def compact_all(lines: Iterable[str]) -> list[str]:
    """Each of them so."""
    return [_compact_line(line) if len(line) <= _ONE_LINE else _compacted(line) for line in lines]


def _compacted(text: str) -> str:
    return _MARKS.sub("", "".join(fold(text).split())).casefold()


_fold_line = lru_cache(maxsize=4096)(_folded)
"""What somebody writes is looked at for one thing after the other, in the text and again in the page."""
_compact_line = lru_cache(maxsize=4096)(_compacted)
"""Most lines of a letter of ours stand in others, too: a circulation is answered, and quoted, by many."""


def clean(text: str) -> str:
    """What may be stored and shown: no control characters but line breaks and tabs, no bidirectional overrides, no U+FFFD."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).replace("\ufffd", GETA)
