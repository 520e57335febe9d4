"""Members, cases, claims and questions, as people of the practice speak of them.

What only a confirmed lawyer may read (`Confidential`) is kept apart from `Case`, so that no letter can show it by accident.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.core.mail import Stamp


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
MISFIT = "misfit"
"""How the reason of a claim begins about which staff are asked, followed by what does not fit: ``misfit capacity gender``."""

LIVE = PLACED | {ClaimState.QUEUED, ClaimState.WAITLISTED}


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a member when a case asks for somebody in particular; "" and () are unknown."""

    capacity: tuple[str, ...] = ()
    """Kinds of legal personnel, such as ``bengoshi``; an organisation's own as written."""
    languages: tuple[str, ...] = ()
    """Spoken, as written."""
    gender: str = ""
    """``female``, ``male`` or ``other``."""
    region: str = ""


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
    most_open: int = 0
    """How many open cases the member will have at a time, at their own word; 0: as many as the organisation allows."""

    @property
    def may_claim(self) -> bool:
        """Whether this is somebody whom cases are shown and given to."""
        return self.state in (MemberState.ACTIVE, MemberState.PAUSED)

    @property
    def is_outside(self) -> bool:
        """Not let in yet, or gone: what the roster reads is not for them."""
        return self.state in (MemberState.APPLIED, MemberState.LEFT)

    profile: Profile = field(default_factory=Profile)


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
class Terms:
    """For whom a case is, and how it can be worked on; the roster reads all of it. None is not said, "" and () ask for nothing."""

    eligible: tuple[str, ...] = ()
    """Kinds of legal personnel that may take it; empty: anyone."""
    is_for_beginners: bool | None = None
    interpreter: str = ""
    gender: str = ""
    """The client's wish: ``female``, ``male`` or ``other``."""
    region: str = ""
    is_remote: bool | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What makes a case an event: its claims are collected until it closes, and decided together."""

    closes: Deadline
    per_firm: int = 0
    """How many of one firm may have a place; 0: no limit."""


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
    terms: Terms = field(default_factory=Terms)
    event: Event | None = None


FORM_FIELDS: tuple[tuple[str, str, str], ...] = (
    ("title", "Title", "件名"),
    ("kind", "Kind", "種別"),
    ("summary", "Summary", "概要"),
    ("details", "Details", "詳細"),
    ("language", "Language", "言語"),
    ("place", "Place", "場所"),
    ("deadline", "Deadline", "期限"),
    ("time_frame", "Time frame", "期間"),
    ("places", "Places", "募集人数"),
    ("conflict_check", "Conflict check", "利益相反確認"),
    ("contact", "Contact", "担当者"),
    ("eligible", "Eligible", "資格"),
    ("beginner_friendly", "Beginner-friendly", "初心者可"),
    ("interpreter", "Interpreter", "通訳"),
    ("lawyers_gender", "Lawyer's gender", "弁護士の性別"),
    ("region", "Region", "地域"),
    ("remote_possible", "Remote possible", "オンライン可"),
    ("closes", "Closes", "締切"),
    ("per_firm", "Per firm", "一事務所あたり"),
)
"""(key, English, Japanese) in the order of the form. The key is also the name of the column in a table."""


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
    is_approved: bool = True
    """Whether staff have agreed that the roster may read it as it stands now; false for a draft, and for one that was dropped."""
    is_erased: bool = False
    """Its words are gone for good; who claimed it and what was decided is still known."""
    terms: Terms = field(default_factory=Terms)
    event: Event | None = None

    @property
    def state(self) -> str:
        """As `case list` shows it: an open case without a free place is `held` while a conflict check runs, else `filled`."""
        if self.lifecycle is not Lifecycle.OPEN or self.free_places > 0:
            return self.lifecycle.value
        return "held" if self.has_holds else "filled"

    def fields(self, confidential: Confidential) -> CaseFields:
        """All of it as staff write it."""
        return CaseFields(
            title=self.title,
            summary=self.summary,
            kind=self.kind,
            language=self.language,
            place=self.place,
            deadline=self.deadline,
            time_frame=self.time_frame,
            places=self.places,
            confidential=confidential,
            terms=self.terms,
            event=self.event,
        )


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
    is_offer: bool = False
    """Held while its member, next in line, is asked “still willing?”; `hold_until` is the end of that time."""
    claimed_by: int | None = None
    """The colleague whose mail claimed it in the member's name; that mail's arrival counts."""

    @property
    def standing(self) -> str:
        """How letters speak of it: the state, but an offer is no conflict check."""
        return "offered" if self.is_offer else self.state.value

    agreed_by: str = ""
    """Who of the staff has agreed to a claim that does not fit its case."""
    agreed_at: datetime | None = None
    """When the word of staff arrived (UTC)."""
    is_for_event: bool = False


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
    is_offer: bool = False


class Question(StrEnum):
    """What the bot may ask; a YES, NO or SEND in that thread answers it, but for a check-in."""

    VERIFY = "verify"
    OPEN_CASE = "open_case"
    OPEN_CASES = "open_cases"
    CHANGE_CASE = "change_case"
    SEND_BULLETIN = "send_bulletin"
    DID_YOU_MEAN = "did_you_mean"
    FILL_FORM = "fill_form"
    AGREE = "agree"
    SEND_ROUND = "send_round"
    PASS_ON = "pass_on"
    OFFER = "offer"
    """Still willing? To who is next in line."""
    LEAVE = "leave"
    """Leave, and hand back what you hold?"""
    HANDOVER = "handover"
    """Why is the case handed back, and what is due next? Any words answer it."""
    ADMIT = "admit"
    """May the applicant, whose address is the `content_key`, join the roster?"""
    CHECK_IN = "check_in"
    """To a holder: how is the case? Its answers are words of their own, in any thread of it and at any time."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on record: to whom, about which arrivals or case, and how it ended."""

    id: int
    question: Question
    to: str
    arrival_ids: tuple[int, ...] = ()
    case_id: str | None = None
    content_key: str = ""
    """Of a form: what it was sent back for. Of a preview: the key of the text that was shown, so that a YES is to that text alone.
    Of a round's preview: the month. Of an application: the applicant's address. Of a case handed back: the others that the same
    mail handed back."""
    expires_at: datetime | None = None
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
    approvals: tuple[str, ...] = ()
    bulletins: int = 0
    """How many bulletins about the case had gone out when it was asked; the answer to a preview sends the next one and no other."""
    case_ids: tuple[str, ...] = ()
    """The cases of a table, where the question is about all of them."""
    proposed: dict[str, str] = field(default_factory=dict, hash=False)
    """Of a change that waits: the new values by field, as the form writes them."""


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
