"""Cases and events: what the roster may read of one, and what only its lawyer may.

`Confidential` is kept apart from `Case`, so that no letter can show it by accident.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Lifecycle(StrEnum):
    """What staff and the calendar have made of a case; whether it is held or filled follows from its claims."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


OVER = (Lifecycle.CLOSED, Lifecycle.WITHDRAWN)
"""What ends a case for its holder, too; a deadline that passes only ends the search for one."""


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
