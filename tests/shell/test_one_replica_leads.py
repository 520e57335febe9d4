"""Of several processes on one PostgreSQL one leads; under an old term nothing is written, read or kept locked."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from bot.shell.ledger import Ledger, LedgerAway, TermOver, replicas
from bot.shell.ledger.engine import IDLE_SECONDS
from tests.shell.books import add_case, add_member, open_ledger


@pytest.fixture
def ledger(postgres_url: str) -> Iterator[Ledger]:
    with open_ledger(postgres_url) as opened:
        yield opened


def beat(ledger: Ledger, name: str) -> int | None:
    with ledger.writing() as book:
        return book.replicas.beat(name)


def the_lease_runs_out(ledger: Ledger) -> None:
    with ledger.writing() as book:
        book.session.execute(text("UPDATE leader SET until = since"))


def test_the_first_leads_and_the_second_follows(ledger: Ledger) -> None:
    assert [beat(ledger, name) for name in ("A", "B", "A", "B")] == [1, None, 1, None]
    with ledger.reading() as book:
        leader = book.replicas.leader()
        assert leader and (leader.name, leader.term, book.replicas.is_led()) == ("A", 1, True)
        assert [one.name for one in book.replicas.all()] == ["A", "B"]


def test_who_finds_the_lease_run_out_takes_over_under_the_next_term(ledger: Ledger) -> None:
    beat(ledger, "A")
    the_lease_runs_out(ledger)
    assert (beat(ledger, "B"), beat(ledger, "A")) == (2, None)


def test_a_leader_that_beats_late_and_finds_nobody_in_its_place_leads_on(ledger: Ledger) -> None:
    beat(ledger, "A")
    the_lease_runs_out(ledger)
    assert beat(ledger, "A") == 1


def test_who_steps_down_is_followed_at_once(ledger: Ledger) -> None:
    beat(ledger, "A")
    with ledger.writing() as book:
        book.replicas.step_down("A")
    assert beat(ledger, "B") == 2
    with ledger.reading() as book:
        assert [one.name for one in book.replicas.all()] == ["B"]


def test_nobody_leads_where_somebody_is_there_and_the_lease_ran_out(ledger: Ledger) -> None:
    """Whoever has not beaten for half a minute is gone, and cannot lead."""
    beat(ledger, "A")
    with ledger.reading() as book:
        assert book.replicas.unled_for() is None
    the_lease_runs_out(ledger)
    with ledger.reading() as book:
        assert book.replicas.unled_for() is not None and [one.is_alive for one in book.replicas.all()] == [True]
    with ledger.writing() as book:
        book.session.execute(text("UPDATE replica SET seen_at = now() - interval '31 seconds'"))
        assert book.replicas.unled_for() is None and [one.is_alive for one in book.replicas.all()] == [False]


def test_stepping_down_takes_nothing_from_another(ledger: Ledger) -> None:
    beat(ledger, "A")
    beat(ledger, "B")
    with ledger.writing() as book:
        book.replicas.step_down("B")
    assert beat(ledger, "A") == 1


@pytest.mark.parametrize("kind", ["deciding", "writing", "reading"])
def test_F_26_under_an_old_term_nothing_is_begun(ledger: Ledger, kind: str) -> None:
    old = ledger.under(beat(ledger, "A") or 0)
    the_lease_runs_out(ledger)
    beat(ledger, "B")
    with pytest.raises(TermOver), getattr(old, kind)():
        raise AssertionError("it was let in")


def test_F_26_nobody_takes_over_in_the_middle_of_what_the_leader_writes(ledger: Ledger) -> None:
    led = ledger.under(beat(ledger, "A") or 0)
    the_lease_runs_out(ledger)
    with led.deciding() as book:
        add_case(book)
        assert beat(ledger, "B") is None
    assert beat(ledger, "B") == 2
    with ledger.reading() as book:
        assert len(book.cases.all()) == 1


def test_F_26_what_waited_for_its_turn_is_refused_when_the_term_ends_meanwhile(ledger: Ledger) -> None:
    """The decision lock is had last of all by one whose term is over by then."""
    led, ended = ledger.under(beat(ledger, "A") or 0), []
    with ledger.deciding():
        waiting = threading.Thread(target=lambda: ended.append(_is_refused(led)))
        waiting.start()
        _until_somebody_waits(ledger)
        the_lease_runs_out(ledger)
        beat(ledger, "B")
    waiting.join()
    assert ended == [True]


def test_a_transaction_of_a_stopped_process_is_ended_by_the_server(ledger: Ledger) -> None:
    """It would keep the decision lock from everybody. Here it is ended after less than the time it has in earnest."""
    assert replicas.LEASE.total_seconds() > IDLE_SECONDS
    with pytest.raises(LedgerAway), ledger.deciding() as book:
        add_member(book, 1)
        assert book.session.execute(text("SHOW idle_in_transaction_session_timeout")).scalar() == f"{IDLE_SECONDS}s"
        book.session.execute(text("SET idle_in_transaction_session_timeout = '50ms'"))
        with ledger.deciding() as other:
            assert other.roster.all() == []
        add_member(book, 2)
    with ledger.reading() as book:
        assert book.roster.all() == []


def test_several_start_at_once_on_an_empty_database(postgres_url: str) -> None:
    """Each would make the tables; one does, and the others find them."""
    faults: list[Exception] = []
    starting = [threading.Thread(target=_start, args=(postgres_url, faults)) for _ in range(3)]
    for thread in starting:
        thread.start()
    for thread in starting:
        thread.join()
    assert faults == []


def _start(url: str, faults: list[Exception]) -> None:
    try:
        with open_ledger(url):
            pass
    except Exception as fault:
        faults.append(fault)


def _is_refused(ledger: Ledger) -> bool:
    try:
        with ledger.deciding() as book:
            add_case(book)
    except TermOver:
        return True
    return False


def _until_somebody_waits(ledger: Ledger) -> None:
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    while True:
        with ledger.reading() as book:
            if book.session.execute(waiting).scalar_one():
                return
