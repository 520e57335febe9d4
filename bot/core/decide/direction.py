"""What staff may do by mail beside single cases: the roster, the month's round, and how things stand.

Each takes the command and what is known, and gives the line of the transcript with its changes. Which round is meant, and whether it
went out, was asked of the ledger before; what stands higher up in the same mail is foreseen.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core import overturned
from bot.core.circulation import events_on_offer, month_of, on_offer
from bot.core.decide import joining, previews
from bot.core.decide.foreseen import is_unnumbered
from bot.core.decide.lawyers import Step
from bot.core.decide.overrides import StaffDesk, not_done, to_member
from bot.core.intent import Command
from bot.core.mail import Letter
from bot.core.model import (
    Ask,
    Change,
    ChangeMember,
    ClaimState,
    Confidential,
    EndClaim,
    HoldRound,
    Line,
    MemberState,
    PassFindings,
    Question,
    SendRound,
)
from bot.core.reasons import Deed

BETWEEN_ROUNDS = timedelta(days=20)
"""Sooner than this after a round, the next one is sent by hand only where staff name its month."""


def remove(command: Command, desk: StaffDesk) -> Step:
    """Off the roster. A case that the member holds stays until staff have spoken with them; all else ends at once.

    Who checks for conflicts or was asked whether still willing hears of each such case, so that nobody works on, or keeps the names.
    """
    member = desk.member(command)
    if member is None or member.state is MemberState.LEFT:
        return not_done(command, "not_on_roster" if member is None else "has_left")
    claims = desk.view.theirs.get(member.id, ())
    if any(is_unnumbered(claim) for claim in claims):
        return not_done(command, "same_mail")
    ending = [claim for claim in claims if claim.state is not ClaimState.CONFIRMED]
    kept = [claim for claim in ending if claim.state is ClaimState.HELD]
    done = Deed("removed", desk.staff.address, member.email, desk.why(command))
    ended: tuple[Change, ...] = tuple(EndClaim(one.id, ClaimState.RELEASED, f"removed by {desk.staff.address}") for one in ending)
    facts: dict[str, object] = {
        "address": member.email,
        "name": member.name,
        "was": member.state.value,
        "holds": [claim.case_id for claim in claims if claim.state is ClaimState.CONFIRMED],
        "waited": len(ending) - len(kept),
        "kept": [claim.case_id for claim in kept],
        "grounds": done.why,
    }
    is_told = member.may_claim
    letters: tuple[Letter, ...] = (Letter("removed_notice", member.email, member.language, {}, member_id=member.id),) if is_told else ()
    letters += tuple(to_member("taken_back", member, desk.view.cases[one.case_id], was=one.standing) for one in kept)
    letters += overturned.told(done, desk.view.records.get(member.id, ()), desk.rules)
    left = ChangeMember(member.id, state=MemberState.LEFT, note=str(done))
    return Step(Line(command.said, "removed", facts=facts), (left, *ended), letters)


def approve(command: Command, desk: StaffDesk) -> Step:
    """Only who has applied can be let in."""
    member = desk.member(command)
    if member is None or member.state is not MemberState.APPLIED:
        return not_done(command, "not_on_roster" if member is None else "not_applied", state=member.state.value if member else "")
    done = Deed("approved", desk.staff.address, member.email, desk.why(command))
    return joining.admitted(command.said, member, done, past=desk.view.records.get(member.id, ()), rules=desk.rules)


def preview(command: Command, desk: StaffDesk) -> Step:
    outlook = desk.view.outlook
    if outlook.at is None:
        return not_done(command, "no_round")
    asked = Ask(Question.SEND_ROUND, None, line=0, content_key=outlook.month)
    return Step(Line(command.said, "round_shown", facts={"month": outlook.month, "held_by": outlook.held_by}), (asked,))


def send(command: Command, desk: StaffDesk) -> Step:
    """The round goes out now, once: a second SEND hears who sent it, and when, and which is the next."""
    outlook, today = desk.view.outlook, month_of(desk.view.now, desk.rules.zone)
    ahead = {"next": outlook.next_month, "due_at": _iso(outlook.next_at)} if outlook.next_month else {}
    if command.month not in ("", outlook.to_send, outlook.next_month, today):
        held_by = outlook.held_by if outlook.month == outlook.next_month else ""
        return not_done(command, "other_month", month=command.month, is_past=command.month < today, held_by=held_by, **ahead)
    if outlook.sent_at is not None:
        ahead = ahead if outlook.next_month > outlook.to_send else {}
        return not_done(command, "sent_before", month=outlook.to_send, by=outlook.sent_by, sent_at=outlook.sent_at.isoformat(), **ahead)
    cases = _offered(desk, at=desk.view.now)
    if not cases:
        return not_done(command, "nothing_to_send", month=outlook.to_send)
    if _is_meant_otherwise(command, desk):
        return not_done(command, "name_month", month=outlook.to_send, last=outlook.last_month, sent_at=_iso(outlook.last_at))
    found = _unexplained(cases, desk)
    asked = previews.say_why(command, desk.message, found, shown=cases[0])
    if asked is not None:
        return Step(asked)
    facts: dict[str, object] = {"month": outlook.to_send, "cases": len(cases), "count": desk.view.recipients, **_held_before(desk)}
    return Step(
        Line(command.said, "round_sent", facts=facts), (*_passed(found, command, desk), SendRound(outlook.to_send, desk.staff.address))
    )


def _is_meant_otherwise(command: Command, desk: StaffDesk) -> bool:
    """Whether another month's round would follow the last one at once, though the word names no month and answers no preview of it."""
    outlook, asked = desk.view.outlook, desk.view.question
    if command.month:
        return command.month != outlook.to_send
    is_answer = asked is not None and asked.question is Question.SEND_ROUND and asked.content_key == outlook.to_send
    return not is_answer and outlook.last_at is not None and desk.view.now - outlook.last_at < BETWEEN_ROUNDS


