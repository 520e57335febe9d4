"""What begins like a command and is none, or names more than it can mean: to be asked about, never done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.core import words as own
from bot.core.case_ids import MOST_NAMED, Named, case_id, cases_named, listed, number_of, numbers_claimed, numbers_named, tokens_of
from bot.core.intent.command import WITH_CASES, Command
from bot.core.intent.grammar import for_whom, read_line
from bot.core.intent.vocabulary import LONGEST_LINE, Vocabulary, after

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
_LONGEST_ECHO = 80


def misspelt(lines: Iterable[str], vocabulary: Vocabulary, verbs: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """(line, the form that would work) of each line that begins with the word of one of these verbs and is no command.

    >>> misspelt(["CLOSE 2026-14 please"], Vocabulary({"close": ("CLOSE",)}, "JAR"), ["close"])
    (('CLOSE 2026-14 please', 'CLOSE JAR-2026-014'),)
    """
    wanted = frozenset(verbs)
    found: dict[str, str] = {}
    for line in lines:
        text = own.fold(line[:LONGEST_LINE]).strip()
        word, verb = next(((word, verb) for word, verb in vocabulary.spoken if verb in wanted and after(text, word) is not None), ("", ""))
        if verb and not read_line(line, vocabulary):
            example = next(iter(cases_named([text], vocabulary.prefix)), f"{vocabulary.prefix}-2026-014")
            form = _FORMS.get(verb, "{id}" if verb in WITH_CASES else "").format(id=example)
            found[text[:_LONGEST_ECHO]] = f"{vocabulary.spelt[word]} {form}".strip()
    return tuple(found.items())[:MOST_COMMANDS]


def unsure(lines: Sequence[str], read: Sequence[tuple[Command, ...]], vocabulary: Vocabulary) -> Named:
    """What the lines that begin with the word for a claim name beside the cases that they claim: to be asked about, or told as unknown.

    Nothing of a line that declines, and no number of a claim in somebody's name: a YES would make it the sender's own.
    """
    claimed = {command.case_id for commands in read for command in commands if command.verb == "claim" and command.case_id}
    found = [_unsure_in(line, commands, vocabulary) for line, commands in zip(lines, read, strict=True)]
    known = {number_of(one) for one in claimed}
    return Named(
        tuple(dict.fromkeys(one for named in found for one in named.ids if one not in claimed))[:MOST_NAMED],
        tuple(dict.fromkeys(one for named in found for one in named.numbers if one not in known))[:MOST_NAMED],
        tuple(dict.fromkeys(one for named in found for one in named.slips))[:MOST_NAMED],
    )


def _unsure_in(line: str, commands: tuple[Command, ...], vocabulary: Vocabulary) -> Named:
    text = own.fold(line[:LONGEST_LINE]).strip()
    words = (word for word, verb in vocabulary.spoken if verb == "claim")
    rest = next((behind for word in words if (behind := after(text, word)) is not None), None)
    if rest is None or any(command.verb != "claim" for command in commands):
        return Named()
    ids, whom = for_whom(rest.rstrip(".。 "))
    if commands:
        tokens = tokens_of(ids)
        named = listed(tokens, vocabulary.prefix) or Named()
        return Named(slips=tuple(one for one in tokens if case_id(one, vocabulary.prefix) is None)) if whom else replace(named, ids=())
    if whom or DECLINES.search(text):
        return Named()
    return Named(cases_named([text], vocabulary.prefix), tuple(dict.fromkeys((*numbers_named([text]), *numbers_claimed(rest)))))
