"""“Still willing?”: who is next in line takes the place that is kept, or lets it go to the next.

The question is known by its thread, or simply by the case: a CLAIM says yes, a RELEASE says no. By arrival, an answer in time counts, and
one that arrived when the time was up does not, whenever it is read.
"""

from __future__ import annotations

from bot.core.claims import ends_at, is_over, kept_until, others_in_line, standing
from bot.core.decide import notices
from bot.core.decide.steps import Desk, Step
from bot.core.mail import Letter
from bot.core.model import Case, Claim, ClaimState, EndClaim, Line, TakeOffer


def offered(case_id: str, desk: Desk) -> Claim | None:
    """The member's claim on this case, where a place is kept for it until the member answers."""
    mine = standing(desk.view.claims.get(case_id, ()), desk.member.id, states=(ClaimState.HELD,))
    return mine if mine is not None and mine.is_offer else None


def is_late(claim: Claim, desk: Desk) -> bool:
    """By its arrival; with a conflict check still to come, also where the deadline has passed before the answer is read."""
    case = desk.view.cases[claim.case_id]
    until = ends_at(claim, case)
    is_missed = case.checks_conflicts and is_over(case, now=desk.view.now)
    return is_missed or (until is not None and desk.message.stamp.arrived_at >= until)


def take(claim: Claim, said: str, desk: Desk) -> Step:
    """Yes: the case is theirs, or kept for the conflict check that it asks for."""
    case = desk.view.cases[claim.case_id]
    facts: dict[str, object] = {"arrived_at": claim.stamp.arrived_at.isoformat(), "promoted": True, "asked_first": True}
    state = ClaimState.HELD if case.checks_conflicts else ClaimState.CONFIRMED
    until = kept_until(case, now=desk.view.now, span=desk.rules.hold) if state is ClaimState.HELD else None
    if until:
        facts["hold_until"] = until.isoformat()
    line = Line(said, state.value, case.id, facts)
    others = others_in_line(desk.view.claims.get(case.id, ()), but=desk.member.id)
    about: dict[str, object] = {"arrived_at": claim.stamp.arrived_at, "others": others, "state": state.value, "promoted": True}
    letters = _to_staff("placed", case, desk, **about, hold_until=until)
    return Step(line, (TakeOffer(claim.id, state, until),), letters)


def decline(claim: Claim, said: str, desk: Desk) -> Step:
    """No: the next in line is turned to."""
    ended = EndClaim(claim.id, ClaimState.RELEASED, "declined")
    letters = _to_staff("offer_passed", desk.view.cases[claim.case_id], desk, how="declined")
    return Step(Line(said, "released", claim.case_id, {"was": "offered"}), (ended,), letters)


def _to_staff(kind: str, case: Case, desk: Desk, **facts: object) -> tuple[Letter, ...]:
    return notices.to_staff(kind, {"case": case, "member": desk.member, **facts}, desk.rules, case_id=case.id)
