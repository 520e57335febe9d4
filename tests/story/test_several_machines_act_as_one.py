"""Two daemons on one PostgreSQL: one reads and decides, both send; whichever is halted, killed or stopped, each claim has one answer.

Where one is halted or killed the leases are shortened (`tests/soak/replica.py`), so that a halt of seconds is a long one.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests.servers.dovecot import Dovecot
from tests.servers.ground import wait_until
from tests.servers.smtp_sink import SmtpSink
from tests.story.command import COMMAND, Daemon
from tests.story.conversation import World

ITO, MORI = "ito@lawfirm.example", "mori@houritsu.example"
DECISION_LOCK = 0x6669727374
PROGRAM = (sys.executable, "-m", "tests.soak.replica")
IN_EARNEST = (*COMMAND, "run")


@pytest.fixture
def world(tmp_path: Path, dovecot: Dovecot, sink: SmtpSink, postgres_url: str) -> World:
    return World.build(tmp_path, dovecot, sink, database_url=postgres_url)


@contextmanager
def two_machines(world: World, *, program: Sequence[str] = PROGRAM) -> Iterator[tuple[Daemon, Daemon]]:
    """The first leads and the second follows."""
    world.settle_in()
    with ExitStack() as running:
        daemons = []
        for word in ("leads", "follows another replica"):
            daemon = running.enter_context(Daemon(world.folder, program=program))
            daemon.wait_for(f'"event": "{word}"')
            daemon.wait_for('"ready"')
            daemons.append(daemon)
        yield daemons[0], daemons[1]


def the_other_leads(daemon: Daemon) -> None:
    daemon.wait_for('"event": "leads"')


def test_F_26_a_leader_halted_in_the_middle_of_a_decision_finds_another_in_its_place(world: World) -> None:
    world.member(ITO, name="Ito")
    case = world.case("Asylum appeal")
    with two_machines(world) as (first, second):
        with _decision_lock(world) as is_waited_for:
            world.writes(ITO, f"CLAIM {case}")
            wait_until(is_waited_for, otherwise=lambda: "nobody decides")
            first.halt()
        the_other_leads(second)
        world.sink.wait_for(1, to=ITO)
        first.go_on()
        first.wait_for("follows another replica")
        told = world.cli("status", "--json")
    assert (told["leader"]["term"], told["leader"]["is_alive"], len(told["replicas"])) == (2, True, 2)
    assert world.standing(case) == {ITO: "confirmed"} and world.dispositions() == ["answered"]
    assert [letter.subject for letter in world.letters_to(ITO)] == [f"{case} is yours: Asylum appeal"]


def test_G_25_that_nobody_leads_is_told_by_who_is_left_and_a_dead_machine_is_called_so(world: World) -> None:
    """The row of the leadership is held by a session of the database that nobody ends."""
    alerts = world.folder / "alerts.jsonl"
    configuration = world.folder / "firstreply.toml"
    configuration.write_text(f'{configuration.read_text()}\n[alerts]\nfile = "{alerts}"\n')
    world.command("status")
    world.book.change(
        "INSERT INTO replica (name, since, seen_at) VALUES ('old:1', now() - interval '1 hour', now() - interval '5 minutes')"
    )
    world.book.change("UPDATE leader SET name = 'old:1', until = now() - interval '5 minutes'")
    with create_engine(world.database_url, poolclass=NullPool).begin() as holder:
        holder.execute(text("SELECT * FROM leader FOR UPDATE"))
        with world.daemon():
            wait_until(alerts.exists, otherwise=lambda: "nobody tells")
            told = world.command("status", expect=1).out
    assert "none leads" in alerts.read_text() and "none leads" in told
    assert "old:1 leads since" in told and "is silent: another takes over" in told
    world.book.change("UPDATE leader SET name = 'other:2'")
    assert "old:1 is gone, last seen" in world.command("status", expect=None).out


def test_F_26_a_sender_halted_with_a_letter_in_hand_does_not_send_it_when_another_has(world: World) -> None:
    world.member(ITO, name="Ito")
    case = world.case("Asylum appeal")
    with two_machines(world) as (first, second):
        world.sink.script.delay("DATA", 6, to=ITO, times=1)
        world.writes(ITO, f"CLAIM {case}")
        _until_leased(world)
        sender = first if "claim decided" in first.log else second
        first.halt()
        second.wait_for("letters of a stopped process picked up")
        world.sink.wait_for(1, to=ITO)
        first.go_on()
        # Where it was halted with a stage about to be written, the database has ended its transaction, and it learns there that the letter is not its own.
        learned = ("letter left to another process", "mail cannot be sent")
        wait_until(lambda: any(words in first.log for words in learned), otherwise=lambda: first.log)
        wait_until(lambda: {row["state"] for row in world.cli("outbox", "list", "--json")} == {"sent"}, otherwise=lambda: second.log)
    assert sender is first and len(world.letters_to(ITO)) == 1


def test_when_the_leader_stops_the_other_leads_and_when_it_is_killed_too(world: World) -> None:
    world.member(ITO, name="Ito")
    world.member(MORI, name="森 健", language="ja")
    case = world.case("Asylum appeal")
    with two_machines(world) as (first, second):
        assert first.terminate() == 0
        the_other_leads(second)
        world.writes(ITO, f"CLAIM {case}")
        world.sink.wait_for(1, to=ITO)
        with Daemon(world.folder, program=PROGRAM) as third:
            third.wait_for("follows another replica")
            second.kill()
            the_other_leads(third)
            world.writes(MORI, f"CLAIM {case}")
            world.sink.wait_for(1, to=MORI)
    assert world.standing(case) == {ITO: "confirmed", MORI: "waitlisted"}
    assert world.cli("status", "--json")["leader"] is None


def test_C_21_while_postgresql_is_away_both_wait_and_nothing_is_lost(world: World) -> None:
    world.member(ITO, name="Ito")
    world.member(MORI, name="森 健", language="ja")
    case = world.case("Asylum appeal")
    with two_machines(world) as daemons:
        world.writes(ITO, f"CLAIM {case}")
        _restart(world, until=lambda: all("the database cannot be reached" in daemon.log for daemon in daemons))
        world.writes(MORI, f"CLAIM {case}")
        world.sink.wait_for(1, to=ITO)
        world.sink.wait_for(1, to=MORI)
    assert world.standing(case) == {ITO: "confirmed", MORI: "waitlisted"}
    assert (len(world.letters_to(ITO)), len(world.letters_to(MORI))) == (1, 1)


def test_run_once_reads_and_decides_beside_the_leader_and_leads_where_there_is_none(world: World) -> None:
    world.member(ITO, name="Ito")
    case = world.case("Asylum appeal")
    world.writes(ITO, f"CLAIM {case}")
    world.runs_once()
    assert world.standing(case) == {ITO: "confirmed"} and world.cli("status", "--json")["leader"] is None
    with two_machines(world, program=IN_EARNEST):  # nobody is halted, and on a busy machine a short lease would run out all the same
        world.runs_once()
        assert world.cli("status", "--json")["leader"]["term"] == 2
    assert len(world.letters_to(ITO)) == 1


@contextmanager
def _decision_lock(world: World) -> Iterator[Callable[[], bool]]:
    """Taken by somebody else until the end of the block; gives what tells whether anybody waits for it."""
    with create_engine(world.database_url, poolclass=NullPool).connect() as book:
        book.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": DECISION_LOCK})
        yield lambda: book.execute(text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")).scalar_one() > 1
        book.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": DECISION_LOCK})


def _until_leased(world: World) -> None:
    """The confirmation alone is in hand: what else was taken with it has left, and that is on record."""
    with create_engine(world.database_url, poolclass=NullPool, isolation_level="AUTOCOMMIT").connect() as book:
        leased = text("SELECT kind FROM letter WHERE state <> 'sent'")
        is_taken = text("SELECT count(*) FROM letter WHERE state = 'sending'")
        wait_until(
            lambda: book.execute(is_taken).scalar_one() == 1 and list(book.execute(leased).scalars()) == ["confirmation"],
            otherwise=lambda: "nothing was taken",
        )


def _restart(world: World, *, until: Callable[[], bool]) -> None:
    """As its clients see it: every connection is ended, and for a while there is no new one."""
    name = world.database_url.rpartition("/")[2]
    beside = create_engine(f"{world.database_url.rpartition('/')[0]}/postgres", poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with beside.connect() as server:
        server.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
        server.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"), {"name": name})
        wait_until(until, otherwise=lambda: "nobody noticed")
        server.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))
