"""The daemon's parts and how they keep going: the reader of the mailbox, the sender, the clock, and who looks after them.

One thread owns the mailbox: look, settle, wait in IDLE. The main loop owns SMTP and the clock. Both only ask the ledger what is due, and
wake each other when they may have made work. Of several daemons on one PostgreSQL only the leader reads and decides; all send.
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
from functools import partial
from typing import Final

import structlog

from bot import health, outbox, reception
from bot.core.model import Finding
from bot.daemon.clockwork import Clockwork
from bot.daemon.passes import after_look, clear_out, met_mailbox, work_off
from bot.office import Office, condition, leading, signing_in
from bot.office.troubles import Troubles
from bot.shell import probe, supervisor
from bot.shell.ledger import LedgerAway, TermOver
from bot.shell.mailbox import Folder, Mailbox, MailboxAway

log = structlog.get_logger()

TICK_SECONDS: Final = 15
ATTEND_SECONDS: Final = 60
FOLLOW_SECONDS: Final = 1.0
SLOWEST_RETRY_SECONDS: Final = 300
GIVE_WAY_SECONDS: Final = 0.03
"""So long at most the reader leaves the processor to the sender that has an answer to send: both would only wait for each other."""
STOP_SECONDS: Final = 8
"""So long the end waits for what is in hand; a server that does not answer would hold it up for minutes."""


class Daemon:
    def __init__(self, office: Office) -> None:
        self._office = office
        self._stopping = threading.Event()
        self._wake_reader, self._reader_wakes = socket.socketpair()
        self._troubles = Troubles(office, heed=self._heed)
        self._standing = leading.Standing(office)
        self._attendant = health.Attendant(office, health.alarm(office))
        self._letters = asyncio.Event()
        """New letters may be owed."""
        self._is_out = threading.Event()
        """What was owed when the sender last looked has left, or waits for the mail server."""
        self._news = asyncio.Event()
        """Something has gone wrong or is well again."""
        self._stopped = asyncio.Event()

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        self._loop = loop
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop)
        clockwork = Clockwork()
        clockwork.every(TICK_SECONDS, self._tick)
        if self._standing.is_shared:
            clockwork.every(leading.BEAT_SECONDS, self._beat)
            await self._beat()
        clockwork.start()
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
        begun, works = clockwork.stop(), (reading, sending, *attending)
        _, unfinished = await asyncio.wait(works, timeout=STOP_SECONDS)
        _, stuck = await asyncio.wait([asyncio.create_task(asyncio.to_thread(self._standing.step_down))], timeout=1.5)
        if unfinished or stuck:
            _leave()
        await asyncio.gather(*works, *begun)

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

    async def _beat(self) -> None:
        """Whoever leads now: the reader hears when that has changed."""
        try:
            if await asyncio.to_thread(self._standing.beat):
                self._wake_reader.send(b"x")
        except LedgerAway as away:
            self._troubles.met("database", "database_away", str(away))

    async def _tick(self) -> None:
        """What is due is asked of the ledger; a tick too many is harmless."""
        try:
            await asyncio.to_thread(self._work_off)
            self._troubles.over("database")
        except TermOver:
            await self._beat()
        except LedgerAway as away:
            self._troubles.met("database", "database_away", str(away))
        except Exception:  # the scheduler would swallow it; mail goes on while a person looks
            log.exception("a tick failed")
        self._office.pulse.beat("clock")
        self._letters.set()

    def _work_off(self) -> None:
        office = self._standing.office
        if office is not None:
            work_off(office)

    async def _attend(self) -> None:
        """Every minute: is everything well, and who has to know?"""
        while not self._stopping.is_set():
            self._news.clear()
            try:
                found = await asyncio.to_thread(self._look_after)
                supervisor.tell(f"STATUS={found[0].sentence if found else 'all is well'}")
            except Exception:  # whoever looks after the others must not be the one to fall
                log.exception("a look at the service failed")
            await self._rest(ATTEND_SECONDS, until=self._news)

    def _look_after(self) -> list[Finding]:
        """One tells for all replicas, or each would take back what another says; where none leads, each that is left does."""
        led = self._standing.office
        if led is not None:
            with contextlib.suppress(TermOver):
                self._troubles.met_sign_in(signing_in.look_after(led))
                self._attendant.office = led
                return self._attendant.attend(self._troubles.lasting, beat=condition.RUNNING)
        self._attendant.office = self._office
        found = self._attendant.look()
        is_unled = any(finding.name == "nobody_leads" for finding in found)
        return self._attendant.attend(self._troubles.lasting) if is_unled else found

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
            office = self._standing.office
            if office is None:
                self._troubles.over("mailbox")  # the leader's affair now
                self._stopping.wait(FOLLOW_SECONDS)
                continue
            began = time.monotonic()
            try:
                with met_mailbox(office) as mailbox:
                    self._troubles.over("mailbox")
                    self._watch(office, mailbox)
            except TermOver:
                pause = FOLLOW_SECONDS  # the next beat tells who leads
            except MailboxAway as away:
                self._troubles.met_mailbox(away)
            except LedgerAway as away:
                self._troubles.met("database", "database_away", str(away))
            if time.monotonic() - began > SLOWEST_RETRY_SECONDS:
                pause = 1.0
            self._stopping.wait(pause * random.uniform(1.0, 1.1))
            pause = min(pause * 2, SLOWEST_RETRY_SECONDS)

    def _watch(self, office: Office, mailbox: Mailbox) -> None:
        """For as long as this very office leads."""
        inbox = Folder(office.folders[0])
        reception.look_at_archive(office, mailbox)
        while not self._stopping.is_set() and self._standing.office is office:
            reception.look(office, mailbox, before_filing=partial(self._answer, office))
            due = after_look(office)
            clear_out(office, mailbox, due)
            self._office.pulse.beat("reader")
            mailbox.wait(inbox, seconds=due.rest_seconds(office), wake=self._reader_wakes)

    def _answer(self, office: Office, entered: int, due: reception.Due) -> None:
        """Whoever has written hears what came of it before their mail is filed: that may take a server's time, and can wait."""
        if entered + reception.settle(office, due):
            self._is_out.clear()
            self._loop.call_soon_threadsafe(self._letters.set)
            self._is_out.wait(GIVE_WAY_SECONDS)

    async def _send(self) -> None:
        using = outbox.senders(self._office)
        halts = 0
        while not self._stopping.is_set():
            self._letters.clear()
            self._office.pulse.beat("sender")
            tally = await self._drain(using)
            self._is_out.set()
            if tally.halt:
                self._troubles.met_relay(tally.halt, is_login=tally.is_login, is_sender=tally.is_sender)
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
