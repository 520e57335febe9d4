"""What the ledger knows that bears on one message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.mail import Stamp
from bot.core.model.cases import Case, Confidential
from bot.core.model.claims import Claim
from bot.core.model.members import Member, Staff
from bot.core.model.questions import Asked

Noted = tuple[datetime, str]
"""When something was done, and what, as it stands on record."""


@dataclass(frozen=True, slots=True)
class Unproven:
    """A mail in somebody's name whose sender is not proven, as its question, and staff if it is disowned, are shown it."""

    arrival_id: int
    arrived_at: datetime
    subject: str = ""
    lines: tuple[str, ...] = ()
    """What it asks for: its commands that act, else its Subject or what is attached."""
    text: str = ""
    """The beginning of its words."""


@dataclass(frozen=True, slots=True)
class Returned:
    """The letter of ours that a delivery report is about, tied to it by its signed Message-ID."""

    letter_id: int
    kind: str
    to: str
    case_id: str | None
    member: Member | None
    earlier: int
    """How many other letters to the same address came back for good of late."""
    told: tuple[str, ...] = ()
    """Every case in it."""
    confirmed: tuple[str, ...] = ()
    """Those whose confirmation stands in it, beside other things."""


@dataclass(frozen=True, slots=True)
class AttachedTable:
    """The table that came with a mail, read but not judged; `trouble` says in the sender's language why it could not be read."""

    name: str
    header: tuple[str, ...] = ()
    rows: tuple[tuple[int, Mapping[str, str]], ...] = ()
    """(line in the file as a person counts, cells by heading)."""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """How the rounds stand: the one that is coming, and the one that a word of staff would send now."""

    month: str = ""
    """The coming round's; "" where none is scheduled for the next weeks."""
    at: datetime | None = None
    held_by: str = ""
    held_at: datetime | None = None
    held_why: str = ""
    to_send: str = ""
    """The month that goes out at ROUND SEND."""
    sent_by: str = ""
    sent_at: datetime | None = None
    """When the round of `to_send` went out, if it did."""
    next_month: str = ""
    next_at: datetime | None = None
    """The first round ahead that has not gone out, whatever is asked about; staff may send it sooner by its month."""
    offered: tuple[str, ...] = ()
    """The cases that it would offer now."""
    left_behind: tuple[str, ...] = ()
    """Those of them that will be over at the hour `at`: a SEND before takes them along."""
    unread: tuple[str, ...] = ()
    """Those that will be open at that hour, and that nobody has had time to read: they, too, go only with a SEND."""
    findings: tuple[tuple[str, str, str, str], ...] = ()
    """(case id, kind, field, text): what the anonymity check is sure of in them, as far as nobody has said why it may stay."""
    last_month: str = ""
    last_at: datetime | None = None
    """The round that went out last, and when."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """When the names of a conflict check last changed, and when a letter with the new ones first went to who is asked; None: not yet."""

    at: datetime
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class Written:
    """A letter of ours in the thread that a message goes on."""

    kind: str
    case_id: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Talk:
    """Words of staff on their way to a member: those of the message that is read, or of the one that a question is about."""

    arrival_id: int
    """The staff mail."""
    member: Member
    answers: int
    """The member's mail that it answers, by its number here, its Message-ID, its Subject and its time."""
    message_id: str
    subject: str
    at: datetime
    words: str
    attachments: tuple[str, ...] = ()
    case_id: str | None = None
    exposed: tuple[str, ...] = ()
    """The cases of which these words hold something that only their lawyer may read, while the member is not that lawyer."""
    answered_by: str = ""
    """Who of staff has answered that mail before."""


