"""Mail out: sends what the ledger owes, most urgent first, one envelope at a time on each connection.

Takes letters in small handfuls, so that a confirmation written meanwhile overtakes a circulation; writes down each outcome as soon as
it is known. A lost reply to the final dot leaves a letter `unknown`: it is sent once more after the in-doubt time, and never a third time.
SMTP is spoken outside any transaction. One process sends at a time; what a stopped one left in hand is picked up by the next.
"""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.office import Office, lockout, standstill
from bot.shell.ledger.outbox import Owed
from bot.shell.letters import UnfitLetter, check_outgoing
from bot.shell.relay import Door, Outcome, Relay, SmtpAccount, Verdict
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
WAIT_FOR_TURN_SECONDS = 60


@dataclass(slots=True)
class Tally:
    """How a pass over the outbox went. `halt` says why it stopped with letters left: the server is away, or refuses us."""

    sent: int = 0
    deferred: int = 0
    failed: int = 0
    unknown: int = 0
    halt: str = ""
    is_login: bool = False
    is_quota: bool = False
    barred: str = ""
    """Why nothing may be sent just now, though the server might take it. Asked again before every handful."""
    has_begun: bool = False


@dataclass(slots=True)
class Senders:
    """The kept connections, and the pace they keep together."""

    relays: list[Relay]
    door: Door = field(default_factory=Door)
    seconds_apart: float = 0.0
    next_slot: float = field(default=0.0)

    async def pace(self) -> None:
        """Wait for our turn where the provider allows only so many letters a minute."""
        if self.seconds_apart:
            now = asyncio.get_running_loop().time()
            self.next_slot = max(self.next_slot, now) + self.seconds_apart
            await asyncio.sleep(self.next_slot - self.seconds_apart - now)

    async def close(self) -> None:
        await asyncio.gather(*(relay.close() for relay in self.relays))


def senders(office: Office) -> Senders:
    """Connections as configured; each opens when its first letter is due."""
    smtp = office.settings.smtp
    domain = office.settings.mailbox.address.rpartition("@")[2]
    account = SmtpAccount(
        smtp.host, smtp.port, smtp.security, smtp.username or None, smtp.password.get_secret_value() if smtp.password else ""
    )
    apart = 60 / smtp.messages_per_minute if smtp.messages_per_minute else 0.0
    door = Door()
    return Senders([Relay(account, helo=domain, door=door, passing=station) for _ in range(smtp.connections)], door, apart)


async def drain(office: Office, using: Senders, *, stopping: threading.Event | None = None) -> Tally:
    """Send all that is due now. Stops early when the server is away or `stopping` is set; what is left stays owed."""
    tally = Tally()
    async with _alone(office) as is_ours:
        if not is_ours:
            tally.halt = "another process is sending"
            return tally
        if refused := await asyncio.to_thread(lockout.rests, office, "smtp"):
            tally.halt, tally.is_login = refused, True
            return tally
        using.door.refusal = None
        while not tally.halt and not (stopping and stopping.is_set()):
            tally.barred = await asyncio.to_thread(standstill.why, office)
            if tally.barred:
                break
            if not tally.has_begun:
                await asyncio.to_thread(_pick_up, office)
                tally.has_begun = True
            taken = await asyncio.to_thread(_take, office, 2 * len(using.relays))
            if not taken:
                break
            station("taken")
            await _hand_over(office, using, taken, tally)
    return tally


@asynccontextmanager
async def _alone(office: Office) -> AsyncIterator[bool]:
    lock = office.ledger.lock("sender", wait_seconds=WAIT_FOR_TURN_SECONDS)
    is_ours = await asyncio.to_thread(lock.__enter__)
    try:
        yield is_ours
    finally:
        await asyncio.to_thread(lock.__exit__, None, None, None)


