"""What a person writes beside a case, held against its confidential part: names, ages, places, numbers, and whole passages of it.

Given words that are about to be passed on and what only the holder of a case may read; gives the pieces that stand in both.
The words come from staff, the names that may be said (the reader's, those of staff) from the roster and the configuration.
Never judges whether somebody may read them: that is asked before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from bot.core.anonymity.circumstances import circumstances
from bot.core.anonymity.folding import fold, is_hiragana, is_kanji, letter_key, runs
from bot.core.anonymity.harvest import harvest
from bot.core.anonymity.index import index_of
from bot.core.anonymity.names import names_in
from bot.core.anonymity.patterns import Span, spans
from bot.core.model import Confidential

_PASSAGE, _PASSAGE_IN_KANJI = 30, 12
"""Letters without spaces from which a run that two texts share is no accident."""
_FEWEST_DIGITS = 5
_NO_SHAPE = frozenset({"link"})


def exposed(words: str, secret: Confidential, *, known: Iterable[str] = (), public: str = "") -> tuple[str, ...]:
    """The pieces of `words` that are also in the confidential part, each once, as written.

    `known`: names that may be said. `public`: what the roster reads of the case, whose ages and places may be said.

    >>> exposed("Mr Karimi will come along.", Confidential(conflict_names="Ahmad Karimi"))
    ('Karimi',)
    """
    kept = "\n".join((secret.details, secret.conflict_names, secret.contact))
    if not words.strip() or not kept.strip():
        return ()
    folded = fold(words)
    ordinary = frozenset(letter_key(folded.text[run.start : run.end]) for run in runs(folded.text) if folded.text[run.start].islower())
    index = index_of(harvest(secret, ordinary=ordinary))
    names = (folded.written(span.start, span.end) for span in names_in(folded, index) if span.kind != "person")
    may_be_said = {key for name in known for key in _keys(name)}
    found = [name for name in names if not _keys(name) <= may_be_said]
    told = [piece for piece in circumstances(words, secret.details, public) if not _keys(piece) & may_be_said]
    return tuple(dict.fromkeys((*found, *told, *_numbers(words, kept), *_passages(words, kept))))


def _keys(name: str) -> set[str]:
    return {letter_key(word) for word in name.replace("・", " ").split()}


def _numbers(words: str, kept: str) -> Iterator[str]:
    """Addresses, telephone numbers, numbers of papers: what has such a shape here and stands there too."""
    folded, there = fold(words), _bare(kept)
    for span in _shaped(folded.text):
        piece = folded.text[span.start : span.end]
        digits = "".join(sign for sign in piece if sign.isdigit())
        if span.kind not in _NO_SHAPE and ("@" in piece or len(digits) >= _FEWEST_DIGITS) and _core(piece) in there:
            yield folded.written(span.start, span.end).strip()


@lru_cache(maxsize=8)
def _shaped(text: str) -> tuple[Span, ...]:
    return tuple(spans(text))


def _core(piece: str) -> str:
    """The part of a number that is the number: without the word that says what it is."""
    bare = _bare(piece)
    first = next((at for at, sign in enumerate(bare) if sign.isdigit()), 0)
    return bare if "@" in piece else bare[first:]


def _passages(words: str, kept: str) -> Iterator[str]:
    """Lines that share a long run of letters with the confidential part."""
    there = _bare(kept)
    for line in words.splitlines():
        here = _bare(line)
        length = _PASSAGE_IN_KANJI if any(is_kanji(sign) or is_hiragana(sign) for sign in here) else _PASSAGE
        if any(here[at : at + length] in there for at in range(len(here) - length + 1)):
            yield line.strip()


@lru_cache(maxsize=512)
def _bare(text: str) -> str:
    return "".join(sign for sign in letter_key(fold(text).text) if sign.isalnum() or sign == "@")
