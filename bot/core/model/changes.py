"""What a decision may change. The ledger knows how to write each of these, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.core.mail import Letter
from bot.core.model.cases import CaseFields, Lifecycle
from bot.core.model.claims import ClaimState
from bot.core.model.lines import Disposition, Line
from bot.core.model.members import MemberState
from bot.core.model.questions import Question


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
    claimed_by: int | None = None
    """The colleague who claims in the member's name."""


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
    why: str = ""
    """What staff said to it."""


@dataclass(frozen=True, slots=True)
class ConfirmHold:
    """The holder of a place has cleared conflicts."""

    claim_id: int


@dataclass(frozen=True, slots=True)
class RestartHold:
    """The names have changed since its holder was asked: the time for the conflict check begins again."""

    claim_id: int


@dataclass(frozen=True, slots=True)
class TakeOffer:
    """Who is next in line stands by the claim: confirmed, or held `until` then for a conflict check where the case asks for one."""

    claim_id: int
    state: ClaimState
    until: datetime | None


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
    """What staff said to it, or to findings of the anonymity check."""


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
    """The same, as a question: `values` by field as the form writes them, `shown_key` of the texts, before and after, that the preview shows."""

    case_id: str
    values: dict[str, str]
    shown_key: str
    line: int


@dataclass(frozen=True, slots=True)
class SendBulletin:
    """`number` is which bulletin about the case this is, counted from 1: the database refuses a second one of the same number."""

    case_id: str
    by: str
    number: int
    why: str = ""


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
class AssignClaim:
    """Staff give a free place out of turn: to the member's claim that is in line, or to a new one that this message enters."""

    case_id: str
    member_id: int
    claim_id: int | None
    state: ClaimState
    place_no: int
    by: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class AgreeClaim:
    """Staff agree to a claim that does not fit its case: from now on it is as good as any other."""

    claim_id: int
    by: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class HoldRound:
    """The month's round does not go out by itself."""

    month: str
    by: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class PassFindings:
    """Staff say why what was found in these cases may stand in a round; it goes into the history of each."""

    case_ids: tuple[str, ...]
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class SendRound:
    """The month's round goes out now; a hold on it is over."""

    month: str
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
