"""What only one may do at a time on a database that is a file: of processes by locks beside it, of this one's threads by turns.

The kernel frees a lock when its holder dies. It holds on one host, as SQLite itself does, and lies beside the file itself, by whatever
link that was named.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.shell.ledger.away import LedgerAway

_PAUSE_SECONDS = 0.05


class Turns:
    """Threads take turns: whoever comes back at once waits behind one who has been waiting.

    SQLite knows no turns. Who finds it locked sleeps, ever longer, and tries again; who writes a letter's state a hundred times a second
    finds it free each time.
    """

    def __init__(self) -> None:
        self._is_ours, self._is_next = threading.Lock(), threading.Lock()

    @contextmanager
    def turn(self, *, wait_seconds: float) -> Iterator[None]:
        """Raises `LedgerAway` where it does not come in that time."""
        ends = time.monotonic() + wait_seconds
        is_ours = False
        if self._is_next.acquire(timeout=wait_seconds):
            is_ours = self._is_ours.acquire(timeout=max(0.0, ends - time.monotonic()))
            self._is_next.release()
        if not is_ours:
            raise LedgerAway("another part of firstreply has been writing all this time")
        try:
            yield
        finally:
            self._is_ours.release()


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
