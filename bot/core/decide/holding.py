"""What a lawyer may do with a case in hand: hand it back, and answer the conflict check.

Each takes the command and what is known, and gives the line of the answer with the changes and the letters to staff that go with it.
Handing back is never withheld and never counts against anyone; why, and what is due next, is asked for afterwards.
"""

from __future__ import annotations

from bot.core.circulation import is_urgent
from bot.core.claims import BY_MEMBER, TAKEN_BACK, standing
from bot.core.decide import foreseen, offers
from bot.core.decide.steps import Desk, Step, is_published, refused
from bot.core.intent import Command
from bot.core.mail import Letter
from bot.core.model import LIVE, PLACED, Ask, Claim, ClaimState, ConfirmHold, EndClaim, Line, Question


def release(command: Command, desk: Desk) -> Step:
    case_id = command.case_id or ""
    if command.argument and command.argument not in (desk.member.email, *desk.member.aliases):
        return Step(refused(command, desk, "not_yours"))
    mine = standing(desk.view.claims.get(case_id, ()), desk.member.id, states=LIVE)
    doubted = _unverified(case_id, desk)
    if mine is None and doubted:
        return Step(Line(command.said, "released", case_id, {"was": ClaimState.UNVERIFIED.value}), doubted)
    if mine is None:
        return Step(refused(command, desk, "not_yours" if is_published(case_id, desk) else "unknown_case"))
    if foreseen.is_unnumbered(mine):
        return Step(Line(command.said, "not_done", case_id, {"reason": "same_mail"}))
    if mine.is_offer:
        return offers.decline(mine, command.said, desk)
    line = Line(command.said, "released", case_id, {"was": mine.state.value})
    if mine.state not in PLACED:
        reason = "left_line" if mine.state is ClaimState.WAITLISTED else TAKEN_BACK
        return Step(line, (EndClaim(mine.id, ClaimState.RELEASED, reason), *doubted))
    ended = EndClaim(mine.id, ClaimState.RELEASED, BY_MEMBER)
    asked = (Ask(Question.HANDOVER, case_id, desk.position),) if mine.state is ClaimState.CONFIRMED else ()
    return Step(line, (ended, *doubted, *asked), _released_notices(mine, desk))


def _unverified(case_id: str, desk: Desk) -> tuple[EndClaim, ...]:
    """Earlier claims of theirs that still wait for “was this you?” to be answered: whatever the answer, they are taken back."""
    return tuple(
        EndClaim(claim.id, ClaimState.RELEASED, TAKEN_BACK)
        for claim in desk.view.claims.get(case_id, ())
        if claim.member_id == desk.member.id
        and claim.state is ClaimState.UNVERIFIED
        and claim.arrival_id != desk.message.arrival_id
        and claim.stamp.order < desk.message.stamp.order
    )


def _released_notices(mine: Claim, desk: Desk) -> tuple[Letter, ...]:
    """Staff hear at once, and how near the deadline is; whoever waits, and is not the one who leaves, may be next."""
    waiting = sum(claim.state is ClaimState.WAITLISTED for claim in desk.view.claims[mine.case_id])
    near = is_urgent(desk.view.cases[mine.case_id], now=desk.view.now)
    return _notices("released_notice", mine.case_id, desk, waiting=waiting, is_urgent=near)


def clear(command: Command, desk: Desk) -> Step:
    held = _checked(command, desk)
    if held is None:
        return Step(refused(command, desk, "nothing_to_clear"))
    if held.hold_until is not None and desk.message.stamp.arrived_at >= held.hold_until:
        return Step(refused(command, desk, "hold_over"))
    facts: dict[str, object] = {"arrived_at": held.stamp.arrived_at.isoformat(), "promoted": False}
    return Step(Line(command.said, "confirmed", held.case_id, facts), (ConfirmHold(held.id),), _notices("placed", held.case_id, desk))


def conflict(command: Command, desk: Desk) -> Step:
    held = _checked(command, desk)
    if held is None:
        return Step(refused(command, desk, "nothing_to_clear"))
    ended = EndClaim(held.id, ClaimState.RELEASED, "conflict")
    return Step(Line(command.said, "conflict_noted", held.case_id), (ended,), _notices("conflict_notice", held.case_id, desk))


def _checked(command: Command, desk: Desk) -> Claim | None:
    """The member's claim on the case, while a conflict check runs for it."""
    held = standing(desk.view.claims.get(command.case_id or "", ()), desk.member.id, states=(ClaimState.HELD,))
    return None if held is None or held.is_offer else held


def _notices(kind: str, case_id: str, desk: Desk, **more: object) -> tuple[Letter, ...]:
    """To each staff member: what this member did with a place."""
    facts: dict[str, object] = {
        "case": desk.view.cases[case_id],
        "member": desk.member,
        "arrived_at": desk.message.stamp.arrived_at,
        "next_member": None,
        "others": 0,
        "state": "confirmed",
        "promoted": False,
        **more,
    }
    return tuple(Letter(kind, person.address, person.language, facts, case_id=case_id) for person in desk.rules.staff)
