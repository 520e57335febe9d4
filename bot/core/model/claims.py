"""Claims, and what becomes of one when its case is settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.mail import Stamp


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

UNFIT = "unfit"
"""The same of a claim that does not fit, where its turn came and the place went to a later one about which staff need not be asked."""

LIVE = PLACED | {ClaimState.QUEUED, ClaimState.WAITLISTED}


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
    is_over: bool = False
    """Staff have closed or withdrawn its case: whoever holds it has no more to do."""

    @property
    def is_counted(self) -> bool:
        """Whether it is a case in its member's hands, as limits count them."""
        return self.state in PLACED and not self.is_over and not self.is_for_event


@dataclass(frozen=True, slots=True)
class HoldLetter:
    """The letter that tells a member until when a place is kept for them."""

    written_at: datetime
    left_at: datetime | None
    """None while it has not left."""
    is_leaving: bool = False
    """In hand just now: nobody can say whether it leaves."""
    is_lost: bool = False
    """Refused for good, or put off again and again while what was written after it has left: staff hear of it, and time goes on."""


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
