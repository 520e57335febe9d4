"""The rule as the log can ask it again: a case, its claims and the basis of an entry, and nothing else.

The same two functions decide when a case is settled and when its entry is checked, so that both can only agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core import claims as first_come
from bot.core import events
from bot.core.model import Basis, Case, Claim, Deadline, Verdict

OVER = "over"


def decide(case: Case, claims: Sequence[Claim], basis: Basis, *, now: datetime) -> tuple[Verdict, ...]:
    """What becomes of the claims that wait: at an event by who asks, else first come, first served."""
    if case.event is not None:
        guests = {member: events.Guest(events.Group(group), basis.firms.get(member, "")) for member, group in basis.groups.items()}
        return events.allot(case, claims, guests, passed_over=basis.passed_over)
    return first_come.settle(
        case,
        claims,
        passed_over=basis.passed_over,
        misfits=basis.misfits,
        firms=first_come.Firms(basis.firms, basis.served),
        now=now,
    )


def nearness(case: Case, *, now: datetime) -> str:
    """How near the deadline is, as far as the rule tells cases apart by it: "" where there is none, ``over``, ``7``, ``14`` days or ``far``."""
    if case.deadline is None:
        return ""
    if first_come.is_over(case, now=now):
        return OVER
    return next((str(near.days) for near in _NEAR if case.deadline.at - now <= near), "far")


def deadline_of(told: str, *, now: datetime) -> Deadline | None:
    """A deadline that is as near as an entry says."""
    if not told:
        return None
    left = timedelta() if told == OVER else timedelta(days=int(told)) if told.isdigit() else max(_NEAR) + timedelta(days=1)
    return Deadline(now + left, is_day=False)


_NEAR = sorted((first_come.NEAR_DEADLINE, first_come.NEAR_DEADLINE_HANDED_BACK))