@dataclass(frozen=True, slots=True)
class View:
    """What the ledger knows that bears on one message, read inside the transaction that will act on it."""

    now: datetime
    member: Member | None = None
    staff: Staff | None = None
    cases: Mapping[str, Case] = field(default_factory=dict)
    """The cases that the message names, drafts included."""
    claims: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    """Every claim on each of `cases`; only the sender's own where a message of theirs does nothing but claim."""
    renamed: Mapping[str, Renamed] = field(default_factory=dict)
    """Of the cases that the sender checks for conflicts, by id: those whose names changed while they did."""
    unshown: frozenset[str] = frozenset()
    """Of these cases, too: those whose names have not left yet, so that nobody can have checked them."""
    unfiled: frozenset[str] = frozenset()
    """The cases that the sender has, and claims once more, while the letter with the file is known not to have arrived."""
    own: tuple[Claim, ...] = ()
    """The sender's own claims that are live or unverified, on any case."""
    question: Asked | None = None
    """The question that the letter being answered had asked."""
    meant_since: Stamp | None = None
    """Where that question is “did you mean …?”: when the mail arrived that it is about. A claim that answers it counts from then."""
    recipients: int = 0
    """How many active members a circulation would reach."""
    idle_answers: int = 0
    """Answers of the last day to this sender's mails that had changed nothing: the proven ones, or, to an unproven mail, the others."""
    meant: frozenset[str] = frozenset()
    """The cases of which the sender is being asked “did you mean …?”."""
    giving_back: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """The open questions to the sender whether a case shall be handed back, by its id."""
    titled: str = ""
    """The one open case whose exact title the words quote, where they name none; "" for none."""
    is_challenged: bool = False
    """Whether a question "was this you?" to the sender is open."""
    unasked: tuple[Unproven, ...] = ()
    """Earlier unproven mails in the sender's name that no question has named yet, as many as one question names."""
    doubted: tuple[Unproven, ...] = ()
    """The unproven mails that the question being answered is about."""
    returned: Returned | None = None
    """What the delivery report that is being read is about."""
    came_back: int = 0
    """How much of our own mail has come back in the last day, before this one."""
    behind_filter: Member | None = None
    """Whose mailbox asks senders to prove themselves, where this message does that."""
    is_filtered: bool = False
    """Whether that member, or the sender, is noted as behind such a filter."""
    disowned: tuple[Claim, ...] = ()
    """The unverified claims that the question being answered is about."""
    people: Mapping[str, Member] = field(default_factory=dict)
    """For staff: the members whose addresses the commands name, by the address as it is compared."""
    claimants: Mapping[int, Member] = field(default_factory=dict)
    """For staff: everybody who has claimed one of `cases`, by id."""
    theirs: Mapping[int, tuple[Claim, ...]] = field(default_factory=dict)
    """The live and unverified claims of each of `people` (for staff) and of `colleagues`, by the member's id."""
    colleagues: tuple[Member, ...] = ()
    """Where a command is given in somebody's name: in whose name this member may claim."""
    applicant: Member | None = None
    """Whom the question being answered would let in."""
    joined_today: int = 0
    """How many applications of the last day were acknowledged, to anybody."""
    is_acknowledged: bool = False
    """Whether one of them was this sender's."""
    history: Mapping[str, tuple[Noted, ...]] = field(default_factory=dict)
    """For staff: what stands on record of each of `cases`, the oldest first."""
    records: Mapping[int, tuple[Noted, ...]] = field(default_factory=dict)
    """For staff: the same of each of `people` and of `applicant`, by the member's id."""
    outlook: Outlook = field(default_factory=Outlook)
    """For staff."""
    spoken_with: Staff | None = None
    """For a member: whose words, of staff, the thread holds; those of the nearest letter."""
    has_been_told: bool = False
    """Whether the member was told already that a further mail is with staff, and has begun no new conversation since."""
    thread: tuple[Written, ...] = ()
    """The letters of ours that this message answers, the oldest first."""
    talk: Talk | None = None
    """For staff who answer a member's mail: their words, and whom they are for."""
    told: Mapping[str, str] = field(default_factory=dict)
    """The Message-ID that each staff member's next letter in this conversation answers, by their address."""
    speaks_as_member: bool = False
    """Whether somebody who is both staff and on the roster answers a letter that was written to the lawyer."""
    confidential: Mapping[str, Confidential] = field(default_factory=dict)
    """For staff: what only the holder may read of each of `cases`, for EDIT and for the anonymity check."""
    table: AttachedTable | None = None
    """For staff: the one table that is attached to the message."""
