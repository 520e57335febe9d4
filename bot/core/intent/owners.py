"""Whose a reason is that stands in a line of its own: the nearest request's above it, and no other's.

Given the lines of a mail and what each was read as, gives every such reason with the line that it belongs to. What was meant for a request
and is none owns the reason below it too: a slip must not lend its reason to a text that wants one. Never says whether a reason is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.core import grounds
from bot.core import words as own
from bot.core.case_ids import cases_named, numbers_named
from bot.core.intent.command import Command
from bot.core.vocabulary import LONGEST_LINE, Vocabulary, after

_ONLY_LOOKS = frozenset({"status", "explain", "list", "show", "help", "report", "round_preview"})
"""Verbs that change nothing: a reason below one of them is still that of the request above."""
_ANSWERS = frozenset({"yes", "no", "send", "round_send"})
"""Verbs that may let a text pass in spite of findings."""
SUBJECT = 0

Owned = tuple[tuple[int, str], ...]
"""(line, reason): the line by its number, where the Subject is 0. A reason above all requests is the Subject's."""


def reasons(lines: Sequence[str], read: Sequence[tuple[Command, ...]], vocabulary: Vocabulary) -> Owned:
    """Each reason that stands in a line of its own. The first of `lines` is the Subject.

    >>> reasons(["Re: a draft", "YES", "CLOES JAR-2026-003", "Reason: she has left"], [()] * 4, Vocabulary({}, "JAR"))
    ((2, 'she has left'),)
    """
    return tuple(_owned(lines, read, vocabulary)) if any(map(grounds.is_line, lines)) else ()


def of_answer(owned: Owned, read: Sequence[tuple[Command, ...]]) -> str:
    """The first reason that is no other request's than a YES, NO or SEND; "" for none."""
    return next((why for owner, why in owned if _is_answer(owner, _requests(read[owner]))), "")


def _owned(lines: Sequence[str], read: Sequence[tuple[Command, ...]], vocabulary: Vocabulary) -> Iterator[tuple[int, str]]:
    owner = SUBJECT
    for number, (line, commands) in enumerate(zip(lines, read, strict=True)):
        why = grounds.line_in((line,))
        if why:
            yield owner, why
        elif _requests(commands) or (not commands and number != SUBJECT and _was_meant_for_one(line, vocabulary)):
            owner = number


def _was_meant_for_one(line: str, vocabulary: Vocabulary) -> bool:
    """It names a case or an address, or begins with a command word and holds a number."""
    if "@" in line or cases_named((line,), vocabulary.prefix) or numbers_named((line,)):
        return True
    text = own.fold(line[:LONGEST_LINE]).strip()
    return any(map(str.isdigit, text)) and any(after(text, word) is not None for word in vocabulary.beginnings)


def _is_answer(owner: int, requests: Sequence[Command]) -> bool:
    return (bool(requests) or owner == SUBJECT) and all(command.verb in _ANSWERS for command in requests)


def _requests(commands: Sequence[Command]) -> list[Command]:
    return [command for command in commands if command.verb not in _ONLY_LOOKS]
