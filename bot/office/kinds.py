"""How the outbox calls a letter, and which goes first."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.mail import Letter
from bot.core.model import Told
from bot.shell.letters import ASIDES

ANSWER_KINDS = {
    "confirmed": "confirmation",
    "held": "hold",
    "offered": "offer",
    "preview_case": "preview",
    "preview_bulletin": "preview",
    "preview_cases": "preview",
    "preview_change": "preview",
}
"""How the outbox calls an answer of one line, where that is not the outcome's own name."""

SEVERAL = "transcript"
"""The kind of an answer of several lines."""

_PRIORITIES = {
    **dict.fromkeys(("confirmation", "hold", "offer", SEVERAL), 0),
    **dict.fromkeys(("bulletin", "verify"), 2),
    "round_preview": 4,
    "round": 5,
}
_NEWS, _ORDINARY = 1, 3
"""Lower goes first. What is new of a case, members and staff hear before others are asked, be it in an emergency that goes to thousands;
an emergency waits behind no answer that a stranger can ask for.
"""


def outbox_kind(letter: Letter, outcomes: Sequence[str]) -> str:
    """What the outbox calls a letter: an answer goes by its one outcome, or is a transcript. `outcomes` are the letter's `outcomes_of`."""
    if letter.kind != "answer":
        return letter.kind
    return ANSWER_KINDS.get(outcomes[0], outcomes[0]) if len(outcomes) == 1 else SEVERAL


def priority_of(letter: Letter, kind: str) -> int:
    """What tells of a case goes before the rest: strangers are told of none, whatever they ask, and however many words it has.

    `kind` is what the outbox calls the letter.
    """
    if kind == SEVERAL:
        return _PRIORITIES[kind] if any(line.case is not None for line in _lines(letter)) else _ORDINARY
    return _PRIORITIES.get(kind, _NEWS if letter.case_id else _ORDINARY)


def outcomes_of(letter: Letter) -> list[str]:
    """What an answer tells, line by line, without what is only said beside it; nothing of any other letter."""
    return [line.outcome for line in _lines(letter) if line.outcome not in ASIDES]


def _lines(letter: Letter) -> Sequence[Told]:
    lines = letter.facts.get("lines", ())
    return lines if isinstance(lines, list | tuple) else ()
