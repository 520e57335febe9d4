"""The words that people write, and what each of them means.

Given an organisation's command words, tells where a line begins with one, or is one as a whole. Large and small letters, full width and
blanks do not matter. Knows nothing of what may follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from bot.core import words as own
from bot.core.tongue import SHIPPED

LONGEST_LINE = 400
_MAY_FOLLOW = re.compile(r"[a-z0-9]|なし|[一二三四五六七八九十]件|[、,。.]?\s*理由", re.IGNORECASE)


@dataclass(frozen=True)
class Vocabulary:
    """Command words by verb (``{"claim": ("CLAIM", "受任", "担当"), …}``) and the prefix of case ids."""

    words: Mapping[str, Sequence[str]]
    prefix: str
    tongues: Mapping[str, str] = field(
        default_factory=lambda: {name.casefold(): one.code for one in SHIPPED.values() for name in one.names}
    )
    """What people call a language, and its code."""

    @cached_property
    def spoken(self) -> tuple[tuple[str, str], ...]:
        """(word, verb) with the longest words first, so that 利益相反なし is not read as another word that it begins with."""
        pairs = [(plain(word), verb) for verb, forms in self.words.items() for word in forms]
        return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))

    @cached_property
    def meanings(self) -> dict[str, tuple[str, ...]]:
        """Of each word of `spoken` the verbs that it may stand for."""
        found: dict[str, tuple[str, ...]] = {}
        for word, verb in self.spoken:
            found[word] = (*found.get(word, ()), verb)
        return found

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        """The words of `spoken`, one of which every command begins with."""
        return tuple(word for word, _ in self.spoken)

    @cached_property
    def claiming(self) -> tuple[str, ...]:
        """Those of `spoken` that claim."""
        return tuple(word for word, verb in self.spoken if verb == "claim")

    @cached_property
    def spelt(self) -> dict[str, str]:
        """How an answer writes each word of `spoken`, so that whoever wrote 受任 reads 受任."""
        return {plain(word): word for forms in self.words.values() for word in forms}


def bare_words(lines: Iterable[str], verbs: frozenset[str], vocabulary: Vocabulary) -> dict[str, str]:
    """The lines that as a whole are a word for one of these verbs, and its verb, in the order in which they stand.

    Of a word for several of them the one that is last in `spoken`.
    """
    meanings, found = vocabulary.meanings, dict[str, str]()
    for line in lines:
        for verb in meanings.get(word_alone(line), ()):
            if verb in verbs:
                found[line] = verb
    return found


def after(text: str, word: str) -> str | None:
    """What follows a command word at the start of a line; None where the word is not there as a word of its own.

    Japanese is written without spaces, so an id, 理由 or なし may follow a Japanese word directly; a Latin word must end where it ends.
    """
    if not text.casefold().startswith(word):
        return None
    rest = text[len(word) :]
    if rest and not rest.startswith(" ") and (word[-1].isascii() or not _MAY_FOLLOW.match(rest)):
        return None
    return rest.strip()


@lru_cache(maxsize=1024)
def word_alone(line: str) -> str:
    """A line as the words of `Vocabulary.spoken` are written, without its full stop."""
    return _plain(line).rstrip(".。").rstrip()


@lru_cache(maxsize=256)
def plain(word: str) -> str:
    """One of the organisation's words, or whatever is compared with them."""
    return _plain(word)


def _plain(text: str) -> str:
    return own.fold(text).strip().casefold()
