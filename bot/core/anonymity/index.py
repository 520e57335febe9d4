"""The names of a case in the forms in which a text is held against them: whole, word by word, by sound, letter by letter.

Given the harvest of the confidential part, gives an `Index`, which holds nothing but compared forms.
What a table or a rule cannot spell otherwise is in it once, as it was written.
Never looks at a public text: names.py does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, pairwise

from bot.core.anonymity import tables
from bot.core.anonymity.companies import company_in_kana, company_sounds
from bot.core.anonymity.folding import is_hiragana, is_kanji
from bot.core.anonymity.harvest import Harvest
from bot.core.anonymity.lettered import first_letters
from bot.core.anonymity.naming import Name
from bot.core.anonymity.readings import SURNAMES_IN_KANA, other_spellings, parts_of, uninflected
from bot.core.anonymity.scripts import arabic_spelling, is_arabic, is_cyrillic, slavic_skeleton
from bot.core.anonymity.sounds import frame, softer, sound, without_nasal
from bot.core.anonymity.syllables import in_kana, in_latin

_SHORTEST_READING, _SHORTEST_MISSPELT = 5, 6
_NEVER_ALONE = tables.ORDINARY | tables.PARTICLES | tables.TOWNS | tables.QUARTERS
_SPELT_UMLAUT = re.compile("(?<=[^aeiou])([aou])e(?=[^aeiou]{2})")
Frames = dict[str, set[tuple[str, bool]]]
"""Consonants → the sounds of names that have them, and whether each was written in kana."""


@dataclass(slots=True)
class Index:
    """The names in the forms in which they are looked up."""

    initials: frozenset[str] = frozenset()
    letters: frozenset[str] = frozenset()
    """The first letters of names."""
    wholes: set[str] = field(default_factory=set)
    singles: set[str] = field(default_factory=set)
    whole_sounds: set[str] = field(default_factory=set)
    single_sounds: set[str] = field(default_factory=set)
    whole_frames: Frames = field(default_factory=dict)
    single_frames: Frames = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)
    """Words of names that are words of their own too: the Hope of Hope Okafor."""
    bones: set[tuple[str, int]] = field(default_factory=set)
    """The consonants of names, at least four, and how many vowels are among them: Mohammad, Mohamed and Muhammad have the same."""
    misspelt: set[str] = field(default_factory=set)
    """Names without one of their letters each: a word that is one slip away shares one of these."""
    from_cyrillic: set[str] = field(default_factory=set)
    from_latin: set[str] = field(default_factory=set)
    """Skeletons of names, by the script they were written in, to be held against the other."""
    from_arabic: set[re.Pattern[str]] = field(default_factory=set)
    guesses: Index | None = None
    """What may be a name, and another word as well."""
    written: list[tuple[str, str]] = field(default_factory=list)
    """Names to be found letter by letter, with the rule that makes an occurrence the name: `always`, `apart`, `kana`, `leading`, `hangul`, `honoured`, `word`."""


def index_of(gathered: Harvest) -> Index:
    guesses = [name for name in gathered.names if name.is_guess]
    index = _index_of([name for name in gathered.names if not name.is_guess])
    index.initials = gathered.initials
    index.letters = first_letters(list(gathered.names))
    index.guesses = _index_of(guesses) if guesses else None
    return index


def _index_of(names: list[Name]) -> Index:
    index = Index()
    for name in (*names, *chain.from_iterable(map(_in_other_letters, names))):
        (_enter_spelt if name.is_spelt else _enter_kanji)(index, name)
        if not name.is_company:
            _enter_readings(index, name)
    # The longest first, so that a whole name is not found as its surname.
    index.written.sort(key=lambda entry: -len(entry[0]))
    return index


def _in_other_letters(name: Name) -> Iterator[Name]:
    """Of Ethiopic and Burmese letters the Latin ones; of a Burmese name kana, as one word, since its parts are anybody's."""
    spelt = [in_latin(word) for word in name.words]
    latin = tuple(word for words in spelt for word in words) if all(spelt) else ()
    if latin:
        yield replace(name, words=latin)
    if kana := "".join(in_kana(latin or name.words)):
        yield replace(name, words=(kana,))


