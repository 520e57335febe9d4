"""The month: the round is opened when it is due, staff have seen it before, and nothing is sent twice.

Asks the ledger what was done and the calendar what is due; the scheduler's ticks only make it look. Sends nothing itself.
"""

from __future__ import annotations

import structlog

from bot.core import circulation
from bot.office import Office, circulars
from bot.shell.ledger import Transaction

log = structlog.get_logger()


def open_due(office: Office) -> int | None:
    """Open the round that is due now, if one is and staff do not hold it; gives how many letters it made."""
    now = office.clock()
    with office.ledger.deciding() as ledger:
        first_start = ledger.marks.first("first_start", now)
        done = circulars.months_done(ledger) | circulars.months_held(ledger)
        occasion = circulation.due(office.calendar, first_start=first_start, done=done, now=now)
        letters = circulars.open_round(office, ledger, occasion.month, by="schedule") if occasion else None
    if occasion and letters is not None:
        log.info("round opened", month=occasion.month, letters=letters)
    return letters


def preview_due(office: Office) -> bool:
    """Show staff the coming round its hours before; gives whether it was shown now."""
    now = office.clock()
    hours = office.settings.round.preview_hours
    with office.ledger.deciding() as ledger:
        done = circulars.months_done(ledger) | circulars.months_held(ledger)
        occasion = circulation.to_preview(office.calendar, now=now, done=done, hours=hours)
        if occasion is None or ledger.marks.at(f"preview {occasion.month}") is not None:
            return False
        ledger.marks.put(f"preview {occasion.month}", now)
        on_offer = circulation.on_offer(ledger.cases.open(), now=now) or circulation.events_on_offer(ledger.cases.open(), now=now)
        if on_offer:
            office.tell_staff(ledger, "round_preview", preview_facts(office, ledger, occasion), once=f"round_preview:{occasion.month}")
    return bool(on_offer)


def preview_facts(office: Office, ledger: Transaction, occasion: circulation.Occasion) -> dict[str, object]:
    """What the preview of a round says."""
    cases = circulation.on_offer(ledger.cases.open(), now=office.clock())
    return {
        "month": occasion.month,
        "cases": cases,
        "events": circulation.events_on_offer(ledger.cases.open(), now=office.clock()),
        "urgent_ids": circulars.urgent_ids(office, cases),
        "count": len(ledger.roster.active()),
        "at": occasion.at,
        "pages": [],
    }


def send_now(office: Office, month: str | None = None, *, by: str) -> tuple[str, int | None]:
    """Open a month's round at once (this month's where none is named); None letters where it was opened before."""
    month = month or circulation.month_of(office.clock(), office.rules.zone)
    with office.ledger.deciding() as ledger:
        return month, circulars.open_round(office, ledger, month, by=by)


def bulletin_now(office: Office, case_id: str, *, by: str) -> int:
    """Owe a bulletin about an open case to the whole roster."""
    with office.ledger.deciding() as ledger:
        now = office.clock()
        count = circulars.send_bulletin(office, ledger, case_id, key=f"{case_id}:{now.isoformat()}")
    log.info("bulletin opened", case=case_id, letters=count, by=by)
    return count
