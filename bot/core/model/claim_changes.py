"""What a decision may change about a claim: it is entered, stood by, ended, given a place or agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.core.model.claims import ClaimState


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
    """The time of a conflict check, or of an offer, begins again: its names have changed since, or an answer in time was read too late."""

    claim_id: int
    hold_until: datetime


@dataclass(frozen=True, slots=True)
class TakeOffer:
    """Who is next in line stands by the claim: confirmed, or held `until` then for a conflict check where the case asks for one."""

    claim_id: int
    state: ClaimState
    until: datetime | None


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
