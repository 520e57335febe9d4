"""A mail that is entered is written with what has become of it by then; what is on record of it changes only where something has changed."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from bot.core.model import Disposition, Line
from bot.shell.tables import WordsRow
from tests.shell.books import NOW, add_arrival, add_member, open_ledger


@pytest.mark.parametrize("is_written_first", [False, True])
def test_what_becomes_of_a_mail_is_on_record_whenever_its_row_is_written(database_url: str, is_written_first: bool) -> None:
    with open_ledger(database_url) as ledger:
        with ledger.deciding() as book:
            number = add_arrival(book, 1)
            if is_written_first:
                book.session.flush()
            book.arrivals.note_proof(number, "letter", bad_codes=2)
            book.arrivals.dispose(number, Disposition.ANSWERED, "claim")
            known = book.arrivals.get(number)
            assert book.counts.bad_codes(NOW) == 2
            book.arrivals.dispose(number, Disposition.FOR_STAFF, "claim and words")
        with ledger.reading() as book:
            entry = book.arrivals.get(number)
        assert (known.disposition, known.reason, known.proof) == (Disposition.ANSWERED, "claim", "letter")
        assert (entry.disposition, entry.reason, entry.proof) == (Disposition.FOR_STAFF, "claim and words", "letter")
        assert entry.subject == known.subject == "CLAIM"


def test_a_change_of_a_mail_leaves_what_it_does_not_change(database_url: str) -> None:
    with open_ledger(database_url) as ledger:
        with ledger.deciding() as book:
            number = add_arrival(book, 1)
        with ledger.deciding() as book:
            assert book.arrivals.get(number).subject == "CLAIM"
            book.session.execute(text("UPDATE arrival SET subject = '', is_filed = TRUE"))  # as retention and filing do meanwhile
            book.arrivals.dispose(number, Disposition.ANSWERED, "claim")
        with ledger.reading() as book:
            entry, is_filed = book.arrivals.get(number), book.session.execute(text("SELECT is_filed FROM arrival")).scalar_one()
        assert (entry.subject, entry.reason, bool(is_filed)) == ("", "claim", True)


def test_a_line_that_is_overtaken_brings_back_nothing_that_was_dropped_meanwhile(database_url: str) -> None:
    with open_ledger(database_url) as ledger:
        with ledger.deciding() as book:
            number = add_arrival(book, 1)
            book.lines.note(number, [Line("CLAIM", "confirmed", facts={"place": 1})], {})
        with ledger.deciding() as book:
            assert book.lines.of(number)[0].facts == {"place": 1}
            book.session.execute(text("UPDATE answer_line SET facts = '{}'"))  # as retention does
            book.lines.overtake(number, 0, "withdrawn")
        with ledger.reading() as book:
            (line,) = book.lines.of(number)
        assert (line.outcome, line.facts) == ("withdrawn", {})


def test_what_points_to_a_mail_is_written_behind_it(database_url: str) -> None:
    with open_ledger(database_url) as ledger:
        with ledger.deciding() as book:
            member = add_member(book, 1)
            number = add_arrival(book, 1)
            book.session.add(WordsRow(arrival_id=number, member_id=member.id, staff="", answers_id=None, sent_at=NOW))
        with ledger.reading() as book:
            assert number in book.words.some([number])
