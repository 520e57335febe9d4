"""What time brings: pauses that end, holds that lapse, deadlines that pass.

Each step asks the ledger what is due and not yet done, so a second pass changes nothing. Who moves up is settled by reception.
"""

from __future__ import annotations

import structlog

from bot.core.mail import Letter
from bot.core.model import Case, ChangeMember, ClaimState, EndClaim, Lifecycle, MemberState
from bot.office import Office
from bot.shell.ledger import Transaction

log = structlog.get_logger()


def tidy(office: Office) -> None:
    """Everything that is due by now."""
    wake_members(office)
    lapse_holds(office)
    expire_cases(office)


def wake_members(office: Office) -> int:
    """Members whose pause is over are active again."""
    with office.ledger.deciding() as ledger:
        waking = ledger.roster.waking(office.clock())
        for member in waking:
            ledger.roster.change(ChangeMember(member.id, state=MemberState.ACTIVE))
    return len(waking)


def lapse_holds(office: Office) -> int:
    """A conflict check that was not answered in time: the place is free again, the next in line will have it.

    Only after a full look that began later, so that an answer which had arrived in time is never overlooked.
    """
    with office.ledger.deciding() as ledger:
        seen_until = ledger.arrivals.scanned_from(office.folders)
        lapsed = ledger.claims.lapsed_holds(seen_until) if seen_until else ()
        for claim in lapsed:
            ledger.claims.end(EndClaim(claim.id, ClaimState.LAPSED, "no_answer"), office.clock())
            log.info("hold lapsed", case=claim.case_id, claim=claim.id)
    return len(lapsed)


def expire_cases(office: Office) -> list[str]:
    """Open cases whose deadline passed with nobody on them: expired, once every mail that arrived before it has been read.

    An event that is over is closed: nobody need have been found for it.
    """
    with office.ledger.deciding() as ledger:
        seen_until = ledger.arrivals.scanned_from(office.folders)
        overdue = ledger.cases.overdue(min(seen_until, office.clock())) if seen_until else []
        undecided = set(ledger.claims.unsettled())
        cases = ledger.cases.some(overdue)
        expired = [
            case_id for case_id in overdue if cases[case_id].free_places > 0 and not _is_undecided(ledger, cases[case_id], undecided)
        ]
        for case_id in expired:
            _let_go(office, ledger, cases[case_id])
            if cases[case_id].event is not None:
                ledger.cases.move(case_id, Lifecycle.CLOSED)
                continue
            ledger.cases.move(case_id, Lifecycle.EXPIRED)
            office.tell_staff(ledger, "expired_notice", {"case": cases[case_id]}, case_id=case_id, once=f"expired:{case_id}")
            log.info("case expired", case=case_id)
    return expired


def _is_undecided(ledger: Transaction, case: Case, undecided: set[str]) -> bool:
    """At an event somebody may be in line beside a free place, whose firm has its share: that keeps nothing open."""
    if case.event is None:
        return case.id in undecided
    return any(claim.state is ClaimState.QUEUED for claim in ledger.claims.of(case.id))


def _let_go(office: Office, ledger: Transaction, case: Case) -> None:
    """Whoever still waited for a case that has expired, such as for a word of staff, waits no more and hears so."""
    for claim in ledger.claims.of(case.id):
        if claim.state is ClaimState.WAITLISTED:
            ledger.claims.end(EndClaim(claim.id, ClaimState.LAPSED, Lifecycle.EXPIRED.value), office.clock())
            member = ledger.roster.by_id(claim.member_id)
            facts: dict[str, object] = {"case": case, "how": "expired", "was": claim.state.value}
            office.owe(ledger, Letter("case_over", member.email, member.language, facts, member_id=member.id, case_id=case.id))
