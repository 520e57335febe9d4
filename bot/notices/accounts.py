"""The day's balance and the month's figures, to every staff member, at the hours that the organisation has set.

An hour that was slept through is caught up once. The last message that was counted is on record: the next account begins behind it, so none
is counted twice or left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.core.balance import mail_in
from bot.core.circulation import month_of
from bot.core.health import LIMITS
from bot.core.ladder import is_forlorn
from bot.core.mail import Enclosure, Letter
from bot.core.model import Balance, Case, Figures, HoldEnding, Lost, Question, Unread, Waiting
from bot.core.months import moved
from bot.core.schedule import last_due
from bot.office import Office, awaited, reports, signing_in
from bot.office.undelivered import cases_in
from bot.shell import pictures
from bot.shell.ledger import Transaction

log = structlog.get_logger()

NEAR: Final = timedelta(days=14)
LAPSES_SOON: Final = timedelta(hours=48)
REMEMBERED: Final = timedelta(days=7)
"""So long mail that was left to a person is counted again: nothing tells here that somebody has read it."""
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
        ledger.marks.put("daily_balance", office.clock(), note=str(ledger.counts.last_id()))
    log.info("daily balance", received=account.mail_in.received)
    return True


def monthly(office: Office) -> bool:
    """Owe the figures of the month before the one in which the hour fell."""
    with office.ledger.deciding() as ledger:
        occasion = _due(office, office.settings.reports.monthly, _since(office, ledger, "monthly_report"))
        if occasion is None:
            return False
        month = moved(month_of(occasion, office.rules.zone), -1)
        found = reports.figures_of(office, ledger, month)
        for person in office.rules.staff:
            letter = Letter("monthly_report", person.address, person.language, {"figures": found})
            once = f"monthly_report:{month}:{person.address}"
            office.owe(ledger, replace(letter, once=once, attachments=(_picture(office, found, person.language),)))
        ledger.marks.put("monthly_report", office.clock())
    log.info("monthly report", month=month)
    return True


def _picture(office: Office, figures: Figures, language: str) -> Enclosure:
    """The figures drawn, to be passed on as a file: it stands alone and loads nothing."""
    drawn = reports.picture(figures, office.settings.organisation.name, language if language in pictures.WORDS else "en")
    return Enclosure(f"{figures.period}.svg", "image/svg+xml", drawn.encode())


def balance(office: Office, ledger: Transaction, *, since: datetime, above: int) -> Balance:
    """The account from `since` to now; `above` is the number of the last message that an earlier account has counted."""
    now = office.clock()
    written = ledger.outbox.count_written(since)
    seen_to = ledger.words.seen_to(above)
    left = [entry for entry in ledger.arrivals.for_staff(above) if entry.id not in seen_to]
    to_lawyers = {Question.VERIFY, Question.DID_YOU_MEAN}
    return Balance(
        since=since,
        until=now,
        mail_in=mail_in(ledger.counts.by_reason(above)),
        unread=tuple(Unread(entry.sender, entry.subject, entry.reason, entry.proof) for entry in left),
        letters=tuple(sorted(written.items())),
        older=_waiting(ledger.outbox.count_by_state()) - _waiting(written),
        lost=tuple(Lost(letter.kind, letter.to, letter.state, cases_in(ledger, letter)[0]) for letter in ledger.outbox.lost(since)),
        holds=_holds(ledger, now),
        deadlines=_deadlines(ledger, now),
        awaited=awaited.of_staff(ledger, now),
        unanswered=_unanswered(ledger, above),
        earlier=ledger.words.count_apart(now - REMEMBERED, up_to=above),
        questions=sum(one.question in to_lawyers for one in ledger.questions.open(now)),
        vanished=_notes(ledger, "vanished", since),
        overlooked=_notes(ledger, "overlooked", since),
        signin_ends=_signin_ends(ledger, now),
    )


def _signin_ends(ledger: Transaction, now: datetime) -> datetime | None:
    ends = ledger.marks.at(signing_in.ENDS)
    return ends if ends and ends - now <= LIMITS.signin_near else None


def _notes(ledger: Transaction, prefix: str, since: datetime) -> tuple[tuple[str, str], ...]:
    """What the reading of the mailbox has put down since then: what, and in which folder."""
    found = [note.partition(" ") for at, note in ledger.marks.notes(prefix) if at > since]
    return tuple((what, folder) for what, _, folder in found)


def _waiting(states: Mapping[str, int]) -> int:
    return sum(states.get(state, 0) for state in ("queued", "sending", "unknown"))


def _since(office: Office, ledger: Transaction, name: str) -> datetime:
    """Where the last one ended; hours before the first start are not caught up."""
    return ledger.marks.at(name) or ledger.marks.first(FIRST_START, office.clock())


def _due(office: Office, schedule: str, since: datetime) -> datetime | None:
    return last_due(schedule, office.rules.zone, after=since, now=office.clock()) if schedule else None


def _unanswered(ledger: Transaction, above: int) -> tuple[Waiting, ...]:
    waiting = [
        (ledger.roster.by_id(one.member_id), ledger.arrivals.get(one.arrival_id)) for one in ledger.words.waiting(unread_above=above)
    ]
    return tuple(Waiting(member.name, mail.subject, mail.stamp.arrived_at) for member, mail in waiting)


def _holds(ledger: Transaction, now: datetime) -> tuple[HoldEnding, ...]:
    return tuple(
        HoldEnding(claim.case_id, ledger.roster.by_id(claim.member_id).name, claim.hold_until)
        for claim in ledger.places.holds_until(now + LAPSES_SOON)
        if claim.hold_until
    )


def _deadlines(ledger: Transaction, now: datetime) -> tuple[Case, ...]:
    cases = [case for case in ledger.cases.open() if case.event is None and case.free_places > 0]
    near = [case for case in cases if case.deadline and now < case.deadline.at <= now + NEAR]
    return tuple(case for case in near if is_forlorn(case, ledger.claims.of(case.id)))
