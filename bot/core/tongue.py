"""A language of the letters: its code, its names, and the sentences that stand in no template.

English and Japanese ship with the code that says them. Any other language is data of the organisation's own: a sentence that it has
replaces the English one, and whoever checks the data is told what is wanted. Decides nothing and reads no file.
"""

from __future__ import annotations

import difflib
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tongue:
    """`names` are what its speakers call it, the first as readers are shown it; `sentences` are keyed ``section.name``."""

    code: str
    names: tuple[str, ...] = ()
    sentences: Mapping[str, str] = field(default_factory=dict)
    commands: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Further command words, by verb."""

    @property
    def is_japanese(self) -> bool:
        return self.code == "ja"

    def says(self, key: str, english: str, japanese: str) -> str:
        """Its own sentence of this name; else the one that ships."""
        return self.sentences.get(key, japanese if self.is_japanese else english)


ENGLISH = Tongue("en", ("English", "英語"))
JAPANESE = Tongue("ja", ("日本語", "Japanese"))
SHIPPED = {tongue.code: tongue for tongue in (ENGLISH, JAPANESE)}


def lacks(tongue: Tongue, wanted: Mapping[str, str], verbs: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """What a language's data still wants, and what in it nobody asks for, a remark each. `wanted` are the English sentences by key."""
    if not tongue.names:
        yield "names: what its speakers call it"
    yield from (f"[commands] {verb}: a word for {words[0]}" for verb, words in verbs.items() if not tongue.commands.get(verb))
    for key, english in wanted.items():
        section, _, name = key.partition(".")
        if key not in tongue.sentences:
            yield f"[{section}] {name}: “{english}”"
        elif wrong := _differing_places(tongue.sentences[key], english):
            yield f"[{section}] {name}: {wrong}"
    for key in tongue.sentences.keys() - wanted.keys():
        nearest = difflib.get_close_matches(key, wanted, n=1, cutoff=0.0)[0]
        yield "[{}] {} is not asked for; the nearest is [{}] {}".format(*key.split(".", 1), *nearest.split(".", 1))
    yield from (f"[commands] {verb} is not asked for" for verb in tongue.commands.keys() - verbs.keys())


def _differing_places(sentence: str, english: str) -> str:
    """What is wrong with the places that are filled in, such as {value}: one too many stops a letter, one too few hides a fact."""
    try:
        there = _places(sentence)
    except ValueError:
        return "a brace in it is not closed"
    missing, extra = _places(english) - there, there - _places(english)
    told = [f"it has no {{{name}}}" for name in sorted(missing)] + [f"nothing is put in for {{{name}}}" for name in sorted(extra)]
    return ", ".join(told)


def _places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}
