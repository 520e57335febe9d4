"""Who gets the case: the rule, and nothing but the rule.

Given a case and all its claims, says what becomes of each: held, confirmed, waitlisted, or passed over with a reason.
The order is (INTERNALDATE in UTC, INBOX before Junk, UID); the order in which claims were read, and every Date field, are unknown here.
Never takes a place away: an earlier claim that surfaces after the decision joins the waitlist where its arrival puts it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from bot.core.model import PLACED, Case, Claim, ClaimState, Lifecycle, Verdict

LONG_WAIT = timedelta(days=7)
NEAR_DEADLINE = timedelta(days=7)
NEAR_DEADLINE_HANDED_BACK = timedelta(days=14)
"""A case that its lawyer hands back is taken over half-way: who takes it on should know that they do, and by when."""
LEAST_OFFER = timedelta(hours=1)

BY_MEMBER = "by_member"
"""The reason of a claim whose holder handed the place back."""

OUT_OF_TURN = "assigned by"
"""How the reason of a place begins that staff gave by hand: no arrival decided it, so nobody is late against it."""


def in_order(claims: Iterable[Claim]) -> list[Claim]:
    """First come first; the id only keeps the order total for two commands of one message."""
    return sorted(claims, key=lambda claim: (claim.stamp.order, claim.id))


def ripe_at(claims: Iterable[Claim], *, settle: timedelta) -> datetime | None:
    """When the settlement window over the waiting claims closes (UTC); None where nothing waits.

    A mailbox whose clock runs ahead must not hold a decision back, so a claim counts from its entry if that is earlier.
    """
    starts = [
        min(claim.stamp.arrived_at, claim.entered_at or claim.stamp.arrived_at) for claim in claims if claim.state is ClaimState.QUEUED
    ]
    return min(starts) + settle if starts else None


def is_ripe(claims: Iterable[Claim], *, settle: timedelta, scanned_from: datetime) -> bool:
    """Whether a full look into every folder began after the window closed: then no earlier claim can still be unseen.

    With no window at all, every look that was finished will do.
    """
    closes = ripe_at(claims, settle=settle)
    return closes is None or not settle or closes <= scanned_from


def settle(
    case: Case, claims: Sequence[Claim], *, passed_over: Collection[int] = frozenset(), now: datetime | None = None
) -> tuple[Verdict, ...]:
    """Verdicts on the claims that wait, and on the waitlisted ones for whom a place is free now.

    `passed_over` are members who may take no further place just now (their limit is reached, or they left): they keep their
    place in line, and the next one moves up. At `now` the next in line is asked first where `is_asked_first` says so: the place is
    then theirs to take (held, as an offer), and nobody can overtake them. Without `now` nobody is asked.
    """
    line = in_order(claim for claim in claims if claim.state in (ClaimState.QUEUED, ClaimState.WAITLISTED))
    if case.lifecycle is not Lifecycle.OPEN:
        return tuple(
            Verdict(claim.id, claim.member_id, ClaimState.REFUSED, case.lifecycle.value)
            for claim in line
            if claim.state is ClaimState.QUEUED
        )

    free = _free_places(case, claims)
    last_decided = max(
        (claim.stamp.order for claim in claims if claim.state in PLACED and not claim.reason.startswith(OUT_OF_TURN)), default=None
    )
    verdicts: list[Verdict] = []
    waiting = 0
    for claim in line:
        if free and claim.member_id not in passed_over:
            verdicts.append(_given(case, claim, claims, place_no=free.pop(0), now=now))
            continue
        waiting += 1
        if claim.state is ClaimState.QUEUED:
            is_late = last_decided is not None and claim.stamp.order < last_decided
            verdicts.append(
                Verdict(
                    claim.id, claim.member_id, ClaimState.WAITLISTED, "late_surfaced" if is_late else "after_others", waiting_place=waiting
                )
            )
    return tuple(verdicts)


def is_asked_first(case: Case, claim: Claim, claims: Iterable[Claim], *, now: datetime) -> bool:
    """Whether the next in line is asked “still willing?” before the place is theirs: after a week, or near the deadline."""
    if now - claim.stamp.arrived_at > LONG_WAIT:
        return True
    was_handed_back = any(other.state is ClaimState.RELEASED and other.reason == BY_MEMBER for other in claims)
    near = NEAR_DEADLINE_HANDED_BACK if was_handed_back else NEAR_DEADLINE
    return case.deadline is not None and case.deadline.at - now <= near


def offer_until(case: Case, *, now: datetime, offer: timedelta) -> datetime:
    """How long the next in line may think: `offer`, but never more than a quarter of the time that the deadline leaves.

    An hour at least, so that an answer is possible at all, and never beyond the deadline.
    """
    if case.deadline is None or case.deadline.at <= now:
        return now + offer
    left = case.deadline.at - now
    return now + min(offer, max(left / 4, LEAST_OFFER), left)


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


def _given(case: Case, claim: Claim, claims: Sequence[Claim], *, place_no: int, now: datetime | None) -> Verdict:
    if claim.state is ClaimState.WAITLISTED and now is not None and is_asked_first(case, claim, claims, now=now):
        return Verdict(claim.id, claim.member_id, ClaimState.HELD, "offered", place_no, is_offer=True)
    state = ClaimState.HELD if case.checks_conflicts else ClaimState.CONFIRMED
    reason = "first" if claim.state is ClaimState.QUEUED else "promoted"
    return Verdict(claim.id, claim.member_id, state, reason, place_no)


def _free_places(case: Case, claims: Iterable[Claim]) -> list[int]:
    taken = {claim.place_no for claim in claims if claim.state in PLACED}
    return [number for number in range(1, case.places + 1) if number not in taken]