def _unexplained(case_ids: list[str], desk: StaffDesk) -> list[tuple[str, str, str, str]]:
    """What is surely found in the cases that would go; one that a line above has brought back counts as not agreed to."""
    view = desk.view
    found = [one for one in view.outlook.findings if one[0] in case_ids]
    brought = {
        one: view.cases[one].fields(view.confidential.get(one, Confidential())) for one in case_ids if one not in view.outlook.offered
    }
    sure = previews.sure_findings(brought, view, desk.rules)
    return [*found, *((case_id, one.kind, one.where, one.found) for case_id, each in sure.items() for one in each)]


def _passed(found: list[tuple[str, str, str, str]], command: Command, desk: StaffDesk) -> tuple[Change, ...]:
    case_ids = tuple(dict.fromkeys(case_id for case_id, *_ in found))
    return (PassFindings(case_ids, desk.staff.address, previews.reason_given(command, desk.message)),) if case_ids else ()


def _held_before(desk: StaffDesk) -> dict[str, object]:
    """Which colleague had held back what is sent now."""
    outlook = desk.view.outlook
    if outlook.month != outlook.to_send or outlook.held_by in ("", desk.staff.address):
        return {}
    return {"first_by": outlook.held_by, "first_answer": "hold", "first_at": _iso(outlook.held_at)}


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def goes(command: Command, desk: StaffDesk) -> Step:
    """“Yes, all is well”: what silence says too. It neither hurries the round nor holds it."""
    outlook = desk.view.outlook
    if outlook.sent_at is not None or outlook.held_by or outlook.at is None:
        return send(command, desk) if outlook.sent_at is not None else hold(command, desk)
    open_now, kept_back = _offered(desk, at=desk.view.now), {*outlook.left_behind, *outlook.unread}
    cases = [case_id for case_id in _offered(desk, at=outlook.at) if case_id not in kept_back]
    found = _unexplained(cases, desk)
    asked = previews.say_why(command, desk.message, found, shown=next(iter(cases), ""))
    if asked is not None:
        return Step(asked)
    unread = [case_id for case_id in open_now if case_id in outlook.unread]
    late = [case_id for case_id in open_now if case_id not in (*cases, *unread)]
    facts: dict[str, object] = {"month": outlook.month, "due_at": _iso(outlook.at), "count": len(cases), "late": late, "unread": unread}
    return Step(Line(command.said, "round_goes", facts=facts), _passed(found, command, desk))


def hold(command: Command, desk: StaffDesk) -> Step:
    outlook = desk.view.outlook
    if outlook.at is None:
        return not_done(command, "no_round")
    if outlook.held_by:
        held_at = outlook.held_at.isoformat() if outlook.held_at else None
        return not_done(command, "held_before", month=outlook.month, by=outlook.held_by, held_at=held_at, grounds=outlook.held_why)
    if outlook.sent_at is not None and outlook.to_send == outlook.month:
        return not_done(command, "sent_before", month=outlook.month, by=outlook.sent_by, sent_at=outlook.sent_at.isoformat())
    why = desk.why(command) or previews.reason_given(command, desk.message)
    facts: dict[str, object] = {"month": outlook.month, "due_at": outlook.at.isoformat(), "grounds": why}
    return Step(Line(command.said, "round_held", facts=facts), (HoldRound(outlook.month, desk.staff.address, why),))


def status(command: Command, desk: StaffDesk) -> Step:
    """How things stand; whoever is on the roster too reads of the own cases below."""
    member = desk.view.member
    return Step(Line(command.said, "office_status", facts={"member_id": member.id} if member is not None else {}))


def report(command: Command, desk: StaffDesk) -> Step:
    """The figures of the month or year that is named, else of this month so far."""
    return Step(Line(command.said, "reported", facts={"period": command.argument}))


def _offered(desk: StaffDesk, *, at: datetime) -> list[str]:
    """The cases that the round would offer, after what the lines above have done to them; of those, none that is over at this hour."""
    view = desk.view
    untouched = [case_id for case_id in view.outlook.offered if case_id not in view.cases]
    touched = view.cases.values()
    return [*untouched, *(case.id for case in (*on_offer(touched, now=at), *events_on_offer(touched, now=at)))]
