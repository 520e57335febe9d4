"""Who may do what only one process may do at a time: locks that the kernel or the database frees when their holder dies.

On SQLite a lock is an advisory lock on a file beside the database (so on one host); on PostgreSQL a session advisory lock.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

_NUMBERS = {"daemon": 0x666972737402, "sender": 0x666972737403}
"""Advisory lock numbers on PostgreSQL, by purpose."""
_PAUSE_SECONDS = 0.05


@contextmanager
def file_lock(database: Path, purpose: str, *, wait_seconds: float) -> Iterator[bool]:
    """Whether the lock is ours; waits that long for it. The empty file stays: taking it away would race."""
    path = database.with_name(f"{database.name}.{purpose}.lock")
    with path.open("a") as handle:
        is_ours = _wait(lambda: _flock(handle.fileno()), wait_seconds)
        try:
            yield is_ours
        finally:
            if is_ours:
                fcntl.flock(handle, fcntl.LOCK_UN)


@contextmanager
def server_lock(engine: Engine, purpose: str, *, wait_seconds: float) -> Iterator[bool]:
    """The same on PostgreSQL, held by one connection for as long as it lives."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        key = {"number": _NUMBERS[purpose]}
        is_ours = _wait(lambda: bool(connection.execute(text("SELECT pg_try_advisory_lock(:number)"), key).scalar()), wait_seconds)
        try:
            yield is_ours
        finally:
            if is_ours:
                connection.execute(text("SELECT pg_advisory_unlock(:number)"), key)


def _flock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait(attempt: Callable[[], bool], seconds: float) -> bool:
    ends = time.monotonic() + seconds
    while not attempt():
        if time.monotonic() >= ends:
            return False
        time.sleep(_PAUSE_SECONDS)
    return True
