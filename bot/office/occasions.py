"""How the rounds stand: which months are done, which staff hold back, which one is coming. Reads the marks of months, and no case.

Given the ledger, gives what the round, its previews, STATUS and the board all go by. Opens and sends nothing.
"""

from __future__ import annotations

from datetime import datetime

from bot.core.circulation import Occasion, due, month_of, occasion_of, upcoming
from bot.core.model import Outlook
from bot.core.reasons import Deed, deed
from bot.office import Office
from bot.shell.ledger import Transaction

EMPTY = "no_cases"
"""The mark of a month that came and had no case to offer."""

HELD = "held"
"""The mark of a month that staff keep from going out by itself; its note says who."""

PREVIEW = "preview"
"""The mark of a month whose preview went to staff."""


def months_done(ledger: Transaction) -> set[str]:
    """Months whose round went out, or had nothing to send at its hour."""
    return ledger.rounds.months() | {name.removeprefix(f"{EMPTY} ") for name in ledger.marks.names(EMPTY)}


def months_held(ledger: Transaction) -> set[str]:
    """Months that wait for a word of staff."""
    return {name.removeprefix(f"{HELD} ") for name in ledger.marks.names(HELD)} - ledger.rounds.months()


def hold_on(ledger: Transaction, month: str) -> tuple[datetime, Deed] | None:
    """When and by whom the month is held back. An earlier version noted the address alone."""
    held = ledger.marks.noted(f"{HELD} {month}")
    return (held.at, deed(held.note) or Deed("held_round", held.note)) if held else None


def held_back(ledger: Transaction) -> tuple[tuple[str, str], ...]:
    """The months that wait for a word of staff, each with who holds it; one is over when a later round has gone out."""
    last = max(months_done(ledger), default="")
    found = ((month, hold_on(ledger, month)) for month in sorted(months_held(ledger)) if month > last)
    return tuple((month, kept[1].who) for month, kept in found if kept)


def ahead(office: Office, ledger: Transaction, *, about: str = "", named: str = "") -> Outlook:
    """How the rounds stand: which one is coming, and which one a word of staff would send. Reads no case."""
    now = office.clock()
    done, held = months_done(ledger), months_held(ledger)
    coming = occasion_of(office.calendar, about, now=now) if about else _coming(office, ledger, done, held, now)
    month = coming.month if coming else ""
    kept = hold_on(ledger, month) if month in held else None
    unsent = upcoming(office.calendar, now=now, done=done)
    at_hand = held | {one.month for one in (coming, unsent) if one} | {month_of(now, office.rules.zone)}
    to_send = _still_to_send(ledger, named) if named in at_hand | ledger.rounds.months() else ""
    if not to_send:
        to_send = _still_to_send(ledger, about) if about else _month_to_send(office, ledger, held, now)
    sent = ledger.rounds.get(to_send)
    last = max(ledger.rounds.all(), key=lambda one: one.opened_at, default=None)
    return Outlook(
        month=month,
        at=coming.at if coming else None,
        held_by=kept[1].who if kept else "",
        held_at=kept[0] if kept else None,
        held_why=kept[1].why if kept else "",
        to_send=to_send,
        sent_by=sent.opened_by if sent else "",
        sent_at=sent.opened_at if sent else None,
        next_month=unsent.month if unsent else "",
        next_at=unsent.at if unsent else None,
        last_month=last.month if last else "",
        last_at=last.opened_at if last else None,
    )


def _coming(office: Office, ledger: Transaction, done: set[str], held: set[str], now: datetime) -> Occasion | None:
    first_start = ledger.marks.at("first_start") or now
    return due(office.calendar, first_start=first_start, done=done | held, now=now) or upcoming(office.calendar, now=now, done=done)


def _still_to_send(ledger: Transaction, month: str) -> str:
    """The month itself, sent or not; "" once a later round went out without it."""
    past = ledger.rounds.months()
    return month if month in past or month > max(past, default="") else ""


def _month_to_send(office: Office, ledger: Transaction, held: set[str], now: datetime) -> str:
    """The one that staff hold back; else the coming one, once they have seen it or it was sent early; else this month's, unless a later one went out."""
    past = ledger.rounds.months()
    last_sent = max(past, default="")
    waiting = [month for month in held if month > last_sent]
    if waiting:
        return max(waiting)
    ahead = upcoming(office.calendar, now=now)
    if ahead is not None and (ahead.month in past or ledger.marks.at(f"{PREVIEW} {ahead.month}") is not None):
        return ahead.month
    return max(month_of(now, office.rules.zone), last_sent)
