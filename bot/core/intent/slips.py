"""What begins like a command and is none, or names more than it can mean: to be asked about, never done."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.core import grounds
from bot.core import words as own
from bot.core.case_ids import (
    MOST_NAMED,
    Named,
    bare_number,
    case_id,
    cases_named,
    listed,
    number_of,
    numbers_claimed,
    numbers_named,
    tokens_of,
)
from bot.core.intent.command import WITH_CASES, Command
from bot.core.intent.grammar import for_whom, read_line
from bot.core.vocabulary import LONGEST_LINE, Vocabulary, after

MOST_COMMANDS = 20
DECLINES = re.compile(
    r"\b(?:can(?:not|'t|’t| not)|could(?:n't|n’t| not)|won'?t|will not|unable|not able|unfortunately|declin\w*|releas\w*|no longer|withdraw|not take)\b"
    r"|できません|出来ません|できかね|いたしかね|致しかね|辞退|お断り|見送|残念|難しい|無理で|引き受けられ(?!ます|る)",
    re.IGNORECASE,
)
_FORMS = {
    "release": "{id} ito@lawfirm.example",
    "assign": "{id} ito@lawfirm.example",
    "approve": "ito@lawfirm.example",
    "remove": "ito@lawfirm.example",
    "readdress": "ito@lawfirm.example ito@newfirm.example",
    "report": "2026-11",
    "limit": "3",
}
_SOMEBODY = "ito@lawfirm.example"
_LONGEST_ECHO = 80
_SHORT_HEAD = 3
_NEAR = 0.6
_ADDRESS = re.compile(r"[^\s@<>()\"',;:、。：]{1,64}@[^\s@<>()\"',;:、。：]{1,190}")
_NAMED = re.compile(r"[a-z]{0,12}-?\d|\S{1,64}@", re.IGNORECASE)
"""Where a case or an address begins."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A line that was meant for a command and is none: where it stands among the lines, as the answer quotes it, and the form that works, if any is near."""

    place: int
    said: str
    form: str
    verb: str = ""


def misspelt(
    lines: Sequence[str], vocabulary: Vocabulary, verbs: Iterable[str], *, passing: Collection[str] | None = None, year: int = 0
) -> tuple[Slip, ...]:
    """Each line that begins with the word of one of these verbs and is no command.

    Where `passing` is given, also each that names a case or an address other than those passing, with the form of the nearest word.

    >>> misspelt(["CLOSE 2026-14 please"], Vocabulary({"close": ("CLOSE",)}, "JAR"), ["close"])
    (Slip(place=0, said='CLOSE 2026-14 please', form='CLOSE JAR-2026-014', verb='close'),)
    >>> misspelt(["CLOES JAR-2026-003"], Vocabulary({"close": ("CLOSE",)}, "JAR"), ["close"], passing=())
    (Slip(place=0, said='CLOES JAR-2026-003', form='CLOSE JAR-2026-003', verb='close'),)
    """
    wanted = {word: verb for word, verb in vocabulary.spoken if verb in frozenset(verbs)}
    found: dict[str, Slip] = {}
    for place, line in enumerate(lines):
        text = own.fold(line[:LONGEST_LINE]).strip()
        word = next((word for word in wanted if after(text, word) is not None), "")
        is_meant = bool(word) or (passing is not None and _names_something(text, vocabulary, passing))
        if is_meant and not read_line(line, vocabulary) and not grounds.is_line(line):
            word = word or _nearest(text, wanted)
            verb, example = wanted.get(word, ""), _example(text, (after(text, word) or "") if word else "", vocabulary.prefix, year)
            form = _form_of(verb, vocabulary.spelt[word], text, example) if word else ""
            found.setdefault(text[:_LONGEST_ECHO], Slip(place, text[:_LONGEST_ECHO], form, verb))
    return tuple(found.values())[:MOST_COMMANDS]


def _names_something(text: str, vocabulary: Vocabulary, passing: Collection[str]) -> bool:
    addresses = [one for one in _ADDRESS.findall(text) if one.casefold() not in passing]
    return bool(addresses) or bool(cases_named([text], vocabulary.prefix))


def _nearest(text: str, words: Iterable[str]) -> str:
    """The word that the line, up to the case or the address in it, is the most like; "" for none."""
    head = _NAMED.split(text, maxsplit=1)[0].strip(" .:：、,").casefold()
    spoken = [head, *(head.split() if len(head.split()) <= _SHORT_HEAD else ())]
    near = [one for each in spoken for one in difflib.get_close_matches(each, list(words), n=1, cutoff=_NEAR)]
    return max(near, key=lambda one: max(difflib.SequenceMatcher(None, each, one).ratio() for each in spoken), default="")


def _example(text: str, rest: str, prefix: str, year: int) -> str:
    """The case that the line names, or means by its number; any, where it means none."""
    number = bare_number(next(iter(rest.split()), "").rstrip(".。、,")) if year else None
    meant = case_id(f"{year}-{number}", prefix) if number else None
    return next(iter(cases_named([text], prefix)), meant or f"{prefix}-2026-014")


def _form_of(verb: str, word: str, text: str, example: str) -> str:
    form = _FORMS.get(verb, "{id}" if verb in WITH_CASES else "").format(id=example)
    address = _ADDRESS.search(text)
    is_one = address is not None and form.count(_SOMEBODY) == 1 and verb != "readdress"
    return f"{word} {form.replace(_SOMEBODY, address[0]) if address and is_one else form}".strip()


def unsure(lines: Sequence[str], read: Sequence[tuple[Command, ...]], vocabulary: Vocabulary) -> Named:
    """What the lines that begin with the word for a claim name beside the cases that they claim: to be asked about, or told as unknown.

    Nothing of a line that declines, and no number of a claim in somebody's name: a YES would make it the sender's own.
    """
    found = [named for line, commands in zip(lines, read, strict=True) if (named := _unsure_in(line, commands, vocabulary))]
    if not found:
        return Named()
    claimed = {command.case_id for commands in read for command in commands if command.verb == "claim" and command.case_id}
    known = {number_of(one) for one in claimed}
    return Named(
        tuple(dict.fromkeys(one for named in found for one in named.ids if one not in claimed))[:MOST_NAMED],
        tuple(dict.fromkeys(one for named in found for one in named.numbers if one not in known))[:MOST_NAMED],
        tuple(dict.fromkeys(one for named in found for one in named.slips))[:MOST_NAMED],
    )


def _unsure_in(line: str, commands: tuple[Command, ...], vocabulary: Vocabulary) -> Named | None:
    text = own.fold(line[:LONGEST_LINE]).strip()
    if not text.casefold().startswith(vocabulary.claiming):
        return None
    rest = next((behind for word in vocabulary.claiming if (behind := after(text, word)) is not None), None)
    if rest is None or any(command.verb != "claim" for command in commands):
        return None
    ids, whom = for_whom(rest.rstrip(".。 "))
    if commands:
        tokens = tokens_of(ids)
        named = listed(tokens, vocabulary.prefix) or Named()
        slips = tuple(one for one in tokens if case_id(one, vocabulary.prefix) is None) if whom else named.slips
        return Named(numbers=() if whom else named.numbers, slips=slips)
    if whom or DECLINES.search(text):
        return None
    return Named(cases_named([text], vocabulary.prefix), tuple(dict.fromkeys((*numbers_named([text]), *numbers_claimed(rest)))))
