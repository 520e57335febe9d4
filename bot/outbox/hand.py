"""The letters in hand, which all connections share, and what there is to write down about them.

What several connections have to say is written down together: while one commit is being made the next words gather, and one commit
more puts them all on record. Each connection waits for its own words before it goes on, so every promise is that of a commit a letter:
the outcome of one letter stands before the body of the next leaves, and at most one letter a connection can be in doubt.
In the same transaction the hand is filled up again, the most urgent first: a confirmation overtakes a circulation.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.office import standstill
from bot.outbox import delivery
from bot.outbox.delivery import Ended
from bot.outbox.passing import Pass
from bot.shell.ledger import LedgerAway, Transaction
from bot.shell.ledger.leases import LEASE, Owed
from bot.shell.postbook import Posting
from bot.shell.relay import Outcome
from bot.stations import station

log = structlog.get_logger()

PATIENCE_SECONDS = 30
"""How long an outcome is kept in mind while the database is away: forgotten, it would cost a second copy."""
A_MOMENT = timedelta(seconds=1)


@dataclass(slots=True, eq=False)
class Word:
    """What one connection has to say: what became of letters, and whose body is about to leave."""

    ended: Sequence[Ended] = ()
    begins: Owed | None = None
    may_leave: bool = False
    """The body, now that it is on record: no other process has taken the letter, or may have."""
    told: asyncio.Future[None] = field(init=False)
    """It is on record; or why it is not."""


@dataclass(slots=True)
class Hand:
    """For one pass, and letters of one kind or of all."""

    at: Pass
    kind: str = ""
    letters: deque[Owed] = field(default_factory=deque)
    lines: int = 0
    """How many connections are talking."""
    _words: list[Word] = field(default_factory=list)
    _all_spoke: asyncio.Event = field(default_factory=asyncio.Event)
    _writing: set[asyncio.Task[None]] = field(default_factory=set)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _last_took: float = 0.0
    """By the last commit alone, and no more than a moment: how long the database was away, or in other hands, says nothing of the next."""
    _met_at: datetime | None = None
    """When it was last put on record that the mail server takes letters."""

    async def write(self, word: Word) -> None:
        """On record when this returns; nothing of it where it raises, but where whoever has spoken was stopped: that keeps no word back."""
        began = time.monotonic()
        word.told = asyncio.get_running_loop().create_future()
        self._words.append(word)
        if len(self._words) == 1:  # with what the others say until its turn
            writing = asyncio.create_task(self._write_down(self._words))
            self._writing.add(writing)
            writing.add_done_callback(partial(self._written, self._words))
        elif len(self._words) >= self.lines:
            self._all_spoke.set()
        await word.told
        if word.may_leave and timedelta(seconds=time.monotonic() - began) >= LEASE:
            word.may_leave = False  # halted for as long as a lease, even between that word and this
        if word.begins is not None and not word.may_leave:
            if not self.at.is_over:
                log.warning("letter left to another process", message_id=word.begins.envelope.message_id)
            await self.put_back([word.begins])

    async def _others(self) -> None:
        """Wait for the words of the other connections, no longer than the commit takes that this saves."""
        if len(self._words) < self.lines and self._last_took:
            self._all_spoke.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._last_took):
                    await self._all_spoke.wait()

    async def _write_down(self, words: list[Word]) -> None:
        async with self._turn:
            await self._others()
            self._words = []
            await asyncio.to_thread(self._write_patiently, words)

    def _written(self, words: list[Word], writing: asyncio.Task[None]) -> None:
        """However it ended, and be it before it began: who has spoken hears it, and whoever speaks next has somebody who writes it down."""
        self._writing.discard(writing)
        if self._words is words:
            self._words = []
        fault = asyncio.CancelledError() if writing.cancelled() else writing.exception()
        for told in _awaited(words):
            if fault is None:
                told.set_result(None)
            else:
                told.set_exception(fault)

    async def put_back(self, letters: Sequence[Owed]) -> None:
        """Taken but never tried."""

        def back() -> None:
            with self.at.office.ledger.writing() as ledger:
                ledger.leases.put_back(letters)

        if letters:
            await asyncio.to_thread(back)

    def _write_patiently(self, words: Sequence[Word]) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            began = time.monotonic()
            try:
                self._write(words)
                self._last_took = min(time.monotonic() - began, A_MOMENT.total_seconds())
                return
            except LedgerAway:
                if not any(word.ended for word in words) or time.monotonic() > until or self.at.stopping.wait(1.0):
                    raise

    def _write(self, words: Sequence[Word]) -> None:
        """One transaction; then what may be told because it is on record. Where a letter has ended, others are taken."""
        office = self.at.office
        ended = [one for word in words for one in word.ended]
        begins = [] if self.at.is_over else [word.begins for word in words if word.begins is not None]
        with office.ledger.writing() as ledger:
            postings = delivery.record(office, ledger, ended) if ended else list[Posting]()
            met_at = self._note_meeting(ledger, ended)
            begun = ledger.leases.bodies_begin(begins) if begins else set[int]()
            taken = self.most_urgent(ledger) if ended and self._has_room() and not self.is_barred(ledger) else []
        self._met_at = met_at
        self.letters.extend(taken)
        if postings and office.postbook:
            office.postbook.note(*postings)
        delivery.tell(ended)
        for _, verdict in ended:
            self.at.tally.count(verdict)
            station("recorded")
        for word in words:
            word.may_leave = word.begins is not None and word.begins.id in begun
            if word.may_leave:
                station("body begins")
        if taken:
            station("taken")

    def _note_meeting(self, ledger: Transaction, ended: Sequence[Ended]) -> datetime | None:
        """The server has taken a letter; to the second, not with each, but always behind one that it refused."""
        now, last = self.at.office.clock(), self._met_at
        outcomes = {verdict.outcome for _, verdict in ended}
        if Outcome.REFUSED in outcomes:
            last = None
        if Outcome.SENT not in outcomes or (last is not None and last <= now < last + A_MOMENT):
            return last
        ledger.marks.put("smtp", now)
        return now

    def _has_room(self) -> bool:
        """Whether the hand runs low, and letters are taken still."""
        return not self.at.is_over and 2 * len(self.letters) < self._holds

    @property
    def _holds(self) -> int:
        """How many letters it holds at most: where they are paced one, for the next may be more urgent by the time of its turn."""
        return 1 if self.at.using.apart else 2 * len(self.at.using.relays)

    def is_barred(self, ledger: Transaction) -> bool:
        """Whether nothing may be sent just now but the letter that tells staff so."""
        self.at.tally.barred = "" if self.kind == standstill.NOTICE else standstill.why(self.at.office, ledger)
        return bool(self.at.tally.barred)

    def most_urgent(self, ledger: Transaction) -> list[Owed]:
        """Of what is due, as many letters as fill the hand up; they are this process's from now on."""
        office = self.at.office
        limit, sender = self._holds - len(self.letters), office.settings.mailbox.address
        return ledger.leases.take(now=office.clock(), sender=sender, limit=limit, by=self.at.using.name, kind=self.kind)


def _awaited(words: Sequence[Word]) -> Iterator[asyncio.Future[None]]:
    """Whoever was stopped hears nothing any more."""
    return (word.told for word in words if not word.told.cancelled())
