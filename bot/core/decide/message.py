"""What the switch is given beside the organisation's rules: one message with all that was made out about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.core.decide import notices
from bot.core.intent import Intent, bare_subject
from bot.core.mail import Arrival, Letter, Stamp
from bot.core.model import Member, Staff
from bot.core.rules import Rules
from bot.core.trust import Proof

LISTINGS = frozenset({"help", "listed", "shown", "standing"})
LISTINGS_LIVE = timedelta(days=3)
"""An answer that only tells how things stand is of use for so long after it was asked for."""

STAFF_LISTINGS = frozenset({"listed", "shown"})
"""What staff ask for by name is never withheld; their HELP is, for that is what two machines would go on about."""

ONLY_ANSWERS = frozenset({"yes", "no", "send", "hold"})
"""Words that are commands only where a question was asked; elsewhere “Yes.” is how people begin an answer."""

LONGEST_FORWARDED_TEXT = 20_000
MOST_ATTACHMENTS_NAMED = 10


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

    thread_of_member: Member | None = None
    """The member whose letter an unknown sender answers."""

    moved_from: Member | None = None
    """The member whose address an unknown sender names in words about an address, where our mail server vouches for the sender."""

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

    def signed_by(self, member: Member) -> tuple[str, ...]:
        """What a mail of this member may be signed with."""
        return (member.name, member.firm, self.arrival.sender_name, member.email, self.arrival.sender)

    def signed_by_staff(self, staff: Staff, rules: Rules) -> tuple[str, ...]:
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
        return notices.to_staff(kind, facts, rules)
