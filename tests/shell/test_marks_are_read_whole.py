"""A mark and its note are read at once: on a server another process may drop the mark at any moment, and half of it is none."""

from __future__ import annotations

import itertools
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import event, make_url

from bot.core.health import Known
from bot.office import condition, standstill
from bot.office.standstill import WayBack
from bot.shell.ledger import Ledger, LedgerAway, Transaction
from tests.servers.ground import LOOPBACK
from tests.shell.books import NOW, ledger_at, open_ledger

FULL = Known(NOW, NOW + timedelta(minutes=1))


@pytest.fixture
def ledger(postgres_url: str) -> Iterator[Ledger]:
    with open_ledger(postgres_url) as opened:
        yield opened


def behind(statement_no: int, ledger: Ledger, act: Callable[[], None]) -> None:
    """Another process does this right behind the n-th statement about marks."""
    counted = itertools.count(1)

    def look(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "FROM mark" in statement and next(counted) == statement_no:
            act()

    event.listen(ledger.engine, "after_cursor_execute", look)


def dropped(ledger: Ledger, name: str) -> Callable[[], None]:
    def drop() -> None:
        other = ledger_at(ledger.url)
        with other.writing() as book:
            book.marks.drop(name)
        other.close()

    return drop


def put(book: Transaction) -> None:
    condition.told(book, "disk_full", FULL)
    book.marks.put(standstill.WENT_BACK, NOW, note=f"{NOW.isoformat()} with the post book")


@pytest.mark.parametrize("statement_no", [1, 2, 3])
@pytest.mark.parametrize("mark", ["told disk_full", standstill.WENT_BACK])
def test_F_26_what_another_process_drops_meanwhile_is_there_whole_or_not_at_all(ledger: Ledger, mark: str, statement_no: int) -> None:
    with ledger.writing() as book:
        put(book)
    behind(statement_no, ledger, dropped(ledger, mark))
    with ledger.deciding() as book:
        if mark == standstill.WENT_BACK:
            assert standstill.way_back(book) in (WayBack(NOW, NOW, has_book=True), None)
        else:
            assert condition.known(book) in ({"disk_full": FULL}, {})


def test_C_21_a_post_book_whose_server_is_away_is_told_in_our_words(postgres_url: str) -> None:
    """The look at it before the first transaction must not end the process with words of the driver's."""
    with socket.create_server((LOOPBACK, 0)) as taken:
        nobody = make_url(postgres_url).set(port=taken.getsockname()[1]).render_as_string(hide_password=False)
    book = ledger_at(nobody).postbook
    assert book is not None
    for ask in (book.last, lambda: book.go_on(NOW), lambda: book.reaches_back_to(NOW), lambda: book.begin(NOW)):
        with pytest.raises(LedgerAway):
            ask()
