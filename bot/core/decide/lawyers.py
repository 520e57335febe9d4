"""What a lawyer may do by mail, one small function a verb.

Each takes the command and what is known, and gives the line of the answer with the changes that go with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.core import dates
from bot.core.claims import standing
from bot.core.decide.message import Message, Rules
from bot.core.intent import Command
from bot.core.mail import Letter
from bot.core.model import (
    LIVE,
    PLACED,
    Change,
    ChangeMember,
    Claim,
    ClaimState,
    ConfirmHold,
    Decision,
    Disposition,
    EndClaim,
    EnterClaim,
    Lifecycle,
    Line,
    Member,
    MemberState,
    VerifyClaim,
    View,
)

ON_ROSTER = frozenset({MemberState.ACTIVE, MemberState.PAUSED})
"""Who may be told of cases and be given one."""
_FOR_THE_ROSTER = frozenset({"list", "show", "pause", "resume"})


@dataclass(frozen=True, slots=True)
class Step:
    """One command carried out: its line, and what changes."""

    line: Line
    changes: tuple[Change, ...] = ()
    letters: tuple[Letter, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """What every verb may look at. `position` is where the command's line will stand; `taken` counts the claims entered above it."""

    message: Message
    view: View
    rules: Rules
    member: Member
    position: int = 0
    taken: int = 0


def commands(message: Message, view: View, rules: Rules) -> Decision | None:
    """Carry out what a proven member asks, in the order written; HELP and the like for anybody on file."""
    member = view.member
    known = [command for command in message.intent.commands if command.verb in VERBS]
    if member is None or not known:
        return None
    steps: list[Step] = []
    taken = 0
    for position, command in enumerate(known):
        step = _carried_out(command, Desk(message, view, rules, member, position, taken))
        taken += any(isinstance(change, EnterClaim | VerifyClaim) and step.line.outcome == "" for change in step.changes)
        steps.append(step)
    if message.intent.dropped:
        steps.append(Step(Line("", "too_many", facts={"limit": len(known)})))
    is_waiting = any(not step.line.outcome for step in steps)
    return Decision(
        Disposition.PENDING if is_waiting else Disposition.ANSWERED,
        ", ".join(dict.fromkeys(command.verb for command in known)),
        changes=tuple(change for step in steps for change in step.changes),
        lines=tuple(step.line for step in steps),
        letters=tuple(letter for step in steps for letter in step.letters),
    )


def _carried_out(command: Command, desk: Desk) -> Step:
    """Who has left, was removed or suspended, or waits to be let in, is told of no case and cannot come back by a word of their own."""
    if command.verb in _FOR_THE_ROSTER and desk.member.state not in ON_ROSTER:
        return Step(_refused(command, desk, "not_active"))
    return VERBS[command.verb](command, desk)


def refusal(case_id: str, message: Message, view: View) -> str:
    """Why nobody may claim this case now; "" where one may. A draft is as unknown as a case that never was."""
    case = view.cases.get(case_id)
    if case is None or case.lifecycle is Lifecycle.DRAFT:
        return "unknown_case"
    if case.lifecycle is not Lifecycle.OPEN:
        return case.lifecycle.value
    if case.deadline is not None and message.stamp.arrived_at >= case.deadline.at:
        return "past_deadline"
    return ""


def _claim(command: Command, desk: Desk) -> Step:
    case_id = command.case_id or ""
    reason = refusal(case_id, desk.message, desk.view)
    if desk.member.state not in ON_ROSTER:
        reason = "not_active" if reason != "unknown_case" else reason
    mine = standing(desk.view.claims.get(case_id, ()), desk.member.id, states=LIVE)
    if not reason and mine is not None:
        return _again(command, desk, mine)
    if not reason and _is_at_limit(desk):
        reason = "limit_reached"
    if reason:
        recorded = () if reason == "unknown_case" else (EnterClaim(desk.member.id, case_id, ClaimState.REFUSED, line=-1, reason=reason),)
        return Step(_refused(command, desk, reason), recorded)
    return Step(Line(command.said, "", case_id), (_entered(case_id, desk),))


def _again(command: Command, desk: Desk, mine: Claim) -> Step:
    """A second claim on a case that one holds or waits for; the earlier arrival is the one that counts."""
    earlier = _stood_by(mine.case_id, desk)
    if earlier is not None and mine.state not in PLACED and earlier.stamp.order < mine.stamp.order:
        ended = EndClaim(mine.id, ClaimState.RELEASED, "superseded")
        return Step(Line(command.said, "", mine.case_id), (ended, VerifyClaim(earlier.id, desk.position)))
    reason = "already_yours" if mine.state in PLACED else "already_waiting"
    ended_too = () if earlier is None else (EndClaim(earlier.id, ClaimState.REFUSED, reason),)
    return Step(_refused(command, desk, reason), ended_too)


def _stood_by(case_id: str, desk: Desk) -> Claim | None:
    """The claim that this very message entered as unverified, where it is decided again after a YES."""
    return next(
        (
            claim
            for claim in desk.view.claims.get(case_id, ())
            if claim.member_id == desk.member.id and claim.state is ClaimState.UNVERIFIED and claim.arrival_id == desk.message.arrival_id
        ),
        None,
    )


def _entered(case_id: str, desk: Desk) -> Change:
    """A new claim; or, where this very message had entered it as unverified, that one stood by."""
    waiting = _stood_by(case_id, desk)
    if waiting is not None:
        return VerifyClaim(waiting.id, desk.position)
    return EnterClaim(desk.member.id, case_id, ClaimState.QUEUED, desk.position)


