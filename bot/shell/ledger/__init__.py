"""The one transaction: facts out, decisions and letters in.

A `Transaction` gives the pages of the book (roster, cases, claims, places, arrivals, questions, outbox, rounds, decisions …) over one session.
`deciding` takes the single decision lock first, so that what a decision looked at cannot change before it is written; on SQLite
that is BEGIN IMMEDIATE, on PostgreSQL an advisory lock that ends with the transaction. A leader among several daemons works `under` its
term, which each of its transactions checks. No mail is sent and no socket but the database's is touched in here.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import datetime
from functools import cached_property
from pathlib import Path

from sqlalchemy import Engine, text

from bot.shell.ledger import away, backup, beginning, locks, migrate, sealing_up, serverbook
from bot.shell.ledger.away import LedgerAway, LedgerBusy, LedgerDamaged, TermOver, persistently
from bot.shell.ledger.dialect import is_over, unsynced
from bot.shell.ledger.engine import BUSY_SECONDS, begin, open_engine
from bot.shell.ledger.keys import Keys, KeysUnfit
from bot.shell.ledger.keystore import KeyStore
from bot.shell.ledger.pages import Transaction, open_pages
from bot.shell.ledger.session import BookSession
from bot.shell.postbook import FileBook, PostBook

__all__ = [
    "BackupFailed",
    "KeyStore",
    "Keys",
    "KeysUnfit",
    "Ledger",
    "LedgerAway",
    "LedgerBusy",
    "LedgerDamaged",
    "LedgerMoved",
    "LedgerNewer",
    "TermOver",
    "Transaction",
    "moment",
    "persistently",
]

BackupFailed = backup.BackupFailed
LedgerMoved = migrate.LedgerMoved
LedgerNewer = migrate.LedgerNewer
_DECISION_LOCK = 0x6669727374
"""The advisory lock's number on PostgreSQL: "first" in ASCII."""


class Ledger:
    """One database and its keys. Thread-safe: every transaction has a connection of its own."""

    def __init__(self, url: str, keys: Keys) -> None:
        self.url, self.keys = url, keys
        self.is_sqlite = url.startswith("sqlite")
        if self.path is not None:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.path.touch(mode=0o600)
        self._engine = open_engine(url, is_sqlite=self.is_sqlite)
        self._turns = locks.Turns()
        self._term: int | None = None

    def under(self, term: int) -> Ledger:
        """The same book for a leader: once another has taken over, every transaction of it raises `TermOver` and writes nothing."""
        led = copy.copy(self)
        led._term = term
        return led

    @cached_property
    def path(self) -> Path | None:
        """The database file of SQLite; None for a server."""
        location = self.url.removeprefix("sqlite:///")
        return Path(location) if self.is_sqlite and location and location != ":memory:" else None

    @cached_property
    def postbook(self) -> PostBook | None:
        """What remembers which letters have left, should the database be put back; None where the database is in memory only."""
        if not self.is_sqlite:
            return serverbook.ServerBook(self._engine)
        return FileBook(self.path.with_name(f"{self.path.name}.postbook")) if self.path else None

    def migrate(self, *, has_keys: bool = True) -> None:
        """Bring the tables to this version's shape, seal what an earlier version kept open, and begin the decision log.

        Without keys only the first of it is done, which is enough for whoever opens nothing.
        Raises `LedgerNewer` where a later firstreply has been here, `LedgerMoved` where all of it is on another database now, and
        `KeysUnfit` where the keys are not this database's.
        """
        with away.ours():
            migrate.upgrade(self._engine)
            if not self.is_sqlite:
                serverbook.prepare(self._engine)
            if not has_keys:
                return
            with self.reading() as ledger:
                needed = sealing_up.keys_needed(ledger.session)
            self.keys.prepare(needed)
            self.keys.check(needed)
            sealing_up.seal_what_is_open(self._engine, self.deciding, self.keys)
            with self.reading() as ledger:
                is_logged = ledger.marks.at(beginning.LOGGED) is not None
            if not is_logged:
                with self.deciding() as ledger:
                    beginning.begin(ledger.session, ledger.marks, ledger.arrivals, ledger.decisions)

    @contextmanager
    def deciding(self) -> Iterator[Transaction]:
        """One decision at a time, in any number of processes."""
        with self._transaction(is_writing=True, is_deciding=True) as transaction:
            yield transaction

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A short note, such as a letter's state; no decision is taken."""
        with self._transaction(is_writing=True) as transaction:
            yield transaction

    @contextmanager
    def noting(self) -> Iterator[Transaction]:
        """What harms nobody if a power cut takes it back: it does not wait for the disk, and the next commit that does takes it along.

        So says SQLite, whose log is read up to the first gap; a server decides for itself.
        """
        with self._transaction(is_writing=True, is_lasting=False) as transaction:
            yield transaction

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A consistent view; nothing is written."""
        with self._transaction(is_writing=False) as transaction:
            yield transaction

    @contextmanager
    def lock(self, purpose: str, *, wait_seconds: float = 0) -> Iterator[bool]:
        """Whether this process alone does `purpose` ("daemon", "sender") now; a holder that dies frees it.

        On a server nobody is alone: one of many leads, and letters are leased one by one.
        """
        if self.path is None:
            yield True
            return
        with locks.file_lock(self.path, purpose, wait_seconds=wait_seconds) as is_ours:
            yield is_ours

    def backup(self, target: Path, *, now: datetime) -> int:
        """A whole copy in one SQLite file, while others work on the database; gives its size. Raises `BackupFailed`."""
        with away.ours():
            return backup.write(self._engine, target, now=now)

    def empty_log(self) -> None:
        """SQLite's write-ahead log keeps what was overwritten until it is emptied into the database."""
        if self.is_sqlite:
            with closing(self._engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self._engine.dispose()

    @property
    def engine(self) -> Engine:
        """For migrations and tests."""
        return self._engine

    @contextmanager
    def _transaction(self, *, is_writing: bool, is_deciding: bool = False, is_lasting: bool = True) -> Iterator[Transaction]:
        is_by_turns = is_writing and self.is_sqlite  # a server sees to it by itself
        turn = self._turns.turn(wait_seconds=BUSY_SECONDS) if is_by_turns else nullcontext()
        with turn, away.ours(), self._engine.connect() as connection:
            is_unsynced = self.is_sqlite and not is_lasting
            with unsynced(connection) if is_unsynced else nullcontext(), begin(connection, is_writing=is_writing) as begun:
                with BookSession(connection) as session:
                    pages = open_pages(session, self.keys, is_deciding=is_deciding)
                    if is_deciding and not self.is_sqlite:
                        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _DECISION_LOCK})
                    if self._term is not None:  # after the wait for the lock, in which the term may have ended
                        pages.replicas.hold_term(self._term, is_writing=is_writing)
                    yield pages
                    pages.arrivals.seal()
                    session.flush()
                if not is_writing:
                    begun.rollback()
                    return
                if is_over(connection):
                    raise LedgerAway(away.ENDED)
                with away.committing():
                    begun.commit()


def moment(at: datetime | None) -> str | None:
    """ISO 8601, for listings; UTC as stored."""
    return None if at is None else at.isoformat()
