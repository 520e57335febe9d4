"""Nouns of the practice: members, cases, claims, questions, and what a decision consists of.

Everything here is frozen and plain. Walks hand these values between the pure core and the ledger; none of them is a table.
What only a confirmed lawyer may read (`Confidential`) is kept apart from `Case`, so that no letter can show it by accident.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.core.mail import Letter, Stamp


class MemberState(StrEnum):
    APPLIED = "applied"
    ACTIVE = "active"
    PAUSED = "paused"
    SUSPENDED = "suspended"
    LEFT = "left"


class Lifecycle(StrEnum):
    """What staff and the calendar have made of a case; whether it is held or filled follows from its claims."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class ClaimState(StrEnum):
    UNVERIFIED = "unverified"
    QUEUED = "queued"
    HELD = "held"
    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    REFUSED = "refused"
    RELEASED = "released"
    LAPSED = "lapsed"


PLACED = frozenset({ClaimState.HELD, ClaimState.CONFIRMED})
LIVE = PLACED | {ClaimState.QUEUED, ClaimState.WAITLISTED}


@dataclass(frozen=True, slots=True)
class Member:
    """A lawyer or other legal person who may claim. `email` is the canonical address on file."""

    id: int
    email: str
    name: str
    firm: str = ""
    language: str = "en"
    roles: tuple[str, ...] = ()
    state: MemberState = MemberState.ACTIVE
    aliases: tuple[str, ...] = ()
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """A person of the organisation, from the configuration."""

    address: str
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """The instant (UTC) from which a claim comes too late; `is_day` when only a day was given (then it is the midnight that ends it)."""

    at: datetime
    is_day: bool


@dataclass(frozen=True, slots=True)
class Confidential:
    """What leaves the office only to the one lawyer who holds the case."""

    details: str = ""
    conflict_names: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class CaseFields:
    """A case as staff wrote it, before the ledger gives it an id."""

    title: str
    summary: str
    kind: str = ""
    language: str = ""
    place: str = ""
    deadline: Deadline | None = None
    time_frame: str = ""
    places: int = 1
    confidential: Confidential = field(default_factory=Confidential)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in what a person filled in: where, and a sentence that says what to do."""

    where: str
    """A field (`deadline`) or a cell (`line 4, deadline`)."""
    value: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Case:
    """A case as anybody on the roster may know it."""

    id: str
    title: str
    summary: str
    kind: str = ""
    language: str = ""
    place: str = ""
    deadline: Deadline | None = None
    time_frame: str = ""
    places: int = 1
    free_places: int = 1
    lifecycle: Lifecycle = Lifecycle.OPEN
    is_emergency: bool = False
    checks_conflicts: bool = False
    has_holds: bool = False

    @property
    def state(self) -> str:
        """As `case list` shows it: an open case without a free place is `held` while a conflict check runs, else `filled`."""
        if self.lifecycle is not Lifecycle.OPEN or self.free_places > 0:
            return self.lifecycle.value
        return "held" if self.has_holds else "filled"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim on record. `place_no` (1-based) is set while it is held or confirmed."""

    id: int
    case_id: str
    member_id: int
    stamp: Stamp
    state: ClaimState
    reason: str = ""
    place_no: int | None = None
    arrival_id: int | None = None
    entered_at: datetime | None = None
    decided_at: datetime | None = None
    hold_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one claim when its case is settled. `reason` is a word that letters and `explain` put into a sentence."""

    claim_id: int
    member_id: int
    state: ClaimState
    reason: str
    place_no: int | None = None
    waiting_place: int | None = None
    """1-based place on the waitlist, for a waitlisted claim."""


class Question(StrEnum):
    """What the bot may ask; a YES, NO or SEND in that thread answers it."""

    VERIFY = "verify"
    OPEN_CASE = "open_case"
    SEND_BULLETIN = "send_bulletin"
    DID_YOU_MEAN = "did_you_mean"
    FILL_FORM = "fill_form"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on record: to whom, about which arrivals or case, and how it ended."""

    id: int
    question: Question
    to: str
    arrival_ids: tuple[int, ...] = ()
    case_id: str | None = None
    content_key: str = ""
    """Of a form: which kind of intake it was sent back for."""
    expires_at: datetime | None = None
    answer: str = ""
    answered_by: str = ""
    approvals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One command of a message and what came of it; `outcome` is "" while a claim waits to be settled.

    `outcome` names the template that tells it; `facts` holds what that template needs beside the case.
    """

    command: str
    outcome: str
    case_id: str | None = None
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """A line with all that its template needs to tell it; `case` is None where the reader may not know of the case."""

    command: str
    outcome: str
    case: Case | None
    facts: dict[str, object] = field(default_factory=dict)
    case_id: str = ""


class Disposition(StrEnum):
    """How a message we read ended; exactly one each."""

    PENDING = "pending"
    ANSWERED = "answered"
    IGNORED = "ignored"
    FOR_STAFF = "for_staff"


# What a decision may change. The ledger knows how to write each, and nothing else.


@dataclass(frozen=True, slots=True)
class EnterClaim:
    """`line` is the position of the command in the message, so that its outcome can be told later; -1 where no answer waits."""

    member_id: int
    case_id: str
    state: ClaimState
    line: int
    reason: str = ""
    arrival_id: int | None = None
    """The message whose arrival counts, where it is not the one being decided."""


@dataclass(frozen=True, slots=True)
class VerifyClaim:
    """An unproven claim that its sender has now stood by: queued, with the arrival it always had."""

    claim_id: int
    line: int


@dataclass(frozen=True, slots=True)
class EndClaim:
    """A live claim ends: released by its member, or lapsed."""

    claim_id: int
    state: ClaimState
    reason: str


@dataclass(frozen=True, slots=True)
class ConfirmHold:
    """The holder of a place has cleared conflicts."""

    claim_id: int


@dataclass(frozen=True, slots=True)
class ChangeMember:
    member_id: int
    state: MemberState | None = None
    language: str | None = None
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AddCase:
    """A draft; the ledger gives the id, and `line` tells where the answer waits for it."""

    fields: CaseFields
    is_emergency: bool
    by: str
    line: int


@dataclass(frozen=True, slots=True)
class MoveCase:
    case_id: str
    lifecycle: Lifecycle
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SendBulletin:
    case_id: str
    by: str


@dataclass(frozen=True, slots=True)
class Ask:
    """The answer to this message asks a question about a case, which `line` of it puts."""

    question: Question
    case_id: str
    line: int


@dataclass(frozen=True, slots=True)
class Approve:
    """One more person is for sending a bulletin, and more are needed."""

    question_id: int
    by: str


@dataclass(frozen=True, slots=True)
class MarkBounced:
    """A letter of ours came back for good; `error` is the report's status."""

    letter_id: int
    error: str


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    question_id: int
    answer: str
    by: str


