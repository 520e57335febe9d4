"""The post book beside the database: what it remembers, and when it proves nothing."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from bot.shell.postbook import FileBook, Posting
from tests.shell.books import NOW

HOUR = timedelta(hours=1)


def posting(number: int, *, at: int = 0) -> Posting:
    return Posting(f"<{number}@ngo.example>", f"print {number}", "round", None, "2026-12", NOW + at * HOUR)


def test_letters_come_back_in_the_order_in_which_they_left(tmp_path: Path) -> None:
    book = FileBook(tmp_path / "book")
    for number in range(3):
        book.note(posting(number, at=number))
    assert list(book.since(NOW)) == [posting(number, at=number) for number in range(3)]
    assert book.last() == posting(2, at=2) and book.path.stat().st_mode & 0o777 == 0o600


def test_what_left_long_before_is_not_asked_about(tmp_path: Path) -> None:
    book = FileBook(tmp_path / "book")
    book.note(posting(1))
    book.note(posting(2, at=5))
    assert list(book.since(NOW + 2 * HOUR)) == [posting(2, at=5)]


def test_half_a_line_of_a_power_cut_spoils_only_itself(tmp_path: Path) -> None:
    book = FileBook(tmp_path / "book")
    book.note(posting(1))
    with book.path.open("ab") as file:
        file.write(b'{"message_id": "<2@ng\n')
    book.note(posting(3))
    assert [one.message_id for one in book.since(NOW)] == ["<1@ngo.example>", "<3@ngo.example>"]


def test_a_copy_of_it_proves_nothing_for_it_may_end_too_early(tmp_path: Path) -> None:
    book = FileBook(tmp_path / "book")
    book.begin(NOW)
    shutil.copy(book.path, tmp_path / "copy")
    assert book.reaches_back_to(NOW + HOUR) and not FileBook(tmp_path / "copy").reaches_back_to(NOW + HOUR)


def test_one_that_was_begun_later_does_not_reach_back(tmp_path: Path) -> None:
    book = FileBook(tmp_path / "book")
    book.note(posting(1))
    assert not book.reaches_back_to(NOW - HOUR) and not FileBook(tmp_path / "none").reaches_back_to(NOW)


def test_when_the_database_has_gone_on_from_an_older_state_nothing_before_speaks_against_it(tmp_path: Path) -> None:
    book = FileBook(tmp_path / "book")
    book.note(posting(1))
    book.go_on(NOW)
    assert book.last() is None
    book.note(posting(2))
    assert book.last() == posting(2)


def test_where_there_is_no_book_nothing_has_left(tmp_path: Path) -> None:
    book = FileBook(tmp_path / "none")
    assert book.last() is None and list(book.since(NOW)) == [] and not book.path.exists()
