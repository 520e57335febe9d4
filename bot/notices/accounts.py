"""The day's balance and the month's figures, to every staff member, at the hours that the organisation has set.

An hour that was slept through is caught up once. The last message that was counted is on record: the next account begins behind it, so none
is counted twice or left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.core.balance import mail_in
from bot.core.circulation import month_of
from bot.core.ladder import is_forlorn
from bot.core.model import Balance, Case, HoldEnding, Lost, Question, Unread
from bot.core.schedule import last_due
from bot.office import Office, circulars, reports
from bot.shell.ledger import Transaction

log = structlog.get_logger()

NEAR: Final = timedelta(days=14)
LAPSES_SOON: Final = timedelta(hours=48)
FIRST_START = "first_start"


def daily(office: Office) -> bool:
    """Owe the balance if its hour has come; gives whether it had."""
    with office.ledger.deciding() as ledger:
        since = _since(office, ledger, "daily_balance")
        occasion = _due(office, office.settings.reports.daily, since)
        if occasion is None:
            return False
        account = balance(office, ledger, since=since, above=int(ledger.marks.note("daily_balance") or 0))
        office.tell_staff(ledger, "daily_balance", {"balance": account}, once=f"daily_balance:{occasion.isoformat()}")
        ledger.marks.put("daily_balance", office.clock(), note=str(ledger.arrivals.last_id()))
    log.info("daily balance", received=account.mail_in.received)
    return True


def monthly(office: Office) -> bool:
    """Owe the figures of the month before the one in which the hour fell."""
    with office.ledger.deciding() as ledger:
        occasion = _due(office, office.settings.reports.monthly, _since(office, ledger, "monthly_report"))
        if occasion is None:
            return False
        month = reports.month_before(month_of(occasion, office.rules.zone))
        found = reports.month_figures(office, ledger, month)
        office.tell_staff(ledger, "monthly_report", {"figures": found}, once=f"monthly_report:{month}")
        ledger.marks.put("monthly_report", office.clock())
    log.info("monthly report", month=month)
    return True


def balance(office: Office, ledger: Transaction, *, since: datetime, above: int) -> Balance:
    """The account from `since` to now; `above` is the number of the last message that an earlier account has counted."""
    now = office.clock()
    written = ledger.outbox.count_written(since)
    outlook = circulars.outlook(office, ledger)
    asked = ledger.questions.open(now)
    of_staff = {Question.OPEN_CASE, Question.SEND_BULLETIN}
    to_lawyers = {Question.VERIFY, Question.DID_YOU_MEAN}
    return Balance(
        since=since,
        until=now,
        mail_in=mail_in(ledger.arrivals.count_by_reason(above)),
        unread=tuple(Unread(entry.sender, entry.subject, entry.reason) for entry in ledger.arrivals.for_staff(above)),
        letters=tuple(sorted(written.items())),
        older=_waiting(ledger.outbox.count_by_state()) - _waiting(written),
        lost=tuple(Lost(letter.kind, letter.to, letter.state, letter.case_id) for letter in ledger.outbox.lost(since)),
        holds=_holds(ledger, now),
        deadlines=_deadlines(ledger, now),
        previews=tuple(sorted({one.case_id for one in asked if one.question in of_staff and one.case_id})),
        questions=sum(one.question in to_lawyers for one in asked),
        held_month=outlook.month if outlook.held_by else "",
        held_by=outlook.held_by,
    )


def _waiting(states: Mapping[str, int]) -> int:
    return sum(states.get(state, 0) for state in ("queued", "sending", "unknown"))


def _since(office: Office, ledger: Transaction, name: str) -> datetime:
    """Where the last one ended; hours before the first start are not caught up."""
    return ledger.marks.at(name) or ledger.marks.first(FIRST_START, office.clock())


def _due(office: Office, schedule: str, since: datetime) -> datetime | None:
    return last_due(schedule, office.rules.zone, after=since, now=office.clock()) if schedule else None


def _holds(ledger: Transaction, now: datetime) -> tuple[HoldEnding, ...]:
    return tuple(
        HoldEnding(claim.case_id, ledger.roster.by_id(claim.member_id).name, claim.hold_until)
        for claim in ledger.claims.holds_until(now + LAPSES_SOON)
        if claim.hold_until
    )


def _deadlines(ledger: Transaction, now: datetime) -> tuple[Case, ...]:
    cases = [case for case in ledger.cases.open() if case.event is None and case.free_places > 0]
    near = [case for case in cases if case.deadline and now < case.deadline.at <= now + NEAR]
    return tuple(case for case in near if is_forlorn(case, ledger.claims.of(case.id)))