@dataclass(frozen=True, slots=True)
class AssignClaim:
    """Staff give a free place out of turn: to the member's claim that is in line, or to a new one that this message enters."""

    case_id: str
    member_id: int
    claim_id: int | None
    state: ClaimState
    place_no: int
    by: str


@dataclass(frozen=True, slots=True)
class HoldRound:
    """The month's round does not go out by itself."""

    month: str
    by: str


@dataclass(frozen=True, slots=True)
class SendRound:
    """The month's round goes out now; a hold on it is over."""

    month: str
    by: str


Change = (
    EnterClaim
    | VerifyClaim
    | EndClaim
    | ConfirmHold
    | ChangeMember
    | AddCase
    | MoveCase
    | SendBulletin
    | Ask
    | Approve
    | MarkBounced
    | AnswerQuestion
    | AssignClaim
    | HoldRound
    | SendRound
)


@dataclass(frozen=True, slots=True)
class Decision:
    """All that follows from one message: its disposition, what changes, the lines of its answer, and letters to others."""

    disposition: Disposition
    reason: str
    changes: tuple[Change, ...] = ()
    lines: tuple[Line, ...] = ()
    letters: tuple[Letter, ...] = ()
    asked_about: tuple[int, ...] = ()
    """Earlier messages that wait no more: a question of this decision names them."""
    verified: tuple[int, ...] = ()
    """Earlier messages whose sender has now stood by them: they are to be decided again, as proven."""


@dataclass(frozen=True, slots=True)
class Unasked:
    """An unproven mail that came while a question to its sender was open; `commands` as the next question will name them."""

    arrival_id: int
    commands: tuple[str, ...]
    arrived_at: datetime


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


@dataclass(frozen=True, slots=True)
class Outlook:
    """How the rounds stand: the one that is coming, and the one that a word of staff would send now."""

    month: str = ""
    """The coming round's; "" where none is scheduled for the next weeks."""
    at: datetime | None = None
    held_by: str = ""
    held_at: datetime | None = None
    to_send: str = ""
    """The month that goes out at ROUND SEND."""
    sent_by: str = ""
    sent_at: datetime | None = None
    """When the round of `to_send` went out, if it did."""
    offered: tuple[str, ...] = ()
    """The cases that it would offer."""


@dataclass(frozen=True, slots=True)
class View:
    """What the ledger knows that bears on one message, read inside the transaction that will act on it."""

    now: datetime
    member: Member | None = None
    staff: Staff | None = None
    cases: Mapping[str, Case] = field(default_factory=dict)
    """The cases that the message names, drafts included."""
    claims: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    """Every claim on each of `cases`."""
    own: tuple[Claim, ...] = ()
    """The sender's own claims that are live or unverified, on any case."""
    question: Asked | None = None
    """The question that the letter being answered had asked."""
    recipients: int = 0
    """How many active members a circulation would reach."""
    idle_answers: int = 0
    """Answers of the last day to this sender's mails that had changed nothing."""
    is_challenged: bool = False
    """Whether a question "was this you?" to the sender is open."""
    unasked: tuple[Unasked, ...] = ()
    """Earlier unproven mails in the sender's name that no question has named yet."""
    returned: Returned | None = None
    """What the delivery report that is being read is about."""
    disowned: tuple[Claim, ...] = ()
    """The unverified claims that the question being answered is about."""
    people: Mapping[str, Member] = field(default_factory=dict)
    """For staff: the members whose addresses the commands name, by the address as it is compared."""
    claimants: Mapping[int, Member] = field(default_factory=dict)
    """For staff: everybody who has claimed one of `cases`, by id."""
    theirs: Mapping[int, tuple[Claim, ...]] = field(default_factory=dict)
    """For staff: the live and unverified claims of each of `people`, by the member's id."""
    outlook: Outlook = field(default_factory=Outlook)
    """For staff."""
