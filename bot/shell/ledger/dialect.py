"""What the databases have each in words of their own: INSERT … ON CONFLICT, PRAGMA, and how many values one statement may name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, ExceptionContext
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlmodel import Session, SQLModel

T = TypeVar("T")

VALUES_AT_ONCE: Final = 5_000
"""SQLite takes 32,766, PostgreSQL 65,535."""


def in_pieces(values: Iterable[T]) -> Iterator[list[T]]:
    """Values that a statement names, as many at a time as it may."""
    left = iter(values)
    while some := list(islice(left, VALUES_AT_ONCE)):
        yield some


def set_pragmas(connection: DBAPIConnection, *pragmas: str) -> None:
    """How SQLite is to work on this connection: ``synchronous=FULL`` and the like."""
    cursor = connection.cursor()
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def is_over(connection: Connection) -> bool:
    """Whether the database has ended the transaction before we did. On PostgreSQL the COMMIT of one in which a statement failed is a rollback."""
    if connection.invalidated:
        return True
    driver: Any = connection.connection.dbapi_connection
    return driver.info.transaction_status.name == "INERROR" if connection.dialect.name == "postgresql" else not driver.in_transaction


def write_nothing_more(fault: ExceptionContext) -> None:
    """Where the disk is full or fails, SQLite ends the transaction by itself, and whatever is written next would count at once and alone.

    The connection is given up with it, so that nothing is, even where the fault is swallowed.
    """
    connection = fault.connection
    if fault.statement is not None and connection is not None and connection.in_transaction() and is_over(connection):
        fault.is_disconnect, fault.invalidate_pool_on_disconnect = True, False


@contextmanager
def unsynced(connection: Connection) -> Iterator[None]:
    """A transaction of SQLite inside is written to its log without waiting for the disk; the next on this connection waits again.

    SQLite changes nothing of that within a transaction: a connection whose transaction may be open still is not used again.
    """
    driver = connection.connection.dbapi_connection
    assert driver is not None
    try:
        set_pragmas(driver, "synchronous=NORMAL")
        yield
        set_pragmas(driver, "synchronous=FULL")
    except BaseException:
        connection.invalidate()
        raise


def insert_into(session: Session, table: type[SQLModel]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that may be told what to do where the row is there already."""
    return insert_for(session.get_bind().dialect.name, table)


def insert_for(dialect: str, table: type[SQLModel]) -> postgresql.Insert | sqlite.Insert:
    """The same, by the name of the dialect."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
