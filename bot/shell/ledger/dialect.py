"""What the databases have each in words of their own: INSERT … ON CONFLICT, PRAGMA, and how many values one statement may name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Final, TypeVar

from sqlalchemy import Connection
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


@contextmanager
def unsynced(connection: Connection) -> Iterator[None]:
    """A transaction of SQLite inside is written to its log without waiting for the disk; the connection is as it was afterwards."""
    driver = connection.connection.dbapi_connection
    assert driver is not None
    set_pragmas(driver, "synchronous=NORMAL")
    try:
        yield
    finally:
        set_pragmas(driver, "synchronous=FULL")


def insert_into(session: Session, table: type[SQLModel]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that may be told what to do where the row is there already."""
    return insert_for(session.get_bind().dialect.name, table)


def insert_for(dialect: str, table: type[SQLModel]) -> postgresql.Insert | sqlite.Insert:
    """The same, by the name of the dialect."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
