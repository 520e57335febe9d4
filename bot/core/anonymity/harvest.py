"""The names that stand in the confidential part of a case: every entry of the conflict check, and what reads like a name elsewhere.

Given `Confidential` and all texts of the case, gives names as lists of compared words, and the initials that stand for people.
The text is what staff wrote: lists, prose, forms, with titles, roles and remarks between the names.
Never takes a word for a name because it stands in both parts: a capital, a label, a title or the conflict-check field must say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.anonymity import tables
from bot.core.anonymity.folding import KANJI, KATAKANA, fold, letter_key, runs
from bot.core.anonymity.introduced import of_prose
from bot.core.anonymity.japanese import japanese_names
from bot.core.anonymity.naming import Name, sequences
from bot.core.model import Confidential

_MOST_NAMES = 400
_BETWEEN_ENTRIES = re.compile(
    rf"([;\n、。,/&|()\[\]{{}}「」『』\"“”<>]|\band\b|(?<=[{KANJI}{KATAKANA}])(?:と|及び|および|並びに|または|又は)(?=[{KANJI}{KATAKANA}]))"
)
_BEFORE_REMARKS, _BEFORE_PEOPLE = ("(", "["), ("", "\n", ";", "and", "&")
_ENTRY_LABEL = re.compile(r"^[^:]{1,24}:\s*")
_SPACED_OUT = re.compile(r"(?<![^\W_])(?:[^\W\d_] {1,3}){4,60}[^\W\d_](?![^\W_])")
_INITIALS = re.compile(r"(?<![A-Za-z.])(?:[A-Z]\. ?){1,3}[A-Z]\.")


@dataclass(frozen=True, slots=True)
class Harvest:
    names: tuple[Name, ...]
    initials: frozenset[str]


def harvest(confidential: Confidential, *, ordinary: frozenset[str]) -> Harvest:
    """`ordinary`: words that the case's texts also write with a small letter, which are words before they are names."""
    listed = _SPACED_OUT.sub(_closed_up, fold(confidential.conflict_names).text)
    prose = "\n".join((listed, fold(confidential.details).text, fold(confidential.contact).text))
    found = list(dict.fromkeys((*_of_list(listed), *of_prose(prose, ordinary))))[:_MOST_NAMES]
    written = {re.sub(r"[. ]", "", match[0]).lower() for match in _INITIALS.finditer(prose)}
    initials = written | {form for name in found for form in _initials(name)}
    return Harvest(tuple(found), frozenset(initials - tables.ABBREVIATIONS))


def _closed_up(spaced: re.Match[str]) -> str:
    """``R a h m a n  A l i`` as ``Rahman Ali``."""
    return " ".join(word.replace(" ", "") for word in re.split(" {2,3}", spaced[0]))


def _initials(name: Name) -> Iterator[str]:
    if name.is_spelt and not name.is_company and 2 <= len(name.words) <= 4 and name.words[0].isascii():
        first = "".join(word[0] for word in name.words)
        yield from (first, first[-1] + first[:-1])


def _of_list(text: str) -> Iterator[Name]:
    for short, full in (("(株)", "株式会社"), ("(有)", "有限会社"), ("(同)", "合同会社")):
        text = text.replace(short, full)
    pieces = _BETWEEN_ENTRIES.split(text)
    for before, entry in zip(("", *pieces[1::2]), pieces[::2], strict=True):
        yield from _of_entry(_ENTRY_LABEL.sub("", entry.strip(" *-・•●■\t")), before)


def _of_entry(entry: str, before: str) -> Iterator[Name]:
    yield from japanese_names(entry)
    beside = list(sequences(entry))
    words = [letter_key(entry[run.start : run.end]) for run in runs(entry) if run.sort == "alphabetic"]
    if beside:
        for sequence, _ in beside:
            yield from _listed_latin(sequence, before if len(sequence) == len(words) else "(")
        return
    if 2 <= len(words) <= 4 and not any(word in tables.ORDINARY or word in tables.COMPANY_WORDS or len(word) < 2 for word in words):
        yield Name(tuple(words))


def _listed_latin(words: list[str], before: str) -> Iterator[Name]:
    keys = [letter_key(word) for word in words]
    while keys and keys[0] in tables.TITLES:
        keys.pop(0)
    if any(key in tables.AUTHORITIES for key in keys):
        return
    is_company = any(key in tables.COMPANY_WORDS for key in keys)
    while keys and keys[-1] in tables.COMPANY_ENDINGS:
        keys.pop()
    if len(keys) == 1 and keys[0] in tables.ORDINARY:
        # ``Grace`` or ``Jordan`` is somebody; ``(Iran)`` behind a name says where they are from.
        is_remark = before in _BEFORE_REMARKS or (keys[0] in tables.ORIGINS and before not in _BEFORE_PEOPLE)
        if not is_remark and keys[0] not in tables.NOBODY:
            yield Name((keys[0],), is_guess=True)
    elif keys and len("".join(keys)) > 1:
        yield Name(tuple(keys[:6]), is_company=is_company)
