"""“How is the case?”: every quarter to whoever holds one; a silence of two weeks is told to staff.

The question is one mail with one word for an answer (see `core.decide.checkins`). Being silent has no other consequence.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.core.mail import Letter
from bot.core.model import Asked, Claim, ClaimState, Lifecycle, Question
from bot.office import Office
from bot.shell.ledger import Transaction

log = structlog.get_logger()

SILENCE: Final = timedelta(days=14)
ENDED_BY_STAFF: Final = frozenset({Lifecycle.CLOSED, Lifecycle.WITHDRAWN})
"""Who has a place on a case that has expired for want of a second lawyer holds it still, and owes an answer."""


def ask(office: Office) -> int:
    """Owe the check-ins that are due: so many days after the confirmation, or after the last one."""
    days = timedelta(days=office.settings.claims.checkin_days)
    if not days:
        return 0
    now = office.clock()
    with office.ledger.deciding() as ledger:
        due = [claim for claim in ledger.places.confirmed_until(now - days) if not _was_asked(ledger, claim, since=now - days)]
        for claim in due:
            _ask(office, ledger, claim)
    return len(due)


def report_silence(office: Office) -> int:
    """Tell staff of holders who have not answered; after a full look only, so that no answer in time is overlooked."""
    with office.ledger.deciding() as ledger:
        seen_until = ledger.folders.scanned_from(office.folders)
        silent = ledger.questions.unanswered(Question.CHECK_IN, seen_until - SILENCE) if seen_until else []
        return sum(_report(office, ledger, asked, asked_at) for asked, asked_at in silent)


def _was_asked(ledger: Transaction, claim: Claim, *, since: datetime) -> bool:
    last = ledger.questions.last_asked(ledger.roster.by_id(claim.member_id).email, claim.case_id, Question.CHECK_IN)
    return last is not None and last > since


def _ask(office: Office, ledger: Transaction, claim: Claim) -> None:
    member, case = ledger.roster.by_id(claim.member_id), ledger.cases.by_id(claim.case_id)
    asked = Asked(0, Question.CHECK_IN, member.email, (), case.id)
    facts: dict[str, object] = {"case": case, "since": claim.decided_at}
    office.owe(ledger, Letter("checkin", member.email, member.language, facts, member_id=member.id, case_id=case.id, question=asked))
    log.info("check-in", case=case.id, claim=claim.id)


def _report(office: Office, ledger: Transaction, asked: Asked, asked_at: datetime) -> bool:
    """Whether staff were told: who has handed the case back meanwhile, or whose case is over, owes no answer."""
    ledger.questions.close(asked.id, answer="silence", by="", now=office.clock())
    member = ledger.roster.by_address(asked.to)
    case = ledger.cases.get(asked.case_id or "")
    if case is None or member is None or case.lifecycle in ENDED_BY_STAFF:
        return False
    if not any(claim.state is ClaimState.CONFIRMED and claim.member_id == member.id for claim in ledger.claims.of(case.id)):
        return False
    facts = {"answer": "silence", "case": case, "member": member, "arrived_at": asked_at, "text": ""}
    office.tell_staff(ledger, "checkin_notice", facts, case_id=case.id, once=f"silence:{asked.id}")
    log.info("no answer to a check-in", case=case.id)
    return True
