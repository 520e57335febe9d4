"""What the switch is given: one message with all that was made out about it, and the organisation's rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.core.intent import Intent, Vocabulary, bare_subject
from bot.core.mail import Arrival, Letter, Stamp
from bot.core.model import Member, Staff
from bot.core.trust import Proof

IDLE_OUTCOMES = frozenset(
    {
        "help",
        "unclear",
        "to_person",
        "with_staff",
        "did_you_mean",
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

LISTINGS = frozenset({"help", "listed", "shown", "standing"})
LISTINGS_LIVE = timedelta(days=3)
"""An answer that only tells how things stand is of use for so long after it was asked for."""

STAFF_LISTINGS = frozenset({"listed", "shown"})
"""What staff ask for by name is never withheld; their HELP is, for that is what two machines would go on about."""

LONGEST_FORWARDED_TEXT = 20_000
MOST_ATTACHMENTS_NAMED = 10


@dataclass(frozen=True, slots=True)
class Rules:
    """The organisation's own choices, from the configuration."""

    zone: ZoneInfo
    vocabulary: Vocabulary
    staff: tuple[Staff, ...]
    languages: tuple[str, ...] = ("ja", "en")
    settle: timedelta = timedelta(seconds=120)
    hold: timedelta = timedelta(hours=48)
    offer: timedelta = timedelta(hours=24)
    most_open_per_member: int = 0
    one_per_firm: bool = False
    approvals: int = 1
    idle_answers_per_day: int = 5
    bounces_to_suspend: int = 3
    question_lives: timedelta = timedelta(hours=24)
    preview_lives: timedelta = timedelta(days=7)
    organisation: str = ""
    """Its name, which stands in the signatures of its staff."""
    own_address: str = ""
    """The desk's own, which is nobody else's."""


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

    thread_of: str = ""
    """The staff member whose thread an unknown sender answers."""

    counts_from: int = 0
    """The earlier message whose arrival `stamp` is, where a claim that answers “did you mean …?” counts from that one."""

    @property
    def text(self) -> str:
        """The sender's own words, for a person to read."""
        return "\n".join(self.intent.lines)[:LONGEST_FORWARDED_TEXT]

    @property
    def is_cut(self) -> bool:
        """Whether there are more of these words than `text` has."""
        return sum(len(line) + 1 for line in self.intent.lines) - 1 > LONGEST_FORWARDED_TEXT

    def signed_by(self, staff: Staff, rules: Rules) -> tuple[str, ...]:
        """What a mail of this staff member may be signed with."""
        return (staff.name, self.arrival.sender_name, staff.address, rules.organisation)

    @property
    def is_blank(self) -> bool:
        """Nothing but a quotation: no words, no file, and a Subject that is ours or says nothing."""
        subject = "" if self.arrival.answers else bare_subject(self.arrival.subject)
        return not "".join(self.intent.lines).strip() and not self.arrival.attachments and not subject

    def to_staff(self, kind: str, rules: Rules, *, reason: str = "", member: Member | None = None) -> tuple[Letter, ...]:
        """One letter of this kind to each staff member about this message."""
        facts: dict[str, object] = {
            "sender": self.arrival.sender,
            "sender_name": self.arrival.sender_name,
            "subject": self.arrival.subject,
            "arrived_at": self.stamp.arrived_at,
            "text": self.text,
            "is_cut": self.is_cut,
            "attached": [attachment.name for attachment in self.arrival.attachments if attachment.name][:MOST_ATTACHMENTS_NAMED],
            "reason": reason,
            "member": member,
        }
        return tuple(Letter(kind, person.address, person.language, facts) for person in rules.staff)
