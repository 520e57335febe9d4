"""A name as it is looked for, and words that stand side by side as those of a name do.

Given a folded text, gives runs of words with a capital, or in a script that has none, with the place of each.
The text is a list of names or prose; particles such as ``bin`` may stand between.
Never judges whether such words are a name: harvest.py and introduced.py do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.anonymity import tables
from bot.core.anonymity.folding import Run, may_begin_name, runs

_LONGEST_NAME = 60
_BESIDE = re.compile(r" |'|’")
_BEHIND_STOP = re.compile(r"\. ?")
_LONGEST_SHORT = 3
"""A stop behind an initial or a title goes on with the name; behind a longer word it ends a sentence."""


@dataclass(frozen=True, slots=True)
class Name:
    """`words` in the order they were written. Of a company only the whole counts; `is_spelt` where letters say how it sounds.

    `is_guess`: it may well be another word, so that staff are shown where it stands, and no more.
    """

    words: tuple[str, ...]
    is_spelt: bool = True
    is_company: bool = False
    is_guess: bool = False


def sequences(text: str) -> Iterator[tuple[list[str], int]]:
    """Words that begin with a capital, or whose script has none, one beside the other; particles such as ``bin`` may stand between."""
    words: list[str] = []
    start = end = 0
    for run in runs(text):
        if run.sort != "alphabetic":
            continue
        word = text[run.start : run.end]
        gap = text[end : run.start]
        is_beside = _BESIDE.fullmatch(gap) or (words and len(words[-1]) <= _LONGEST_SHORT and _BEHIND_STOP.fullmatch(gap))
        if words and not (gap == "-" or (is_beside and (may_begin_name(word[0]) or word in tables.PARTICLES))):
            yield from _trimmed(words, start)
            words = []
        if not words and not _begins_name(word, run, text):
            continue
        start = start if words else run.start
        words, end = [*words, word], run.end
    yield from _trimmed(words, start)


def _begins_name(word: str, run: Run, text: str) -> bool:
    follows = text[run.end : run.end + 2]
    return may_begin_name(word[0]) or (word in tables.PARTICLES and follows[:1] in ("-", " ") and follows[1:].isupper())


def _trimmed(words: list[str], start: int) -> Iterator[tuple[list[str], int]]:
    while words and words[-1] in tables.PARTICLES:
        words = words[:-1]
    if words and len("".join(words)) <= _LONGEST_NAME:
        yield words, start
