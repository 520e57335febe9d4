"""What a decision may change about a case, and about the rounds and bulletins that bring cases to the roster."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.model.cases import CaseFields, Lifecycle


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
