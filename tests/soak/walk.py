"""A random walk: lawyers claim and hand back, servers fail, the clock leaps, processes are killed, one works or two at a time.

C-01, F-10, F-17, G-18, G-19, G-20. Each station is a kill's place once in a walk, in an order of the seed's choice, among passes that nobody kills; each third
seed walks on PostgreSQL, where the reply to a COMMIT is lost, too. After each step the promises that hold at any moment are looked at
(`watch.Watch`), and at the end, when all is quiet, all of them: each message on record once and whole, each letter gone, each case with those
whose mail arrived first.
"""

from __future__ import annotations

import random
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.servers.dovecot import Dovecot
from tests.servers.postgres import running_postgres
from tests.servers.severed import Way, way_to
from tests.servers.smtp_script import Script
from tests.servers.smtp_sink import SmtpSink
from tests.soak import oracles
from tests.soak.crashes import DOT_LOST, MOST_CONNECTIONS, MOST_RUNS, STATIONS, resend_at_once
from tests.soak.figures import Figures
from tests.soak.passing import KILLED, LEASE_SECONDS, WHOLE, Pass, begun
from tests.soak.waiting import Queue
from tests.soak.watch import Watch
from tests.story.conversation import World, Written

LAWYERS = tuple(f"m{number}@lawfirm.example" for number in range(6))
PLAIN_STEPS = 7
_LEAPS = [timedelta(hours=hours) for hours in (-6, -1, 0, 0, 0, 1, 6)]
_TROUBLES: tuple[tuple[str, Callable[[Script], object]], ...] = (
    ("refused for now", lambda script: script.refuse("RCPT", reply="450 4.2.0 later", times=1)),
    ("421 at the door", lambda script: script.refuse("GREETING", reply="421 4.3.2 closing", times=1)),
    ("line cut before the dot", lambda script: script.drop("before DOT")),
    ("line cut after MAIL", lambda script: script.drop("after MAIL")),
    (DOT_LOST, lambda script: script.drop("after DOT")),
)


