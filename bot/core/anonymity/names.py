"""Where the names of a case stand in a public text, in whatever order, script or spelling.

Given the index of the confidential part and a folded text, gives spans of the kinds `name`, `part_of_name`, `initials` and `person`.
The text is prose; a word that is part of a longer word is not the name, and a town is not the person who is called like it.
A single word that is also an ordinary one, or only sounds like a name, is a `part_of_name`: worth a look, and no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.core.anonymity import tables
from bot.core.anonymity.folding import Folded, letter_key, may_begin_name, runs
from bot.core.anonymity.index import Frames, Index, bones, with_one_letter_less, without_umlaut
from bot.core.anonymity.lettered import lettered
from bot.core.anonymity.patterns import Span
from bot.core.anonymity.people import people
from bot.core.anonymity.readings import uninflected
from bot.core.anonymity.reread import reread
from bot.core.anonymity.scripts import arabic_spelling, is_arabic, is_cyrillic, slavic_skeleton
from bot.core.anonymity.sounds import frame, is_heard_as, softer, sound
from bot.core.anonymity.syllables import in_latin
from bot.core.anonymity.written import written

_MOST_WORDS = 6
_COMMON = tables.ORDINARY | tables.KATAKANA_WORDS
_LETTER_BY_LETTER = re.compile(r"(?<![^\W_])(?:[^\W\d_][ .-] {0,2}){3,60}[^\W\d_](?![^\W_])")
_NEAR = re.compile(r"[ .,'’·・=-]{0,3}")
_INITIALS = re.compile(r"(?<![A-Za-z.])(?:(?:[A-Z]\. ?){1,3}[A-Z]\.|[A-Z]{2,3})(?![A-Za-z.])")


@dataclass(frozen=True, slots=True)
class _Word:
    key: str
    start: int
    end: int
    is_kana: bool
    is_capital: bool


def names_in(folded: Folded, index: Index) -> Iterator[Span]:
    """Spans may overlap; the surest come first."""
    yield from _spelt(folded.text, index)
    yield from written(folded, index)
    yield from reread(folded.text, index)
    yield from _doubtful(folded.text, index)
    if index.guesses:
        for span in (*_spelt(folded.text, index.guesses), *_doubtful(folded.text, index.guesses)):
            yield Span("part_of_name", span.start, span.end)
    for match in _INITIALS.finditer(folded.text):
        if re.sub(r"[. ]", "", match[0]).lower() in index.initials:
            yield Span("initials", match.start(), match.end())
    yield from lettered(folded.text, index.letters)
    for match in _LETTER_BY_LETTER.finditer(folded.text):
        if letter_key(re.sub("[ .-]", "", match[0])) in index.wholes | {word for word in index.singles if len(word) > 3}:
            yield Span("name", match.start(), match.end())
    yield from people(folded.text)


def _spelt(text: str, index: Index) -> Iterator[Span]:
    words = _words_of(text)
    has_capitals = any(letter.isupper() for letter in text)
    at = 0
    while at < len(words):
        size = next((size for size in range(_reach(words, at, text), 0, -1) if _is_name(words[at : at + size], index, has_capitals)), 0)
        if size:
            yield Span("name", words[at].start, words[at + size - 1].end)
        at += size or 1


def _words_of(text: str) -> list[_Word]:
    """A word that is broken at the end of a line is one; behind a hyphen, a small letter is as good as a capital."""
    words: list[_Word] = []
    for run in runs(text):
        if run.sort not in ("alphabetic", "katakana"):
            continue
        key = letter_key(text[run.start : run.end])
        word = _Word("".join(in_latin(key)) or key, run.start, run.end, run.sort == "katakana", may_begin_name(text[run.start]))
        before = words[-1] if words and words[-1].is_kana == word.is_kana else None
        gap = text[before.end : run.start] if before else ""
        if before and gap == "-\n" and not word.is_capital:
            words[-1] = _Word(before.key + word.key, before.start, word.end, word.is_kana, before.is_capital)
        else:
            words.append(replace(word, is_capital=True) if before and gap == "-" and before.is_capital else word)
    return words


def _doubtful(text: str, index: Index) -> Iterator[Span]:
    """Not the Park of Ueno Park: behind a name of another kind it is part of that."""
    before = ""
    for run in runs(text):
        if run.sort not in ("alphabetic", "katakana"):
            before = before if text[run.start : run.end] == " " else ""
            continue
        key, is_capital = letter_key(text[run.start : run.end]), may_begin_name(text[run.start])
        is_near = key not in tables.ORDINARY and run.sort == "alphabetic" and _is_near(key, index)
        is_small = not is_capital and len(key) > 4 and key in index.singles
        if is_small or (is_capital and (is_near or (key in index.doubtful and (not before or before in tables.ORDINARY)))):
            yield Span("part_of_name", run.start, run.end)
        before = key if is_capital else ""


def _is_near(key: str, index: Index) -> bool:
    if any((consonants, vowels + more) in index.bones for consonants, vowels in bones(key) for more in (-1, 0, 1)):
        return True
    is_known = key in tables.TOWNS or key in tables.BODIES_AND_CITIES or key in tables.PEOPLES_AND_FAITHS
    return len(key) > 5 and not is_known and not index.misspelt.isdisjoint(with_one_letter_less(key))


def _reach(words: list[_Word], at: int, text: str) -> int:
    """How many words from here stand side by side as the words of a name do."""
    size = 1
    while size < _MOST_WORDS and at + size < len(words):
        last, following = words[at + size - 1], words[at + size]
        if last.is_kana != following.is_kana or not _NEAR.fullmatch(text, last.end, following.start):
            break
        size += 1
    return size


def _is_name(window: list[_Word], index: Index, has_capitals: bool) -> bool:
    joined = "".join(word.key for word in window)
    are_capitals = all(word.is_capital or word.key in tables.PARTICLES for word in window) or (len(joined) > 4 and not has_capitals)
    is_strange = len(joined) >= 8 and not all(word.key in tables.ORDINARY for word in window)
    if index.wholes & {joined, without_umlaut(joined)} and (are_capitals or is_strange):
        return True
    if not are_capitals:
        return False
    if index.singles & {joined, uninflected(joined), without_umlaut(joined)} and (len(window) == 1 or len(joined) > 5):
        return True
    if len(joined) > 5 and joined.endswith("s") and joined[:-1] in index.singles:
        return True
    if (
        joined not in tables.ORDINARY
        and min(len(word.key) for word in window) > 1
        and _is_in_other_script(joined, index, is_one=len(window) == 1)
    ):
        return True
    heard = sound(joined)
    if not heard or (len(window) == 1 and joined in _COMMON):
        return False
    is_kana = window[0].is_kana
    if len(window) == 1 and ((len(heard) > 3 and heard in index.single_sounds) or _is_heard(heard, is_kana, index.single_frames, fewest=3)):
        return True
    forms = {heard} if is_kana else softer(heard)
    return (len(heard) > 4 and not forms.isdisjoint(index.whole_sounds)) or _is_heard(heard, is_kana, index.whole_frames, fewest=4)


def _is_in_other_script(joined: str, index: Index, *, is_one: bool) -> bool:
    if is_cyrillic(joined):
        return is_one and bool({slavic_skeleton(joined), slavic_skeleton(uninflected(joined))} & index.from_latin - {""})
    if is_arabic(joined):
        pattern = arabic_spelling(joined)
        return pattern is not None and any(pattern.fullmatch(known) for known in index.singles | index.wholes if known.isascii())
    if is_one and index.from_cyrillic and slavic_skeleton(joined) in index.from_cyrillic:
        return True
    return any(pattern.fullmatch(joined) for pattern in index.from_arabic)


def _is_heard(heard: str, is_kana: bool, frames: Frames, *, fewest: int) -> bool:
    """Whether a known name of the other script sounds like this; a single word, of `fewest` 3 consonants, must do so strictly."""
    for form in {heard} if is_kana else softer(heard):
        consonants = frame(form)
        pairs = (
            (known, form) if is_kana else (form, known) for known, known_is_kana in frames.get(consonants, ()) if known_is_kana != is_kana
        )
        if len(consonants) >= fewest and any(is_heard_as(latin, kana, strictly=fewest == 3) for latin, kana in pairs):
            return True
    return False
