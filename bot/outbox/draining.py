"""All that is due now: taken in handfuls, shared out over the connections, at the pace that the provider allows."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import structlog

from bot.office import Office, lockout, standstill
from bot.outbox.delivery import deliver, put_back
from bot.outbox.passing import Pass, Senders, Tally
from bot.shell.ledger import LedgerAway, persistently
from bot.shell.ledger.leases import LEASE, Owed
from bot.shell.relay import Relay
from bot.stations import station

log = structlog.get_logger()

WAIT_FOR_TURN_SECONDS = 60
KEEP_SECONDS = LEASE.total_seconds() / 4


async def drain(office: Office, using: Senders, *, stopping: threading.Event | None = None, kind: str = "") -> Tally:
    """Send all that is due now, or all of one kind. Stops early when the server is away or `stopping` is set; what is left stays owed.

    While all stands still nothing is sent but the letter that tells staff so.
    """
    at = Pass(office, using, stopping or threading.Event())
    async with _turn(office) as is_ours:
        if not is_ours:
            at.tally.halt = "another process is sending"
            return at.tally
        if refused := await asyncio.to_thread(lockout.rests, office, "smtp"):
            at.tally.halt, at.tally.is_login = refused, True
            return at.tally
        using.door.refusal = None
        has_begun = False
        while not at.is_over:
            at.tally.barred = "" if kind == standstill.NOTICE else await asyncio.to_thread(standstill.why, office)
            if at.tally.barred:
                break
            if not has_begun:
                await asyncio.to_thread(persistently, lambda: _pick_up(office))
                has_begun = True
            taken = await asyncio.to_thread(persistently, lambda: _take(at, kind))
            if not taken:
                break
            station("taken")
            async with _keeping(at):
                await _hand_over(at, taken)
    return at.tally


@asynccontextmanager
async def _turn(office: Office) -> AsyncIterator[bool]:
    """Where the database is a file, one process sends at a time."""
    lock = office.ledger.lock("sender", wait_seconds=WAIT_FOR_TURN_SECONDS)
    is_ours = await asyncio.to_thread(lock.__enter__)
    try:
        yield is_ours
    finally:
        await asyncio.to_thread(lock.__exit__, None, None, None)


@asynccontextmanager
async def _keeping(at: Pass) -> AsyncIterator[None]:
    """Renew the leases of what is in hand for as long as it takes; where nobody else sends there is no need."""

    async def keep() -> None:
        while True:
            await asyncio.sleep(KEEP_SECONDS)
            with contextlib.suppress(LedgerAway):
                await asyncio.to_thread(_keep, at)

    keeper = None if at.office.ledger.is_sqlite else asyncio.create_task(keep())
    try:
        yield
    finally:
        if keeper is not None:
            keeper.cancel()


def _keep(at: Pass) -> None:
    with at.office.ledger.writing() as ledger:
        ledger.leases.keep(at.using.name)


def _pick_up(office: Office) -> None:
    """What a stopped process left in hand."""
    in_doubt = timedelta(seconds=office.settings.smtp.in_doubt_seconds)
    with office.ledger.writing() as ledger:
        found, given_up = ledger.leases.recover(now=office.clock(), in_doubt=in_doubt, is_alone=office.ledger.is_sqlite)
        for letter in given_up:
            office.give_up(ledger, letter.id, "the server's reply was lost twice; it may have been delivered")
    if found:
        log.warning("letters of a stopped process picked up", letters=found)


def _take(at: Pass, kind: str) -> list[Owed]:
    sender, limit = at.office.settings.mailbox.address, 2 * len(at.using.relays)
    with at.office.ledger.writing() as ledger:
        return ledger.leases.take(now=at.office.clock(), sender=sender, limit=limit, by=at.using.name, kind=kind)


async def _hand_over(at: Pass, taken: list[Owed]) -> None:
    """One handful, shared out over the connections. A database that is away ends it; what is on the wire is seen to its end first."""
    waiting = list(taken)

    async def work(relay: Relay) -> None:
        while waiting and not at.is_over:
            at.office.pulse.beat("sender")
            if at.using.apart:
                await _our_turn(at)
            if waiting and not at.is_over:
                try:
                    await deliver(at, relay, waiting.pop(0))
                except BaseException:
                    at.tally.halt = at.tally.halt or "stopped by a fault"  # the other connections begin no further letter
                    raise

    faults = await asyncio.gather(*(work(relay) for relay in at.using.relays), return_exceptions=True)
    if waiting:
        await asyncio.to_thread(put_back, at.office, waiting)
    for fault in faults:
        if fault is not None:
            raise fault


async def _our_turn(at: Pass) -> None:
    """Wait for it, or for a stop: all processes together keep the pace."""

    def turn() -> timedelta:
        with at.office.ledger.writing() as ledger:
            return ledger.marks.turn(apart=at.using.apart)

    async with at.using.one_by_one:
        wait = (await asyncio.to_thread(persistently, turn)).total_seconds()
        while wait > 0 and not at.is_over:
            await asyncio.sleep(min(wait, 1.0))
            wait -= 1.0


def next_due(office: Office) -> datetime | None:
    """When the next letter wants to be tried (UTC)."""
    with office.ledger.reading() as ledger:
        return ledger.outbox.next_due(office.clock())
