"""The ground that servers stand on: a folder, a port, an ordinary user, an end.

Dovecot and PostgreSQL refuse to work as root, so under root they get an account without rights, and a folder of their own: pytest's
temporary folders are closed to other users. Nothing here outlives its process: what is still running at exit is killed.
"""

from __future__ import annotations

import atexit
import contextlib
import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LOOPBACK = "127.0.0.1"
PATIENCE_SECONDS = 120
"""How long to wait for what a machine under any load must come to do. Nobody waits so long but for a fault."""
_running: set[subprocess.Popen[bytes]] = set()
_kept: dict[int, socket.socket] = {}


@dataclass(frozen=True, slots=True)
class Worker:
    """The account a server runs as."""

    name: str
    uid: int
    gid: int

    @property
    def group(self) -> str:
        return grp.getgrgid(self.gid).gr_name

    def owns(self, folder: Path) -> None:
        """Gives it a folder and all in it."""
        if os.getuid() == 0:
            for place in (folder, *folder.rglob("*")):
                os.chown(place, self.uid, self.gid)


def unprivileged(*preferred: str) -> Worker:
    """Ourselves, or under root the first of the preferred accounts that exists."""
    if os.getuid() != 0:
        mine = pwd.getpwuid(os.getuid())
        return Worker(mine.pw_name, mine.pw_uid, mine.pw_gid)
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    chosen = next(known[name] for name in (*preferred, "nobody") if name in known)
    return Worker(chosen.pw_name, chosen.pw_uid, chosen.pw_gid)


def own_folder(prefix: str, worker: Worker) -> Path:
    """A short path, because a Unix socket in it may have 107 bytes at most."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    if os.getuid() == 0:
        os.chown(folder, worker.uid, worker.gid)
    return folder


def free_port() -> int:
    """One that the system gives to nobody else until it is given back: we stay bound to it and never listen.

    A server may listen there all the same, because servers ask for SO_REUSEADDR, as we do.
    """
    ours = socket.socket()
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    ours.bind((LOOPBACK, 0))
    port = int(ours.getsockname()[1])
    _kept[port] = ours
    return port


def give_back(*ports: int) -> None:
    for port in ports:
        _kept.pop(port).close()


def launch(
    command: Sequence[str], worker: Worker, *, log: Path, env: Mapping[str, str] | None = None, line: socket.socket | None = None
) -> subprocess.Popen[bytes]:
    """Starts a server in a process group of its own, as the given worker; `env` is added to our own environment. It may speak over a line."""
    is_other = os.getuid() == 0
    with log.open("ab") as out:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL if line is None else line.fileno(),
            stdout=out.fileno() if line is None else line.fileno(),
            stderr=out.fileno(),
            cwd=log.parent,
            env={**os.environ, **(env or {})},
            start_new_session=True,
            user=worker.uid if is_other else None,
            group=worker.gid if is_other else None,
            extra_groups=[] if is_other else None,
        )
    _running.add(process)
    return process


def end(process: subprocess.Popen[bytes], *, how: signal.Signals = signal.SIGTERM, seconds: float = 5) -> None:
    """Asks the server to stop, and insists where it does not."""
    if process.poll() is None:
        process.send_signal(how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    _end_group(process)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    _running.discard(process)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@atexit.register
def _end_all() -> None:
    for process in tuple(_running):
        _end_group(process)


def remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def wait_until(is_so: Callable[[], bool], *, seconds: float = PATIENCE_SECONDS, otherwise: Callable[[], str]) -> None:
    """Returns as soon as it is so; fails with the sentence where it never is."""
    until = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > until:
            raise AssertionError(otherwise())
        time.sleep(0.005)
