"""What is owed goes most urgent first, once a key, and a stopped sender's letters are picked up without doubling more than they may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.shell.ledger import Transaction
from bot.shell.ledger.outbox import NewLetter
from bot.shell.ledger.seal import Seal
from tests.shell.books import NOW, open_ledger

MINUTE = timedelta(minutes=1)


def owe(book: Transaction, name: str, *, priority: int = 2, once: str | None = None) -> bool:
    letter = NewLetter(f"<{name}@ngo.example>", name, "ito@lawfirm.example", "help", priority, b"content", once=once)
    return book.outbox.owe(letter, now=NOW)


def taken(book: Transaction, limit: int = 9) -> list[str]:
    return [letter.envelope.message_id for letter in book.leases.take(now=NOW, sender="cases@ngo.example", limit=limit, by="a sender")]


def states(book: Transaction) -> list[str]:
    return [letter.state for letter in book.outbox.all()]


def test_the_most_urgent_letter_is_taken_first(database_url: str) -> None:
    with open_ledger(database_url) as ledger, ledger.deciding() as book:
        for name, priority in (("round", 5), ("answer", 2), ("confirmation", 0)):
            owe(book, name, priority=priority)
        assert taken(book, 2) == ["<confirmation@ngo.example>", "<answer@ngo.example>"]


def test_the_same_occasion_is_owed_once(database_url: str) -> None:
    with open_ledger(database_url) as ledger, ledger.deciding() as book:
        assert owe(book, "first", once="round:2026-12:1")
        assert not owe(book, "second", once="round:2026-12:1")
        assert len(book.outbox.all()) == 1


def test_bytes_are_written_behind_their_letter_whatever_is_asked_of_the_database_between_the_two(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first letter is written while its bytes are being sealed, as when its case has no key yet; the second is not."""
    close, sealed = Seal.close, []
    with open_ledger(database_url) as ledger:
        with ledger.writing() as book:

            def asks_first(self: Seal, content: bytes, **more: Any) -> bytes:
                sealed.append(content)
                if len(sealed) == 1:
                    book.session.flush()
                return close(self, content, **more)

            monkeypatch.setattr(Seal, "close", asks_first)
            for name in ("first", "second"):
                owe(book, name)
        with ledger.reading() as book:
            assert book.correspondence.contents(["first", "second"]) == [b"content"] * 2 and len(sealed) == 2


def test_what_is_written_some_at_a_time_is_there_for_whoever_asks_and_whole(database_url: str) -> None:
    names = [f"letter{number}" for number in range(250)]
    with open_ledger(database_url) as ledger:
        with ledger.writing() as book:
            for number, name in enumerate(names, 1):
                owe(book, name)
                if number in (1, 99, 100, 101):
                    assert len(book.outbox.all()) == number
        with ledger.reading() as book:
            assert [letter.message_id for letter in book.outbox.all()] == [f"<{name}@ngo.example>" for name in names]
            assert book.correspondence.contents(names) == [b"content"] * 250


def test_what_is_taken_is_not_taken_again(database_url: str) -> None:
    with open_ledger(database_url) as ledger, ledger.deciding() as book:
        owe(book, "letter")
        assert (len(taken(book)), taken(book)) == (1, [])


def test_what_waits_for_its_time_is_left(database_url: str) -> None:
    with open_ledger(database_url) as ledger, ledger.deciding() as book:
        owe(book, "letter")
        (letter,) = book.leases.take(now=NOW, sender="", limit=1, by="a sender")
        book.outbox.deferred(letter.id, error="451", next_try_at=NOW + MINUTE)
        assert taken(book) == [] and book.outbox.next_due(NOW) == NOW + MINUTE


def test_a_stopped_senders_letters_are_owed_again_or_in_doubt(database_url: str) -> None:
    with open_ledger(database_url) as ledger, ledger.deciding() as book:
        owe(book, "untouched")
        owe(book, "on the wire")
        letters = book.leases.take(now=NOW, sender="", limit=2, by="a sender")
        book.leases.bodies_begin([letters[1]])
        assert book.leases.recover(now=NOW, in_doubt=MINUTE, is_alone=True) == (2, [])
        assert states(book) == ["queued", "unknown"] and taken(book) == ["<untouched@ngo.example>"]


def test_a_reply_lost_twice_is_given_up_to_the_caller(database_url: str) -> None:
    with open_ledger(database_url) as ledger, ledger.deciding() as book:
        owe(book, "letter")
        for expected in (0, 1):
            (letter,) = book.leases.take(now=NOW, sender="", limit=1, by="a sender")
            book.leases.bodies_begin([letter])
            _, given_up = book.leases.recover(now=NOW, in_doubt=timedelta(0), is_alone=True)
            assert len(given_up) == expected


def test_what_was_never_tried_counts_no_attempt(database_url: str) -> None:
    with open_ledger(database_url) as ledger, ledger.deciding() as book:
        owe(book, "letter")
        (letter,) = book.leases.take(now=NOW, sender="", limit=1, by="a sender")
        book.leases.put_back([letter])
        assert [(one.state, one.attempts) for one in book.outbox.all()] == [("queued", 0)]


def test_taking_never_reads_the_letters_that_were_sent(tmp_path: object) -> None:
    """SQLite's plan goes by the index of what is owed, so a long history costs nothing."""
    with open_ledger(f"sqlite:///{tmp_path}/book.db") as ledger, ledger.reading() as book:
        query = "EXPLAIN QUERY PLAN SELECT id FROM letter WHERE state IN ('queued', 'unknown') AND next_try_at <= '2026' ORDER BY priority, next_try_at, id LIMIT 8"
        plan = " ".join(str(row) for row in book.session.execute(text(query)))
        assert "ix_letter_owed" in plan
