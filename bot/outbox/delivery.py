"""One letter handed over: on record before its body leaves, and what became of it on record as soon as it is known.

A lost reply to the final dot leaves it `unknown`: it is sent once more after the in-doubt time, and never a third time. Who lost the
lease meanwhile sends nothing and writes nothing down, but that the server has taken the letter, for that is true whoever says it.
"""

from __future__ import annotations

import asyncio
import random
import time
from datetime import timedelta

import structlog

from bot.office import Office, lockout
from bot.outbox.passing import Pass, Tally
from bot.shell.ledger import LedgerAway
from bot.shell.ledger.leases import LEASE, Owed
from bot.shell.letters import UnfitLetter, check_outgoing
from bot.shell.relay import Outcome, Relay, Verdict
from bot.stations import station

log = structlog.get_logger()

LADDER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30))
"""Waits after the first temporary refusals; hourly from then on."""
HOURLY = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=5)
QUOTA_REST = timedelta(minutes=1)
"""After a word that we send too much nothing is sent; then the most urgent goes first."""
SLOWEST_RETRY = timedelta(minutes=5)
"""While the server is away or refuses us altogether."""
PATIENCE_SECONDS = 30
"""How long an outcome is kept in mind while the database is away: forgotten, it would cost a second copy."""


class LeaseOver(Exception):
    """Another process has taken the letter meanwhile, or may have: this one must not send it."""


async def deliver(at: Pass, relay: Relay, letter: Owed) -> None:
    """One envelope, one verdict, on record."""
    office = at.office
    try:
        check_outgoing(letter.envelope.content, letter.envelope.recipient)
    except UnfitLetter as unfit:
        verdict = Verdict(Outcome.REFUSED, None, f"stopped by our own last check: {unfit}")
    else:
        try:
            verdict = await relay.send(letter.envelope, before_dot=lambda: _body_begins(office, letter))
        except LeaseOver:
            log.warning("letter left to another process", message_id=letter.envelope.message_id)
            await asyncio.to_thread(put_back, office, [letter])
            return
    station("handed over")
    await asyncio.to_thread(_write_down, at, letter, verdict)
    station("recorded")
    at.tally.count(verdict)


def put_back(office: Office, letters: list[Owed]) -> None:
    """Taken but never tried; what another has taken meanwhile is left to it."""
    with office.ledger.writing() as ledger:
        for letter in letters:
            if ledger.leases.is_held(letter):
                ledger.leases.put_back(letter.id)


async def _body_begins(office: Office, letter: Owed) -> None:
    """On record before a byte of it leaves. Who was halted for as long as a lease, even between that word and this, sends nothing."""
    began = time.monotonic()
    await asyncio.to_thread(_note_body, office, letter)
    station("body begins")
    if timedelta(seconds=time.monotonic() - began) >= LEASE:
        raise LeaseOver


def _note_body(office: Office, letter: Owed) -> None:
    with office.ledger.writing() as ledger:
        if not ledger.leases.is_held(letter):
            raise LeaseOver
        ledger.leases.body_begins(letter.id)


def _write_down(at: Pass, letter: Owed, verdict: Verdict) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return _record(at.office, letter, verdict)
        except LedgerAway:
            if time.monotonic() > until or at.stopping.wait(1.0):
                raise


def _record(office: Office, letter: Owed, verdict: Verdict) -> None:
    """Write down what became of a letter, and tell staff what will not arrive by itself."""
    now = office.clock()
    error = f"{verdict.code} {verdict.said}" if verdict.code else verdict.said
    posting = None
    with office.ledger.writing() as ledger:
        if verdict.outcome is Outcome.SENT:  # the truth, whoever has the letter in hand by now
            ledger.outbox.sent(letter.id, now)
            ledger.marks.put("smtp", now)
            posting = ledger.past.posting(letter.id, now)
        elif not ledger.leases.is_held(letter):
            log.warning("letter left to another process", message_id=letter.envelope.message_id)
        elif verdict.outcome is Outcome.UNKNOWN and letter.doubts == 0:
            again = now + timedelta(seconds=office.settings.smtp.in_doubt_seconds)
            ledger.outbox.in_doubt(letter.id, error=error, next_try_at=again, doubts=1)
        elif verdict.outcome is Outcome.DEFERRED and now - letter.created_at < GIVE_UP_AFTER:
            is_ours = verdict.is_general or verdict.is_quota
            ledger.outbox.deferred(letter.id, error=error, next_try_at=now + _wait(verdict, letter.attempts), counts=not is_ours)
        else:
            office.give_up(ledger, letter.id, error)
        if verdict.is_login:
            lockout.note(ledger, "smtp", now, said=verdict.said)
    if posting and office.postbook:
        office.postbook.note(posting)
    log.info(
        "letter tried",
        kind=letter.kind,
        case=letter.case_id,
        message_id=letter.envelope.message_id,
        outcome=verdict.outcome.value,
        code=verdict.code,
    )


def _wait(verdict: Verdict, attempts: int) -> timedelta:
    """What was said about this letter takes it up the ladder, a little late by chance so that letters do not come back all together.

    What was said about us leaves it where it is: the pass has ended, and in the next the most urgent goes first.
    """
    if verdict.is_general:
        return timedelta()
    if verdict.is_quota:
        return QUOTA_REST
    step = LADDER[attempts - 1] if attempts <= len(LADDER) else HOURLY
    return step * random.uniform(1.0, 1.1)


def rest_after(tally: Tally, halts: int) -> float:
    """How many seconds to leave a server alone that has halted us so many times in a row; a little longer by chance."""
    if tally.is_login:
        rest = lockout.REST
    elif tally.is_quota:
        rest = QUOTA_REST
    else:
        rest = min(timedelta(seconds=2 ** min(halts, 20)), SLOWEST_RETRY)
    return rest.total_seconds() * random.uniform(1.0, 1.1)
