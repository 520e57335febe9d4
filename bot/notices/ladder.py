"""The deadline ladder: staff are shown the bulletin about a case that nobody has taken, ready to SEND, the nearer the deadline the again.

One draft a rung and case. A draft is a question like any preview of a bulletin: as many SENDs as the organisation wants, in its thread.
Where staff have just decided about a bulletin, or one has gone out since the rung was reached, the rung is over.
"""

from __future__ import annotations

import structlog

from bot.core.amending import shown_key
from bot.core.ladder import Rung, is_forlorn, rung
from bot.core.mail import Letter
from bot.core.model import Asked, Case, ClaimState, Confidential, Question, Told
from bot.office import Office, previews
from bot.shell.ledger import Transaction

log = structlog.get_logger()

_GIVEN_UP = frozenset({ClaimState.RELEASED, ClaimState.LAPSED})
_ENDED_BY_STAFF = ("not_agreed by ", "released by ")


def draft(office: Office) -> int:
    """Owe the drafts that are due; gives for how many cases."""
    days, now = office.settings.bulletin.ladder_days, office.clock()
    with office.ledger.deciding() as ledger:
        near = [(case, found) for case in ledger.cases.open() if (found := rung(case, days=days, zone=office.rules.zone, now=now))]
        due = [(case, found) for case, found in near if _is_due(ledger, case, found) and not _is_asked(office, ledger, case)]
        for case, found in due:
            ledger.marks.put(_mark(case, found), now)
            if not _is_decided(ledger, case, found):
                _show(office, ledger, case, found)
        return len(due)


def _is_due(ledger: Transaction, case: Case, found: Rung) -> bool:
    return ledger.marks.at(_mark(case, found)) is None and is_forlorn(case, ledger.claims.of(case.id))


def _is_asked(office: Office, ledger: Transaction, case: Case) -> bool:
    """Staff have a preview of a bulletin before them, and are not shown another beside it."""
    open_now = ledger.questions.open(office.clock())
    return any(asked.question is Question.SEND_BULLETIN and asked.case_id == case.id for asked in open_now)


def _is_decided(ledger: Transaction, case: Case, found: Rung) -> bool:
    moments = (ledger.questions.last_answered(case.id, Question.SEND_BULLETIN), ledger.offers.last_bulletin(case.id))
    return any(moment is not None and moment >= found.at for moment in moments)


def _show(office: Office, ledger: Transaction, case: Case, found: Rung) -> None:
    """The same question to every staff member; it is open until the next rung."""
    key = shown_key([case.fields(Confidential())])
    asked = Asked(0, Question.SEND_BULLETIN, office.rules.staff[0].address, (), case.id, key, expires_at=found.until)
    question_id = ledger.questions.ask(asked, now=office.clock())
    count, claims = ledger.roster.count_active(), ledger.claims.of(case.id)
    by_staff = {claim.id for claim in claims if claim.reason.startswith(_ENDED_BY_STAFF)}
    stood = {
        "waiting": sum(claim.state is ClaimState.WAITLISTED for claim in claims),
        "is_given_up": any(claim.state in _GIVEN_UP and claim.id not in by_staff for claim in claims),
        "is_refused": bool(by_staff),
    }
    for person in office.rules.staff:
        preview = {**previews.of_bulletin(office, ledger, case, person.language), "count": count, "confidential": None}
        facts: dict[str, object] = {"case": case, "days": found.left, **stood}
        facts["line"] = Told("", "preview_bulletin", case, preview, case.id)
        once = f"{_mark(case, found)}:{person.address}"
        letter = Letter("deadline_near", person.address, person.language, facts, case_id=case.id, once=once)
        office.owe(ledger, letter, question_id=question_id)
    log.info("bulletin drafted", case=case.id, days=found.days)


def _mark(case: Case, found: Rung) -> str:
    """A deadline that is moved has a ladder of its own."""
    return f"rung {case.id} {found.at:%Y-%m-%d} {found.days}"
