"""C-21: a commit that was refused, or whose reply was lost, is tried again by reading what counts: nothing is lost and nothing done twice."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.reception import settle
from bot.shell.ledger import Ledger, LedgerAway, LedgerBusy, Transaction, persistently
from tests.attacks.desk import ALICE, BOB, Desk
from tests.servers.ground import PATIENCE_SECONDS
from tests.servers.severed import Way, way_to
from tests.shell.books import add_member, open_ledger

OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


@pytest.fixture
def way(postgres_url: str) -> Iterator[Way]:
    with way_to(postgres_url) as opened:
        yield opened


@pytest.fixture
def desk(tmp_path: Path, way: Way) -> Desk:
    desk = Desk.open(tmp_path, database_url=way.url)
    desk.has_post = True  # its letters stay where they are: no commit but that of the step itself
    return desk


def test_C_21_a_message_whose_commit_was_lost_is_entered_once(desk: Desk, way: Way) -> None:
    case = desk.case()
    way.lose_the_next_commit()
    desk.writes(ALICE, f"CLAIM {case}")
    assert (way.lost, desk.endings()) == (1, [("pending", "claim")])


def test_C_21_a_decision_whose_commit_was_lost_is_made_and_told_once(desk: Desk, way: Way) -> None:
    case = desk.case()
    desk.writes(BOB, f"CLAIM {case}", at=2)
    desk.writes(ALICE, f"CLAIM {case}", at=1)
    desk.passes(seconds=200)
    with desk.office.ledger.writing() as ledger:
        for folder in desk.office.folders:
            ledger.folders.looked(folder, uidvalidity=1, last_uid=102, scanned_from=desk.now)
    way.lose_the_next_commit()
    settle(desk.office)
    assert (way.lost, desk.standing(case)) == (1, {ALICE: "confirmed", BOB: "waitlisted"})
    assert [len(desk.letters_to(address)) for address in (ALICE, BOB)] == [1, 1]


@pytest.mark.parametrize("code", ["40001", "40P01"])
def test_C_21_what_the_server_refuses_for_the_sake_of_another_is_done_again(postgres_url: str, code: str) -> None:
    refusals = [code, code]
    with open_ledger(postgres_url) as ledger:

        def step() -> None:
            with ledger.deciding() as book:
                add_member(book, 1)
                if refusals:
                    _refused(book, refusals.pop())

        persistently(step)
        with ledger.reading() as book:
            assert len(book.roster.all()) == 1


def test_C_21_what_is_refused_again_and_again_is_said_in_the_end(postgres_url: str) -> None:
    with open_ledger(postgres_url) as ledger, pytest.raises(LedgerBusy), ledger.deciding() as book:
        _refused(book, "40001")


def test_C_21_two_who_wait_for_each_other_both_come_through(postgres_url: str) -> None:
    """A real deadlock: the server ends one of the two, which does it again."""
    both_have_one = threading.Barrier(2)
    with open_ledger(postgres_url) as ledger:
        with ledger.deciding() as book:
            add_member(book, 1)
            add_member(book, 2)
        threads = [threading.Thread(target=_cross, args=(ledger, both_have_one, *pair)) for pair in ((1, 2), (2, 1))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with ledger.reading() as book:
            assert [member.firm for member in book.roster.all()] == ["xx", "xx"]


def _cross(ledger: Ledger, both_have_one: threading.Barrier, first: int, second: int) -> None:
    meets = [both_have_one]

    def step() -> None:
        with ledger.writing() as book:
            for number in (first, second):
                book.session.execute(text(f"UPDATE member SET firm = firm || 'x' WHERE id = {number}"))
                if meets:
                    meets.pop().wait(PATIENCE_SECONDS)

    persistently(step)


def test_C_21_a_server_that_ends_our_connection_is_away_and_then_back(postgres_url: str) -> None:
    with open_ledger(postgres_url) as ledger, open_ledger(postgres_url) as other:
        with pytest.raises(LedgerAway), ledger.deciding() as book:
            add_member(book, 1)
            with other.writing() as theirs:
                theirs.session.execute(text(f"SELECT pg_terminate_backend(pid) {OTHERS}"))
            add_member(book, 2)
        with ledger.deciding() as book:
            assert book.roster.all() == []


def test_C_21_what_the_server_refused_is_no_commit_even_where_nobody_says_so(postgres_url: str) -> None:
    """Its COMMIT is a rollback then, and it says nothing."""
    with open_ledger(postgres_url) as ledger:
        with pytest.raises(LedgerAway), ledger.deciding() as book:
            add_member(book, 1)
            with contextlib.suppress(DBAPIError):
                _refused(book, "40P01")
        with ledger.reading() as book:
            assert book.roster.all() == []


def _refused(book: Transaction, code: str) -> None:
    book.session.execute(text(f"DO $$ BEGIN RAISE SQLSTATE '{code}'; END $$"))
