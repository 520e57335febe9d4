"""What a lawyer may do by mail, one small function a verb.

Each takes the command and what is known, and gives the line of the answer with the changes that go with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.core import deputies
from bot.core.claims import TAKEN_BACK, how_it_came, standing
from bot.core.decide import giving_back, holding, membership, offers
from bot.core.decide.message import Message
from bot.core.decide.steps import Desk as Desk
from bot.core.decide.steps import Step as Step
from bot.core.decide.steps import is_published, refused
from bot.core.intent import Command
from bot.core.model import (
    LIVE,
    PLACED,
    Case,
    Change,
    Claim,
    ClaimState,
    EndClaim,
    EnterClaim,
    Event,
    Lifecycle,
    Line,
    Member,
    MemberState,
    VerifyClaim,
    View,
)

_FOR_THE_ROSTER = frozenset({"list", "show", "pause", "resume"})
"""What somebody who is suspended may not do: be told of cases, or come back by a word of their own."""


def carried_out(command: Command, desk: Desk) -> Step:
    """One command of somebody on file; an outsider may do little, an applicant also see events and ask for a place at one."""
    if desk.member.is_outside and command.verb not in membership.OPEN_TO_OUTSIDERS and not _is_of_guest(command, desk):
        return membership.outside(command, desk)
    if not desk.member.may_claim and not desk.member.is_outside and command.verb in _FOR_THE_ROSTER:
        return Step(refused(command, desk, "not_active"))
    return VERBS[command.verb](command, desk)


def _is_of_guest(command: Command, desk: Desk) -> bool:
    """What an applicant may do beside: of the list, the events alone are shown."""
    if command.verb == "list":
        return desk.member.state is MemberState.APPLIED
    is_about_one = command.verb == "show" or (command.verb == "claim" and not command.argument)
    return is_about_one and may_ask_for(desk.view.cases.get(command.case_id or ""), desk.member)


def refusal(case_id: str, message: Message, view: View) -> str:
    """Why nobody may claim this case now; "" where one may. A draft is as unknown as a case that never was."""
    case = view.cases.get(case_id)
    if case is None or case.lifecycle is Lifecycle.DRAFT:
        return "unknown_case"
    if case.lifecycle is not Lifecycle.OPEN:
        return case.lifecycle.value
    if case.deadline is not None and message.stamp.arrived_at >= case.deadline.at:
        return "past_deadline"
    if case.event is not None and message.stamp.arrived_at >= case.event.closes.at:
        return "event_closed"
    return ""


def _claim(command: Command, desk: Desk) -> Step:
    """For oneself, or by FOR in a colleague's name."""
    if command.argument and desk.claimed_by is None:
        return _claim_for(command, desk)
    case_id = command.case_id or ""
    reason = refusal(case_id, desk.message, desk.view)
    if not may_ask_for(desk.view.cases.get(case_id), desk.member) and reason != "unknown_case":
        reason = "not_active"
    mine = standing(desk.view.claims.get(case_id, ()), desk.member.id, states=LIVE)
    if not reason and mine is not None:
        return _again(command, desk, mine)
    if not reason and _is_taken_back(case_id, desk):
        return Step(refused(command, desk, TAKEN_BACK))
    reason = reason or ("" if _event(case_id, desk) else _limit_reached(desk))
    if reason:
        counts_from = desk.message.counts_from or None
        recorded = EnterClaim(desk.member.id, case_id, ClaimState.REFUSED, -1, reason, arrival_id=counts_from, claimed_by=_by(desk))
        return Step(refused(command, desk, reason), () if reason == "unknown_case" else (recorded,))
    return Step(_entered_line(command, case_id, desk), (_entered(case_id, desk),))


def _entered_line(command: Command, case_id: str, desk: Desk) -> Line:
    """A claim's line waits for its outcome. At an event that may take weeks, and must not hold back the answer to the other lines."""
    return Line(command.said, "event_entered" if _event(case_id, desk) else "", case_id)


def _event(case_id: str, desk: Desk) -> Event | None:
    case = desk.view.cases.get(case_id)
    return case.event if case is not None else None


def may_ask_for(case: Case | None, member: Member) -> bool:
    """An applicant may ask for a place at an event, and for no case."""
    is_event = case is not None and case.event is not None and case.lifecycle is not Lifecycle.DRAFT
    return member.may_claim or (member.state is MemberState.APPLIED and is_event)


def _claim_for(command: Command, desk: Desk) -> Step:
    """A coordinator or deputy claims in a colleague's name: decided as the colleague's own, told to both, the file to the colleague."""
    meant = deputies.meant(command.argument, desk.view.colleagues)
    if len(meant) != 1:
        facts: dict[str, object] = {"whom": command.argument, "may": bool(desk.view.colleagues)}
        facts["found"] = [f"{one.name} <{one.email}>" for one in meant]
        return Step(Line(command.said, "which_colleague", command.case_id, facts))
    colleague = meant[0]
    own = desk.view.theirs.get(colleague.id, ())
    step = _claim(command, replace(desk, member=colleague, view=replace(desk.view, own=own), claimed_by=desk.member))
    if not step.line.outcome:
        return step
    if step.line.outcome == "event_entered":
        return Step(replace(step.line, outcome="for_colleague", facts={"state": "event_entered", "name": colleague.name}), step.changes)
    facts = {**step.line.facts, "state": step.line.outcome, "name": colleague.name}
    return Step(Line(command.said, "not_for_colleague", command.case_id, facts), step.changes)


