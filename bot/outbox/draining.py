"""All that is due now: shared out over the connections, at the pace that the provider allows."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.core.mail import Envelope
from bot.office import Office, lockout, standstill
from bot.outbox.hand import Hand, Word
from bot.outbox.passing import Pass, Senders, Tally
from bot.shell.ledger import LedgerAway, Transaction, persistently
from bot.shell.ledger.leases import LEASE, Owed
from bot.shell.letters import UnfitLetter, check_outgoing
from bot.shell.relay import Ended, Outcome, Relay, Verdict
from bot.stations import station

log = structlog.get_logger()

WAIT_FOR_TURN_SECONDS = 60
KEEP_SECONDS = LEASE.total_seconds() / 4


async def drain(office: Office, using: Senders, *, stopping: threading.Event | None = None, kind: str = "") -> Tally:
    """Send all that is due now, or all of one kind. Stops early when the server is away or `stopping` is set; what is left stays owed.

    While all stands still nothing is sent but the letter that tells staff so.
    """
    hand = Hand(Pass(office, using, stopping or threading.Event()), kind)
    with contextlib.ExitStack() as held:
        await asyncio.to_thread(_begin, hand, held)
        if hand.letters:
            await _send_all(hand)
    return hand.at.tally


def _begin(hand: Hand, held: contextlib.ExitStack) -> None:
    """Our turn, and the most urgent letters in hand, unless something bars that; `held` is the turn. All in one visit to another thread."""
    # Where the database is a file, one process sends at a time.
    if held.enter_context(hand.at.office.ledger.lock("sender", wait_seconds=WAIT_FOR_TURN_SECONDS)):
        persistently(partial(_take_up, hand))
    else:
        hand.at.tally.halt = "another process is sending"


def _take_up(hand: Hand) -> None:
    """One transaction, which waits for no disk: nothing that is taken has left."""
    at, office = hand.at, hand.at.office
    found, taken = 0, list[Owed]()
    with office.ledger.noting() as ledger:
        ledger.marks.foresee(lockout.mark_of("smtp"), *standstill.BARS)
        if refused := lockout.rests(ledger, "smtp", office.clock()):
            at.tally.halt, at.tally.is_login = refused, True
            return
        at.using.door.refusal = None
        if not at.is_over and not hand.is_barred(ledger):
            found = _pick_up(office, ledger)
            taken = hand.most_urgent(ledger)
    hand.letters.extend(taken)
    if found:
        log.warning("letters of a stopped process picked up", letters=found)
    if taken:
        station("taken")


@contextlib.asynccontextmanager
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


def _pick_up(office: Office, ledger: Transaction) -> int:
    """What a stopped process left in hand; gives how many letters that were."""
    in_doubt = timedelta(seconds=office.settings.smtp.in_doubt_seconds)
    found, given_up = ledger.leases.recover(now=office.clock(), in_doubt=in_doubt, is_alone=office.ledger.is_sqlite)
    for letter_id in given_up:
        office.give_up(ledger, letter_id, "the server's reply was lost twice; it may have been delivered", is_in_doubt=True)
    return found


async def _send_all(hand: Hand) -> None:
    """Until nothing is due, as the last to end has found. A database that is away ends it; what is on the wire is seen to its end first."""
    at = hand.at
    while hand.letters and not at.is_over:
        async with _keeping(at):
            relays = at.using.relays[: len(hand.letters)]  # a line that finds nothing in hand ends at once
            faults = await asyncio.gather(*(_Line(at, hand).send(relay) for relay in relays), return_exceptions=True)
            for fault in faults:
                if fault is not None:
                    raise fault
    await hand.put_back(hand.letters)


@dataclass(slots=True)
class _Line:
    """The letters of one connection: where its relay has them from, and whom it tells what became of them."""

    at: Pass
    hand: Hand
    _owed: dict[str, Owed] = field(default_factory=dict)

    async def send(self, relay: Relay) -> None:
        self.hand.lines += 1
        try:
            await relay.send(self)
        except BaseException:
            self.at.tally.halt = self.at.tally.halt or "stopped by a fault"  # the other connections begin no further letter
            raise
        finally:
            self.hand.lines -= 1

    async def next(self, *, behind: Envelope | None) -> Envelope | None:
        """The most urgent in hand that is fit to leave. Where letters are paced none travels behind another."""
        self.at.office.pulse.beat("sender")
        if self.at.using.apart and behind is not None:
            return None
        while self.hand.letters and not self.at.is_over:
            if self.at.using.apart:
                await _our_turn(self.at)
            if not self.hand.letters or self.at.is_over:
                break
            letter = self.hand.letters.popleft()
            try:
                check_outgoing(letter.envelope.content, letter.envelope.recipient)
            except UnfitLetter as unfit:
                verdict = Verdict(Outcome.REFUSED, None, f"stopped by our own last check: {unfit}")
                await self.hand.write(Word(ended=[(letter, verdict)]))
            else:
                self._owed[letter.envelope.message_id] = letter
                return letter.envelope
        return None

    async def note(self, ended: Sequence[Ended], *, begins: Envelope | None) -> bool:
        for _ in ended:
            station("handed over")
        owed = [(self._owed.pop(letter.message_id), verdict) for letter, verdict in ended]
        word = Word(owed, self._owed[begins.message_id] if begins is not None else None)
        if owed or begins is not None:
            await self.hand.write(word)
            self.at.office.pulse.step("sender", self.at.tally.sent)
        return word.may_leave


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