@dataclass(slots=True)
class Walk:
    world: World
    chance: random.Random
    figures: Figures
    way: Way | None = None
    queues: dict[str, Queue] = field(default_factory=dict)
    written: list[Written] = field(default_factory=list)
    seconds: int = 0
    """How far the story's day has gone: mail arrives in the order in which it is written, some of it in one second."""
    ahead: timedelta = timedelta()

    def people_write(self) -> None:
        self.seconds += 1  # a pass has seen the end of the last one: what a server adds to it now has surfaced late, and waits
        if not self.queues or (len(self.queues) < 8 and self.chance.random() < 0.4):
            places = self.chance.choice((1, 1, 2))
            case_id = self.world.case(f"Asylum appeal {len(self.queues)}", details=oracles.CANARY, places=str(places))
            self.queues[case_id] = Queue(places)
            self.world.settle_in()
        for _ in range(self.chance.randint(1, 4)):
            case_id = self.chance.choice(list(self.queues))
            queue, lawyer = self.queues[case_id], self.chance.choice(LAWYERS)
            if queue.may_hand_back(lawyer) and self.chance.random() < 0.5:
                queue.hands_back(lawyer)
                self._mail(lawyer, f"RELEASE {case_id}")
            elif not queue.is_in_line(lawyer):
                is_junk = self.chance.random() < 0.2
                queue.claims(lawyer, self._mail(lawyer, f"CLAIM {case_id}", folder="Junk" if is_junk else "INBOX"), is_junk=is_junk)
        if self.chance.random() < 0.2:
            self._mail("vacation@elsewhere.example", "I am away.", headers={"Auto-Submitted": "auto-replied"})

    def _mail(self, sender: str, words: str, **more: Any) -> Written:
        self.seconds += self.chance.choice((0, 1, 40))
        at = f"{self.world.clock('09:00') + timedelta(seconds=self.seconds):%H:%M:%S}"
        self.written.append(self.world.writes(sender, words, at=at, **more))
        self.figures.messages += 1
        return self.written[-1]

    def step(self, crash_at: str = "") -> int:
        """One pass or two at once, amid a trouble or none; gives how many replies of the SMTP server that can have cost."""
        self.ahead = self.chance.choice(_LEAPS)
        self.figures.faults["clock leaps"] += bool(self.ahead)
        trouble = self.chance.choice((*_TROUBLES, None, None, None))
        if trouble:
            trouble[1](self.world.sink.script)
        if self.way and self.chance.random() < 0.4:
            self.way.lose_the_next_commit()
        ends = self._passes(crash_at)
        befell = trouble[0] if trouble and not self.world.sink.script.clear() else ""
        if befell:
            self.figures.faults[befell] += 1
        if self.way:
            self.figures.faults["reply to COMMIT lost"] = self.way.lost
        if set(ends) == {WHOLE}:
            for queue in self.queues.values():
                queue.all_is_read()
        return (befell == DOT_LOST) + MOST_CONNECTIONS * (KILLED in ends)

    def _passes(self, crash_at: str) -> list[int]:
        with ExitStack() as running:
            passes = [running.enter_context(self._begun(crash_at))]
            if self.chance.random() < 0.3:
                self.figures.faults["two at once"] += 1
                passes.append(running.enter_context(self._begun("")))
                self._halt(passes[0])
            if self.chance.random() < 0.15:
                self.figures.faults["IMAP server killed"] += 1
                self.world.imap.close(how=signal.SIGKILL)
                self.world.imap.open()
            ends = [one.ended() for one in passes]
            for one in passes:
                oracles.is_one_object_a_line(one.log.read_text(), is_whole=one.process.exitcode != KILLED)
        if ends[0] == KILLED:
            self.figures.faults[f"killed: {crash_at.partition(':')[0]}"] += 1
        return ends

    def _begun(self, crash_at: str) -> AbstractContextManager[Pass]:
        return begun(self.world.folder, crash_at=crash_at, ahead=self.ahead)

    def _halt(self, one: Pass) -> None:
        """It stands still for a moment, wherever it is."""
        self.figures.faults["halts"] += 1
        threading.Event().wait(self.chance.uniform(0.1, 0.6))
        one.halts()
        threading.Event().wait(self.chance.uniform(0.05, 0.5))
        one.goes_on()

    def until_quiet(self, watch: Watch) -> None:
        """Hours later, so that whatever was put off is due, and after the leases of those who were killed."""
        self.ahead = timedelta(hours=8)
        for _ in range(MOST_RUNS):
            before = len(self.world.sink.letters)
            with self._begun("") as last:
                assert last.ended() == WHOLE, last.log.read_text()
            if len(self.world.sink.letters) == before and not watch.letters_in_hand():
                return
            threading.Event().wait(LEASE_SECONDS if watch.letters_in_hand() else 0)
        raise AssertionError(f"still sending after {MOST_RUNS} passes")


def play(seed: int, folder: Path, figures: Figures) -> None:
    chance = random.Random(seed)
    with Dovecot.start() as imap, SmtpSink.start() as sink, _database(seed, folder) as (url, way):
        world = World.build(folder, imap, sink, database_url=url)
        if way:
            world.configure("url", f'url = "{way.url}"')
        walk(Walk(world, chance, figures, way))


@contextmanager
def _database(seed: int, folder: Path) -> Iterator[tuple[str, Way | None]]:
    if seed % 3:
        yield "", None
        return
    with running_postgres() as postgres, postgres.fresh_database() as url, way_to(url) as way:
        yield url, way


def walk(on: Walk, *, steps: int | None = None) -> None:
    """All stations and some plain steps, or the first `steps` of them."""
    world, chance = on.world, on.chance
    world.configure("junk_folder", 'junk_folder = "Junk"\narchive_folder = "Read"')
    resend_at_once(world, connections=MOST_CONNECTIONS)
    for number, address in enumerate(LAWYERS):
        world.member(address, name=f"Member {number}", language=("en", "ja")[number % 2])
    watch = Watch(world)
    kills = [f"{station}:{chance.choice((1, 1, 2))}" for station in STATIONS] + [""] * PLAIN_STEPS
    chance.shuffle(kills)
    for crash_at in kills[:steps]:
        on.people_write()
        watch.looks(on.queues, replies=on.step(crash_at))
    on.until_quiet(watch)
    watch.looks(on.queues, replies=0)
    standings = {case_id: queue.standings() for case_id, queue in on.queues.items()}
    on.figures.letters = len(world.sink.letters)
    on.figures.duplicates = oracles.hold(world, on.written, standings=standings, held=watch.held)
    on.figures.faults["given up after two lost replies"] += watch.given_up()
    watch.close()
