"""What will be known once some changes are written, so that the next line of the same mail is decided on it.

Given a View and changes, gives the View as the ledger would show it then. A claim that these changes enter has no number yet: it is 0.
Only what commands look at is foreseen; writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.core.mail import Stamp
from bot.core.model import (
    LIVE,
    OVER,
    PLACED,
    AssignClaim,
    Case,
    Change,
    ChangeMember,
    Claim,
    ClaimState,
    EndClaim,
    EnterClaim,
    HoldRound,
    MemberState,
    MoveCase,
    SendRound,
    TakeOffer,
    VerifyClaim,
    View,
)

Touch = Callable[[Claim], Claim]
UNNUMBERED = 0
"""The number of a claim that this very message enters."""


def is_unnumbered(claim: Claim | None) -> bool:
    return claim is not None and claim.id == UNNUMBERED


def after(view: View, changes: Iterable[Change], *, stamp: Stamp) -> View:
    """The view with each change in it; `stamp` is that of the message which makes them."""
    for change in changes:
        match change:
            case MoveCase():
                view = _moved(view, change)
            case EndClaim():
                view = _ended(view, change)
            case EnterClaim() if change.state in LIVE:
                case = view.cases.get(change.case_id)
                is_for_event = case is not None and case.event is not None
                claim = Claim(UNNUMBERED, change.case_id, change.member_id, stamp, change.state, is_for_event=is_for_event)
                view = _with_claim(view, claim)
            case VerifyClaim():
                view = _touched(view, change.claim_id, lambda claim: replace(claim, state=ClaimState.QUEUED))
            case TakeOffer():
                view = _taken(view, change)
            case AssignClaim():
                view = _assigned(view, change, stamp)
            case ChangeMember():
                view = _with_member(view, change.member_id, change.state) if change.state is not None else view
                view = _with_limit(view, change.member_id, change.most_open) if change.most_open is not None else view
                view = _with_address(view, change.member_id, change.email) if change.email is not None else view
            case HoldRound():
                view = replace(view, outlook=replace(view.outlook, held_by=change.by, held_at=stamp.arrived_at))
            case SendRound():
                view = _sent(view, change)
            case _:
                pass
    return view


def _moved(view: View, change: MoveCase) -> View:
    own = (replace(claim, is_over=change.lifecycle in OVER) if claim.case_id == change.case_id else claim for claim in view.own)
    view = replace(view, own=tuple(own))
    return _with_case(view, change.case_id, lambda case: replace(case, lifecycle=change.lifecycle))


def _sent(view: View, change: SendRound) -> View:
    is_coming = view.outlook.month == change.month
    held_by = "" if is_coming else view.outlook.held_by
    return replace(view, outlook=replace(view.outlook, sent_by=change.by, sent_at=view.now, held_by=held_by))


def _ended(view: View, change: EndClaim) -> View:
    ended = next((claim for claims in view.claims.values() for claim in claims if claim.id == change.claim_id), None)
    if ended is not None and ended.state in PLACED:
        view = _with_case(view, ended.case_id, lambda case: replace(case, free_places=case.free_places + 1))
    return _touched(
        view, change.claim_id, lambda claim: replace(claim, state=change.state, reason=change.reason, place_no=None, is_offer=False)
    )


def _taken(view: View, change: TakeOffer) -> View:
    return _touched(view, change.claim_id, lambda claim: replace(claim, state=change.state, is_offer=False))


def _assigned(view: View, change: AssignClaim, stamp: Stamp) -> View:
    is_kept = any(claim.id == change.claim_id and claim.is_offer for claim in view.claims.get(change.case_id, ()))
    if not is_kept:
        view = _with_case(view, change.case_id, lambda case: replace(case, free_places=case.free_places - 1))
    if change.claim_id is None:
        return _with_claim(view, Claim(UNNUMBERED, change.case_id, change.member_id, stamp, change.state, place_no=change.place_no))
    return _touched(view, change.claim_id, lambda claim: replace(claim, state=change.state, place_no=change.place_no, is_offer=False))


def _touched(view: View, claim_id: int, touch: Touch) -> View:
    def each(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        return tuple(touch(claim) if claim.id == claim_id else claim for claim in claims)

    on_cases = {case_id: each(claims) for case_id, claims in view.claims.items()}
    of_people = {member_id: each(claims) for member_id, claims in view.theirs.items()}
    return replace(view, claims=on_cases, theirs=of_people, own=each(view.own))


def _with_claim(view: View, claim: Claim) -> View:
    on_cases = {**view.claims, claim.case_id: (*view.claims.get(claim.case_id, ()), claim)}
    of_people = {**view.theirs, claim.member_id: (*view.theirs.get(claim.member_id, ()), claim)}
    is_own = view.member is not None and view.member.id == claim.member_id
    return replace(view, claims=on_cases, theirs=of_people, own=(*view.own, claim) if is_own else view.own)


def _with_case(view: View, case_id: str, touch: Callable[[Case], Case]) -> View:
    case = view.cases.get(case_id)
    return view if case is None else replace(view, cases={**view.cases, case_id: touch(case)})


def _with_member(view: View, member_id: int, state: MemberState) -> View:
    """The count of those whom a circulation reaches moves with them."""
    if view.member is not None and view.member.id == member_id:
        view = replace(view, member=replace(view.member, state=state))
    known = next((member for member in view.people.values() if member.id == member_id), None)
    if known is None:
        return view
    more = (state is MemberState.ACTIVE) - (known.state is MemberState.ACTIVE)
    people = {address: replace(one, state=state) if one.id == member_id else one for address, one in view.people.items()}
    return replace(view, people=people, recipients=view.recipients + more)


def _with_limit(view: View, member_id: int, most_open: int) -> View:
    is_own = view.member is not None and view.member.id == member_id
    return replace(view, member=replace(view.member, most_open=most_open)) if view.member is not None and is_own else view


def _with_address(view: View, member_id: int, email: str) -> View:
    """Found under the new address and the former ones."""
    people = {address: replace(one, email=email) if one.id == member_id else one for address, one in view.people.items()}
    known = next((one for one in people.values() if one.id == member_id), None)
    claimants = {number: replace(one, email=email) if number == member_id else one for number, one in view.claimants.items()}
    return replace(view, people={**people, email: known} if known else people, claimants=claimants)
