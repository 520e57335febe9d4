"""Places that are kept for an answer, and the letter that asks for it held up: the time begins anew, with a letter that says until when.

The one that has not left never will. What is kept is told here; what lapses is housekeeping's.
"""

from __future__ import annotations

from datetime import datetime

import structlog

from bot.core import claims as rule
from bot.core.keeping import is_half_over, renewed_until
from bot.core.model import Asked, Claim, Line, Question
from bot.office import Office
from bot.reception import outcomes
from bot.shell.ledger import Transaction

log = structlog.get_logger()


def renew(office: Office) -> int:
    """Give their whole time to those who could not know of it for half of it; gives how many."""
    now = office.clock()
    with office.ledger.reading() as ledger:
        if not _held_up(office, ledger, now):  # asked at every tick: nobody's decision waits for the answer
            return 0
    with office.ledger.deciding() as ledger:
        found = _held_up(office, ledger, now)
        for claim, until in found:
            ledger.outbox.standing_changed([claim.id])
            ledger.claims.restart_hold(claim.id, hold_until=until, now=now)
            _tell(office, ledger, claim, until)
            _tell_staff(office, ledger, claim, until)
            log.info("time begins anew", case=claim.case_id, claim=claim.id)
        return len(found)


def _held_up(office: Office, ledger: Transaction, now: datetime) -> list[tuple[Claim, datetime]]:
    """Who could not know, and the new hour of each."""
    spans = {True: office.rules.offer, False: office.rules.hold}
    kept = [claim for claim in ledger.places.kept() if is_half_over(claim, claim.hold_until, now, span=spans[claim.is_offer])]
    cases = ledger.cases.some([claim.case_id for claim in kept])
    letters = ((claim, ledger.correspondence.hold_letter(claim, now=now)) for claim in kept)
    hours = ((claim, renewed_until(claim, cases[claim.case_id], letter, now=now, span=spans[claim.is_offer])) for claim, letter in letters)
    return [(claim, until) for claim, until in hours if until is not None]


def _tell(office: Office, ledger: Transaction, claim: Claim, until: datetime) -> None:
    facts: dict[str, object] = {
        "arrived_at": None if claim.reason.startswith(rule.OUT_OF_TURN) else claim.stamp.arrived_at.isoformat(),
        "hold_until": until.isoformat(),
        "is_anew": True,
        "decision": ledger.decisions.head().number,
    }
    if not claim.is_offer:
        outcomes.write_to_member(office, ledger, claim, Line("", "held", claim.case_id, {**facts, **rule.how_it_came(claim)}))
        return
    facts |= {"agreed": claim.agreed_at is not None, "is_near": office.clock() - claim.stamp.arrived_at <= rule.LONG_WAIT}
    to = ledger.roster.by_id(claim.member_id).email
    arrivals = (claim.arrival_id,) if claim.arrival_id else ()
    asked = ledger.questions.prolong(to, claim.case_id, Question.OFFER, until=until)
    asked = asked or Asked(0, Question.OFFER, to, arrivals, claim.case_id, expires_at=until)
    outcomes.write_to_member(office, ledger, claim, Line("", "offered", claim.case_id, facts), question=asked)


def _tell_staff(office: Office, ledger: Transaction, claim: Claim, until: datetime) -> None:
    """What they read of the place has another hour now; of several such words that have not left, the newest goes."""
    about, others = f"kept_anew:{claim.id}:", rule.others_in_line(ledger.claims.of(claim.case_id), but=claim.member_id)
    facts = {**outcomes.placed(office, ledger, claim, others=others), "hold_until": until, "is_anew": True}
    ledger.unsent.supersede(about)
    office.tell_staff(ledger, "placed", facts, case_id=claim.case_id, once=f"{about}{until:%Y-%m-%dT%H:%M:%S}")
