"""Who gets the case: the rule, and nothing but the rule.

Given a case and all its claims, says what becomes of each: held, confirmed, waitlisted, or passed over with a reason.
The order is (INTERNALDATE in UTC, INBOX before Junk, UID); the order in which claims were read, and every Date field, are unknown here.
Never takes a place away: an earlier claim that surfaces after the decision joins the waitlist where its arrival puts it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.model import MISFIT, PLACED, Case, Claim, ClaimState, Lifecycle, Verdict

_BEHIND_EVERY_FOLDER = 99

LONG_WAIT = timedelta(days=7)
NEAR_DEADLINE = timedelta(days=7)
NEAR_DEADLINE_HANDED_BACK = timedelta(days=14)
"""A case that its lawyer hands back is taken over half-way: who takes it on should know that they do, and by when."""
LEAST_TIME = timedelta(hours=1)

BY_MEMBER = "by_member"
"""The reason of a claim whose holder handed the place back."""

TAKEN_BACK = "taken_back"
"""Why a claim ended that its member gave up with a later mail before it was decided."""

OUT_OF_TURN = "assigned by"
"""How the reason of a place begins that staff gave by hand: no arrival decided it, so nobody is late against it."""


PASSED_OVER = "passed_over"
"""A place was free, and its member could have no further case just then: their limit was reached, or they were not active."""

FIRM_SERVED = "firm_served"
"""Another firm is waited for: this one has its case of the month."""

FIRM_WAITS = timedelta(hours=24)
"""How long a further claim of a firm waits for somebody of another firm to ask."""


@dataclass(frozen=True, slots=True)
class Firms:
    """Where each firm is to have one case a month: which firm each member belongs to, and which have theirs."""

    of: Mapping[int, str] = field(default_factory=dict)
    served: frozenset[str] = frozenset()


def in_order(claims: Iterable[Claim]) -> list[Claim]:
    """First come first; the id only keeps the order total for two commands of one message."""
    return sorted(claims, key=lambda claim: (claim.stamp.order, claim.id))


def is_asked(claim: Claim) -> bool:
    """Whether staff are asked about a claim that does not fit, or have just agreed to it."""
    return claim.state is ClaimState.WAITLISTED and claim.reason.startswith(MISFIT)


def how_it_came(placed: Claim) -> dict[str, object]:
    """Why the place is theirs, in what letters are asked: first of all, next in line, or by a word of staff."""
    return {
        "promoted": placed.reason == "promoted",
        "assigned": placed.reason.startswith(OUT_OF_TURN),
        "agreed": placed.reason.startswith("agreed by "),
    }


def given_by(claim: Claim) -> str:
    """Who of the staff gave the place out of turn; "" where it came in its turn."""
    return claim.reason.removeprefix(OUT_OF_TURN).strip() if claim.reason.startswith(OUT_OF_TURN) else ""


def somebody_waits(claims: Iterable[Claim], *, but: int) -> bool:
    """Whether any other member is in line."""
    return any(claim.state is ClaimState.WAITLISTED and claim.member_id != but for claim in claims)


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
        self._skipped: set[int] = set()
        self._last_decided = max(
            (claim.stamp.order for claim in claims if claim.state in PLACED and not claim.reason.startswith(OUT_OF_TURN)), default=None
        )

    def offer(self, claim: Claim, *, is_patient: bool = False) -> None:
        """A place, if one is free and nothing stands in the way."""
        if self._is_over and claim.state is ClaimState.WAITLISTED and not is_asked(claim):
            return
        hindrance = self._hindrance(claim)
        if self._free and hindrance == PASSED_OVER:
            self._skipped.add(claim.id)
        if not self._free or claim.id in self._given or not (not hindrance or (is_patient and hindrance == FIRM_SERVED)):
            return
        self._given[claim.id] = self._verdict(claim, place_no=self._free.pop(0))
        self._served.add(self._firms.of.get(claim.member_id, ""))

    def _verdict(self, claim: Claim, *, place_no: int) -> Verdict:
        is_promoted = claim.state is ClaimState.WAITLISTED
        if is_promoted and self._now is not None and is_asked_first(self._case, claim, self._claims, now=self._now):
            return Verdict(claim.id, claim.member_id, ClaimState.HELD, "offered", place_no, is_offer=True)
        state = ClaimState.HELD if self._case.checks_conflicts else ClaimState.CONFIRMED
        reason = "first" if not is_promoted else f"agreed by {claim.agreed_by}" if is_asked(claim) else "promoted"
        return Verdict(claim.id, claim.member_id, state, reason, place_no)

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
        return PASSED_OVER if claim.id in self._skipped else "after_others"


def is_asked_first(case: Case, claim: Claim, claims: Iterable[Claim], *, now: datetime) -> bool:
    """Whether the next in line is asked “still willing?” before the place is theirs: after a week, or near the deadline."""
    if now - claim.stamp.arrived_at > LONG_WAIT:
        return True
    if is_asked(claim):
        return False  # its member knows that staff are asked, and has just been waiting for that
    was_handed_back = any(other.state is ClaimState.RELEASED and other.reason == BY_MEMBER for other in claims)
    near = NEAR_DEADLINE_HANDED_BACK if was_handed_back else NEAR_DEADLINE
    return case.deadline is not None and case.deadline.at - now <= near


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


def _free_places(case: Case, claims: Iterable[Claim]) -> list[int]:
    taken = {claim.place_no for claim in claims if claim.state in PLACED}
    return [number for number in range(1, case.places + 1) if number not in taken]


def came_at(claim: Claim) -> datetime:
    """Its arrival, or its entry if that is earlier: the clock of a mailbox may run ahead of ours."""
    return min(claim.stamp.arrived_at, claim.entered_at or claim.stamp.arrived_at)


def _waits_since(claim: Claim) -> datetime | None:
    if claim.state is ClaimState.QUEUED:
        return came_at(claim)
    return claim.agreed_at if is_asked(claim) else None


def _turn(claim: Claim) -> tuple[datetime, int, int, int]:
    """By arrival; a claim to which staff have just agreed comes behind all that fit and arrived before their word.

    Once it has been settled that no place was left for it, its arrival counts again.
    """
    if is_asked(claim) and claim.agreed_at is not None:
        return (max(claim.agreed_at, claim.stamp.arrived_at), _BEHIND_EVERY_FOLDER, 0, claim.id)
    return (*claim.stamp.order, claim.id)
