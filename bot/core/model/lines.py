"""How a message ended, and what came of each command in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.model.cases import Case


class Disposition(StrEnum):
    """How a message we read ended; exactly one each."""

    PENDING = "pending"
    ANSWERED = "answered"
    IGNORED = "ignored"
    FOR_STAFF = "for_staff"


NOTHING_ASKED = ", nothing asked"
"""How the reason ends of words that hold no question: what their writer answers or does later settles them."""

IDLE_OUTCOMES = frozenset(
    {
        "help",
        "unclear",
        "to_person",
        "with_staff",
        "did_you_mean",
        "give_back_asked",
        "question_over",
        "clear_or_conflict",
        "say_send",
        "say_yes",
        "still_asked",
        "say_why",
        "answer_waits",
        "nothing_asked",
        "listed",
        "shown",
        "standing",
        "too_many",
        "unreadable",
        "not_on_roster",
        "joined_before",
        "checked_in",
    }
    | {"also_to_person", "nothing_passed", "words_kept", "round_goes"}
)
"""Outcomes of commands that changed nothing; only answers made of these alone are counted and capped."""


@dataclass(frozen=True, slots=True)
class Line:
    """One command of a message and what came of it; `outcome` is "" while a claim waits to be settled.

    `outcome` names the template that tells it; `facts` holds what that template needs beside the case.
    """

    command: str
    outcome: str
    case_id: str | None = None
    facts: dict[str, object] = field(default_factory=dict)


TELLS_STANDING = {"asks_staff": "waitlisted", "confirmed": "confirmed", "held": "held", "waitlisted": "waitlisted"}
"""Outcomes that tell a member how they stand with a case, each with the standing of a claim for as long as which it is so."""


@dataclass(frozen=True, slots=True)
class Told:
    """A line with all that its template needs to tell it; `case` is None where the reader may not know of the case."""

    command: str
    outcome: str
    case: Case | None
    facts: dict[str, object] = field(default_factory=dict)
    case_id: str = ""
