"""Where the names of a case stand in a public text, in whatever order, script or spelling.

Given the harvest of the confidential part and a folded text, gives spans of the kinds `name`, `part_of_name`, `initials` and `person`.
The text is prose; a word that is part of a longer word is not the name, and a town is not the person who is called like it.
A single word that is also an ordinary one, or only sounds like a name, is a `part_of_name`: worth a look, and no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from bot.core.anonymity import tables
from bot.core.anonymity.folding import Folded, is_hiragana, is_kanji, letter_key, runs, squeeze
from bot.core.anonymity.harvest import Harvest, Name
from bot.core.anonymity.patterns import Span
from bot.core.anonymity.people import people
from bot.core.anonymity.readings import SURNAMES_IN_KANA, other_spellings, parts_of, uninflected
from bot.core.anonymity.sounds import frame, is_heard_as, softer, sound

_MOST_WORDS = 6
_SHORTEST_READING = 5
_HONORIFICS = ("さん", "氏", "様", "さま", "ちゃん", "くん", "君", "殿", "夫妻", "夫婦", "一家", "先生")
_AFTER_SURNAME = frozenset("家宅夫妻氏様殿君嬢側")
_BEFORE_SURNAME = frozenset("者人夫妻父母子兄弟姉妹告名主方女男員手長")
_SPELT_UMLAUT = re.compile("(?<=[^aeiou])([aou])e(?=[^aeiou]{2})")
_LETTER_BY_LETTER = re.compile(r"(?<![^\W_])(?:[^\W\d_][ .-] {0,2}){3,60}[^\W\d_](?![^\W_])")
_NEAR = re.compile(r"[ .,'’·・=-]{0,3}")
_INITIALS = re.compile(r"(?<![A-Za-z.])(?:[A-Z]\. ?){1,3}[A-Z]\.(?![A-Za-z])")
Frames = dict[str, set[tuple[str, bool]]]
"""Consonants → the sounds of names that have them, and whether each was written in kana."""


@dataclass(frozen=True, slots=True)
class _Word:
    key: str
    start: int
    end: int
    is_kana: bool
    is_capital: bool


@dataclass(slots=True)
class Index:
    """The names in the forms in which they are looked up."""

    initials: frozenset[str] = frozenset()
    wholes: set[str] = field(default_factory=set)
    singles: set[str] = field(default_factory=set)
    whole_sounds: set[str] = field(default_factory=set)
    single_sounds: set[str] = field(default_factory=set)
    whole_frames: Frames = field(default_factory=dict)
    single_frames: Frames = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)
    """Words of names that are words of their own too: the Hope of Hope Okafor."""
    bones: set[str] = field(default_factory=set)
    """The consonants of names, at least four: Mohammad, Mohamed and Muhammad have the same."""
    written: list[tuple[str, str]] = field(default_factory=list)
    """Names to be found letter by letter, with the rule that makes an occurrence the name: `always`, `apart`, `kana`, `leading`, `hangul`, `honoured`."""


def index_of(gathered: Harvest) -> Index:
    index = Index(initials=gathered.initials)
    for name in gathered.names:
        (_enter_spelt if name.is_spelt else _enter_kanji)(index, name)
        if not name.is_company:
            _enter_readings(index, name)
    # The longest first, so that a whole name is not found as its surname.
    index.written.sort(key=lambda entry: -len(entry[0]))
    return index


def names_in(folded: Folded, index: Index) -> Iterator[Span]:
    """Spans may overlap; the surest come first."""
    yield from _spelt(folded.text, index)
    yield from _written(squeeze(folded), folded, index)
    yield from _doubtful(folded.text, index)
    for match in _INITIALS.finditer(folded.text):
        if re.sub(r"[. ]", "", match[0]).lower() in index.initials:
            yield Span("initials", match.start(), match.end())
    for match in _LETTER_BY_LETTER.finditer(folded.text):
        if letter_key(re.sub("[ .-]", "", match[0])) in index.wholes | {word for word in index.singles if len(word) > 3}:
            yield Span("name", match.start(), match.end())
    yield from people(folded.text)


def _enter_spelt(index: Index, name: Name) -> None:
    words = name.words
    is_kana = is_hiragana(words[0][0])
    orders = {words, words[::-1], words[1:] + words[:1], words[-1:] + words[:-1]}
    for order in orders if len(words) > 1 else ():
        joined = "".join(order)
        if len(joined) >= 4:
            index.wholes |= {joined, _plain(joined)}
            _enter_sound(index.whole_sounds, index.whole_frames, joined, is_kana=is_kana)
            if is_kana:
                index.written.append((joined, "kana"))
    for word in _alone(name):
        if len(words) > 1 and len(word) > 2 and word in tables.ORDINARY:
            index.doubtful.add(word)
        if _stands_alone(word) and not is_kana and len(bones := frame(sound(word))) > 3:
            index.bones.add(bones)
        if _stands_alone(word):
            index.singles |= {word, uninflected(word), _plain(word)}
            _enter_sound(index.single_sounds, index.single_frames, word, is_kana=is_kana)
        if "가" <= word[0] <= "힣" and len(word) > 2:
            index.written.append((word, "hangul"))
        if word in SURNAMES_IN_KANA:
            index.written.append((word, "leading"))
        if is_kana and len(word) > 1:
            index.written.append((word, "kana" if len(words) == 1 and len(word) > 3 else "honoured"))


def _enter_readings(index: Index, name: Name) -> None:
    """A reading counts whole, and its longer words alone, unless they are towns in kanji: ``Tanaka`` for 田中, but not ``Chiba`` for 千葉."""
    parts = name.words if len(name.words) > 1 else parts_of(name.words[0], is_name=True) or name.words
    is_town = parts[0] in tables.TOWNS | tables.QUARTERS
    for words in other_spellings(name.words):
        _enter_spelt(index, Name(words, is_company=len(words) > 1))
        for word in words if len(words) > 1 and not is_town else ():
            if is_hiragana(word[0]) or len(word) >= _SHORTEST_READING:
                _enter_spelt(index, Name((word,)))


def _alone(name: Name) -> tuple[str, ...]:
    """The words that count by themselves, and a particle with the word that it belongs to: ``al-Hassan``, ``O'Connell``."""
    if name.is_company and len(name.words) > 1:
        return ()
    with_particle = (first + second for first, second in pairwise(name.words) if first in tables.PARTICLES or len(first) == 1)
    return (*name.words, *with_particle)


