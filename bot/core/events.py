"""Who has a place at an event: training, a seminar, anything with many places and a closing date.

Claims are collected until the event closes. Then places go to partner firms first, to members next, to people who have only applied to
the roster last; within a group by arrival, and to at most so many of one firm as staff have said. Whoever has none waits, in the same order.
Never takes a place away; a place that comes free later goes to the first in that order whose firm has not its share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from bot.core.fields import name_key
from bot.core.model import PLACED, Case, Claim, ClaimState, Lifecycle, Member, MemberState, Verdict

FIRM_FULL = "firm_full"
"""The firm has as many places of the event as one may."""

_PARTNER = frozenset(map(name_key, ("partner", "partners", "partner firm", "パートナー", "パートナー事務所", "提携事務所", "協力事務所")))


class Group(IntEnum):
    """In the order in which places are given."""

    PARTNER = 1
    MEMBER = 2
    APPLICANT = 3


@dataclass(frozen=True, slots=True)
class Guest:
    """What counts of somebody who asks for a place. `firm` is "" where none is known: then no share is counted."""

    group: Group
    firm: str = ""


def guest(member: Member) -> Guest:
    if member.state is MemberState.APPLIED:
        group = Group.APPLICANT
    else:
        group = Group.PARTNER if any(name_key(role) in _PARTNER for role in member.roles) else Group.MEMBER
    return Guest(group, name_key(member.firm))


def closes_at(case: Case, claims: Sequence[Claim]) -> datetime | None:
    """From when the waiting claims can be decided (UTC); None where none waits."""
    waits = case.event is not None and any(claim.state is ClaimState.QUEUED for claim in claims)
    return case.event.closes.at if case.event is not None and waits else None


def allot(
    case: Case, claims: Sequence[Claim], guests: Mapping[int, Guest], *, passed_over: Collection[int] = frozenset()
) -> tuple[Verdict, ...]:
    """Verdicts on the claims that wait, and on the waitlisted ones for whom a place is free now; `guests` by member."""
    waiting = [claim for claim in claims if claim.state in (ClaimState.QUEUED, ClaimState.WAITLISTED)]
    line = sorted(waiting, key=lambda claim: (guests[claim.member_id].group, claim.stamp.order, claim.id))
    if case.event is None or case.lifecycle is not Lifecycle.OPEN:
        over = (claim for claim in line if claim.state is ClaimState.QUEUED)
        return tuple(Verdict(claim.id, claim.member_id, ClaimState.REFUSED, case.lifecycle.value) for claim in over)

    placed = [claim for claim in claims if claim.state in PLACED]
    shares = Counter(guests[claim.member_id].firm for claim in placed)
    free = sorted(set(range(1, case.places + 1)) - {claim.place_no for claim in placed})
    given: list[Verdict] = []
    left: list[tuple[Claim, bool]] = []
    """With whether it was the firm's share, and no want of a place, that stood in the way."""
    for claim in line:
        firm = guests[claim.member_id].firm
        is_full = bool(firm and case.event.per_firm) and shares[firm] >= case.event.per_firm
        if not free or is_full or claim.member_id in passed_over:
            left.append((claim, is_full and bool(free)))
            continue
        reason = "allotted" if claim.state is ClaimState.QUEUED else "promoted"
        given.append(Verdict(claim.id, claim.member_id, ClaimState.CONFIRMED, reason, place_no=free.pop(0)))
        shares[firm] += 1
    waits = (
        Verdict(claim.id, claim.member_id, ClaimState.WAITLISTED, FIRM_FULL if is_by_firm else "after_others", waiting_place=place)
        for place, (claim, is_by_firm) in enumerate(left, start=1)
        if claim.state is ClaimState.QUEUED
    )
    return (*given, *waits)
