"""The round: ledger → letter → sink → “sent” on record, beside aiosmtplib handing over the same bytes with as many connections."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

import aiosmtplib

from bench.figures import Figure, Target, expect, interleaved, rates, seconds_of
from bench.ground import Ground
from bench.organisation import Organisation
from bot import daemon, rounds
from bot.core.mail import Envelope
from bot.office import Office
from bot.shell.ledger.leases import Owed

TARGET = Target(0.85)


@dataclass(frozen=True, slots=True)
class _Round:
    owed_in: float
    sent_in: float


def measure(ground: Ground) -> list[Figure]:
    count = ground.plan.letters
    organisation = ground.organisation(members=count)
    with organisation.office() as office:
        connections = office.settings.smtp.connections
        letters = [letter.envelope for letter in owed_letters(office, count)]

    def reference() -> float:
        return count / seconds_of(lambda: asyncio.run(_hand_over(letters, ground.sink.port, connections)))

    turns = interleaved(lambda: _send(organisation, count), reference, turns=ground.plan.turns)
    kilobytes = sum(len(letter.content) for letter in letters) / count / 1000
    note = f"{count} letters of {kilobytes:.1f} kB, {ground.plan.cases} cases in each"
    return _figures([own for own, _ in turns], [theirs for _, theirs in turns], count=count, connections=connections, note=note)


def _figures(ours: Sequence[_Round], references: list[float], *, count: int, connections: int, note: str) -> list[Figure]:
    """The whole way and its two halves."""
    frame = Figure("", "letters/s", f"aiosmtplib, prebuilt bytes, {connections} connections", ())
    whole = rates(count, [own.owed_in + own.sent_in for own in ours], references)
    return [
        replace(frame, what="round: ledger, letter, sink, recorded", pairs=whole, target=TARGET, note=note),
        replace(frame, what="  of it: composed and owed", pairs=rates(count, [own.owed_in for own in ours], references)),
        replace(frame, what="  of it: handed over and recorded", pairs=rates(count, [own.sent_in for own in ours], references)),
    ]


def owed_letters(office: Office, count: int) -> list[Owed]:
    """The letters of a round that was opened, before any of them is sent."""
    expect("letters of the round", rounds.send_now(office, by="bench")[1], count)
    with office.ledger.writing() as ledger:
        return ledger.leases.take(now=office.clock(), sender=office.settings.mailbox.address, limit=count, by="the bench")


def _send(organisation: Organisation, count: int) -> _Round:
    with organisation.office() as office:
        owed_in = seconds_of(lambda: expect("letters owed", rounds.send_now(office, by="bench")[1], count))
        sent_in = seconds_of(lambda: expect("letters sent", daemon.send_due(office).sent, count))
        with office.ledger.reading() as ledger:
            expect("letters on record as sent", ledger.outbox.count_by_state(), {"sent": count})
    return _Round(owed_in, sent_in)


async def _hand_over(letters: Sequence[Envelope], port: int, connections: int) -> None:
    waiting = deque(letters)

    async def work() -> None:
        smtp = aiosmtplib.SMTP(hostname="127.0.0.1", port=port, use_tls=False, start_tls=False, local_hostname="desk.example")
        async with smtp:
            while waiting:
                letter = waiting.popleft()
                await smtp.sendmail(letter.sender, [letter.recipient], letter.content)

    await asyncio.gather(*(work() for _ in range(connections)))