def _stands_alone(word: str) -> bool:
    shortest = 2 if word[0].isalpha() and "가" <= word[0] <= "힣" else 3
    return len(word) >= shortest and word not in tables.ORDINARY | tables.PARTICLES | tables.TOWNS | tables.QUARTERS


def _enter_sound(sounds: set[str], frames: Frames, joined: str, *, is_kana: bool) -> None:
    heard = sound(joined)
    if heard:
        sounds.add(heard)
        for form in {heard} if is_kana else softer(heard):
            frames.setdefault(frame(form), set()).add((form, is_kana))


def _enter_kanji(index: Index, name: Name) -> None:
    joined = "".join(name.words)
    index.written.append((joined, "always" if len(joined) > 2 else "apart"))
    if name.is_company:
        return
    if len(name.words) > 1:
        index.written.extend((word, "honoured" if len(word) == 1 or not is_kanji(word[0]) else "apart") for word in name.words)
    elif 2 <= len(joined) <= 6:
        # Where the surname ends is not written, so that any part counts, but only with a title.
        index.written.extend((part, "apart") for part in parts_of(joined, is_name=True) if len(part) > 1)
        index.written.extend((part, "honoured") for cut in range(1, len(joined)) for part in (joined[:cut], joined[cut:]) if len(part) <= 3)


def _spelt(text: str, index: Index) -> Iterator[Span]:
    words = [
        _Word(letter_key(text[run.start : run.end]), run.start, run.end, run.sort == "katakana", _is_capital(text[run.start]))
        for run in runs(text)
        if run.sort in ("alphabetic", "katakana")
    ]
    has_capitals = any(letter.isupper() for letter in text)
    at = 0
    while at < len(words):
        size = next((size for size in range(_reach(words, at, text), 0, -1) if _is_name(words[at : at + size], index, has_capitals)), 0)
        if size:
            yield Span("name", words[at].start, words[at + size - 1].end)
        at += size or 1


