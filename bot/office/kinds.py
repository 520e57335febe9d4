"""How the outbox calls a letter, and which goes first."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.mail import Letter
from bot.shell.letters import ASIDES

_PRIORITIES = {"confirmation": 0, "hold": 0, "offer": 0, "bulletin": 1, "verify": 1, "round": 5, "round_preview": 3}
"""Lower goes first: nobody who got a case waits behind a circulation, be it an emergency to thousands. Every other kind is a 2."""
_ORDINARY = 2

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


def outbox_kind(letter: Letter) -> str:
    """What the outbox calls a letter: an answer goes by its one outcome, or is a transcript."""
    if letter.kind != "answer":
        return letter.kind
    outcomes = outcomes_of(letter)
    return ANSWER_KINDS.get(outcomes[0], outcomes[0]) if len(outcomes) == 1 else SEVERAL


def priority_of(kind: str) -> int:
    return _PRIORITIES.get(kind, _ORDINARY)


def outcomes_of(letter: Letter) -> list[str]:
    """What an answer tells, line by line, without what is only said beside it; nothing of any other letter."""
    lines = letter.facts.get("lines", ())
    return [line.outcome for line in lines if line.outcome not in ASIDES] if isinstance(lines, Sequence) else []
