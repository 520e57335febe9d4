"""Who gets the case: the rule, and nothing but the rule.

Given a case and all its claims, says what becomes of each: held, confirmed, waitlisted, or passed over with a reason.
Never takes a place away: an earlier claim that surfaces after the decision joins the waitlist where its arrival puts it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.claims.hours import is_over
from bot.core.claims.line import (
    FIRM_OVERTAKEN,
    FIRM_SERVED,
    FIRST_ABLE,
    HANDED_BACK,
    OUT_OF_TURN,
    PASSED_OVER,
    STAFF_CHOSE,
    in_order,
    is_asked,
)
from bot.core.model import MISFIT, PLACED, UNFIT, Case, Claim, ClaimState, Lifecycle, Verdict

LONG_WAIT = timedelta(days=7)
NEAR_DEADLINE = timedelta(days=7)
NEAR_DEADLINE_HANDED_BACK = timedelta(days=14)
"""A case that its lawyer hands back is taken over half-way: who takes it on should know that they do, and by when."""

FIRM_WAITS = timedelta(hours=24)
"""How long a further claim of a firm waits for somebody of another firm to ask."""

_BEHIND_EVERY_FOLDER = 99

_COUNTS_FOR_NOTHING = PLACED | {ClaimState.UNVERIFIED}
"""Who has a place of a case with several was before nobody in vain; and nobody knows yet whether anybody stands by an unproven mail."""


@dataclass(frozen=True, slots=True)
class Firms:
    """Where each firm is to have one case a month: which firm each member belongs to, and which have theirs."""

    of: Mapping[int, str] = field(default_factory=dict)
    served: frozenset[str] = frozenset()


def settle(
    case: Case,
    claims: Sequence[Claim],
    *,
    passed_over: Collection[int] = frozenset(),
    misfits: Mapping[int, Sequence[str]] | None = None,
    firms: Firms | None = None,
    now: datetime | None = None,
) -> tuple[Verdict, ...]:
    """Verdicts on the claims that wait, and on the waitlisted ones for whom a place is free now.

    `passed_over` are members who may take no further place just now (their limit is reached, or they left): they keep their
    place in line, and the next one moves up. `misfits` are what does not fit, by member: such a claim is given nothing before staff
    have agreed, and holds up nobody. A further claim of a firm comes after everybody else, `FIRM_WAITS` after it arrived (by `now`).
    At `now` the next in line is asked first where `is_asked_first` says so: the place is then theirs to take (held, as an offer), and
    nobody can overtake them. Without `now` nobody is asked. Once the deadline has passed, nobody moves up, and no conflict check begins.
    """
    line = in_order(claim for claim in claims if claim.state in (ClaimState.QUEUED, ClaimState.WAITLISTED))
    is_too_late = case.checks_conflicts and now is not None and is_over(case, now=now)
    if case.lifecycle is not Lifecycle.OPEN or is_too_late:
        reason = Lifecycle.EXPIRED if case.lifecycle is Lifecycle.OPEN else case.lifecycle
        return tuple(
            Verdict(claim.id, claim.member_id, ClaimState.REFUSED, reason.value) for claim in line if claim.state is ClaimState.QUEUED
        )

    sharing = _Sharing(case, claims, passed_over, misfits or {}, firms or Firms(), now)
    for claim in sorted(line, key=_turn):
        sharing.offer(claim)
    for claim in line:
        if now is not None and claim.stamp.arrived_at + FIRM_WAITS <= now:
            sharing.offer(claim, is_patient=True)
    return sharing.verdicts(line)


class _Sharing:
    """The free places of one case while they are given out."""

    def __init__(
        self,
        case: Case,
        claims: Sequence[Claim],
        passed_over: Collection[int],
        misfits: Mapping[int, Sequence[str]],
        firms: Firms,
        now: datetime | None,
    ) -> None:
        self._case, self._claims, self._now = case, claims, now
        self._free, self._is_over = _free_places(case, claims), now is not None and is_over(case, now=now)
        self._passed_over, self._misfits, self._firms, self._served = passed_over, misfits, firms, set(firms.served)
        self._given: dict[int, Verdict] = {}
        self._skipped: dict[int, str] = {}
        self._last_given: tuple[datetime, int, int] | None = None
        placed = [claim for claim in claims if claim.state in PLACED]
        in_turn = [claim.stamp.order for claim in placed if not claim.reason.startswith(OUT_OF_TURN)]
        self._last_decided = max(in_turn, default=None)
        self._first_chosen = None if in_turn else min((claim.stamp.order for claim in placed), default=None)

    def offer(self, claim: Claim, *, is_patient: bool = False) -> None:
        """A place, if one is free and nothing stands in the way."""
        if self._is_over and claim.state is ClaimState.WAITLISTED and not is_asked(claim):
            return
        hindrance = self._hindrance(claim)
        if self._free and hindrance:
            self._skipped.setdefault(claim.id, hindrance)
        if not self._free or claim.id in self._given or not (not hindrance or (is_patient and hindrance == FIRM_SERVED)):
            return
        self._given[claim.id] = self._verdict(claim, place_no=self._free.pop(0))
        self._last_given = max(self._last_given or claim.stamp.order, claim.stamp.order)
        self._served.add(self._firms.of.get(claim.member_id, ""))

    def _verdict(self, claim: Claim, *, place_no: int) -> Verdict:
        is_promoted = claim.state is ClaimState.WAITLISTED
        if is_promoted and self._now is not None and is_asked_first(self._case, claim, self._claims, now=self._now):
            return Verdict(claim.id, claim.member_id, ClaimState.HELD, "offered", place_no, is_offer=True)
        state = ClaimState.HELD if self._case.checks_conflicts else ClaimState.CONFIRMED
        first = FIRST_ABLE if self._came_before(claim) else "first"
        reason = first if not is_promoted else f"agreed by {claim.agreed_by}" if is_asked(claim) else "promoted"
        return Verdict(claim.id, claim.member_id, state, reason, place_no)

    def _came_before(self, claim: Claim) -> bool:
        """Whether anybody else had asked before who has none of the places: then nobody is told to have been the first."""
        return any(
            other.stamp.order < claim.stamp.order
            and other.member_id != claim.member_id
            and other.id not in self._given
            and other.state not in _COUNTS_FOR_NOTHING
            for other in self._claims
        )

    def verdicts(self, line: Sequence[Claim]) -> tuple[Verdict, ...]:
        """Those who have a place now, and those of the others for whom something has changed, with their place in line."""
        left = [claim for claim in line if claim.id not in self._given]
        told = [(claim, place, self._waits_for(claim)) for place, claim in enumerate(left, start=1)]
        return (
            *self._given.values(),
            *(Verdict(one.id, one.member_id, ClaimState.WAITLISTED, reason, waiting_place=place) for one, place, reason in told if reason),
        )

    def _hindrance(self, claim: Claim) -> str:
        if claim.member_id in self._passed_over:
            return PASSED_OVER
        wrong = self._misfits.get(claim.member_id)
        if wrong and not claim.agreed_by:
            return f"{MISFIT} {' '.join(wrong)}"
        firm = self._firms.of.get(claim.member_id, "")
        return FIRM_SERVED if firm and firm in self._served else ""

    def _waits_for(self, claim: Claim) -> str:
        """The reason of a claim that stays in line; "" where it waits as it did. What hinders it matters only while a place is free."""
        hindrance = self._hindrance(claim) if self._free else ""
        if is_asked(claim):
            return f"agreed by {claim.agreed_by}" if claim.agreed_by else ""
        if hindrance.startswith(MISFIT):
            return hindrance
        if claim.state is ClaimState.WAITLISTED:
            return ""
        if hindrance == FIRM_SERVED:
            return hindrance
        if self._last_decided is not None and claim.stamp.order < self._last_decided:
            return "late_surfaced"
        return self._why_behind(claim)

    def _why_behind(self, claim: Claim) -> str:
        """Why a claim has no place: the limit that it met; what else stood in its way, where a later one has a place; else, others were earlier."""
        skipped = self._skipped.get(claim.id, "")
        if skipped == PASSED_OVER:
            return skipped
        if skipped and self._last_given is not None and claim.stamp.order < self._last_given:
            return UNFIT + skipped.removeprefix(MISFIT) if skipped.startswith(MISFIT) else FIRM_OVERTAKEN
        is_chosen = self._first_chosen is not None and not self._given and claim.stamp.order < self._first_chosen
        return STAFF_CHOSE if is_chosen else "after_others"


def is_asked_first(case: Case, claim: Claim, claims: Iterable[Claim], *, now: datetime) -> bool:
    """Whether the next in line is asked “still willing?” before the place is theirs: after a week, or near the deadline."""
    if now - claim.stamp.arrived_at > LONG_WAIT:
        return True
    if is_asked(claim):
        return False  # its member knows that staff are asked, and has just been waiting for that
    was_handed_back = any(other.state is ClaimState.RELEASED and other.reason in HANDED_BACK for other in claims)
    near = NEAR_DEADLINE_HANDED_BACK if was_handed_back else NEAR_DEADLINE
    return case.deadline is not None and case.deadline.at - now <= near


def _free_places(case: Case, claims: Iterable[Claim]) -> list[int]:
    taken = {claim.place_no for claim in claims if claim.state in PLACED}
    return [number for number in range(1, case.places + 1) if number not in taken]


def _turn(claim: Claim) -> tuple[datetime, int, int, int]:
    """By arrival; a claim to which staff have just agreed comes behind all that fit and arrived before their word.

    Once it has been settled that no place was left for it, its arrival counts again.
    """
    if is_asked(claim) and claim.agreed_at is not None:
        return (max(claim.agreed_at, claim.stamp.arrived_at), _BEHIND_EVERY_FOLDER, 0, claim.id)
    return (*claim.stamp.order, claim.id)
