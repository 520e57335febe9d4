"""Wires the rooms, ticks, stops cleanly. No business in here.

One thread owns the mailbox: look, settle, wait in IDLE. The main loop owns SMTP and the clock. Both only ask the ledger what is due, and
wake each other when they may have made work. SIGTERM and SIGINT finish the message in hand.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import health, housekeeping, notices, outbox, reception, restoring, retention, rounds
from bot.office import Office, condition, lockout
from bot.office.troubles import Troubles
from bot.shell import probe, supervisor
from bot.shell.ledger import LedgerAway
from bot.shell.mailbox import Folder, ImapAccount, Mailbox, MailboxAway, MailboxRefused

log = structlog.get_logger()

TICK_SECONDS: Final = 15
ATTEND_SECONDS: Final = 60
SLOWEST_RETRY_SECONDS: Final = 300
LEAST_WAIT_SECONDS: Final = 0.2
STOP_SECONDS: Final = 8
"""So long the end waits for what is in hand; a server that does not answer would hold it up for minutes."""


class AlreadyRunning(Exception):
    """Another daemon works on this database."""


def open_mailbox(office: Office) -> Mailbox:
    """The configured mailbox, not yet connected."""
    imap = office.settings.imap
    password = imap.password.get_secret_value() if imap.password else ""
    return Mailbox(ImapAccount(imap.host, imap.port, imap.security, imap.username, password, imap.idle), now=office.clock)


@contextlib.contextmanager
def met_mailbox(office: Office) -> Iterator[Mailbox]:
    """The mailbox, open. Raises `MailboxAway`; after a refused log-in for a while without asking again."""
    if refused := lockout.rests(office, "imap"):
        raise MailboxRefused(refused)
    try:
        with open_mailbox(office) as mailbox:
            yield mailbox
    except MailboxRefused:
        with office.ledger.writing() as ledger:
            lockout.note(ledger, "imap", office.clock())
        raise


def run(office: Office) -> None:
    """The daemon, until SIGTERM or SIGINT. Raises `AlreadyRunning` where one is at work."""
    with office.ledger.lock("daemon") as is_ours:
        if not is_ours:
            raise AlreadyRunning
        log.info("started")
        restoring.begin(office)
        asyncio.run(_Daemon(office).run())
        with contextlib.suppress(LedgerAway), office.ledger.writing() as ledger:
            condition.note(office, ledger, (), beat=condition.STOPPED)
        log.info("stopped")


def run_once(office: Office) -> list[str]:
    """Read all waiting mail, decide all that is ripe, send all that is due. Gives what could not be done, in sentences."""
    faults, troubles = list[str](), Troubles(office)
    restoring.begin(office)
    try:
        with met_mailbox(office) as mailbox:
            reception.look(office, mailbox)
            retention.expunge_daily(office, mailbox)
    except MailboxAway as away:
        faults.append(f"The mailbox could not be read: {away.reason}")
        troubles.met_mailbox(away)
    work_off(office)
    tally = asyncio.run(_drain_once(office))
    if tally.halt:
        faults.append(f"Mail could not be sent: {tally.halt}")
        troubles.met_relay(tally.halt, is_login=tally.is_login)
    health.Attendant(office, health.alarm(office)).attend(troubles.lasting)
    return faults


def work_off(office: Office) -> None:
    """All that is due by now and needs no server. On the way back to a backup, nothing before the mailbox has been read again."""
    is_going_back = restoring.is_under_way(office)
    if is_going_back and not restoring.has_read(office):
        return
    reception.settle(office)
    housekeeping.tidy(office)
    reception.ask_again(office)
    reception.settle(office)
    if is_going_back:
        notices.bring(office)
        restoring.finish(office)
    rounds.preview_due(office)
    rounds.open_due(office)
    notices.bring(office)
    retention.daily(office)


async def _drain_once(office: Office) -> outbox.Tally:
    using = outbox.senders(office)
    try:
        return await outbox.drain(office, using)
    finally:
        await using.close()


def send_due(office: Office) -> outbox.Tally:
    """Send all that is due, from a command that has just made letters."""
    return asyncio.run(_drain_once(office))


class _Daemon:
    def __init__(self, office: Office) -> None:
        self._office = office
        self._stopping = threading.Event()
        self._wake_reader, self._reader_wakes = socket.socketpair()
        self._troubles = Troubles(office, heed=self._heed)
        self._attendant = health.Attendant(office, health.alarm(office))
        self._letters = asyncio.Event()
        """New letters may be owed."""
        self._news = asyncio.Event()
        """Something has gone wrong or is well again."""
        self._stopped = asyncio.Event()

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        self._loop = loop
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop)
        scheduler = AsyncIOScheduler(timezone="UTC")
        scheduler.add_job(self._tick, "interval", seconds=TICK_SECONDS, coalesce=True, max_instances=1, misfire_grace_time=None)
        scheduler.start()
        reading = asyncio.create_task(asyncio.to_thread(self._read))
        await self._tick()
        log.info("ready")
        supervisor.tell("READY=1")
        attending = [asyncio.create_task(self._attend()), asyncio.create_task(self._watch_over())]
        pages = {"/health": self._attendant.health, "/metrics": self._attendant.metrics}
        with probe.serving(self._office.settings.health.metrics_port, pages):
            sending = asyncio.create_task(self._send())
            for work in (reading, sending):
                work.add_done_callback(lambda _: self._stop())  # one that dies takes the daemon along: a supervisor starts it anew
            await self._stopped.wait()
        supervisor.tell("STOPPING=1")
        scheduler.shutdown(wait=False)
        works = (reading, sending, *attending)
        _, unfinished = await asyncio.wait(works, timeout=STOP_SECONDS)
        if unfinished:
            _leave()
        await asyncio.gather(*works)

    def _stop(self) -> None:
        self._stopping.set()
        self._stopped.set()
        self._letters.set()
        self._news.set()
        self._wake_reader.send(b"x")

    def _heed(self) -> None:
        """From any thread: somebody should look at the service soon."""
        with contextlib.suppress(RuntimeError):  # the loop has ended, and so has the daemon
            self._loop.call_soon_threadsafe(self._news.set)

    async def _tick(self) -> None:
        """What is due is asked of the ledger; a tick too many is harmless."""
        try:
            await asyncio.to_thread(work_off, self._office)
            self._troubles.over("database")
        except LedgerAway as away:
            self._troubles.met("database", "database_away", str(away))
        except Exception:  # the scheduler would swallow it; mail goes on while a person looks
            log.exception("a tick failed")
        self._office.pulse.beat("clock")
        self._letters.set()

    async def _attend(self) -> None:
        """Every minute: is everything well, and who has to know?"""
        while not self._stopping.is_set():
            self._news.clear()
            try:
                found = await asyncio.to_thread(self._attendant.attend, self._troubles.lasting, beat=condition.RUNNING)
                supervisor.tell(f"STATUS={found[0].sentence if found else 'all is well'}")
            except Exception:  # whoever looks after the others must not be the one to fall
                log.exception("a look at the service failed")
            await self._rest(ATTEND_SECONDS, until=self._news)

    async def _watch_over(self) -> None:
        """The supervisor hears from us while every part makes its steps; else it starts us anew, and nothing is lost by that."""
        seconds = supervisor.patience_seconds()
        while seconds and not self._stopping.is_set():
            if health.is_moving(self._office):
                supervisor.tell("WATCHDOG=1")
            await self._rest(seconds / 4, until=self._stopped)

    def _read(self) -> None:
        """The mailbox's thread: catch up, wait, catch up; any fault closes the connection and is tried again later.

        A server that lets us in and throws us out again is given the same growing time as one that is away.
        """
        pause = 1.0
        while not self._stopping.is_set():
            self._office.pulse.beat("reader")
            began = time.monotonic()
            try:
                with met_mailbox(self._office) as mailbox:
                    self._troubles.over("mailbox")
                    self._watch(mailbox)
            except MailboxAway as away:
                self._troubles.met_mailbox(away)
            except LedgerAway as away:
                self._troubles.met("database", "database_away", str(away))
            if time.monotonic() - began > SLOWEST_RETRY_SECONDS:
                pause = 1.0
            self._stopping.wait(pause * random.uniform(1.0, 1.1))
            pause = min(pause * 2, SLOWEST_RETRY_SECONDS)

    def _watch(self, mailbox: Mailbox) -> None:
        inbox = Folder(self._office.folders[0])
        while not self._stopping.is_set():
            if reception.look(self._office, mailbox) + reception.settle(self._office):
                self._loop.call_soon_threadsafe(self._letters.set)
            retention.expunge_daily(self._office, mailbox)
            self._office.pulse.beat("reader")
            mailbox.wait(inbox, seconds=self._until_next_look(), wake=self._reader_wakes)

    def _until_next_look(self) -> float:
        """The polling interval, or less where a settlement window closes before."""
        seconds = float(self._office.settings.imap.poll_seconds)
        ripe = reception.next_ripe(self._office)
        if ripe is not None:
            seconds = min(seconds, (ripe - self._office.clock()) / timedelta(seconds=1))
        return max(seconds, LEAST_WAIT_SECONDS)

    async def _send(self) -> None:
        using = outbox.senders(self._office)
        halts = 0
        while not self._stopping.is_set():
            self._letters.clear()
            self._office.pulse.beat("sender")
            tally = await self._drain(using)
            if tally.halt:
                self._troubles.met_relay(tally.halt, is_login=tally.is_login)
                halts += 1
                await self._rest(outbox.rest_after(tally, halts), until=self._stopped)
                continue
            self._troubles.over("relay")
            if tally.barred:
                self._troubles.met("outbox", "outbox_barred", tally.barred)
            else:
                self._troubles.over("outbox")
            halts = 0
            await self._rest(TICK_SECONDS, until=self._letters)
        await using.close()

    async def _drain(self, using: outbox.Senders) -> outbox.Tally:
        try:
            return await outbox.drain(self._office, using, stopping=self._stopping)
        except LedgerAway as away:
            return outbox.Tally(halt=f"the database cannot be reached: {away}")

    async def _rest(self, seconds: float, *, until: asyncio.Event) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(until.wait(), seconds)


def _leave() -> None:
    """End without the farewells of threads that wait for a server: whatever they had begun is picked up at the next start."""
    log.warning("stopped without waiting for a server that does not answer")
    sys.stderr.flush()
    os._exit(0)