def _doubtful(text: str, index: Index) -> Iterator[Span]:
    """Not the Park of Ueno Park: behind a name of another kind it is part of that."""
    before = ""
    for run in runs(text):
        if run.sort not in ("alphabetic", "katakana"):
            before = before if text[run.start : run.end] == " " else ""
            continue
        key, is_capital = letter_key(text[run.start : run.end]), _is_capital(text[run.start])
        is_near = key not in tables.ORDINARY and run.sort == "alphabetic" and frame(sound(key)) in index.bones
        if is_capital and (is_near or (key in index.doubtful and (not before or before in tables.ORDINARY))):
            yield Span("part_of_name", run.start, run.end)
        before = key if is_capital else ""


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
    if index.wholes & {joined, _plain(joined)} and (are_capitals or is_strange):
        return True
    if not are_capitals:
        return False
    if index.singles & {joined, uninflected(joined), _plain(joined)} and (len(window) == 1 or len(joined) > 5):
        return True
    heard = sound(joined)
    if not heard or (len(window) == 1 and joined in tables.ORDINARY | tables.KATAKANA_WORDS):
        return False
    is_kana = window[0].is_kana
    if len(window) == 1 and ((len(heard) > 3 and heard in index.single_sounds) or _is_heard(heard, is_kana, index.single_frames, fewest=3)):
        return True
    return (len(heard) > 4 and heard in index.whole_sounds) or _is_heard(heard, is_kana, index.whole_frames, fewest=4)


def _is_heard(heard: str, is_kana: bool, frames: Frames, *, fewest: int) -> bool:
    """Whether a known name of the other script sounds like this; a single word, of `fewest` 3 consonants, must do so strictly."""
    bones = frame(heard)
    pairs = ((known, heard) if is_kana else (heard, known) for known, known_is_kana in frames.get(bones, ()) if known_is_kana != is_kana)
    return len(bones) >= fewest and any(is_heard_as(latin, kana, strictly=fewest == 3) for latin, kana in pairs)


def _written(squeezed: Folded, folded: Folded, index: Index) -> Iterator[Span]:
    """Found in the squeezed text, told in places of the folded one."""
    place_of = {start: at for at, start in reversed(list(enumerate(folded.starts)))}
    for wanted, rule in index.written:
        at = squeezed.text.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            if _RULES[rule](squeezed, at, end):
                yield Span("name", place_of[squeezed.starts[at]], place_of[squeezed.starts[end - 1]] + 1)
            at = squeezed.text.find(wanted, at + 1)


def _is_apart(squeezed: Folded, at: int, end: int) -> bool:
    text = squeezed.text
    if text.startswith(_HONORIFICS, end):
        return True
    if text[at:end] in tables.TOWNS | tables.QUARTERS | tables.ORDINARY_GIVEN_NAMES | tables.LARGE_PLACES:
        return False
    before, after = text[at - 1 : at], text[end : end + 1]
    begins = not is_kanji(before) or before in _BEFORE_SURNAME or squeezed.ends[at - 1] < squeezed.starts[at]
    ends = not is_kanji(after) or after in _AFTER_SURNAME or squeezed.ends[end - 1] < squeezed.starts[end]
    return begins and ends


def _is_honoured(squeezed: Folded, at: int, end: int) -> bool:
    before = squeezed.text[at - 1 : at]
    begins = not is_kanji(before) or before in _BEFORE_SURNAME if is_kanji(squeezed.text[at]) else _begins_kana(squeezed, at)
    return begins and squeezed.text.startswith(_HONORIFICS, end)


def _is_kana_name(squeezed: Folded, at: int, end: int) -> bool:
    """Hiragana runs on without spaces: a long name counts anywhere, a short one where nothing but a particle stands before it."""
    if not is_hiragana(squeezed.original[squeezed.starts[at]]):
        return False
    if end - at >= 6 or not is_hiragana(squeezed.text[at - 1 : at]):
        return True
    return _begins_kana(squeezed, at) and squeezed.text.startswith(_HONORIFICS, end)


def _begins_kana(squeezed: Folded, at: int) -> bool:
    before = squeezed.text[at - 1 : at]
    return not is_hiragana(before) or before in "のはがともにへや" or not is_hiragana(squeezed.original[squeezed.starts[at - 1]])


def _leads_kana(squeezed: Folded, at: int, _end: int) -> bool:
    return is_hiragana(squeezed.original[squeezed.starts[at]]) and not is_hiragana(squeezed.text[at - 1 : at])


def _begins_hangul(squeezed: Folded, at: int, _end: int) -> bool:
    return at == 0 or not "가" <= squeezed.text[at - 1] <= "힣" or squeezed.ends[at - 1] < squeezed.starts[at]


_RULES = {
    "always": lambda *_: True,
    "hangul": _begins_hangul,
    "leading": _leads_kana,
    "apart": _is_apart,
    "kana": _is_kana_name,
    "honoured": _is_honoured,
}


def _plain(key: str) -> str:
    """``mueller`` as ``muller``, which is how Müller is compared."""
    return _SPELT_UMLAUT.sub(r"\1", key)


def _is_capital(letter: str) -> bool:
    return letter.isupper() or letter.lower() == letter.upper()
