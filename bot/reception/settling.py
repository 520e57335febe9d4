"""Cases that are ripe: who gets them is decided, written and told in one transaction a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog

from bot.core import chain, events
from bot.core import claims as rule
from bot.core.circulation import is_urgent
from bot.core.mail import Letter
from bot.core.model import MISFIT, PLACED, Asked, Case, Claim, ClaimState, Line, Member, Question, Verdict
from bot.office import ANSWER_KINDS, Office, standstill
from bot.reception import basis, outcomes
from bot.shell.ledger import Transaction, persistently
from bot.stations import station

log = structlog.get_logger()


AT_ONCE = 500
"""How many claimants of one case are looked up together."""


@dataclass(frozen=True, slots=True)
class _Line:
    """The claims of one case as they stood when it was settled, in what their letters are asked: there may be thousands."""

    claims: Mapping[int, Claim]
    members: frozenset[int]
    first_of_second: Mapping[datetime, tuple[datetime, int, int]]
    """Of the claims that arrived in one second, the place in line of the first."""
    assigned: tuple[datetime, int, int] | None
    """Where staff have given every place that is taken, the place in line of the first whom they gave one."""

    @classmethod
    def of(cls, claims: Sequence[Claim]) -> _Line:
        firsts: dict[datetime, tuple[datetime, int, int]] = {}
        for order in (claim.stamp.order for claim in claims):
            firsts[order[0]] = min(order, firsts.get(order[0], order))
        placed = [claim for claim in claims if claim.state in PLACED]
        is_by_staff = all(claim.reason.startswith("assigned by ") for claim in placed)
        assigned = min((claim.stamp.order for claim in placed), default=None) if is_by_staff else None
        return cls({claim.id: claim for claim in claims}, frozenset(claim.member_id for claim in claims), firsts, assigned)


def settle(office: Office) -> int:
    """Decide every case whose settlement window has passed; gives how many verdicts there were."""
    with office.ledger.reading() as ledger:
        scanned_from = None if standstill.is_paused(ledger) else ledger.arrivals.scanned_from(office.folders)
        if scanned_from is None:
            return 0
        waiting = ledger.claims.unsettled()
        # What one case gives to a firm counts on the next: the case that was asked for first is decided first.
        firsts = {case_id: _first_asked_for(ledger.claims.of(case_id)) for case_id in waiting} if office.rules.one_per_firm else {}
        waiting.sort(key=lambda case_id: firsts.get(case_id, ()))
    verdicts = 0
    for number, case_id in enumerate(waiting, start=1):
        verdicts += persistently(partial(_settle_case, office, case_id, scanned_from))
        office.pulse.step("decider", number, len(waiting))
    return verdicts


def next_ripe(office: Office) -> datetime | None:
    """When the next settlement window closes (UTC): a look that begins then can decide."""
    with office.ledger.reading() as ledger:
        waiting = [] if standstill.is_paused(ledger) else ledger.claims.unsettled()
        closings = [_ripe_at(office, case, ledger.claims.of(case.id)) for case in ledger.cases.some(waiting).values()]
    return min((closing for closing in closings if closing is not None), default=None)


def _ripe_at(office: Office, case: Case, claims: tuple[Claim, ...]) -> datetime | None:
    return events.closes_at(case, claims) if case.event is not None else rule.ripe_at(claims, settle=office.rules.settle)


def _is_ripe(office: Office, case: Case, claims: tuple[Claim, ...], scanned_from: datetime) -> bool:
    """An event closes at its hour, and nothing is decided before a full look that began later."""
    if case.event is not None:
        return case.event.closes.at <= scanned_from
    return rule.is_ripe(claims, settle=office.rules.settle, scanned_from=scanned_from)


def _first_asked_for(claims: tuple[Claim, ...]) -> tuple[datetime, int, int]:
    return min(claim.stamp.order for claim in claims if claim.state in (ClaimState.QUEUED, ClaimState.WAITLISTED))


def _settle_case(office: Office, case_id: str, scanned_from: datetime) -> int:
    with office.ledger.deciding() as ledger:
        case = ledger.cases.some([case_id])[case_id]
        claims = ledger.claims.of(case_id)
        if not _is_ripe(office, case, claims, scanned_from):
            return 0
        verdicts = _give(office, ledger, case, claims, considered=_considered(ledger, claims))
        station("given")
    station("settled")
    _log(case_id, verdicts)
    return len(verdicts)


def keep_told(office: Office, case_id: str) -> None:
    """On the way back to a backup, and before the case is erased again: whoever was told that it is theirs has it."""
    with office.ledger.deciding() as ledger:
        claims = ledger.claims.of(case_id)
        told = _told(ledger, claims)
        case, considered = ledger.cases.some([case_id])[case_id], _considered(ledger, claims)
        verdicts = _give(office, ledger, case, claims, considered=considered) if told else ()
    _log(case_id, verdicts)


def settle_early(office: Office, ledger: Transaction, case_id: str, *, arrived_by: datetime) -> int:
    """In the transaction of a later mail, on the claims that had arrived by then; gives how many verdicts there were.

    On the way back to a backup, where it is known who was told that a case is theirs, nobody else is given it before all mail is read.
    """
    case, claims = ledger.cases.some([case_id])[case_id], ledger.claims.of(case_id)
    is_open_yet = case.event is not None and case.event.closes.at > arrived_by
    if is_open_yet or (ledger.past.is_waiting() and not _told(ledger, claims)):
        return 0
    considered = _considered(ledger, claims)
    had_come = tuple(claim for claim in considered if claim.state is not ClaimState.QUEUED or rule.came_at(claim) <= arrived_by)
    verdicts = _give(office, ledger, case, claims, considered=had_come)
    _log(case_id, verdicts)
    return len(verdicts)


def _considered(ledger: Transaction, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Where some have been told that the case is theirs, it is not given to anybody else now."""
    told = _told(ledger, claims)
    return tuple(claim for claim in claims if not told or claim.id in told or claim.state is not ClaimState.QUEUED)


