"""What the switch is given: one message with all that was made out about it, and the organisation's rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.core.intent import Intent, Vocabulary
from bot.core.mail import Arrival, Letter, Stamp
from bot.core.model import Member, Staff
from bot.core.trust import Proof

IDLE_OUTCOMES = frozenset(
    {
        "help",
        "unclear",
        "to_person",
        "did_you_mean",
        "question_over",
        "say_send",
        "say_yes",
        "listed",
        "shown",
        "standing",
        "too_many",
        "checked_in",
    }
)
"""Outcomes of commands that changed nothing; only answers made of these alone are counted and capped."""

LONGEST_FORWARDED_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Rules:
    """The organisation's own choices, from the configuration."""

    zone: ZoneInfo
    vocabulary: Vocabulary
    staff: tuple[Staff, ...]
    languages: tuple[str, ...] = ("ja", "en")
    settle: timedelta = timedelta(seconds=120)
    hold: timedelta = timedelta(hours=48)
    most_open_per_member: int = 0
    approvals: int = 1
    idle_answers_per_day: int = 5
    bounces_to_suspend: int = 3
    question_lives: timedelta = timedelta(hours=24)
    preview_lives: timedelta = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Message:
    """One arrival, read: when it came, who is proven to have sent it, what it wants."""

    stamp: Stamp
    arrival: Arrival
    intent: Intent
    proof: Proof
    arrival_id: int = 0
    looks_like: str = ""
    """An address on file that the unknown sender's address could be mistaken for."""

    @property
    def text(self) -> str:
        """The sender's own words, for a person to read."""
        return "\n".join(self.intent.lines)[:LONGEST_FORWARDED_TEXT]

    def to_staff(self, kind: str, rules: Rules, *, reason: str = "", member: Member | None = None) -> tuple[Letter, ...]:
        """One letter of this kind to each staff member about this message."""
        facts: dict[str, object] = {
            "sender": self.arrival.sender,
            "subject": self.arrival.subject,
            "arrived_at": self.stamp.arrived_at,
            "text": self.text,
            "reason": reason,
            "member": member,
        }
        return tuple(Letter(kind, person.address, person.language, facts) for person in rules.staff)
