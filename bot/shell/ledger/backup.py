"""A whole copy of the database in one SQLite file, made while others read and write.

Given an engine and a path; gives the size of what now stands there. SQLite makes the copy itself (VACUUM INTO); from PostgreSQL every
table is read in one snapshot, so one way back serves both. Written beside the target and checked before it takes its name: whoever finds
a file there finds a whole one. The copy bears a mark of when it was made, by which the next start knows that it went back in time.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, delete, insert, select
from sqlmodel import col

from bot.shell.ledger import migrate
from bot.shell.tables import MarkRow, lasting_tables

COPIED = "copied"
"""The mark that only a copy bears: when it was made."""

_ROWS_AT_ONCE = 500


class BackupFailed(Exception):
    """The copy could not be made; what stood at the target stands there still."""


def write(engine: Engine, target: Path, *, now: datetime) -> int:
    """`now` is taken before the first row is read. What stands at the target is replaced."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        if engine.dialect.name == "sqlite":
            _copied_by_sqlite(engine, part)
        else:
            _copied_by_rows(engine, part)
        _mark_and_check(part, now)
        _sync(part)
        size = part.stat().st_size
        part.replace(target)
        _sync(target.parent)
    except OSError as fault:
        raise BackupFailed(fault.strerror or str(fault)) from fault
    except sqlite3.Error as fault:
        raise BackupFailed(str(fault)) from fault
    finally:
        part.unlink(missing_ok=True)
    return size


def _copied_by_sqlite(engine: Engine, part: Path) -> None:
    """One read transaction: writers go on meanwhile. What was deleted is not in the copy."""
    with closing(engine.raw_connection()) as connection:
        connection.cursor().execute("VACUUM INTO ?", (str(part),))


def _copied_by_rows(engine: Engine, part: Path) -> None:
    with _opened(part) as copy, engine.connect() as source:
        source = source.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True, stream_results=True)
        migrate.upgrade(copy)
        with source.begin(), copy.begin() as into:
            for table in lasting_tables():
                for rows in source.execute(select(table).order_by(*table.primary_key.columns)).mappings().partitions(_ROWS_AT_ONCE):
                    into.execute(insert(table), [dict(row) for row in rows])


def _mark_and_check(part: Path, now: datetime) -> None:
    with _opened(part) as copy, copy.begin() as connection:
        connection.execute(delete(MarkRow).where(col(MarkRow.name) == COPIED))
        connection.execute(insert(MarkRow).values(name=COPIED, at=now, note=""))
        found = [*_answers(connection, "integrity_check"), *_answers(connection, "foreign_key_check")]
    if found != ["ok"]:
        raise BackupFailed(f"the copy is not sound: {'; '.join(found)[:300]}")


@contextmanager
def _opened(part: Path) -> Iterator[Engine]:
    """The copy, as one file without a log beside it."""
    engine = create_engine(f"sqlite:///{part}", hide_parameters=True)
    try:
        yield engine
    finally:
        engine.dispose()


def _answers(connection: Connection, pragma: str) -> list[str]:
    return [" ".join(map(str, row)) for row in connection.exec_driver_sql(f"PRAGMA {pragma}").all()]


def _sync(path: Path) -> None:
    """On disk before it is told of: SQLite leaves this to us after VACUUM INTO, and a new name is the folder's affair."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
