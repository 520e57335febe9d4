"""Cases that are ripe: who gets them is decided, written and told in one transaction a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import structlog

from bot.core import claims as rule
from bot.core.circulation import is_urgent
from bot.core.mail import Letter
from bot.core.model import Case, Claim, ClaimState, Line, Verdict
from bot.office import Office
from bot.reception import answering
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
        verdicts = rule.settle(case, claims, passed_over=passed_over)
        now = office.clock()
        for verdict in verdicts:
            ledger.claims.give(verdict, now=now, hold_until=now + office.rules.hold)
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
    if verdict.reason == "promoted":
        _tell_promoted(office, ledger, verdict, claim, facts)
    else:
        for arrival_id in ledger.arrivals.settle_line(claim.id, verdict.state.value, facts):
            answering.answer_if_complete(office, ledger, arrival_id)
    _tell_staff(office, ledger, case, verdict, claim, claims)


def _facts(office: Office, verdict: Verdict, claim: Claim, claims: tuple[Claim, ...]) -> dict[str, object]:
    facts: dict[str, object] = {"arrived_at": claim.stamp.arrived_at.isoformat(), "promoted": verdict.reason == "promoted"}
    match verdict.state:
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


def _tell_promoted(office: Office, ledger: Transaction, verdict: Verdict, claim: Claim, facts: dict[str, object]) -> None:
    member = ledger.roster.by_id(claim.member_id)
    line = Line(f"{_claim_word(office)} {claim.case_id}", verdict.state.value, claim.case_id, facts)
    told = answering.tell(office, ledger, line, language=member.language, member_id=member.id)
    letter = Letter("answer", member.email, member.language, {"lines": (told,)}, member_id=member.id, case_id=claim.case_id)
    if claim.arrival_id is not None:
        message_id = ledger.arrivals.get(claim.arrival_id).message_id
        letter = replace(letter, in_reply_to=message_id, references=(message_id,) if message_id else ())
    office.owe(ledger, letter, arrival_id=claim.arrival_id)


def _tell_staff(office: Office, ledger: Transaction, case: Case, verdict: Verdict, claim: Claim, claims: tuple[Claim, ...]) -> None:
    if verdict.state in (ClaimState.HELD, ClaimState.CONFIRMED):
        facts = {
            "case": ledger.cases.some([case.id])[case.id],
            "member": ledger.roster.by_id(claim.member_id),
            "arrived_at": claim.stamp.arrived_at,
            "others": len({other.member_id for other in claims} - {claim.member_id}),
            "state": verdict.state.value,
            "promoted": verdict.reason == "promoted",
            "is_urgent": is_urgent(case, now=office.clock()),
        }
        office.tell_staff(ledger, "placed", facts, case_id=case.id)
    elif verdict.reason == "late_surfaced":
        facts = {"case": case, "member": ledger.roster.by_id(claim.member_id), "arrived_at": claim.stamp.arrived_at}
        office.tell_staff(ledger, "late_surfaced", facts, case_id=case.id)


def _claim_word(office: Office) -> str:
    return office.rules.vocabulary.words["claim"][0]
