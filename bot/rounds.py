"""The month: the round is opened when it is due, staff have seen it before, and nothing is sent twice.

Asks the ledger what was done and the calendar what is due; the scheduler's ticks only make it look. Sends nothing itself.
"""

from __future__ import annotations

from datetime import timedelta

import structlog

from bot.core import circulation
from bot.core.mail import Letter
from bot.core.model import Asked, Case, Question, SendBulletin
from bot.core.reasons import Deed
from bot.office import Office, circulars, occasions, previews, seen_by_staff
from bot.shell.ledger import Transaction

log = structlog.get_logger()

TIME_TO_READ = timedelta(hours=1)
"""A case that a preview shows later than this before the round goes only at a SEND: silence is no consent to what nobody could read."""


def open_due(office: Office) -> int | None:
    """Open the round that is due now, if one is and staff do not hold it; gives how many letters it made."""
    now = office.clock()
    with office.ledger.deciding() as ledger:
        first_start = ledger.marks.first("first_start", now)
        done = occasions.months_done(ledger) | occasions.months_held(ledger)
        occasion = circulation.due(office.calendar, first_start=first_start, done=done, now=now)
        letters = circulars.open_round(office, ledger, occasion.month, by=circulars.SCHEDULE) if occasion else None
    if occasion and letters is not None:
        log.info("round opened", month=occasion.month, letters=letters)
    return letters


def preview_due(office: Office) -> bool:
    """Show staff the coming round its hours before, and again when a case joins it that nobody has read; gives whether it was shown now."""
    now = office.clock()
    hours = office.settings.round.preview_hours
    with office.ledger.deciding() as ledger:
        done = occasions.months_done(ledger) | occasions.months_held(ledger)
        occasion = circulation.to_preview(office.calendar, now=now, done=done, hours=hours)
        if occasion is None:
            return False
        is_first = ledger.marks.at(f"{occasions.PREVIEW} {occasion.month}") is None
        fresh = _not_shown(ledger, occasion.month, circulars.on_offer(ledger, now=occasion.at), is_first=is_first)
        is_wanted = bool(fresh) or (is_first and bool(circulars.on_offer(ledger, now=now)))  # all may be over before its hour
        if is_first:
            ledger.marks.put(f"{occasions.PREVIEW} {occasion.month}", now, note=seen_by_staff.IN_TIME)
        if is_wanted:
            in_time = is_first or now <= occasion.at - TIME_TO_READ
            for case in fresh:
                note = seen_by_staff.IN_TIME if in_time else seen_by_staff.TOO_LATE
                ledger.marks.put(seen_by_staff.shown(occasion.month, case.id), now, note=note)
            _show(office, ledger, occasion, added=[] if is_first else fresh)
    return is_wanted


def _not_shown(ledger: Transaction, month: str, cases: list[Case], *, is_first: bool) -> list[Case]:
    """All of them at first; later those that came from the command line and stand in no preview."""
    if is_first:
        return cases
    shown = ledger.marks.names(f"shown {month}")
    return [case for case in cases if seen_by_staff.shown(month, case.id) not in shown and not seen_by_staff.is_approved(ledger, case.id)]


def _show(office: Office, ledger: Transaction, occasion: circulation.Occasion, *, added: list[Case]) -> None:
    """One question, asked of everybody: whoever answers HOLD or SEND in one of these letters has answered for all."""
    shown = previews.preview(office, ledger, occasion.month, at=occasion.at)
    asked = Asked(0, Question.SEND_ROUND, office.rules.staff[0].address, content_key=occasion.month)
    question_id = ledger.questions.ask(asked, now=office.clock())
    for person in office.rules.staff:
        facts = {**shown.facts(office.tongue(person.language)), "added": [case.id for case in added]}
        office.owe(ledger, Letter("round_preview", person.address, person.language, facts), question_id=question_id)


def send_now(office: Office, month: str | None = None, *, by: str, why: str = "") -> tuple[str, int | None]:
    """Open a month's round at once (this month's where none is named); None letters where it was opened before."""
    month = month or circulation.month_of(office.clock(), office.rules.zone)
    with office.ledger.deciding() as ledger:
        return month, circulars.open_round(office, ledger, month, by=by, why=why)


def bulletin_now(office: Office, case_id: str, *, by: str, why: str = "") -> int:
    """Owe a bulletin about an open case to the whole roster; by whom, and why, goes into its history."""
    with office.ledger.deciding() as ledger:
        now = office.clock()
        change = SendBulletin(case_id, by, ledger.offers.bulletins(case_id) + 1, why)
        count = circulars.send_bulletin(office, ledger, change)
        ledger.marks.put(f"case {case_id} {now.isoformat()}", now, note=str(Deed("bulletin", by, why=why)))
    log.info("bulletin opened", case=case_id, letters=count, by=by)
    return count