def _enter_spelt(index: Index, name: Name) -> None:
    words = name.words
    is_kana = is_hiragana(words[0][0])
    orders = {words, words[::-1], words[1:] + words[:1], words[-1:] + words[:-1]}
    for order in orders if len(words) > 1 else ():
        joined = "".join(order)
        if len(joined) >= 4:
            index.wholes |= {joined, without_umlaut(joined)}
            _enter_sound(index.whole_sounds, index.whole_frames, joined, is_kana=is_kana)
            if is_kana:
                index.written.append((joined, "kana"))
    for word in _alone(name):
        _enter_scripts(index, word)
        if (len(words) > 1 or name.is_guess) and len(word) > 2 and word in tables.ORDINARY:
            index.doubtful.add(word)
        if _stands_alone(word) and not is_kana:
            index.bones |= bones(word)
        if _stands_alone(word) and len(word) >= _SHORTEST_MISSPELT and not is_kana:
            index.misspelt |= with_one_letter_less(word)
        if _stands_alone(word):
            index.singles |= {word, uninflected(word), without_umlaut(word)}
            _enter_sound(index.single_sounds, index.single_frames, word, is_kana=is_kana)
        if "가" <= word[0] <= "힣" and len(word) > 2:
            index.written.append((word, "hangul"))
        if word in SURNAMES_IN_KANA:
            index.written.append((word, "leading"))
        if is_kana and len(words) == 1 and 2 < len(word) < 6:
            index.written.append((word, "word"))
        if is_kana and len(word) > 1:
            index.written.append((word, "kana" if len(words) == 1 and len(word) > 3 else "honoured"))


def _enter_scripts(index: Index, word: str) -> None:
    if is_cyrillic(word):
        index.from_cyrillic |= {slavic_skeleton(word), slavic_skeleton(uninflected(word))} - {""}
    elif is_arabic(word):
        index.from_arabic |= {pattern for pattern in (arabic_spelling(word),) if pattern}
    elif word.isascii() and _stands_alone(word):
        index.from_latin.add(slavic_skeleton(word))


def _enter_readings(index: Index, name: Name) -> None:
    """A reading counts whole, and its longer words alone, unless they are towns in kanji: ``Tanaka`` for 田中, but not ``Chiba`` for 千葉."""
    parts = name.words if len(name.words) > 1 else parts_of(name.words[0], is_name=True) or name.words
    is_town = parts[0] in tables.TOWNS | tables.QUARTERS
    for words in other_spellings(name.words):
        _enter_spelt(index, Name(words, is_company=len(words) > 1))
        index.doubtful |= tables.ORIGINS.intersection(words)
        for word in words if len(words) > 1 and not is_town else ():
            if is_hiragana(word[0]) or len(word) >= _SHORTEST_READING:
                _enter_spelt(index, Name((word,)))


def _alone(name: Name) -> tuple[str, ...]:
    """The words that count by themselves, and a particle with the word that it belongs to: ``al-Hassan``, ``O'Connell``."""
    if name.is_company and len(name.words) > 1:
        return ()
    with_particle = (first + second for first, second in pairwise(name.words) if first in tables.PARTICLES or len(first) == 1)
    # Two that were written as one, or one as two: ``Jeanpierre``, ``Min-jun``.
    closed = (first + second for first, second in pairwise(name.words) if len(name.words) > 2 and min(len(first), len(second)) > 2)
    return (*name.words, *with_particle, *closed)


def _stands_alone(word: str) -> bool:
    shortest = 2 if "가" <= word[0] <= "힣" or is_hiragana(word[0]) else 3
    return len(word) >= shortest and word not in _NEVER_ALONE


def _enter_sound(sounds: set[str], frames: Frames, joined: str, *, is_kana: bool) -> None:
    heard = sound(joined)
    if heard:
        sounds.update({heard, without_nasal(heard)})
        for form in {heard} if is_kana else softer(heard):
            frames.setdefault(frame(form), set()).add((form, is_kana))


def _enter_kanji(index: Index, name: Name) -> None:
    joined = "".join(name.words)
    index.written.append((joined, "always" if len(joined) > 2 else "apart"))
    if name.is_company:
        index.whole_sounds |= company_sounds(joined)
        index.written.extend((form, "always") for form in company_in_kana(joined))
        return
    if len(name.words) > 1:
        index.written.extend((word, "honoured" if len(word) == 1 or not is_kanji(word[0]) else "apart") for word in name.words)
    elif 2 <= len(joined) <= 6:
        # Where the surname ends is not written, so that any part counts, but only with a title.
        index.written.extend((part, "apart") for part in parts_of(joined, is_name=True) if len(part) > 1)
        index.written.extend((part, "honoured") for cut in range(1, len(joined)) for part in (joined[:cut], joined[cut:]) if len(part) <= 3)


def without_umlaut(key: str) -> str:
    """``mueller`` as ``muller``, which is how Müller is compared."""
    return _SPELT_UMLAUT.sub(r"\1", key)


def bones(key: str) -> set[tuple[str, int]]:
    """Of a word with at least four consonants: those, and the number of its vowels."""
    heard = sound(key)
    consonants = frame(heard)
    vowels = sum(letter in "aeiou" for letter in heard)
    return {(consonants, vowels)} if len(consonants) > 3 else set()


def with_one_letter_less(key: str) -> set[str]:
    """The word itself, and each that lacks one of its letters."""
    return {key} | {key[:at] + key[at + 1 :] for at in range(len(key))}