def _is_at_limit(desk: Desk) -> bool:
    """Places held and claims still undecided both count; those entered higher up in this message too."""
    limit = desk.rules.most_open_per_member
    taken = sum(claim.state in PLACED or claim.state is ClaimState.QUEUED for claim in desk.view.own) + desk.taken
    return bool(limit) and taken >= limit


def _release(command: Command, desk: Desk) -> Step:
    case_id = command.case_id or ""
    if command.argument and command.argument not in (desk.member.email, *desk.member.aliases):
        return Step(_refused(command, desk, "not_yours"))
    mine = standing(desk.view.claims.get(case_id, ()), desk.member.id, states=LIVE)
    if mine is None:
        return Step(_refused(command, desk, "not_yours" if _is_published(case_id, desk) else "unknown_case"))
    ended = EndClaim(mine.id, ClaimState.RELEASED, "by_member")
    letters = _notices("released_notice", case_id, desk) if mine.state in PLACED else ()
    return Step(Line(command.said, "released", case_id, {"was": mine.state.value}), (ended,), letters)


def _clear(command: Command, desk: Desk) -> Step:
    held = standing(desk.view.claims.get(command.case_id or "", ()), desk.member.id, states=(ClaimState.HELD,))
    if held is None:
        return Step(_refused(command, desk, "nothing_to_clear"))
    facts: dict[str, object] = {"arrived_at": held.stamp.arrived_at.isoformat(), "promoted": False}
    return Step(Line(command.said, "confirmed", held.case_id, facts), (ConfirmHold(held.id),), _notices("placed", held.case_id, desk))


def _conflict(command: Command, desk: Desk) -> Step:
    held = standing(desk.view.claims.get(command.case_id or "", ()), desk.member.id, states=(ClaimState.HELD,))
    if held is None:
        return Step(_refused(command, desk, "nothing_to_clear"))
    ended = EndClaim(held.id, ClaimState.RELEASED, "conflict")
    return Step(Line(command.said, "conflict_noted", held.case_id), (ended,), _notices("conflict_notice", held.case_id, desk))


def _list(command: Command, desk: Desk) -> Step:
    return Step(Line(command.said, "listed"))


def _show(command: Command, desk: Desk) -> Step:
    if not _is_published(command.case_id or "", desk):
        return Step(_refused(command, desk, "unknown_case"))
    return Step(Line(command.said, "shown", command.case_id))


def _status(command: Command, desk: Desk) -> Step:
    return Step(Line(command.said, "standing"))


def _pause(command: Command, desk: Desk) -> Step:
    until: datetime | None = None
    if command.argument:
        until = dates.pause_until(command.argument, zone=desk.rules.zone, today=desk.view.now.astimezone(desk.rules.zone).date())
        if until is None:
            return Step(Line(command.said, "unclear"))
    change = ChangeMember(desk.member.id, state=MemberState.PAUSED, paused_until=until)
    return Step(Line(command.said, "paused", facts={"until": until.isoformat() if until else None}), (change,))


def _resume(command: Command, desk: Desk) -> Step:
    return Step(Line(command.said, "resumed"), (ChangeMember(desk.member.id, state=MemberState.ACTIVE),))


def _language(command: Command, desk: Desk) -> Step:
    spoken = {"日本語": "ja", "japanese": "ja", "英語": "en", "english": "en"}
    wanted = spoken.get(command.argument.casefold(), command.argument.casefold())
    if wanted not in desk.rules.languages:
        return Step(Line(command.said, "unclear"))
    return Step(Line(command.said, "language_set", facts={"language": wanted}), (ChangeMember(desk.member.id, language=wanted),))


def _leave(command: Command, desk: Desk) -> Step:
    """Places in line are given up; what the member holds stays theirs until staff and they have spoken."""
    ended = tuple(EndClaim(claim.id, ClaimState.RELEASED, "left") for claim in desk.view.own if claim.state not in PLACED)
    return Step(Line(command.said, "left"), (ChangeMember(desk.member.id, state=MemberState.LEFT), *ended))


def _help(command: Command, desk: Desk) -> Step:
    return Step(Line(command.said, "help", facts={"role": "member"}))


def _refused(command: Command, desk: Desk, reason: str) -> Line:
    arrived_at = desk.message.stamp.arrived_at.isoformat() if command.verb == "claim" else None
    return Line(command.said, "refused", command.case_id, {"reason": reason, "arrived_at": arrived_at})


def _is_published(case_id: str, desk: Desk) -> bool:
    case = desk.view.cases.get(case_id)
    return case is not None and case.lifecycle is not Lifecycle.DRAFT


def _notices(kind: str, case_id: str, desk: Desk) -> tuple[Letter, ...]:
    """To each staff member: what this member did with a place."""
    facts: dict[str, object] = {
        "case": desk.view.cases[case_id],
        "member": desk.member,
        "arrived_at": desk.message.stamp.arrived_at,
        "next_member": None,
        "others": 0,
        "state": "confirmed",
        "promoted": False,
    }
    return tuple(Letter(kind, person.address, person.language, facts, case_id=case_id) for person in desk.rules.staff)


VERBS: dict[str, Callable[[Command, Desk], Step]] = {
    "claim": _claim,
    "release": _release,
    "clear": _clear,
    "conflict": _conflict,
    "list": _list,
    "show": _show,
    "status": _status,
    "pause": _pause,
    "resume": _resume,
    "language": _language,
    "leave": _leave,
    "help": _help,
}
