"""The deadline ladder: the nearer a deadline, the more often staff are offered a bulletin about a case that nobody has taken.

Given a case and the rungs (days before the deadline), says which rung was reached last. Rungs that were passed while nobody looked are
not climbed again one by one: only the nearest counts. Decides nothing about sending; staff do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.model import LIVE, Case, Claim, ClaimState, Lifecycle


@dataclass(frozen=True, slots=True)
class Rung:
    """`days` before the deadline, the moment (UTC) at which that is, when the next rung (or the deadline) comes, and the days left by now."""

    days: int
    at: datetime
    until: datetime
    left: int
    """Calendar days from today to the day of the deadline."""


def rung(case: Case, *, days: Sequence[int], zone: ZoneInfo, now: datetime) -> Rung | None:
    """The nearest rung that has been reached; None before the first and after the deadline. Days are calendar days in the zone."""
    if case.deadline is None or case.deadline.at <= now:
        return None
    last_day = (case.deadline.at.astimezone(zone) - timedelta(microseconds=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    local = last_day if case.deadline.is_day else case.deadline.at.astimezone(zone)
    steps = [(number, (local - timedelta(days=number)).astimezone(UTC)) for number in sorted(set(days), reverse=True)]
    reached = [step for step in steps if step[1] <= now]
    if not reached:
        return None
    number, at = reached[-1]
    left = (last_day.date() - now.astimezone(zone).date()).days
    return Rung(number, at, min((moment for _, moment in steps if moment > now), default=case.deadline.at), left)


def is_forlorn(case: Case, claims: Iterable[Claim]) -> bool:
    """Open, with a free place, and nobody on it. An event is no case that somebody needs.

    Whoever stays in line beside a free place cannot be given it just now: their limit is reached, or they wait for a word of staff.
    """
    return (
        case.event is None
        and case.lifecycle is Lifecycle.OPEN
        and case.free_places > 0
        and not any(claim.state in LIVE - {ClaimState.WAITLISTED} for claim in claims)
    )
