"""What was decided on the claims of one case, told to whom it concerns: each claimant, staff, and who waits on for a while longer.

Given the verdicts, inside the transaction that has written them. Decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from bot.core import claims as rule
from bot.core import events
from bot.core.mail import Letter
from bot.core.model import MISFIT, PLACED, UNFIT, Asked, Case, Claim, ClaimState, Line, Question, Verdict
from bot.office import Office
from bot.reception import basis, outcomes
from bot.shell.ledger import Transaction

LATE = "late_surfaced"
_BY_STAFF = (rule.OUT_OF_TURN, "agreed by ")
AT_ONCE = 500
"""How many claimants of one case are looked up together."""


@dataclass(frozen=True, slots=True)
class _Line:
    """The claims of one case as they stood when it was settled, in what their letters are asked: there may be thousands."""

    claims: Mapping[int, Claim]
    waiting: frozenset[int]
    """The members who wait now, by what has been decided."""
    first_of_second: Mapping[datetime, tuple[datetime, int, int]]
    """Of the claims that arrived in one second, the place in line of the first."""
    is_by_staff: bool
    """Whether a word of staff has given every place that is taken now."""

    @classmethod
    def of(cls, claims: Sequence[Claim], verdicts: Sequence[Verdict] = ()) -> _Line:
        firsts: dict[datetime, tuple[datetime, int, int]] = {}
        for order in (claim.stamp.order for claim in claims):
            firsts[order[0]] = min(order, firsts.get(order[0], order))
        reasons = [*(one.reason for one in claims if one.state in PLACED), *(one.reason for one in verdicts if one.state in PLACED)]
        is_by_staff = all(reason.startswith(_BY_STAFF) for reason in reasons)
        over = {one.claim_id for one in verdicts if one.state is not ClaimState.WAITLISTED}
        waiting = frozenset(
            one.member_id for one in claims if one.state in (ClaimState.QUEUED, ClaimState.WAITLISTED) and one.id not in over
        )
        return cls({claim.id: claim for claim in claims}, waiting, firsts, is_by_staff)


def announce(office: Office, ledger: Transaction, case: Case, claims: Sequence[Claim], verdicts: Sequence[Verdict]) -> None:
    """Tell what was decided together on one case; `claims` are all that it ever had, as they stood before."""
    line = _Line.of(claims, verdicts)
    if len(verdicts) > 1:
        office = office.for_one_occasion()
    for start in range(0, len(verdicts), AT_ONCE):
        some = verdicts[start : start + AT_ONCE]
        ledger.lines.foresee(verdict.claim_id for verdict in some)
        if len(some) > 1 and _is_more_on_offer(ledger, case):
            ledger.claims.foresee(verdict.member_id for verdict in some)
        for verdict in some:
            _tell(office, ledger, case, verdict, line)
    if verdicts and case.event is not None:
        _tell_of_event(office, ledger, case.id)
    elif any(verdict.state in PLACED for verdict in verdicts) and _anybody_waits_for_others(claims, verdicts):
        _tell_who_waits_for_others(office, ledger, case.id)


def _is_more_on_offer(ledger: Transaction, case: Case) -> bool:
    """Whether their letters may name other cases: only then it is asked what each claimant has under way."""
    return case.event is None and any(one.id != case.id and one.free_places for one in ledger.cases.open())


def _tell(office: Office, ledger: Transaction, case: Case, verdict: Verdict, line: _Line) -> None:
    """The claimant hears by the answer to the mail that claimed, or, where that was answered before, by a letter of its own."""
    claim = line.claims[verdict.claim_id]
    hold_until = ledger.claims.get(claim.id).hold_until if verdict.state is ClaimState.HELD else None
    facts = _facts(office, verdict, claim, line, hold_until)
    facts["decision"] = ledger.decisions.head().number
    if verdict.reason == LATE:
        facts["was_asked"] = _was_asked(ledger, claim, line)
    if verdict.reason == rule.PASSED_OVER:
        facts |= _why_passed_over(office, ledger, claim)
    outcome = "asks_staff" if _is_misfit(verdict) else verdict.state.value
    if verdict.is_offer:
        _ask_if_still_willing(office, ledger, claim, facts)
    elif verdict.reason == "promoted" or not outcomes.settle_line(office, ledger, claim, outcome, facts):
        outcomes.write_to_member(office, ledger, claim, Line(_said(office, claim), outcome, claim.case_id, facts))
    if _is_misfit(verdict):
        _ask_staff(office, ledger, case, verdict, claim)
    if case.event is None:
        _tell_staff(office, ledger, case, verdict, claim, line)


def _facts(office: Office, verdict: Verdict, claim: Claim, line: _Line, hold_until: datetime | None) -> dict[str, object]:
    facts: dict[str, object] = {"arrived_at": claim.stamp.arrived_at.isoformat(), "promoted": verdict.reason == "promoted"}
    facts["agreed"] = verdict.reason.startswith("agreed by ") or (verdict.is_offer and rule.is_asked(claim))
    facts["able"] = verdict.reason == rule.FIRST_ABLE
    match verdict.state:
        case ClaimState.HELD if verdict.is_offer:
            facts["is_near"] = office.clock() - claim.stamp.arrived_at <= rule.LONG_WAIT
        case ClaimState.HELD:
            facts["hold_until"] = hold_until.isoformat() if hold_until else None
        case ClaimState.WAITLISTED:
            facts["waiting_place"] = verdict.waiting_place
            facts["late"] = verdict.reason == LATE
            facts["firm_full"] = verdict.reason == events.FIRM_FULL
            facts["firm_served"] = verdict.reason == rule.FIRM_SERVED
            facts["firm_overtaken"] = verdict.reason == rule.FIRM_OVERTAKEN
            facts["misfits"] = verdict.reason.split()[1:] if verdict.reason.startswith((MISFIT, UNFIT)) else []
            facts["unfit"] = verdict.reason.startswith(UNFIT)
            facts["assigned"] = verdict.reason == rule.STAFF_CHOSE
            facts["by_staff"] = line.is_by_staff
            facts["same_second"] = line.first_of_second[claim.stamp.arrived_at] < claim.stamp.order
        case ClaimState.REFUSED:
            facts["reason"] = verdict.reason
    return facts


def _why_passed_over(office: Office, ledger: Transaction, claim: Claim) -> dict[str, object]:
    """Which limit stands in the way of a free place; or that the member is not active, or seems to have given up what they asked for."""
    everybodys, member = office.rules.most_open_per_member, ledger.roster.by_id(claim.member_id)
    if member.may_claim and basis.giving_back(ledger, [claim], now=office.clock()):
        return {"passed_over": "gives_back", "limit": 0}
    why = "not_active" if not member.may_claim else "own_limit" if member.is_bound_by_own(everybodys) else "limit_reached"
    return {"passed_over": why, "limit": member.limit(everybodys)}


def _is_misfit(verdict: Verdict) -> bool:
    return verdict.reason.startswith(f"{MISFIT} ")


def _ask_staff(office: Office, ledger: Transaction, case: Case, verdict: Verdict, claim: Claim) -> None:
    """One question, a letter of it to each staff member; whoever answers first decides."""
    assert claim.arrival_id is not None, "a claim came by a mail"
    asked = Asked(0, Question.AGREE, office.rules.staff[0].address, (claim.arrival_id,), case.id)
    question_id = ledger.questions.ask(asked, now=office.clock())
    facts = {
        "case": case,
        "member": ledger.roster.by_id(claim.member_id),
        "arrived_at": claim.stamp.arrived_at,
        "misfits": verdict.reason.split()[1:],
    }
    for person in office.rules.staff:
        once = f"{about_claim(claim.id)}{question_id}:{person.address}"
        letter = Letter("misfit", person.address, person.language, dict(facts), case_id=case.id, once=once)
        office.owe(ledger, letter, question_id=question_id)


def about_claim(claim_id: int) -> str:
    """How the keys of the letters begin that ask staff about a claim: those that have not left when it ends never do."""
    return f"misfit:{claim_id}:"


def _ask_if_still_willing(office: Office, ledger: Transaction, claim: Claim, facts: dict[str, object]) -> None:
    """The place is kept; YES in this thread takes it, NO or silence passes it on."""
    given = ledger.claims.get(claim.id)
    until = given.hold_until
    to = ledger.roster.by_id(claim.member_id).email
    asked = Asked(0, Question.OFFER, to, (claim.arrival_id,) if claim.arrival_id else (), claim.case_id, expires_at=until)
    line = Line("", "offered", claim.case_id, {**facts, "hold_until": until.isoformat() if until else None})
    outcomes.write_to_member(office, ledger, claim, line, question=asked)


def _tell_staff(office: Office, ledger: Transaction, case: Case, verdict: Verdict, claim: Claim, line: _Line) -> None:
    if verdict.state in (ClaimState.HELD, ClaimState.CONFIRMED):
        told = outcomes.placed(office, ledger, ledger.claims.get(claim.id), others=len(line.waiting - {claim.member_id}))
        office.tell_staff(ledger, "placed", told, case_id=case.id)
    elif verdict.reason == LATE:
        facts = {"case": case, "member": ledger.roster.by_id(claim.member_id), "arrived_at": claim.stamp.arrived_at}
        holders = (ledger.roster.by_id(one.member_id).email for one in line.claims.values() if one.state in PLACED)
        facts |= {"was_asked": _was_asked(ledger, claim, line), "holders": list(holders) if case.free_places < 1 else []}
        office.tell_staff(ledger, LATE, facts, case_id=case.id)


def _was_asked(ledger: Transaction, claim: Claim, line: _Line) -> bool:
    """Whether its mail had been read when the place was given, so that it waited for a word of its sender and for nothing else."""
    given = [one.decided_at for one in line.claims.values() if one.state in PLACED and one.decided_at is not None]
    assert claim.arrival_id is not None, "a claim came by a mail"
    return bool(given) and ledger.arrivals.get(claim.arrival_id).entered_at <= max(given)


def _anybody_waits_for_others(claims: Sequence[Claim], verdicts: Sequence[Verdict]) -> bool:
    """Whether anybody waits for staff, or for the turn of another firm, or has waited so until now."""
    reasons = chain((claim.reason for claim in claims), (verdict.reason for verdict in verdicts))
    return any(map(_waits_for_others, reasons))


def _waits_for_others(reason: str) -> bool:
    return reason == rule.FIRM_SERVED or reason.startswith(f"{MISFIT} ")


def _tell_who_waits_for_others(office: Office, ledger: Transaction, case_id: str) -> None:
    """Who waits for staff, or for the turn of another firm, was told that it may yet be theirs: now somebody else has the last place."""
    case, claims = ledger.cases.by_id(case_id), ledger.claims.of(case_id)
    places, line = rule.waiting_places(claims), _Line.of(claims)
    for claim in claims if not case.free_places else ():
        if claim.state is ClaimState.WAITLISTED and _waits_for_others(claim.reason):
            facts: dict[str, object] = {
                "overtaken": claim.reason.partition(" ")[0],
                "by_staff": line.is_by_staff,
                "arrived_at": claim.stamp.arrived_at.isoformat(),
                "waiting_place": places[claim.id],
                "decision": ledger.decisions.head().number,
            }
            outcomes.write_to_member(office, ledger, claim, Line("", "waitlisted", case_id, facts))


def _tell_of_event(office: Office, ledger: Transaction, case_id: str) -> None:
    """One letter for all the places together: who has one now, and who waits."""
    case = ledger.cases.by_id(case_id)
    people = {claim.member_id: ledger.roster.by_id(claim.member_id) for claim in ledger.claims.of(case_id)}
    claims = sorted(rule.in_order(ledger.claims.of(case_id)), key=lambda claim: events.guest(people[claim.member_id]).group)
    facts = {
        "case": case,
        "guests": [people[claim.member_id] for claim in claims if claim.state is ClaimState.CONFIRMED],
        "waiting": [people[claim.member_id] for claim in claims if claim.state is ClaimState.WAITLISTED],
    }
    office.tell_staff(ledger, "event_decided", facts, case_id=case.id)


def _said(office: Office, claim: Claim) -> str:
    return f"{office.rules.vocabulary.words['claim'][0]} {claim.case_id}"
