"""When a case may be decided, until when a place is kept, and when it is too late: the hours of the rule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.core.claims.line import is_asked
from bot.core.model import Case, Claim, ClaimState

LEAST_TIME = timedelta(hours=1)


def ripe_at(claims: Iterable[Claim], *, settle: timedelta) -> datetime | None:
    """When the settlement window over the waiting claims closes (UTC); None where nothing waits.

    A mailbox whose clock runs ahead must not hold a decision back, so a claim counts from its entry if that is earlier. The word of
    staff that agrees to a claim opens a window too: whoever fits and was there before must not be overlooked.
    """
    starts = [start for claim in claims if (start := _waits_since(claim))]
    return min(starts) + settle if starts else None


def is_ripe(claims: Iterable[Claim], *, settle: timedelta, scanned_from: datetime) -> bool:
    """Whether a full look into every folder began after the window closed: then no earlier claim can still be unseen.

    With no window at all, every look that was finished will do.
    """
    closes = ripe_at(claims, settle=settle)
    return closes is None or not settle or closes <= scanned_from


def came_at(claim: Claim) -> datetime:
    """Its arrival, or its entry if that is earlier: the clock of a mailbox may run ahead of ours."""
    return min(claim.stamp.arrived_at, claim.entered_at or claim.stamp.arrived_at)


def _waits_since(claim: Claim) -> datetime | None:
    if claim.state is ClaimState.QUEUED:
        return came_at(claim)
    return claim.agreed_at if is_asked(claim) else None


def kept_until(case: Case, *, now: datetime, span: timedelta) -> datetime:
    """How long a place is kept for an answer: `span`, but never more than a quarter of the time that the deadline leaves.

    An hour at least, so that an answer is possible at all, and never beyond the deadline. What staff give after it has its whole time.
    """
    if case.deadline is None or is_over(case, now=now):
        return now + span
    left = case.deadline.at - now
    return now + min(span, max(left / 4, LEAST_TIME), left)


def ends_at(claim: Claim, case: Case) -> datetime | None:
    """Until when the claim's place is kept: not beyond the deadline, also where that has come nearer since; None where it is not kept."""
    if claim.hold_until is None or case.deadline is None or (claim.decided_at is not None and is_over(case, now=claim.decided_at)):
        return claim.hold_until
    return min(claim.hold_until, case.deadline.at)


def is_over(case: Case, *, now: datetime) -> bool:
    """Whether the deadline has passed: from then on a place is given by the word of staff alone."""
    return case.deadline is not None and case.deadline.at <= now
