"""A conflict check at half its time: its holder is reminded, once. Silence costs nobody anything; the lapse is housekeeping's."""

from __future__ import annotations

from datetime import datetime

import structlog

from bot.core.claims import ends_at
from bot.core.keeping import is_half_over
from bot.core.mail import Letter
from bot.core.model import Case, Claim
from bot.office import Office
from bot.shell.ledger import Transaction

log = structlog.get_logger()


def remind(office: Office) -> int:
    """Owe the reminders that are due; after a full look only, so that nobody is reminded of what they have answered."""
    with office.ledger.deciding() as ledger:
        seen_until = ledger.folders.scanned_from(office.folders)
        if seen_until is None:
            return 0
        held = ledger.places.held()
        cases = ledger.cases.some([claim.case_id for claim in held])
        kept = [(claim, cases[claim.case_id], ends_at(claim, cases[claim.case_id])) for claim in held]
        span = office.rules.hold
        due = [one for one in kept if one[2] and seen_until < one[2] and is_half_over(one[0], one[2], seen_until, span=span)]
        return sum(_remind(office, ledger, claim, case, seen_until) for claim, case, _ in due)


def _remind(office: Office, ledger: Transaction, claim: Claim, case: Case, seen_until: datetime) -> bool:
    until = ends_at(claim, case)
    once = f"hold_reminder:{claim.id}:{claim.hold_until:%Y-%m-%dT%H:%M:%S}"
    if ledger.outbox.is_on_record(once):
        return False
    first = ledger.correspondence.hold_letter(claim, now=office.clock())
    if (first and first.left_at is None) or not is_half_over(claim, until, seen_until, span=office.rules.hold, letter=first):
        return False
    member = ledger.roster.by_id(claim.member_id)
    asked_at = first.left_at if first else claim.decided_at
    facts: dict[str, object] = {"case": case, "hold_until": until, "asked_at": asked_at}
    letter = Letter("hold_reminder", member.email, member.language, facts, member_id=member.id, case_id=case.id, once=once)
    log.info("hold reminder", case=case.id, claim=claim.id)
    return office.owe(ledger, letter)