def _pick_up(office: Office) -> None:
    """What a stopped process left in hand. We are the only sender now, so nobody else is at it."""
    in_doubt = timedelta(seconds=office.settings.smtp.in_doubt_seconds)
    with office.ledger.writing() as ledger:
        found, given_up = ledger.outbox.recover(now=office.clock(), in_doubt=in_doubt)
        for letter in given_up:
            office.give_up(ledger, letter.id, "the server's reply was lost twice; it may have been delivered")
    if found:
        log.warning("letters of a stopped process picked up", letters=found)


def _take(office: Office, limit: int) -> list[Owed]:
    with office.ledger.writing() as ledger:
        return ledger.outbox.take(now=office.clock(), sender=office.settings.mailbox.address, limit=limit)


async def _hand_over(office: Office, using: Senders, taken: Sequence[Owed], tally: Tally) -> None:
    """One handful, shared out over the connections."""
    waiting = list(taken)

    async def work(relay: Relay) -> None:
        while waiting and not tally.halt:
            letter = waiting.pop(0)
            office.pulse.beat("sender")
            await using.pace()
            await _send(office, relay, letter, tally)

    await asyncio.gather(*(work(relay) for relay in using.relays))
    if waiting:
        await asyncio.to_thread(_put_back, office, waiting)


def _put_back(office: Office, letters: Sequence[Owed]) -> None:
    with office.ledger.writing() as ledger:
        for letter in letters:
            ledger.outbox.put_back(letter.id)


async def _send(office: Office, relay: Relay, letter: Owed, tally: Tally) -> None:
    try:
        check_outgoing(letter.envelope.content, letter.envelope.recipient)
    except UnfitLetter as unfit:
        verdict = Verdict(Outcome.REFUSED, None, f"stopped by our own last check: {unfit}")
    else:
        verdict = await relay.send(letter.envelope, before_dot=lambda: asyncio.to_thread(_body_begins, office, letter))
    station("handed over")
    await asyncio.to_thread(_record, office, letter, verdict)
    station("recorded")
    _count(tally, verdict)


def _body_begins(office: Office, letter: Owed) -> None:
    with office.ledger.writing() as ledger:
        ledger.outbox.body_begins(letter.id)
    station("body begins")


def _count(tally: Tally, verdict: Verdict) -> None:
    match verdict.outcome:
        case Outcome.SENT:
            tally.sent += 1
        case Outcome.REFUSED:
            tally.failed += 1
        case Outcome.UNKNOWN:
            tally.unknown += 1
        case Outcome.DEFERRED:
            tally.deferred += 1
            if verdict.code is None or verdict.is_general or verdict.is_quota:
                tally.halt, tally.is_login, tally.is_quota = verdict.said, verdict.is_login, verdict.is_quota


def _record(office: Office, letter: Owed, verdict: Verdict) -> None:
    """Write down what became of a letter, and tell staff what will not arrive by itself."""
    now = office.clock()
    error = f"{verdict.code} {verdict.said}" if verdict.code else verdict.said
    posting = None
    with office.ledger.writing() as ledger:
        if verdict.outcome is Outcome.SENT:
            ledger.outbox.sent(letter.id, now)
            ledger.marks.put("smtp", now)
            posting = ledger.past.posting(letter.id, now)
        elif verdict.outcome is Outcome.UNKNOWN and letter.doubts == 0:
            again = now + timedelta(seconds=office.settings.smtp.in_doubt_seconds)
            ledger.outbox.in_doubt(letter.id, error=error, next_try_at=again, doubts=1)
        elif verdict.outcome is Outcome.DEFERRED and now - letter.created_at < GIVE_UP_AFTER:
            is_ours = verdict.is_general or verdict.is_quota
            ledger.outbox.deferred(letter.id, error=error, next_try_at=now + _wait(verdict, letter.attempts), counts=not is_ours)
        else:
            office.give_up(ledger, letter.id, error)
        if verdict.is_login:
            lockout.note(ledger, "smtp", now)
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


def next_due(office: Office) -> datetime | None:
    """When the next letter wants to be tried (UTC)."""
    with office.ledger.reading() as ledger:
        return ledger.outbox.next_due()
