"""Two machines on one PostgreSQL that send together, beside one, where the way to the mail server is what takes the time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.counterparts import SinkServer, far_away, postgres_server
from bench.figures import Figure, Target, expect, in_turn, pairs, seconds_of
from bench.ground import Ground
from bench.measures.sending import LETTERS_FAR_AWAY, ROUND_TRIP_MILLISECONDS
from bench.organisation import Organisation
from bot import rounds
from bot.office import Office

TARGET = Target(1.6)


@dataclass(frozen=True, slots=True)
class Sent:
    """Letters a second, and the seconds in which one of the senders had a processor, all of them together."""

    rate: float
    busy: float


@dataclass(slots=True)
class DeskOnPostgres:
    """On PostgreSQL, with a round for each turn: every month of a long life."""

    organisation: Organisation
    office: Office
    letters: int
    months: Iterator[str] = field(default_factory=lambda: (f"{2100 + number // 12}-{1 + number % 12:02}" for number in count()))

    def send_with(self, machines: int) -> Sent:
        with ExitStack() as running:
            senders = [running.enter_context(_sender(self.organisation)) for _ in range(machines)]
            expect("letters owed", rounds.send_now(self.office, next(self.months), by="bench")[1], self.letters)
            told = list[tuple[int, float]]()
            taken = seconds_of(lambda: told.extend(_send(senders)))
        expect("letters sent", sum(count for count, _ in told), self.letters)
        return Sent(self.letters / taken, sum(busy for _, busy in told))


def measure(ground: Ground) -> list[Figure]:
    letters = min(LETTERS_FAR_AWAY, ground.plan.letters)
    with far_away(ground.sink, milliseconds=ROUND_TRIP_MILLISECONDS) as sink, desk_on_postgres(ground, letters, sink) as desk:
        taken = in_turn({"two": lambda: desk.send_with(2).rate, "one": lambda: desk.send_with(1).rate}, turns=ground.plan.turns)
    what = f"two senders on PostgreSQL, a round trip of {ROUND_TRIP_MILLISECONDS} ms away"
    note = f"{letters} letters, owed before; the test server's PostgreSQL does not wait for its disk"
    return [Figure(what, "letters/s", "one sender", pairs(taken["two"], taken["one"]), TARGET, note)]


@contextmanager
def desk_on_postgres(ground: Ground, letters: int, sink: SinkServer) -> Iterator[DeskOnPostgres]:
    with postgres_server() as url, TemporaryDirectory(dir=ground.folder) as folder:
        own = Path(folder) / "on PostgreSQL"
        organisation = Organisation.found(own, members=letters, cases=ground.plan.cases, smtp_port=sink.port, database_url=url)
        with organisation.office() as office:
            yield DeskOnPostgres(organisation, office, letters)


@contextmanager
def _sender(organisation: Organisation) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "bench.sender", str(organisation.configuration)]
    with (
        (organisation.folder / "sender.log").open("a") as log,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True) as process,
    ):
        assert process.stdin is not None and process.stdout is not None
        expect("a sender", process.stdout.readline().strip(), "ready")
        yield process


def _send(senders: list[subprocess.Popen[str]]) -> list[tuple[int, float]]:
    """Of each, how many letters and how many seconds of the processor."""
    for sender in senders:
        assert sender.stdin is not None
        sender.stdin.write("\n")
        sender.stdin.flush()
    told = [sender.stdout.readline().split() for sender in senders if sender.stdout is not None]
    return [(int(count), float(busy)) for count, busy in told]
