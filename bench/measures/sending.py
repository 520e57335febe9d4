"""The round: ledger → letter → sink → “sent” on record, beside others who hand over the same letters with as many connections, near and far."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import aiosmtplib

from bench.counterparts import far_away, hand_over_by, smtp_source
from bench.figures import Absent, Figure, Target, expect, in_turn, pairs, seconds_of, times_of
from bench.ground import Ground
from bench.organisation import Organisation
from bot import daemon, rounds
from bot.core.mail import Envelope
from bot.office import Office
from bot.shell.ledger.leases import Owed

BESIDE_AIOSMTPLIB = Target(0.85)
BESIDE_SMTP_SOURCE = Target(0.40, is_stretch=True)
FAR_AWAY = Target(2.0)
ROUND_TRIP_MILLISECONDS = 20
LETTERS_FAR_AWAY = 400
MANY_CONNECTIONS = 16
"""What a relay of one's own allows; a provider seldom more than the default."""


@dataclass(frozen=True, slots=True)
class Letters:
    """What others hand over: the very bytes of a round, and one of them as a file."""

    envelopes: Sequence[Envelope]
    connections: int
    file: Path

    @property
    def kilobytes(self) -> float:
        return sum(len(letter.content) for letter in self.envelopes) / len(self.envelopes) / 1000


@dataclass(frozen=True, slots=True)
class Round:
    """How many letters a second, on the whole and in its two halves; and in a second of the processor."""

    whole: float
    owed: float
    sent: float
    busy: float


def measure(ground: Ground) -> list[Figure]:
    count, rounds_sent, theirs_busy = ground.plan.letters, list[Round](), list[float]()
    organisation = ground.organisation(members=count)
    letters = letters_of(organisation, count, ground)
    works = {
        "ours": lambda: send_round(organisation, count, rounds_sent),
        "aiosmtplib": lambda: hand_over(letters, ground.sink.port, theirs_busy),
    }
    try:
        program = smtp_source()
        works["smtp-source"] = lambda: by_smtp_source(program, letters, ground.sink.port)
    except Absent as absent:
        ground.left_out["smtp-source"] = str(absent)
    taken = in_turn(works, turns=ground.plan.turns)
    frame = Figure("round: ledger, letter, sink, recorded", "letters/s", aiosmtplib_over(letters.connections), ())
    note = f"{count} letters of {letters.kilobytes:.1f} kB, {ground.plan.cases} cases in each"
    beside_source = replace(frame, reference=f"smtp-source -d, {letters.connections} sessions", target=BESIDE_SMTP_SOURCE)
    halves = {"composed and owed": [own.owed for own in rounds_sent], "handed over and recorded": [own.sent for own in rounds_sent]}
    return [
        replace(frame, pairs=pairs(taken["ours"], taken["aiosmtplib"]), target=BESIDE_AIOSMTPLIB, note=note),
        *(replace(beside_source, pairs=pairs(taken["ours"], taken[name])) for name in taken if name == "smtp-source"),
        *(replace(frame, what=f"  of it: {half}", pairs=pairs(own, taken["aiosmtplib"])) for half, own in halves.items()),
        replace(frame, what="  in a second of the processor", pairs=pairs([own.busy for own in rounds_sent], theirs_busy)),
    ]


def measure_with_many_connections(ground: Ground) -> list[Figure]:
    """One commit serves all that are ready, so it costs each letter a quarter of what it costs over four connections."""
    count, rounds_sent = ground.plan.letters, list[Round]()
    organisation = ground.organisation(members=count).with_connections(MANY_CONNECTIONS)
    letters = letters_of(organisation, count, ground)
    works = {
        "ours": lambda: send_round(organisation, count, rounds_sent),
        "aiosmtplib": lambda: hand_over(letters, ground.sink.port, []),
    }
    taken = in_turn(works, turns=ground.plan.turns)
    frame = Figure(f"round over {MANY_CONNECTIONS} connections", "letters/s", aiosmtplib_over(letters.connections), ())
    note = f"{count} letters"
    return [
        replace(frame, pairs=pairs(taken["ours"], taken["aiosmtplib"]), target=BESIDE_AIOSMTPLIB, note=note),
        replace(frame, what="  of it: handed over and recorded", pairs=pairs([own.sent for own in rounds_sent], taken["aiosmtplib"])),
    ]


