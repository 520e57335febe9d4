"""What every message, every settlement and every tick asks of the database is found by an index, however much has been entered before.

The plans are those of the statements themselves, as they were sent: on SQLite as it would run them now, on PostgreSQL with scans forbidden
where there is any other way, for on empty tables it would scan whatever indexes there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from bot.reception import has_copies, next_ripe, settle
from bot.shell.ledger import Ledger
from tests.attacks.desk import ALICE, BOB, BOT, Desk
from tests.story.people import Post, reply_address

GROWS = "arrival raw_mail arrival_case claim answer_line question proposal words letter offer decision mark member member_address".split()
SMALL = "ix_letter_owed ix_letter_in_hand ix_letter_news ix_arrival_pending ix_arrival_to_file ix_question_unanswered".split()
"""Indexes of what is not done yet: that may be read through."""

Sent = dict[str, Any]
"""Each statement, with what it was given."""


@contextmanager
def noted(engine: Engine) -> Iterator[Sent]:
    sent: Sent = {}

    def note(_connection: Any, _cursor: Any, statement: str, given: Any, _context: Any, is_many: bool) -> None:
        if statement.split(None, 1)[0] in ("SELECT", "UPDATE", "DELETE"):
            sent.setdefault(statement, given[0] if is_many else given)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def scanned_on_sqlite(ledger: Ledger, statement: str, given: Any) -> list[str]:
    with ledger.engine.connect() as connection:
        steps = [str(row[3]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)]
    scans = [step for step in steps if (found := re.match(r"SCAN (\w+)", step)) and re.sub(r"_\d+$", "", found[1]) in GROWS]
    # The log's head is the last entry of its index, and read alone.
    return [step for step in scans if not any(name in step for name in SMALL) and "LIMIT" not in statement]


def scanned_on_postgresql(ledger: Ledger, statement: str, given: Any) -> list[str]:
    with ledger.engine.connect() as connection:
        connection.exec_driver_sql("SET enable_seqscan = off")
        steps = [str(row[0]) for row in connection.exec_driver_sql(f"EXPLAIN {statement}", given)]
    return [step.strip() for step in steps if (found := re.search(r"Seq Scan on (\w+)", step)) and found[1] in GROWS]


@pytest.mark.both_databases
def test_claims_settlements_and_ticks_are_answered_by_indexes(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path)
    ledger, case = desk.office.ledger, desk.case()
    desk.sends_the_round()
    letters = {letter.received.rcpt[0]: letter for letter in desk.letters()}
    with noted(ledger.engine) as sent:
        desk.arrive(
            *(
                Post(
                    each, "", reply_address(letters[each]), f"CLAIM {case}", desk.now, subject=f"from {each}", answering=letters[each]
                ).raw()
                for each in (ALICE, BOB)
            )
        )
        desk.passes(seconds=121)
        with ledger.writing() as book:
            for folder in desk.office.folders:
                book.folders.unseen(folder, 1, [101, 102])
                book.folders.reached([folder])
                book.folders.to_file(folder, 1)
                book.folders.looked(folder, uidvalidity=1, last_uid=102, scanned_from=desk.now)
            book.arrivals.waiting("paused")
            book.undecided.closings(settle=desk.office.rules.settle)
        assert settle(desk.office) == 2
        with ledger.writing() as book:
            next_ripe(desk.office, book)
            has_copies(book)
            taken = book.leases.take(now=desk.now, sender=BOT, limit=10, by="this test")
            book.outbox.sent([taken[0].id], desk.now)
            book.outbox.next_due(desk.now)
            book.outbox.late(desk.now)
            book.correspondence.count_since("applied", desk.now)
            book.questions.foresee([ALICE, BOB])
            book.marks.names("case")
            book.places.holds_until(desk.now)
            book.places.offers_until(desk.now)
    assert len(sent) > 40
    scanned = scanned_on_sqlite if ledger.is_sqlite else scanned_on_postgresql
    found = {statement: steps for statement, given in sent.items() if (steps := scanned(ledger, statement, given))}
    assert found == {}
