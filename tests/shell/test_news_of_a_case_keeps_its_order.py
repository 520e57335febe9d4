"""C-05: what a person is told of a case leaves in the order in which it was written, as long as that costs hours and not days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import sqlite
from sqlmodel import select

from bot.shell.ledger import Transaction
from bot.shell.ledger.leases import IN_ORDER
from bot.shell.ledger.outbox import NewLetter
from bot.shell.ledger.sending import in_turn
from bot.shell.tables import OWED, LetterRow
from tests.shell.books import NOW, add_case, open_ledger

ITO, MORI = "ito@lawfirm.example", "mori@houritsu.example"
HOUR = timedelta(hours=1)
CASE, OTHER = "JAR-2026-001", "JAR-2026-002"


@pytest.fixture
def book(database_url: str) -> Iterator[Transaction]:
    """Two cases; the letter that gives the first to Ito was put off for half an hour."""
    with open_ledger(database_url) as ledger, ledger.deciding() as opened:
        assert (add_case(opened), add_case(opened)) == (CASE, OTHER)
        owe(opened, "confirmation", priority=0)
        (letter,) = opened.leases.take(now=NOW, sender="", limit=1, by="a sender")
        opened.outbox.deferred(letter.id, error="451", next_try_at=NOW + HOUR / 2)
        yield opened


def owe(book: Transaction, kind: str, *, to: str = ITO, case: str | None = CASE, priority: int = 2) -> None:
    assert book.outbox.owe(NewLetter(f"<{kind}@ngo.example>", kind, to, kind, priority, b"content", case), now=NOW)


def taken(book: Transaction, *, now: datetime = NOW) -> list[str]:
    return [letter.kind for letter in book.leases.take(now=now, sender="cases@ngo.example", limit=9, by="a sender")]


def test_C_05_a_later_letter_about_the_case_waits_for_the_one_put_off(book: Transaction) -> None:
    owe(book, "released")
    assert taken(book) == [] and book.outbox.next_due(NOW) == NOW + HOUR / 2
    assert book.signs.due(NOW) == (0, None), "nobody is alarmed by a letter that waits its turn"


def test_C_05_a_more_urgent_letter_about_the_case_waits_as_well(book: Transaction) -> None:
    owe(book, "hold", priority=0)
    assert taken(book) == []


def test_C_05_it_goes_once_the_earlier_one_has_left_and_not_while_that_is_on_its_way(book: Transaction) -> None:
    owe(book, "released")
    later = NOW + HOUR / 2
    assert taken(book, now=later) == ["confirmation"]
    assert taken(book, now=later) == []
    book.outbox.sent([book.outbox.all()[0].id], later)
    assert taken(book, now=later) == ["released"]


def test_C_05_other_cases_other_people_and_letters_about_no_case_do_not_wait(book: Transaction) -> None:
    owe(book, "other case", case=OTHER)
    owe(book, "other person", to=MORI)
    owe(book, "no case", case=None)
    assert taken(book) == ["other case", "other person", "no case"]


def test_C_05_an_emergency_waits_for_nothing(book: Transaction) -> None:
    owe(book, "bulletin", priority=0)
    assert taken(book) == ["bulletin"]


def test_C_05_nothing_waits_for_a_letter_in_doubt(book: Transaction) -> None:
    book.outbox.in_doubt(book.outbox.all()[0].id, error="no reply", next_try_at=NOW + HOUR, doubts=1)
    owe(book, "released")
    assert taken(book) == ["released"]


def test_C_05_nothing_waits_for_a_letter_given_up(book: Transaction) -> None:
    book.outbox.failed(book.outbox.all()[0].id, error="550", now=NOW)
    owe(book, "released")
    assert taken(book) == ["released"]


def test_C_05_after_four_hours_nothing_waits_any_more(book: Transaction) -> None:
    later = NOW + 4 * HOUR
    book.outbox.deferred(book.outbox.all()[0].id, error="451", next_try_at=later + HOUR)
    owe(book, "released")
    assert taken(book, now=later - HOUR) == []
    assert taken(book, now=later) == ["released"]


def test_taking_finds_what_is_to_come_by_its_own_index(tmp_path: object) -> None:
    """SQLite's plan: a round to hundreds costs a look each into an index that is all but empty."""
    with open_ledger(f"sqlite:///{tmp_path}/book.db") as ledger, ledger.reading() as book:
        query = (
            select(LetterRow.id)
            .where(text(OWED), in_turn(NOW - IN_ORDER))
            .compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
        )
        plan = " ".join(str(row) for row in book.session.execute(text(f"EXPLAIN QUERY PLAN {query}")))
        assert "ix_letter_news" in plan


@pytest.mark.parametrize("hours", [0, 9])
def test_C_05_the_more_urgent_waits_for_the_earlier_one_also_after_a_night_without_a_mail_server(book: Transaction, hours: int) -> None:
    owe(book, "waitlisted", case=OTHER)
    owe(book, "hold", case=OTHER, priority=0)
    later = NOW + hours * HOUR
    assert "hold" not in taken(book, now=later)
    assert "hold" not in taken(book, now=later), "the earlier one is on its way"
    book.outbox.sent([book.outbox.all()[1].id], later)
    assert taken(book, now=later)[:1] == ["hold"]


def test_C_05_nothing_waits_for_a_bulletin_about_the_case(book: Transaction) -> None:
    owe(book, "bulletin", case=OTHER, priority=2)
    owe(book, "hold", case=OTHER, priority=0)
    assert taken(book) == ["hold", "bulletin"]


def test_C_05_nothing_waits_for_a_letter_that_is_kept_back(book: Transaction) -> None:
    owe(book, "waitlisted", case=OTHER)
    book.session.execute(text("UPDATE letter SET stage = 'kept' WHERE kind = 'waitlisted'"))
    owe(book, "hold", case=OTHER, priority=0)
    assert taken(book) == ["hold"]