def _log(case_id: str, verdicts: tuple[Verdict, ...]) -> None:
    for verdict in verdicts:
        log.info("claim decided", case=case_id, claim=verdict.claim_id, state=verdict.state.value, reason=verdict.reason)


def _give(
    office: Office, ledger: Transaction, case: Case, claims: tuple[Claim, ...], *, considered: tuple[Claim, ...]
) -> tuple[Verdict, ...]:
    """What the rule says of those that are considered, written and told."""
    now = office.clock()
    found = basis.gather(office, ledger, case, claims, now=now, considered=considered)
    verdicts = chain.decide(case, considered, found, now=now)
    spans = {True: office.rules.offer, False: office.rules.hold}
    ledger.claims.give(verdicts, found, now=now, kept_until=lambda one: rule.kept_until(case, now=now, span=spans[one.is_offer]))
    line = _Line.of(claims)
    if len(verdicts) > 1:
        office = office.for_one_occasion()
    for start in range(0, len(verdicts), AT_ONCE):
        some = verdicts[start : start + AT_ONCE]
        ledger.lines.foresee(verdict.claim_id for verdict in some)
        for verdict in some:
            _tell(office, ledger, case, verdict, line)
    if verdicts and case.event is not None:
        _tell_of_event(office, ledger, case.id)
    elif any(verdict.state in PLACED for verdict in verdicts):
        _tell_the_overtaken(office, ledger, case.id)
    return verdicts


def _tell_the_overtaken(office: Office, ledger: Transaction, case_id: str) -> None:
    """Who waits for staff, or for the turn of another firm, was told that it may yet be theirs: now somebody else has the last place."""
    case, claims = ledger.cases.some([case_id])[case_id], ledger.claims.of(case_id)
    places = rule.waiting_places(claims)
    for claim in claims if not case.free_places else ():
        if claim.state is ClaimState.WAITLISTED and (claim.reason == rule.FIRM_SERVED or claim.reason.startswith(f"{MISFIT} ")):
            facts: dict[str, object] = {
                "overtaken": claim.reason.partition(" ")[0],
                "arrived_at": claim.stamp.arrived_at.isoformat(),
                "waiting_place": places[claim.id],
                "decision": ledger.decisions.head().number,
            }
            outcomes.write_to_member(office, ledger, claim, Line("", "waitlisted", case_id, facts))


