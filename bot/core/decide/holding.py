"""What a lawyer may do with a case in hand: hand it back, and answer the conflict check.

Each takes the command and what is known, and gives the line of the answer with the changes and the letters to staff that go with it.
Handing back is never withheld and never counts against anyone; why, and what is due next, is asked for afterwards.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core.circulation import is_urgent
from bot.core.claims import (
    BY_MEMBER,
    CONFLICT_FOUND,
    TAKEN_BACK,
    ends_at,
    how_it_came,
    is_over,
    kept_until,
    others_in_line,
    somebody_waits,
    standing,
)
from bot.core.decide import foreseen, notices, offers
from bot.core.decide.steps import Desk, Step, is_published, refused
from bot.core.intent import Command
from bot.core.mail import Letter
from bot.core.model import LIVE, PLACED, Ask, Claim, ClaimState, ConfirmHold, EndClaim, Lifecycle, Line, Question, RestartHold, View


def release(command: Command, desk: Desk, *, is_conflict: bool = False) -> Step:
    """Hands the case back, or leaves its line; `is_conflict`: for a conflict of interest that was found only now."""
    case_id = command.case_id or ""
    if _is_about_another(command, desk):
        return Step(refused(command, desk, "of_another"))
    if (checked := _checked(command, desk)) and _contradicts(command, desk):
        return Step(which(command.said, checked, "both", desk.view))
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
    line = Line(command.said, "released", case_id, {"was": mine.state.value, **({"is_conflict": True} if is_conflict else {})})
    if mine.state not in PLACED:
        reason = "left_line" if mine.state is ClaimState.WAITLISTED else TAKEN_BACK
        return Step(line, (EndClaim(mine.id, ClaimState.RELEASED, reason), *doubted))
    ended = EndClaim(mine.id, ClaimState.RELEASED, CONFLICT_FOUND if is_conflict else BY_MEMBER)
    is_asked = mine.state is ClaimState.CONFIRMED and not mine.is_for_event
    asked = (Ask(Question.HANDOVER, case_id, desk.position),) if is_asked else ()
    return Step(line, (ended, *doubted, *asked), _released_notices(mine, desk, is_conflict=is_conflict))


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


def _released_notices(mine: Claim, desk: Desk, *, is_conflict: bool) -> tuple[Letter, ...]:
    """Staff hear at once, and how near the deadline is; whoever waits, and is not the one who leaves, may be next."""
    waiting = sum(claim.state is ClaimState.WAITLISTED for claim in desk.view.claims[mine.case_id])
    near = is_urgent(desk.view.cases[mine.case_id], now=desk.view.now)
    is_asked = mine.state is ClaimState.CONFIRMED
    facts = {"waiting": waiting, "is_urgent": near, "is_asked": is_asked, "is_conflict": is_conflict}
    return _notices("released_notice", mine.case_id, desk, **facts)


def clear(command: Command, desk: Desk) -> Step:
    held = _checked(command, desk)
    if _is_past_deadline(command, held, desk):
        return Step(refused(command, desk, "late_clear"), letters=_late_clear(command, desk))
    if held is None:
        lapsed = _last_of_mine(command, desk) if _has_lapsed(command, desk, "no_answer") else None
        return Step(_too_late(command, desk, since=lapsed.decided_at) if lapsed else refused(command, desk, "nothing_to_clear"))
    if _contradicts(command, desk):
        return Step(which(command.said, held, "both", desk.view))
    until = ends_at(held, desk.view.cases[held.case_id])
    if until is not None and desk.message.stamp.arrived_at >= until:
        return Step(_too_late(command, desk, since=until))
    facts: dict[str, object] = {"arrived_at": held.stamp.arrived_at.isoformat(), **how_it_came(held), "cleared": True}
    is_unread = _cannot_know_the_names(held, desk)
    if is_unread or _is_about_old_names(held, desk):
        again = kept_until(desk.view.cases[held.case_id], now=desk.view.now, span=desk.rules.hold)
        asked = Line(command.said, "held", held.case_id, {"hold_until": again.isoformat(), "unread" if is_unread else "again": True})
        return Step(asked, (RestartHold(held.id, again),))
    return Step(Line(command.said, "confirmed", held.case_id, facts), (ConfirmHold(held.id),), _placed(held, desk))


def _is_past_deadline(command: Command, held: Claim | None, desk: Desk) -> bool:
    """Whether the check that this would clear ended with the deadline: a person may give the case all the same."""
    case, arrived_at = desk.view.cases.get(command.case_id or ""), desk.message.stamp.arrived_at
    if case is None or not is_over(case, now=arrived_at):
        return False
    if held is not None:
        until = ends_at(held, case)
        return until is not None and arrived_at >= until
    return _has_lapsed(command, desk, Lifecycle.EXPIRED.value)


def _has_lapsed(command: Command, desk: Desk, why: str) -> bool:
    """Whether the last that became of the member's claim is that it lapsed, for this reason."""
    last = _last_of_mine(command, desk)
    return last is not None and (last.state, last.reason) == (ClaimState.LAPSED, why)


