"""All processes on one PostgreSQL send, each what it has leased: no letter is in two hands, and who lost a lease does no more with it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.shell.ledger import Ledger, Transaction
from bot.shell.ledger.leases import Owed
from bot.shell.ledger.outbox import NewLetter
from tests.shell.books import NOW, open_ledger

MINUTE = timedelta(minutes=1)


@pytest.fixture
def ledger(postgres_url: str) -> Iterator[Ledger]:
    """Forty letters are owed."""
    with open_ledger(postgres_url) as opened:
        with opened.deciding() as book:
            for number in range(40):
                owed(book, str(number))
        yield opened


def owed(book: Transaction, code: str) -> int:
    """The number of a letter that is owed now."""
    book.outbox.owe(NewLetter(f"<{code}@ngo.example>", code, "ito@lawfirm.example", "help", 2, b"content"), now=NOW)
    letter = book.outbox.by_code(code)
    assert letter is not None
    return letter.id


def take(book: Transaction, by: str, limit: int = 1) -> list[Owed]:
    return book.leases.take(now=NOW, sender="", limit=limit, by=by)


def recover(book: Transaction) -> int:
    return book.leases.recover(now=NOW, in_doubt=MINUTE, is_alone=False)[0]


def the_lease_runs_out(book: Transaction) -> None:
    book.session.execute(text("UPDATE letter SET leased_until = '2026-01-01 00:00:00+00' WHERE state = 'sending'"))


def state(book: Transaction) -> tuple[str, int]:
    return book.outbox.all()[0].state, book.outbox.all()[0].attempts


def test_what_one_takes_another_does_not_wait_for(ledger: Ledger) -> None:
    with ledger.writing() as one, ledger.writing() as other:
        mine, theirs = take(one, "A", 30), take(other, "B", 30)
    assert (len(mine), len(theirs)) == (30, 10)


def test_many_who_take_at_once_take_each_letter_once(ledger: Ledger) -> None:
    taken: list[int] = []
    threads = [threading.Thread(target=_take_all, args=(ledger, f"sender {number}", taken)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 40


def _take_all(ledger: Ledger, by: str, taken: list[int]) -> None:
    while True:
        with ledger.writing() as book:
            letters = take(book, by, 3)
        if not letters:
            return
        taken += [letter.id for letter in letters]


def test_a_living_sender_keeps_what_it_has(ledger: Ledger) -> None:
    with ledger.writing() as book:
        (letter,) = take(book, "A")
        the_lease_runs_out(book)
        book.leases.keep("A")
        assert (recover(book), book.leases.is_held(letter)) == (0, True)


@pytest.mark.parametrize(("body_began", "ended"), [(False, "queued"), (True, "unknown")])
def test_a_dead_senders_letter_is_owed_again_or_in_doubt(ledger: Ledger, body_began: bool, ended: str) -> None:
    with ledger.writing() as book:
        (letter,) = take(book, "A")
        if body_began:
            book.leases.bodies_begin([letter])
        the_lease_runs_out(book)
        assert recover(book) == 1
        assert state(book) == (ended, 1)


def test_F_26_who_lost_the_lease_holds_the_letter_no_more(ledger: Ledger) -> None:
    with ledger.writing() as book:
        (letter,) = take(book, "A")
        the_lease_runs_out(book)
        recover(book)
        assert not book.leases.is_held(letter)
        (again,) = take(book, "B")
        assert (again.id, book.leases.is_held(letter), book.leases.is_held(again)) == (letter.id, False, True)


def test_F_26_not_even_where_the_same_process_has_taken_it_again(ledger: Ledger) -> None:
    with ledger.writing() as book:
        (letter,) = take(book, "A")
        the_lease_runs_out(book)
        recover(book)
        (again,) = take(book, "A")
        assert (book.leases.is_held(letter), book.leases.is_held(again)) == (False, True)


def test_F_25_a_letter_that_is_committed_late_is_not_passed_over(ledger: Ledger) -> None:
    """Numbers are given in one order and committed in another: what is owed is asked by its state, never by a number."""
    with ledger.writing() as book:
        take(book, "A", 40)
    with ledger.writing() as late:
        first = owed(late, "a")
        with ledger.writing() as early:
            second = owed(early, "b")
        assert first < second
        with ledger.writing() as book:
            assert [letter.id for letter in take(book, "A", 9)] == [second]
    with ledger.writing() as book:
        assert [letter.id for letter in take(book, "A", 9)] == [first]


def test_the_pace_holds_over_all_who_send(ledger: Ledger) -> None:
    waits: list[timedelta] = []
    for _ in range(6):  # each with a connection of its own, as if they were six processes
        with ledger.writing() as book:
            waits.append(book.marks.turn(apart=MINUTE))
    assert waits == sorted(waits) and 4.9 * MINUTE < waits[5] - waits[0] <= 5 * MINUTE


def test_of_bodies_that_begin_together_those_leave_that_nobody_else_has_taken(ledger: Ledger) -> None:
    with ledger.writing() as book:
        lost, *others = take(book, "A", 4)
        book.session.execute(text("UPDATE letter SET leased_by = 'B' WHERE id = :lost"), {"lost": lost.id})
        assert book.leases.bodies_begin([lost, *others]) == {letter.id for letter in others}
        book.leases.put_back([lost, *others])
        assert book.outbox.count_by_state() == {"queued": 39, "sending": 1}
