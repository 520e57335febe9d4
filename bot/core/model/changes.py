"""What a decision may change. The ledger knows how to write each of these, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.core.mail import Letter
from bot.core.model.practice import CaseFields, ClaimState, Disposition, Lifecycle, Line, MemberState, Question


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
class AddCases:
    """The rows of a table: a draft each, and one question about them all, which `line` of the answer puts."""

    fields: tuple[CaseFields, ...]
    by: str
    line: int


@dataclass(frozen=True, slots=True)
class MoveCase:
    case_id: str
    lifecycle: Lifecycle
    by: str
    reason: str = ""
    why: str = ""
    """What staff said to findings of the anonymity check."""


@dataclass(frozen=True, slots=True)
class AmendCase:
    """The case is as these fields say from now on; `changed` are the keys of those that differ."""

    case_id: str
    fields: CaseFields
    changed: tuple[str, ...]
    by: str
    is_approved: bool
    """Whether the roster may read it like this."""
    why: str = ""


@dataclass(frozen=True, slots=True)
class ProposeChange:
    """The same, as a question: `values` by field as the form writes them, `shown_key` of the text that the preview shows."""

    case_id: str
    values: dict[str, str]
    shown_key: str
    line: int


@dataclass(frozen=True, slots=True)
class SendBulletin:
    case_id: str
    by: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """The answer to this message asks a question about a case, or about several, which `line` of it puts."""

    question: Question
    case_id: str | None
    line: int
    case_ids: tuple[str, ...] = ()


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
    | AddCases
    | AmendCase
    | ProposeChange
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
