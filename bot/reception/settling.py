"""Cases that are ripe: who gets them is decided, written and told in one transaction a case."""

from __future__ import annotations

from datetime import datetime

import structlog

from bot.core import claims as rule
from bot.core.circulation import is_urgent
from bot.core.model import Asked, Case, Claim, ClaimState, Line, Question, Verdict
from bot.office import Office
from bot.reception import outcomes
from bot.shell.ledger import Transaction
from bot.stations import station

log = structlog.get_logger()


def settle(office: Office) -> int:
    """Decide every case whose settlement window has passed; gives how many verdicts there were."""
    with office.ledger.reading() as ledger:
        scanned_from = ledger.arrivals.scanned_from(office.folders)
        waiting = ledger.claims.unsettled() if scanned_from else []
    return sum(_settle_case(office, case_id, scanned_from) for case_id in waiting if scanned_from)


def next_ripe(office: Office) -> datetime | None:
    """When the next settlement window closes (UTC): a look that begins then can decide."""
    with office.ledger.reading() as ledger:
        closings = [rule.ripe_at(ledger.claims.of(case_id), settle=office.rules.settle) for case_id in ledger.claims.unsettled()]
    return min((closing for closing in closings if closing is not None), default=None)


def _settle_case(office: Office, case_id: str, scanned_from: datetime) -> int:
    with office.ledger.deciding() as ledger:
        case = ledger.cases.some([case_id])[case_id]
        claims = ledger.claims.of(case_id)
        if not rule.is_ripe(claims, settle=office.rules.settle, scanned_from=scanned_from):
            return 0
        passed_over = ledger.roster.not_active() | ledger.claims.members_at_limit(office.rules.most_open_per_member)
        now = office.clock()
        verdicts = rule.settle(case, claims, passed_over=passed_over, now=now)
        until = {True: rule.offer_until(case, now=now, offer=office.rules.offer), False: now + office.rules.hold}
        for verdict in verdicts:
            ledger.claims.give(verdict, now=now, hold_until=until[verdict.is_offer])
        for verdict in verdicts:
            _tell(office, ledger, case, verdict, claims)
    station("settled")
    for verdict in verdicts:
        log.info("claim decided", case=case_id, claim=verdict.claim_id, state=verdict.state.value, reason=verdict.reason)
    return len(verdicts)


def _tell(office: Office, ledger: Transaction, case: Case, verdict: Verdict, claims: tuple[Claim, ...]) -> None:
    """The claimant hears by the answer to the mail that claimed, or, moving up from the waitlist, by a letter of its own."""
    claim = next(claim for claim in claims if claim.id == verdict.claim_id)
    facts = _facts(office, verdict, claim, claims)
    if verdict.is_offer:
        _ask_if_still_willing(office, ledger, claim, facts)
    elif verdict.reason == "promoted":
        outcomes.write_to_member(office, ledger, claim, Line(_said(office, claim), verdict.state.value, claim.case_id, facts))
    else:
        outcomes.settle_line(office, ledger, claim, verdict.state.value, facts)
    _tell_staff(office, ledger, case, verdict, claim, claims)


def _facts(office: Office, verdict: Verdict, claim: Claim, claims: tuple[Claim, ...]) -> dict[str, object]:
    facts: dict[str, object] = {"arrived_at": claim.stamp.arrived_at.isoformat(), "promoted": verdict.reason == "promoted"}
    match verdict.state:
        case ClaimState.HELD if verdict.is_offer:
            facts["is_near"] = office.clock() - claim.stamp.arrived_at <= rule.LONG_WAIT
        case ClaimState.HELD:
            facts["hold_until"] = (office.clock() + office.rules.hold).isoformat()
        case ClaimState.WAITLISTED:
            ahead = [other for other in claims if other.id != claim.id and other.stamp.order < claim.stamp.order]
            facts["waiting_place"] = verdict.waiting_place
            facts["late"] = verdict.reason == "late_surfaced"
            facts["same_second"] = any(other.stamp.arrived_at == claim.stamp.arrived_at for other in ahead)
        case ClaimState.REFUSED:
            facts["reason"] = verdict.reason
    return facts


def _ask_if_still_willing(office: Office, ledger: Transaction, claim: Claim, facts: dict[str, object]) -> None:
    """The place is kept; YES in this thread takes it, NO or silence passes it on."""
    given = ledger.claims.get(claim.id)
    until = given.hold_until
    to = ledger.roster.by_id(claim.member_id).email
    asked = Asked(0, Question.OFFER, to, (claim.arrival_id,) if claim.arrival_id else (), claim.case_id, expires_at=until)
    line = Line("", "offered", claim.case_id, {**facts, "hold_until": until.isoformat() if until else None})
    outcomes.write_to_member(office, ledger, claim, line, question=asked)


def _tell_staff(office: Office, ledger: Transaction, case: Case, verdict: Verdict, claim: Claim, claims: tuple[Claim, ...]) -> None:
    if verdict.state in (ClaimState.HELD, ClaimState.CONFIRMED):
        facts = {
            "case": ledger.cases.some([case.id])[case.id],
            "member": ledger.roster.by_id(claim.member_id),
            "arrived_at": claim.stamp.arrived_at,
            "others": len({other.member_id for other in claims} - {claim.member_id}),
            "state": "offered" if verdict.is_offer else verdict.state.value,
            "promoted": verdict.reason == "promoted",
            "hold_until": ledger.claims.get(claim.id).hold_until,
            "is_urgent": is_urgent(case, now=office.clock()),
        }
        office.tell_staff(ledger, "placed", facts, case_id=case.id)
    elif verdict.reason == "late_surfaced":
        facts = {"case": case, "member": ledger.roster.by_id(claim.member_id), "arrived_at": claim.stamp.arrived_at}
        office.tell_staff(ledger, "late_surfaced", facts, case_id=case.id)


def _said(office: Office, claim: Claim) -> str:
    return f"{office.rules.vocabulary.words['claim'][0]} {claim.case_id}"
