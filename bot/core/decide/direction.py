"""What staff may do by mail beside single cases: the roster, the month's round, and how things stand.

Each takes the command and what is known, and gives the line of the transcript with its changes. Which round is meant, and whether it
went out, was asked of the ledger before; what stands higher up in the same mail is foreseen.
"""

from __future__ import annotations

from bot.core.circulation import events_on_offer, month_of, on_offer
from bot.core.decide import joining
from bot.core.decide.foreseen import is_unnumbered
from bot.core.decide.lawyers import Step
from bot.core.decide.overrides import StaffDesk, not_done, to_member
from bot.core.intent import Command
from bot.core.mail import Letter
from bot.core.model import Ask, Change, ChangeMember, ClaimState, EndClaim, HoldRound, Line, MemberState, Question, SendRound


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
    ended: tuple[Change, ...] = tuple(EndClaim(one.id, ClaimState.RELEASED, f"removed by {desk.staff.address}") for one in ending)
    facts: dict[str, object] = {
        "address": member.email,
        "name": member.name,
        "was": member.state.value,
        "holds": [claim.case_id for claim in claims if claim.state is ClaimState.CONFIRMED],
        "waited": len(ending) - len(kept),
        "kept": [claim.case_id for claim in kept],
    }
    is_told = member.may_claim
    letters = (Letter("removed_notice", member.email, member.language, {}, member_id=member.id),) if is_told else ()
    letters += tuple(to_member("taken_back", member, desk.view.cases[one.case_id], was=one.standing) for one in kept)
    return Step(Line(command.said, "removed", facts=facts), (ChangeMember(member.id, state=MemberState.LEFT), *ended), letters)


def approve(command: Command, desk: StaffDesk) -> Step:
    """Only who has applied can be let in."""
    member = desk.member(command)
    if member is None or member.state is not MemberState.APPLIED:
        return not_done(command, "not_on_roster" if member is None else "not_applied", state=member.state.value if member else "")
    return joining.admitted(command.said, member)


def preview(command: Command, desk: StaffDesk) -> Step:
    outlook = desk.view.outlook
    if outlook.at is None:
        return not_done(command, "no_round")
    asked = Ask(Question.SEND_ROUND, None, line=0, content_key=outlook.month)
    return Step(Line(command.said, "round_shown", facts={"month": outlook.month, "held_by": outlook.held_by}), (asked,))


def send(command: Command, desk: StaffDesk) -> Step:
    """The round goes out now, once: a second SEND hears who sent it, and when."""
    outlook = desk.view.outlook
    if outlook.sent_at is not None:
        return not_done(command, "sent_before", month=outlook.to_send, by=outlook.sent_by, sent_at=outlook.sent_at.isoformat())
    cases = _offered(desk)
    if not cases:
        return not_done(command, "nothing_to_send", month=outlook.to_send)
    facts: dict[str, object] = {"month": outlook.to_send, "cases": cases, "count": desk.view.recipients}
    return Step(Line(command.said, "round_sent", facts=facts), (SendRound(outlook.to_send, desk.staff.address),))


def goes(command: Command, desk: StaffDesk) -> Step:
    """“Yes, all is well”: what silence says too. It neither hurries the round nor holds it."""
    outlook = desk.view.outlook
    if outlook.sent_at is not None or outlook.held_by or outlook.at is None:
        return send(command, desk) if outlook.sent_at is not None else hold(command, desk)
    facts: dict[str, object] = {"month": outlook.month, "due_at": outlook.at.isoformat()}
    return Step(Line(command.said, "round_goes", facts=facts))


def hold(command: Command, desk: StaffDesk) -> Step:
    outlook = desk.view.outlook
    if outlook.at is None:
        return not_done(command, "no_round")
    if outlook.held_by:
        held_at = outlook.held_at.isoformat() if outlook.held_at else None
        return not_done(command, "held_before", month=outlook.month, by=outlook.held_by, held_at=held_at)
    if outlook.sent_at is not None and outlook.to_send == outlook.month:
        return not_done(command, "sent_before", month=outlook.month, by=outlook.sent_by, sent_at=outlook.sent_at.isoformat())
    facts: dict[str, object] = {"month": outlook.month, "due_at": outlook.at.isoformat()}
    return Step(Line(command.said, "round_held", facts=facts), (HoldRound(outlook.month, desk.staff.address),))


def status(command: Command, desk: StaffDesk) -> Step:
    return Step(Line(command.said, "office_status"))


def report(command: Command, desk: StaffDesk) -> Step:
    """The figures of the month that is named, else of this one so far."""
    month = command.argument or month_of(desk.view.now, desk.rules.zone)
    return Step(Line(command.said, "reported", facts={"month": month}))


def _offered(desk: StaffDesk) -> int:
    """How many cases the round would offer, after what the lines above have done to them."""
    view = desk.view
    untouched = [case_id for case_id in view.outlook.offered if case_id not in view.cases]
    touched = view.cases.values()
    return len(untouched) + len(on_offer(touched, now=view.now)) + len(events_on_offer(touched, now=view.now))
