"""What keeps a transaction from being done now, and what may be tried again.

The driver's words for “cannot be reached” become ours; a refused constraint stays what it is. A step that is tried again has to find out
by reading what is done already: a connection that was lost while committing leaves open whether the commit counts.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

from sqlalchemy.exc import DBAPIError, PendingRollbackError

T = TypeVar("T")

_PAUSES: Final = (0.05, 0.2, 1.0, 2.0)
"""Seconds before each further try."""
_AGAINST_ANOTHER: Final = ("40001", "40P01")
"""SQLSTATE of a serialization failure and of a deadlock: the same transaction may well succeed a moment later."""

ENDED: Final = "the database has ended the transaction by itself: nothing of it counts"
_NO_CONNECTION: Final = "8s2b"
"""SQLAlchemy's code for a statement after the connection of its transaction was given up."""


class LedgerAway(Exception):
    """The database cannot be reached or written just now; what was begun is rolled back and may be tried again."""


class LedgerDamaged(LedgerAway):
    """What the file holds is no sound database: trying again helps nothing, an older state does."""


class LedgerBusy(LedgerAway):
    """Refused for the sake of another transaction, or lost while committing: tried again, it tells by reading what counts."""


class TermOver(LedgerAway):
    """Another replica leads now: what was begun under the old term is rolled back, and nothing more may be written under it."""


@contextmanager
def ours() -> Iterator[None]:
    """Turn what the driver says of a database that is away into our own words."""
    try:
        yield
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) in _AGAINST_ANOTHER:
            raise LedgerBusy(str(error.orig)) from error
        if is_damage(error):
            raise LedgerDamaged(str(error.orig)) from error
        if _is_away(error):
            raise LedgerAway(str(error.orig)) from error
        raise
    except PendingRollbackError as error:
        if error.code == _NO_CONNECTION:
            raise LedgerAway(ENDED) from error
        raise


@contextmanager
def committing() -> Iterator[None]:
    """Around the COMMIT alone: whether one counts whose connection was lost, only reading can tell."""
    try:
        yield
    except DBAPIError as error:
        if error.connection_invalidated:
            raise LedgerBusy(f"the connection was lost while committing: {error.orig}") from error
        raise


def persistently(step: Callable[[], T]) -> T:
    """Do a step whose one transaction finds out by reading what is done already; tried again where the database was busy."""
    for pause in _PAUSES:
        try:
            return step()
        except LedgerBusy:
            time.sleep(pause * random.uniform(0.5, 1.5))
    return step()


def is_damage(error: DBAPIError) -> bool:
    """SQLite has read the file, and it is none of its own, or broken (SQLITE_CORRUPT with all that it is divided into, SQLITE_NOTADB)."""
    return str(getattr(error.orig, "sqlite_errorname", "")).startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def _is_away(error: DBAPIError) -> bool:
    """A class of the driver's that means the server, its disk or the way to it, and no mistake of ours."""
    kinds = [kind.__name__ for kind in type(error.orig).__mro__]
    return error.connection_invalidated or "OperationalError" in kinds or kinds[0] == "DatabaseError"