def _told(ledger: Transaction, claims: tuple[Claim, ...]) -> set[int]:
    """On the way back to a backup: the claims that wait here, and whose members have been told that the case is theirs."""
    return {
        claim.id
        for claim in (claims if ledger.past.is_waiting() else ())
        if claim.state is ClaimState.QUEUED
        and any(
            ledger.past.has_left(kind, ledger.roster.by_id(claim.member_id).email, claim.case_id, claim.arrival_id)
            for kind in (ANSWER_KINDS["confirmed"], ANSWER_KINDS["held"])
        )
    }


def _tell(office: Office, ledger: Transaction, case: Case, verdict: Verdict, line: _Line) -> None:
    """The claimant hears by the answer to the mail that claimed, or, where that was answered before, by a letter of its own."""
    claim = line.claims[verdict.claim_id]
    hold_until = ledger.claims.get(claim.id).hold_until if verdict.state is ClaimState.HELD else None
    facts = _facts(office, verdict, claim, line, hold_until)
    facts["decision"] = ledger.decisions.head().number
    if verdict.reason == rule.PASSED_OVER:
        facts |= _why_passed_over(office, ledger.roster.by_id(claim.member_id))
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
    match verdict.state:
        case ClaimState.HELD if verdict.is_offer:
            facts["is_near"] = office.clock() - claim.stamp.arrived_at <= rule.LONG_WAIT
        case ClaimState.HELD:
            facts["hold_until"] = hold_until.isoformat() if hold_until else None
        case ClaimState.WAITLISTED:
            facts["waiting_place"] = verdict.waiting_place
            facts["late"] = verdict.reason == "late_surfaced"
            facts["firm_full"] = verdict.reason == events.FIRM_FULL
            facts["firm_served"] = verdict.reason == rule.FIRM_SERVED
            facts["misfits"] = verdict.reason.split()[1:] if _is_misfit(verdict) else []
            facts["assigned"] = line.assigned is not None and claim.stamp.order < line.assigned
            facts["same_second"] = line.first_of_second[claim.stamp.arrived_at] < claim.stamp.order
        case ClaimState.REFUSED:
            facts["reason"] = verdict.reason
    return facts


def _why_passed_over(office: Office, member: Member) -> dict[str, object]:
    """Which limit stands in the way of a free place; or that the member is not active."""
    everybodys = office.rules.most_open_per_member
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
        office.owe(ledger, Letter("misfit", person.address, person.language, dict(facts), case_id=case.id), question_id=question_id)


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
        facts = {
            "case": ledger.cases.some([case.id])[case.id],
            "member": ledger.roster.by_id(claim.member_id),
            "arrived_at": claim.stamp.arrived_at,
            "others": len(line.members - {claim.member_id}),
            "state": "offered" if verdict.is_offer else verdict.state.value,
            "promoted": verdict.reason == "promoted",
            "hold_until": ledger.claims.get(claim.id).hold_until,
            "is_urgent": is_urgent(case, now=office.clock()),
        }
        office.tell_staff(ledger, "placed", facts, case_id=case.id)
    elif verdict.reason == "late_surfaced":
        facts = {"case": case, "member": ledger.roster.by_id(claim.member_id), "arrived_at": claim.stamp.arrived_at}
        office.tell_staff(ledger, "late_surfaced", facts, case_id=case.id)


def _tell_of_event(office: Office, ledger: Transaction, case_id: str) -> None:
    """One letter for all the places together: who has one now, and who waits."""
    case = ledger.cases.some([case_id])[case_id]
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
