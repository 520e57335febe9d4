"""What a decision may change. The ledger knows how to write each of these, and nothing else.

Those of claims and of cases stand beside: `claim_changes`, `case_changes`. Here are those of people, of questions and of mails, and the decision.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.core.mail import Letter
from bot.core.model.case_changes import (
    AddCase,
    AddCases,
    AmendCase,
    HoldRound,
    MoveCase,
    PassFindings,
    ProposeChange,
    SendBulletin,
    SendRound,
)
from bot.core.model.claim_changes import AgreeClaim, AssignClaim, ConfirmHold, EndClaim, EnterClaim, RestartHold, TakeOffer, VerifyClaim
from bot.core.model.lines import Disposition, Line
from bot.core.model.members import MemberState
from bot.core.model.questions import Question


@dataclass(frozen=True, slots=True)
class EnterApplicant:
    """Somebody asks to join: on file as `applied`, under this address. One who had left, or asks again, is brought up to date."""

    email: str
    name: str
    firm: str
    language: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeMember:
    member_id: int
    state: MemberState | None = None
    language: str | None = None
    paused_until: datetime | None = None
    most_open: int | None = None
    email: str | None = None
    """Another main address; the one until now stays among those that the member writes from."""
    note: str = ""
    """What staff did, for the history of the member and of the cases that they hold or wait for."""


@dataclass(frozen=True, slots=True)
class Ask:
    """The answer to this message asks a question, about a case, several or none, which `line` of it puts."""

    question: Question
    case_id: str | None
    line: int
    case_ids: tuple[str, ...] = ()
    content_key: str = ""
    arrival_id: int | None = None
    """The message that it is about, where it is not the one being decided."""


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
class NoteFilter:
    """Whether a filter that wants senders to prove themselves stands before a member's mailbox; `address` is the one on file."""

    address: str
    is_there: bool


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    question_id: int
    answer: str
    by: str


@dataclass(frozen=True, slots=True)
class NoteWords:
    """A mail of a member to staff, or of staff to a member, joins what they write to each other.

    `by` is the staff member's address, "" for the member; `answers` the mail of the other side that it answers.
    `is_sent` is false while staff are asked whether their words shall go.
    """

    arrival_id: int
    member_id: int
    by: str = ""
    answers: int | None = None
    is_sent: bool = True


@dataclass(frozen=True, slots=True)
class Look:
    """Changes nothing: what `line` of the answer tells is as things stand at this point, before the commands below it."""

    line: int


Change = (
    EnterClaim
    | VerifyClaim
    | EndClaim
    | ConfirmHold
    | RestartHold
    | TakeOffer
    | EnterApplicant
    | ChangeMember
    | AddCase
    | AddCases
    | AmendCase
    | ProposeChange
    | MoveCase
    | SendBulletin
    | Ask
    | Approve
    | MarkBounced
    | NoteFilter
    | AnswerQuestion
    | AssignClaim
    | AgreeClaim
    | HoldRound
    | PassFindings
    | SendRound
    | NoteWords
    | Look
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
