"""Places that are kept for an answer, and the letter that asks for it held up: the time begins anew, with a letter that says until when.

The one that has not left never will. What is kept is told here; what lapses is housekeeping's.
"""

from __future__ import annotations

from datetime import datetime

import structlog

from bot.core import claims as rule
from bot.core.keeping import is_half_over, renewed_until
from bot.core.model import Asked, Case, Claim, Line, Question
from bot.office import Office
from bot.reception import outcomes
from bot.shell.ledger import Transaction

log = structlog.get_logger()


def renew(office: Office) -> int:
    """Give their whole time to those who could not know of it for half of it; gives how many."""
    now = office.clock()
    with office.ledger.reading() as ledger:
        if not any(is_half_over(claim, claim.hold_until, now) for claim in ledger.claims.kept()):
            return 0
    with office.ledger.deciding() as ledger:
        late = [claim for claim in ledger.claims.kept() if is_half_over(claim, claim.hold_until, now)]
        cases = ledger.cases.some([claim.case_id for claim in late])
        return sum(_renew(office, ledger, claim, cases[claim.case_id], now=now) for claim in late)


def _renew(office: Office, ledger: Transaction, claim: Claim, case: Case, *, now: datetime) -> bool:
    span = office.rules.offer if claim.is_offer else office.rules.hold
    until = renewed_until(claim, case, ledger.outbox.hold_letter(claim), now=now, span=span)
    if until is None:
        return False
    ledger.outbox.overtaken([claim.id])
    ledger.claims.restart_hold(claim.id, hold_until=until, now=now)
    _tell(office, ledger, claim, until)
    log.info("time begins anew", case=case.id, claim=claim.id)
    return True


def _tell(office: Office, ledger: Transaction, claim: Claim, until: datetime) -> None:
    facts: dict[str, object] = {
        "arrived_at": None if claim.reason.startswith(rule.OUT_OF_TURN) else claim.stamp.arrived_at.isoformat(),
        "hold_until": until.isoformat(),
        "is_anew": True,
        "decision": ledger.decisions.head().number,
    }
    if not claim.is_offer:
        outcomes.write_to_member(office, ledger, claim, Line("", "held", claim.case_id, facts))
        return
    facts |= {"agreed": claim.agreed_at is not None, "is_near": office.clock() - claim.stamp.arrived_at <= rule.LONG_WAIT}
    to = ledger.roster.by_id(claim.member_id).email
    arrivals = (claim.arrival_id,) if claim.arrival_id else ()
    asked = ledger.questions.prolong(to, claim.case_id, Question.OFFER, until=until)
    asked = asked or Asked(0, Question.OFFER, to, arrivals, claim.case_id, expires_at=until)
    outcomes.write_to_member(office, ledger, claim, Line("", "offered", claim.case_id, facts), question=asked)