def _again(command: Command, desk: Desk, mine: Claim) -> Step:
    """A second claim on a case that one holds or waits for; the earlier arrival is the one that counts. To an offer it says yes."""
    earlier, ended = _stood_by(mine.case_id, desk), EndClaim(mine.id, ClaimState.RELEASED, "superseded")
    doubted = () if earlier is None else (EndClaim(earlier.id, ClaimState.REFUSED, "already_yours"),)
    if mine.is_offer and desk.claimed_by is None:
        if offers.is_late(mine, desk):
            return Step(refused(command, desk, "offer_over"))
        taken = offers.take(mine, command.said, desk)
        return replace(taken, changes=(*doubted, *taken.changes))
    if earlier is not None and mine.state not in PLACED and earlier.stamp.order < mine.stamp.order:
        return Step(_entered_line(command, mine.case_id, desk), (ended, VerifyClaim(earlier.id, desk.position)))
    if desk.message.counts_from and mine.state not in PLACED and desk.message.stamp.order < mine.stamp.order:
        return Step(_entered_line(command, mine.case_id, desk), (ended, _entered(mine.case_id, desk)))
    reason = "already_yours" if mine.state in PLACED else "already_waiting"
    ended_too = () if earlier is None else (EndClaim(earlier.id, ClaimState.REFUSED, reason),)
    is_own = desk.claimed_by is None and desk.message.proof.is_proven
    kept = giving_back.kept([mine.case_id], desk.view, desk.member.email) if is_own else ()
    if mine.state is ClaimState.CONFIRMED and mine.case_id in desk.view.unfiled and desk.claimed_by is None:
        return Step(_file_anew(command, mine), (*ended_too, *kept))
    return Step(refused(command, desk, reason), (*ended_too, *kept))


def _file_anew(command: Command, mine: Claim) -> Line:
    """The confirmation once more, with its file, to its holder: nobody has read the first."""
    facts: dict[str, object] = {"arrived_at": mine.stamp.arrived_at.isoformat(), **how_it_came(mine), "is_anew": True}
    return Line(command.said, "confirmed", mine.case_id, facts)


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


def _is_taken_back(case_id: str, desk: Desk) -> bool:
    """Whether a later mail gave up what this one asks for, while it waited to be stood by."""
    claims = (claim for claim in desk.view.claims.get(case_id, ()) if claim.member_id == desk.member.id)
    return any(claim.arrival_id == desk.message.arrival_id and claim.reason == TAKEN_BACK for claim in claims)


def _entered(case_id: str, desk: Desk) -> Change:
    """A new claim; or, where this very message had entered it as unverified, that one stood by."""
    waiting = _stood_by(case_id, desk)
    if waiting is not None:
        return VerifyClaim(waiting.id, desk.position)
    counts_from = desk.message.counts_from or None
    return EnterClaim(desk.member.id, case_id, ClaimState.QUEUED, desk.position, arrival_id=counts_from, claimed_by=_by(desk))


def _by(desk: Desk) -> int | None:
    return desk.claimed_by.id if desk.claimed_by else None


def _limit_reached(desk: Desk) -> str:
    """Cases held and claims still undecided both count, those entered higher up in this message too; the smaller limit counts."""
    taken = sum(claim.is_counted or (claim.state is ClaimState.QUEUED and not claim.is_for_event) for claim in desk.view.own)
    limit = desk.member.limit(desk.rules.most_open_per_member)
    if not limit or taken < limit:
        return ""
    return "own_limit" if desk.member.is_bound_by_own(desk.rules.most_open_per_member) else "limit_reached"


def _list(command: Command, desk: Desk) -> Step:
    return Step(Line(command.said, "listed"))


def _show(command: Command, desk: Desk) -> Step:
    if not is_published(command.case_id or "", desk):
        unknown = refused(command, desk, "unknown_case")
        return Step(replace(unknown, facts={**unknown.facts, "number": command.argument}))
    return Step(Line(command.said, "shown", command.case_id))


def _status(command: Command, desk: Desk) -> Step:
    return Step(Line(command.said, "standing"))


def _help(command: Command, desk: Desk) -> Step:
    facts: dict[str, object] = {"role": "member" if not desk.member.is_outside else desk.member.state.value}
    return Step(Line(command.said, "help", facts={**facts, "coordinates": bool(deputies.claims_for_others(desk.member))}))


VERBS: dict[str, Callable[[Command, Desk], Step]] = {
    "claim": _claim,
    "release": holding.release,
    "clear": holding.clear,
    "conflict": holding.conflict,
    "list": _list,
    "show": _show,
    "status": _status,
    "pause": membership.pause,
    "resume": membership.resume,
    "language": membership.language,
    "limit": membership.limit,
    "join": membership.join,
    "leave": membership.leave,
    "help": _help,
}
