"""What waits for the disk, and what need not: a commit with a sync takes as long as all the rest of a letter together.

Synced is whatever something outside hangs on: a mail is entered before it is filed, a case given before anybody hears, a letter's stage on
record before its body leaves. What would only be found out again after a power cut (how far a folder was read, which letters were taken in
hand) is written without waiting; SQLite's log is read up to its first gap, so the next sync keeps it, too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from bot import reception
from bot.outbox import hand
from bot.shell.mailbox import ImapAccount, Mailbox
from tests.attacks.desk import ALICE, BOT, Desk
from tests.attacks.posting import PostRoom
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import SmtpSink

UNSYNCED, SYNCED = 1, 2
"""PRAGMA synchronous: NORMAL, FULL."""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk.open(tmp_path, database_url=f"sqlite:///{tmp_path / 'firstreply.db'}")


@pytest.fixture
def commits(desk: Desk) -> Iterator[list[int]]:
    """How each transaction that wrote anything was committed."""
    levels, engine = list[int](), desk.office.ledger.engine
    wrote: set[int] = set()

    def statement(connection: Connection, _cursor: Any, words: str, *_: Any) -> None:
        if words.split(None, 1)[0] in ("INSERT", "UPDATE", "DELETE"):
            wrote.add(id(connection.connection.dbapi_connection))

    def commit(connection: Connection) -> None:
        driver = connection.connection.dbapi_connection
        assert driver is not None
        if id(driver) in wrote:
            wrote.discard(id(driver))
            cursor = driver.cursor()
            cursor.execute("PRAGMA synchronous")
            levels.append(cursor.fetchone()[0])

    event.listen(engine, "before_cursor_execute", statement)
    event.listen(engine, "commit", commit)
    yield levels
    event.remove(engine, "before_cursor_execute", statement)
    event.remove(engine, "commit", commit)


def test_a_mail_is_entered_with_one_wait_for_the_disk(desk: Desk, commits: list[int], dovecot: Dovecot) -> None:
    account = dovecot.account(BOT)
    with Mailbox(ImapAccount(dovecot.host, dovecot.port, "none", account.username, account.password)) as mailbox:
        reception.look(desk.office, mailbox)
        commits.clear()
        dovecot.deliver(BOT, f"From: {ALICE}\r\nTo: {BOT}\r\nSubject: HELP\r\n\r\n".encode())
        assert reception.look(desk.office, mailbox) == 1
    assert commits == [SYNCED, UNSYNCED]  # entered; what the look has shown


def test_a_letter_waits_for_the_disk_before_its_body_leaves_and_when_it_was_taken(
    desk: Desk, commits: list[int], sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.writes(ALICE, "HELP")
    commits.clear()
    at_body: list[int] = []
    monkeypatch.setattr(hand, "station", lambda name: at_body.append(commits[-1]) if name == "body begins" else None)
    PostRoom(desk, sink, connections=1).drains()
    assert len(sink.letters) == 1
    assert at_body == [SYNCED]
    assert commits == [UNSYNCED, SYNCED, SYNCED]  # taken in hand; the body begins; it was sent


def test_after_a_note_the_same_connection_waits_again(desk: Desk, commits: list[int]) -> None:
    ledger = desk.office.ledger
    for transaction in (ledger.noting, ledger.writing, ledger.noting, ledger.deciding):
        with transaction() as book:
            book.marks.put("a note", desk.now)
    with pytest.raises(ZeroDivisionError), ledger.noting() as book:
        book.marks.put("a note", desk.now)
        raise ZeroDivisionError
    with ledger.writing() as book:
        book.marks.put("a note", desk.now)
    assert commits == [UNSYNCED, SYNCED, UNSYNCED, SYNCED, SYNCED]


def test_a_note_that_cannot_be_committed_leaves_no_connection_that_does_not_wait(desk: Desk, commits: list[int]) -> None:
    """What kept it from being committed is what is told, and the transaction that is open still is nobody's."""
    ledger = desk.office.ledger
    refused = sqlite3.OperationalError("disk I/O error")

    def refuse(_connection: Connection) -> None:
        event.remove(ledger.engine, "commit", refuse)
        raise refused

    event.listen(ledger.engine, "commit", refuse)
    with pytest.raises(sqlite3.OperationalError) as told, ledger.noting() as book:
        book.marks.put("a note", desk.now)
    assert told.value is refused
    commits.clear()
    with ledger.writing() as book:
        assert book.marks.at("a note") is None
        book.marks.put("another", desk.now)
    assert commits == [SYNCED]
