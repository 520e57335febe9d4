"""Names that the public text writes in kanji or hangul, and the confidential part in Latin letters or kana: 田中花子 for Tanaka Hanako.

Given a folded text and the index of the confidential part, gives spans of the kind `name`.
The text is prose: a surname that is a town, a quarter or a single kanji is read only with the given name behind it.
Never reads what the tables do not know.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bot.core.anonymity import tables
from bot.core.anonymity.companies import company_sounds
from bot.core.anonymity.east import Words
from bot.core.anonymity.folding import letter_key, runs
from bot.core.anonymity.index import Index
from bot.core.anonymity.patterns import Span
from bot.core.anonymity.readings import SURNAMES, other_spellings, parts_of
from bot.core.anonymity.sounds import sound

_LONGEST = 6


def reread(text: str, index: Index) -> Iterator[Span]:
    """The longest first; spans may overlap."""
    if not index.singles and not index.wholes:
        return
    for run in runs(text):
        if run.sort == "kanji" or (run.sort == "alphabetic" and "가" <= text[run.start] <= "힣"):
            yield from _in_run(letter_key(text[run.start : run.end]), run.start, index)


def _in_run(piece: str, start: int, index: Index) -> Iterator[Span]:
    for length in range(min(_LONGEST, len(piece)), 1, -1):
        for at in range(len(piece) - length + 1):
            if _is_whole(piece[at : at + length], index):
                yield Span("name", start + at, start + at + length)
    surname = piece if piece in SURNAMES else next(iter(parts_of(piece, is_name=True)), "")
    if len(surname) > 1 and surname not in tables.TOWNS | tables.QUARTERS and _is_single(surname, index):
        yield Span("name", start, start + len(piece))


def _is_whole(piece: str, index: Index) -> bool:
    if not company_sounds(piece).isdisjoint(index.whole_sounds):
        return True
    return any(len(words) > 1 and ("".join(words) in index.wholes or _sound(words) in index.whole_sounds) for words in _spellings(piece))


def _is_single(surname: str, index: Index) -> bool:
    return any(words[0] in index.singles or _sound(words) in index.single_sounds for words in _spellings(surname))


@lru_cache(maxsize=2_048)
def _spellings(piece: str) -> tuple[Words, ...]:
    return tuple(other_spellings((piece,)))


@lru_cache(maxsize=4_096)
def _sound(words: Words) -> str:
    return sound("".join(words)) or "-"
