"""What only one process may do at a time on a database that is a file: locks beside it, which the kernel frees when their holder dies.

They hold on one host, as SQLite itself does. The lock lies beside the file itself, by whatever link it was named.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_PAUSE_SECONDS = 0.05


@contextmanager
def file_lock(database: Path, purpose: str, *, wait_seconds: float) -> Iterator[bool]:
    """Whether the lock is ours; waits that long for it. The empty file stays: taking it away would race."""
    database = database.resolve()
    path = database.with_name(f"{database.name}.{purpose}.lock")
    with os.fdopen(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "a") as handle:
        os.fchmod(handle.fileno(), 0o600)  # who may read it may hold it, and keep us waiting
        is_ours = _wait(lambda: _flock(handle.fileno()), wait_seconds)
        try:
            yield is_ours
        finally:
            if is_ours:
                fcntl.flock(handle, fcntl.LOCK_UN)


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