def measure_far_away(ground: Ground) -> list[Figure]:
    """The same behind a round trip as on a real network, where that is what takes the time."""
    count = min(LETTERS_FAR_AWAY, ground.plan.letters)
    organisation = ground.organisation(members=count)
    letters = letters_of(organisation, count, ground)
    with far_away(ground.sink, milliseconds=ROUND_TRIP_MILLISECONDS) as sink:
        organisation = organisation.with_relay(port=sink.port)
        taken = in_turn(
            {"ours": lambda: send_round(organisation, count, []), "aiosmtplib": lambda: hand_over(letters, sink.port, [])},
            turns=ground.plan.turns,
        )
    what = f"round at a round trip of {ROUND_TRIP_MILLISECONDS} ms"
    return [
        Figure(
            what, "letters/s", aiosmtplib_over(letters.connections), pairs(taken["ours"], taken["aiosmtplib"]), FAR_AWAY, f"{count} letters"
        )
    ]


def owed_letters(office: Office, count: int) -> list[Owed]:
    """The letters of a round that was opened, before any of them is sent."""
    expect("letters of the round", rounds.send_now(office, by="bench")[1], count)
    with office.ledger.writing() as ledger:
        return ledger.leases.take(now=office.clock(), sender=office.settings.mailbox.address, limit=count, by="the bench")


def hand_over(letters: Letters, port: int, noted: list[float]) -> float:
    """By aiosmtplib, which has nothing to do but this; how many in a second of the processor is noted."""
    took = times_of(lambda: asyncio.run(_hand_over(letters, port)))
    noted.append(len(letters.envelopes) / took.busy)
    return len(letters.envelopes) / took.passed


def letters_of(organisation: Organisation, count: int, ground: Ground) -> Letters:
    with organisation.office() as office:
        envelopes = [letter.envelope for letter in owed_letters(office, count)]
        connections = office.settings.smtp.connections
    file = ground.folder / "a letter"
    mean = sum(len(letter.content) for letter in envelopes) / len(envelopes)
    file.write_bytes(min((letter.content for letter in envelopes), key=lambda content: abs(len(content) - mean)))
    return Letters(envelopes, connections, file)


def aiosmtplib_over(connections: int) -> str:
    return f"aiosmtplib, prebuilt bytes, {connections} connections"


def send_round(organisation: Organisation, count: int, noted: list[Round]) -> float:
    with organisation.office() as office:
        owed = times_of(lambda: expect("letters owed", rounds.send_now(office, by="bench")[1], count))
        sent = times_of(lambda: expect("letters sent", daemon.send_due(office).sent, count))
        with office.ledger.reading() as ledger:
            expect("letters on record as sent", ledger.outbox.count_by_state(), {"sent": count})
    noted.append(Round(count / (owed.passed + sent.passed), count / owed.passed, count / sent.passed, count / (owed.busy + sent.busy)))
    return noted[-1].whole


def by_smtp_source(program: str, letters: Letters, port: int) -> float:
    """One letter as often as there are letters, in as many sessions as there are connections; how many a second."""
    count = len(letters.envelopes)
    return count / seconds_of(lambda: hand_over_by(program, letters.file, port, sessions=letters.connections, count=count))


async def _hand_over(letters: Letters, port: int) -> None:
    waiting = deque(letters.envelopes)

    async def work() -> None:
        smtp = aiosmtplib.SMTP(hostname="127.0.0.1", port=port, use_tls=False, start_tls=False, local_hostname="desk.example")
        async with smtp:
            while waiting:
                letter = waiting.popleft()
                await smtp.sendmail(letter.sender, [letter.recipient], letter.content)

    await asyncio.gather(*(work() for _ in range(letters.connections)))
