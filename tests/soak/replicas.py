"""F-10: four daemons on one PostgreSQL, halted and let go at random; ten claims for one place come to light together, again and again.

Each time the smallest key (arrival, then number in the mailbox) has the place, everybody else waits in order, and everybody has one answer.
A halt longer than the lease makes another lead, in the middle of whatever the halted one was doing (F-26).
"""

from __future__ import annotations

import random
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.servers.dovecot import Dovecot
from tests.servers.ground import wait_until
from tests.servers.postgres import running_postgres
from tests.servers.smtp_sink import Received, SmtpSink
from tests.soak import oracles
from tests.soak.crashes import MOST_CONNECTIONS, resend_at_once
from tests.soak.doubt import second_copies
from tests.soak.figures import Figures
from tests.soak.replica import LEASE_SECONDS
from tests.story.command import Daemon
from tests.story.conversation import BOT, World, Written

PROGRAM = (sys.executable, "-m", "tests.soak.replica")
LAWYERS = tuple(f"m{number}@lawfirm.example" for number in range(10))
AT_ONCE = 4
"""Cases whose claims come to light in the same moment."""
Halt = tuple[datetime, datetime]
"""From when until when a daemon stood still."""
_HIDDEN = "Quarantine"
_PATIENCE_SECONDS = 600
"""Four daemons, two of which may stand still, on a machine that does other things as well."""


def play(seed: int, folder: Path, figures: Figures, *, trials: int = 40) -> None:
    """A soak of five seeds makes the 200 trials of F-10."""
    with running_postgres() as postgres, postgres.fresh_database() as url, Dovecot.start() as imap, SmtpSink.start() as sink:
        race(World.build(folder, imap, sink, database_url=url), seed, figures, trials=trials)


def race(world: World, seed: int, figures: Figures, *, trials: int) -> None:
    chance = random.Random(seed)
    world.configure("settle_seconds", "settle_seconds = 0")
    resend_at_once(world, connections=MOST_CONNECTIONS)
    for number, address in enumerate(LAWYERS):
        world.member(address, name=f"Member {number}", language=("en", "ja")[number % 2])
    cases = [world.case(f"Asylum appeal {number}", details=f"{oracles.CANARY} {number}") for number in range(trials)]
    world.settle_in()
    written = list[Written]()
    standings: dict[str, dict[str, str]] = {}
    halts = list[Halt]()
    with four_daemons(world) as daemons, _weather(daemons, chance, figures, halts):
        for start in range(0, trials, AT_ONCE):
            batch = cases[start : start + AT_ONCE]
            standings |= _claims_come_to_light(world, batch, chance, written)
            _until_decided(world, batch)
        figures.messages = len(written)
        _until_all_is_sent(world)
    for _ in range(2):  # what staff are told of at the end of a run goes with the next
        world.runs_once()
    figures.faults["takeovers"] = _terms(world) - 1
    figures.letters = len(world.sink.letters)
    figures.duplicates = oracles.hold(world, written, standings=standings)
    _each_double_had_its_halt(second_copies(world.sink.letters), halts)


@contextmanager
def four_daemons(world: World, *, count: int = 4) -> Iterator[list[Daemon]]:
    with ExitStack() as running:
        daemons = [running.enter_context(Daemon(world.folder, program=PROGRAM)) for _ in range(count)]
        for daemon in daemons:
            daemon.wait_for('"ready"', seconds=_PATIENCE_SECONDS)
        yield daemons


@contextmanager
def _weather(daemons: Sequence[Daemon], chance: random.Random, figures: Figures, halts: list[Halt]) -> Iterator[None]:
    """One of them stands still at any time, mostly for moments, now and then for longer than its lease; at the end all go on.

    Notes in `halts` when those were that outlast a lease.
    """
    own, over = random.Random(chance.random()), threading.Event()

    def blow() -> None:
        while not over.wait(own.uniform(0.05, 0.3)):
            daemon, is_long = own.choice(daemons), own.random() < 0.15
            since = datetime.now(UTC)
            daemon.halt()
            over.wait(LEASE_SECONDS + own.uniform(0.5, 2) if is_long else own.uniform(0.02, 0.4))
            daemon.go_on()
            if is_long:
                halts.append((since, datetime.now(UTC)))
            figures.faults["halts beyond the lease" if is_long else "halts"] += 1

    wind = threading.Thread(target=blow)
    wind.start()
    try:
        yield
    finally:
        over.set()
        wind.join()
        for daemon in daemons:
            daemon.go_on()


def _each_double_had_its_halt(twice: Sequence[tuple[Received, Received]], halts: Sequence[Halt]) -> None:
    """The first copy left shortly before the process stood still or as it did, and the second after that; one on each connection.

    How long after is a matter of how busy the machine is: whoever wakes up may be slow to say what it sent.
    """
    near = timedelta(seconds=LEASE_SECONDS)
    doubles: Counter[Halt] = Counter()
    for first, second in twice:
        by = [halt for halt in halts if halt[0] - near <= first.at <= halt[1] and halt[0] < second.at]
        assert by, f"sent again without a halt: {second.subject!r} to {second.rcpt} at {first.at} and {second.at}"
        doubles[min(by, key=doubles.__getitem__)] += 1
    assert max(doubles.values(), default=0) <= MOST_CONNECTIONS, f"one halt cannot have cost as many replies: {doubles}"


def _claims_come_to_light(world: World, cases: Sequence[str], chance: random.Random, written: list[Written]) -> dict[str, dict[str, str]]:
    """Into a folder that nobody watches, and from there into the inbox all at once; gives who must stand how."""
    mails = [(case, lawyer) for case in cases for lawyer in LAWYERS]
    chance.shuffle(mails)
    keys: dict[str, list[tuple[object, ...]]] = {case: [] for case in cases}
    uids = []
    for case, lawyer in mails:
        at = world.clock("09:00") + timedelta(seconds=chance.randrange(8))
        mail = world.writes(lawyer, f"CLAIM {case}", at=f"{at:%H:%M:%S}", folder=_HIDDEN)
        written.append(mail)
        uids.append(mail.uid)
        keys[case].append((mail.at, mail.uid, lawyer))
    world.imap.move(BOT, *uids, from_folder=_HIDDEN, to_folder="INBOX")
    return {case: _in_order(keys[case]) for case in cases}


def _in_order(keys: list[tuple[object, ...]]) -> dict[str, str]:
    lawyers = [str(lawyer) for *_, lawyer in sorted(keys, key=lambda key: key[:2])]
    return {lawyer: "waitlisted" if place else "confirmed" for place, lawyer in enumerate(lawyers)}


def _until_decided(world: World, cases: Sequence[str]) -> None:
    ledger = oracles.office_of(world).ledger

    def are_decided() -> bool:
        with ledger.reading() as book:
            found = [claim.state.value for case in cases for claim in book.claims.of(case)]
        return len(found) == len(cases) * len(LAWYERS) and "queued" not in found

    wait_until(are_decided, seconds=_PATIENCE_SECONDS, otherwise=lambda: f"not decided in time: {', '.join(cases)}")
    ledger.close()


def _until_all_is_sent(world: World) -> None:
    ledger = oracles.office_of(world).ledger

    def is_sent() -> bool:
        with ledger.reading() as book:
            return set(book.outbox.count_by_state()) <= {"sent"}

    wait_until(is_sent, seconds=_PATIENCE_SECONDS, otherwise=lambda: "not all letters went")
    ledger.close()


def _terms(world: World) -> int:
    ledger = oracles.office_of(world).ledger
    with ledger.reading() as book:
        return book.replicas.term()