def _last_of_mine(command: Command, desk: Desk) -> Claim | None:
    mine = [claim for claim in desk.view.claims.get(command.case_id or "", ()) if claim.member_id == desk.member.id]
    return mine[-1] if mine else None


def _too_late(command: Command, desk: Desk, *, since: datetime | None) -> Line:
    """The case was no longer kept for them when their mail came; whether somebody waits for it, nobody's name."""
    line = refused(command, desk, "hold_over")
    has_next = somebody_waits(desk.view.claims.get(command.case_id or "", ()), but=desk.member.id)
    return replace(line, facts={**line.facts, "over_since": since.isoformat() if since else None, "has_next": has_next})


def _late_clear(command: Command, desk: Desk) -> tuple[Letter, ...]:
    letters = desk.message.to_staff("look_at", desk.rules, reason="late_clear", member=desk.member)
    return tuple(replace(letter, facts={**letter.facts, "case_id": command.case_id}, case_id=command.case_id) for letter in letters)


def conflict(command: Command, desk: Desk) -> Step:
    """While the check runs, or found only later: then the case, or the place in its line, is given up as by RELEASE."""
    held = _checked(command, desk)
    if held is None:
        mine = standing(desk.view.claims.get(command.case_id or "", ()), desk.member.id, states=LIVE)
        has_case = mine is not None and not mine.is_for_event
        return release(command, desk, is_conflict=True) if has_case else Step(refused(command, desk, "nothing_to_clear"))
    if _contradicts(command, desk):
        return Step(which(command.said, held, "both", desk.view))
    ended = EndClaim(held.id, ClaimState.RELEASED, "conflict")
    return Step(Line(command.said, "conflict_noted", held.case_id), (ended,), _notices("conflict_notice", held.case_id, desk))


def _cannot_know_the_names(held: Claim, desk: Desk) -> bool:
    """Whether a CLEAR is an answer to what its sender has not read: the letter with the names has not left, and none before it."""
    return held.case_id in desk.view.unshown and not _shown(held, desk)


def _shown(held: Claim, desk: Desk) -> list[datetime]:
    """When the letters about the check were written that a mail answers."""
    return [letter.at for letter in desk.view.thread if letter.case_id == held.case_id and letter.kind in _SHOWS_NAMES]


def _is_about_old_names(held: Claim, desk: Desk) -> bool:
    """Whether the names have changed since those that a CLEAR is about.

    The letter that it answers tells which names its sender had; without one, the hour at which the new names were sent.
    """
    renamed = desk.view.renamed.get(held.case_id)
    if renamed is None or not desk.view.cases[held.case_id].checks_conflicts:
        return False
    if shown := _shown(held, desk):
        return max(shown) < renamed.at
    return renamed.told_at is None or desk.message.stamp.arrived_at <= renamed.told_at


_SHOWS_NAMES = frozenset({"hold", "hold_reminder", "case_changed", "clear_or_conflict"})
"""The letters about a conflict check: who answers one of them has read what came before it."""


def _contradicts(command: Command, desk: Desk) -> bool:
    """Whether the same mail says of this case that nothing stands in the way, and that something does: then neither line acts."""
    verbs = {each.verb for each in desk.message.intent.commands if each.case_id == command.case_id and not _is_about_another(each, desk)}
    return "clear" in verbs and len(verbs & {"conflict", "release"}) > 0


def _is_about_another(command: Command, desk: Desk) -> bool:
    return bool(command.argument) and command.argument not in (desk.member.email, *desk.member.aliases)


def which(said: str, held: Claim, why: str, view: View) -> Line:
    """“CLEAR or CONFLICT?”, with the end of the time for it: nothing is done."""
    until = ends_at(held, view.cases[held.case_id])
    return Line(said, "clear_or_conflict", held.case_id, {"why": why, "until": until.isoformat() if until else None})


def _placed(held: Claim, desk: Desk) -> tuple[Letter, ...]:
    """As where no conflict check stands between: the claim's own arrival, and how many others wait."""
    others = others_in_line(desk.view.claims[held.case_id], but=held.member_id)
    promoted = held.reason == "promoted"
    return _notices("placed", held.case_id, desk, arrived_at=held.stamp.arrived_at, others=others, promoted=promoted)


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
    return notices.to_staff(kind, facts, desk.rules, case_id=case_id)
