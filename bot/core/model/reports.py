"""What staff are told of a day and of a month: nouns of the balance and of the figures.

Small numbers never stand here as they are: a `Cell` is a number that may be shown, or the word for why it is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.core.model.cases import Case


@dataclass(frozen=True, slots=True)
class MailIn:
    """Every message that was read, by what became of it. `ignored` counts by cause, the most frequent first."""

    answered: int = 0
    ignored: tuple[tuple[str, int], ...] = ()
    for_staff: int = 0
    pending: int = 0
    forged: int = 0
    """Of all these: in the name of somebody on file, and refused by the check of our own mail server."""
    unproven: int = 0
    """Of all these: in the name of somebody on file, who is asked whether it was them."""

    @property
    def received(self) -> int:
        return self.answered + sum(count for _, count in self.ignored) + self.for_staff + self.pending


@dataclass(frozen=True, slots=True)
class Unread:
    """A message that was left to a person."""

    sender: str
    subject: str
    reason: str
    proof: str = ""
    """As far as its sender is proven: `failed` and `none` are not; "" for nobody on file."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A lawyer who has written last in a conversation with staff, with that mail."""

    name: str
    subject: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class Lost:
    """A letter that did not arrive: `state` is failed or bounced."""

    kind: str
    to: str
    state: str
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HoldEnding:
    """A conflict check whose time runs out soon."""

    case_id: str
    member: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Awaited:
    """What waits for a word of staff."""

    previews: tuple[str, ...] = ()
    """Cases whose preview was not answered."""
    changes: tuple[str, ...] = ()
    """Cases of which a change waits for a YES."""
    applicants: tuple[str, ...] = ()
    """Who has asked to join, by address."""
    misfits: tuple[tuple[str, str], ...] = ()
    """(case id, member): claims that do not fit their case."""
    rounds: tuple[tuple[str, str], ...] = ()
    """(month, who): rounds that are held back, also past their hour, until they or a later one have gone out."""

    @property
    def count(self) -> int:
        return len(self.previews) + len(self.changes) + len(self.applicants) + len(self.misfits) + len(self.rounds)


@dataclass(frozen=True, slots=True)
class Balance:
    """One day's account: what came in and what became of it, what went out, what is near, what wants a person."""

    since: datetime
    until: datetime
    mail_in: MailIn = MailIn()
    unread: tuple[Unread, ...] = ()
    letters: tuple[tuple[str, int], ...] = ()
    """Written since then, by their state now."""
    older: int = 0
    """Letters written before that still wait to be sent."""
    lost: tuple[Lost, ...] = ()
    holds: tuple[HoldEnding, ...] = ()
    deadlines: tuple[Case, ...] = ()
    """Open cases without anybody on them whose deadline is near."""
    awaited: Awaited = Awaited()
    unanswered: tuple[Waiting, ...] = ()
    """Who waits for an answer, but for those whose mail stands among the unread."""
    earlier: int = 0
    """Mails that were left to a person in earlier accounts of the last days and that no letter has passed on: whether anybody read them is
    not known here."""
    questions: int = 0
    """Questions to lawyers that nobody has answered."""
    vanished: tuple[tuple[str, str], ...] = ()
    """UIDs that were gone from a folder before anybody here could read them, and the folder."""
    overlooked: tuple[tuple[str, str], ...] = ()
    """How many messages the nightly reconciliation found unread in a folder, and the folder."""
    signin_ends: datetime | None = None
    """When somebody must sign in with the mail provider again, if that is near."""

    @property
    def things(self) -> int:
        """How many things in it ask somebody to do or to watch something; 0 on a quiet day."""
        near = (self.unread, self.lost, self.holds, self.deadlines, self.vanished, self.overlooked, self.unanswered)
        others = (self.signin_ends, self.questions, self.earlier)
        return sum(map(len, near)) + self.awaited.count + sum(map(bool, others))


class Hidden(StrEnum):
    """Why a number is not shown: it is one to four, or it would give such a one away."""

    FEW = "fewer than 5"
    WITHHELD = "withheld"


Cell = int | Hidden


@dataclass(frozen=True, slots=True)
class Row:
    """Cases of one sort; `label` is "" for all sorts that are too rare to name."""

    label: str
    placed: Cell
    unplaced: Cell


@dataclass(frozen=True, slots=True)
class Spread:
    """Quartiles of a length of time, in seconds, over `count` placements."""

    count: Cell
    lower: int
    median: int
    upper: int


@dataclass(frozen=True, slots=True)
class Hours:
    """Claims that arrived so many hours after the circulation that offered the case; `to_hour` None: and later."""

    from_hour: int
    to_hour: int | None
    claims: Cell


@dataclass(frozen=True, slots=True)
class MonthTold:
    """A month of those up to another, as its own report tells it; `median` is the wait in seconds, None for fewer than five."""

    month: str
    placed: Cell
    unplaced: Cell
    median: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """A month or a year in figures, fit to be shown to anybody. Tables are empty where too few cases stand behind them."""

    period: str
    """``2026-10``, or ``2026-04/2027-03`` for a year (see `core.months`)."""
    is_over: bool
    cases: Cell
    placed: Cell
    unplaced: Cell
    kinds: tuple[Row, ...]
    languages: tuple[Row, ...]
    waits: Spread | None
    """From the first circulation to a confirmed lawyer; None for fewer than five."""
    claims: Cell
    hours: tuple[Hours, ...]
    months: tuple[MonthTold, ...] = ()
    """The twelve months that end with this one, or those of the year, from the first with a case on."""


class Grade(StrEnum):
    """How bad a finding is: a fault holds mail up or soon will, a notice wants a look."""

    FAULT = "fault"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong with the service itself, and what to do about it. Holds no address and no word of a letter."""

    name: str
    grade: Grade
    since: datetime
    sentence: str
    figures: Mapping[str, int] = field(default_factory=dict)
    detail: str = ""
    """What a server said: for the operator at the terminal alone."""
