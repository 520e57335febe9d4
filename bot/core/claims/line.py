"""How the claims on a case stand: who came first, who waits where, and why each has what it has.

The order is (INTERNALDATE in UTC, INBOX before Junk, UID); the order in which claims were read, and every Date field, are unknown here.
Decides nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bot.core.model import MISFIT, Claim, ClaimState

BY_MEMBER = "by_member"
"""The reason of a claim whose holder handed the place back."""

CONFLICT_FOUND = "conflict_found"
"""The same, where a conflict of interest was found only then."""

_IN_LINE = frozenset({ClaimState.QUEUED, ClaimState.WAITLISTED})

HANDED_BACK = frozenset({BY_MEMBER, CONFLICT_FOUND})

TAKEN_BACK = "taken_back"
"""Why a claim ended that its member gave up with a later mail before it was decided."""

OUT_OF_TURN = "assigned by"
"""How the reason of a place begins that staff gave by hand: no arrival decided it, so nobody is late against it."""

PASSED_OVER = "passed_over"
"""A place was free, and its member could have no further case just then: their limit was reached, or they were not active."""

FIRM_SERVED = "firm_served"
"""Another firm is waited for: this one has its case of the month."""

FIRST_ABLE = "first_able"
"""Others had asked before, and the place could not be theirs: of those to whom it could go, this claim came first."""

FIRM_OVERTAKEN = "firm_overtaken"
"""The same, where the firm had its case of the month already, and somebody of another firm had asked too."""

STAFF_CHOSE = "staff_chose"
"""Staff had given the place to somebody whose mail came later."""


def in_order(claims: Iterable[Claim]) -> list[Claim]:
    """First come first; the id only keeps the order total for two commands of one message."""
    return sorted(claims, key=lambda claim: (claim.stamp.order, claim.id))


def ranks(claims: Iterable[Claim]) -> dict[int, int]:
    """Claim id → 1-based rank in order of arrival, over every claim the case ever had."""
    return {claim.id: rank for rank, claim in enumerate(in_order(claims), start=1)}


def waiting_places(claims: Iterable[Claim]) -> dict[int, int]:
    """Claim id → 1-based place on the waitlist."""
    line = in_order(claim for claim in claims if claim.state is ClaimState.WAITLISTED)
    return {claim.id: place for place, claim in enumerate(line, start=1)}


def standing(claims: Iterable[Claim], member_id: int, *, states: Collection[ClaimState]) -> Claim | None:
    """The member's claim on this case that is in one of `states`; there is at most one live one."""
    return next((claim for claim in claims if claim.member_id == member_id and claim.state in states), None)


def somebody_waits(claims: Iterable[Claim], *, but: int) -> bool:
    """Whether any other member is in line."""
    return any(claim.state is ClaimState.WAITLISTED and claim.member_id != but for claim in claims)


def others_in_line(claims: Iterable[Claim], *, but: int) -> int:
    """How many other members wait for the case, or to be decided: whom a place would go to next."""
    return len({claim.member_id for claim in claims if claim.state in _IN_LINE} - {but})


def is_asked(claim: Claim) -> bool:
    """Whether staff are asked about a claim that does not fit, or have just agreed to it."""
    return claim.state is ClaimState.WAITLISTED and claim.reason.startswith(MISFIT)


def how_it_came(placed: Claim) -> dict[str, object]:
    """Why the place is theirs, in what letters are asked: first of all, first of those who could have it, next in line, or by a word of staff."""
    return {
        "promoted": placed.reason == "promoted",
        "assigned": placed.reason.startswith(OUT_OF_TURN),
        "agreed": placed.reason.startswith("agreed by "),
        "able": placed.reason == FIRST_ABLE,
    }


def given_by(claim: Claim) -> str:
    """Who of the staff gave the place out of turn; "" where it came in its turn."""
    return claim.reason.removeprefix(OUT_OF_TURN).strip() if claim.reason.startswith(OUT_OF_TURN) else ""
