"""Who the bench talks to: an SMTP sink in a process of its own, and a Dovecot; both on loopback, both ended with the block.

The sink is Debian's smtp-sink where that is installed, else `bench.sink`; figures taken with the one do not compare with the other.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench.figures import Absent
from tests.servers.dovecot import Dovecot
from tests.servers.ground import LOOPBACK, end, free_port, launch, own_folder, remove, unprivileged, wait_until

_WHERE_SERVERS_LIE = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
_ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class SinkServer:
    name: str
    port: int


@contextmanager
def smtp_sink() -> Iterator[SinkServer]:
    """A server that takes every letter and forgets it."""
    program = shutil.which("smtp-sink", path=_WHERE_SERVERS_LIE)
    with _debian_sink(program) if program else _bare_sink() as server:
        yield server


@contextmanager
def imap_server() -> Iterator[Dovecot]:
    """An empty Dovecot; raises Absent where none is installed."""
    if shutil.which("dovecot", path=_WHERE_SERVERS_LIE) is None:
        raise Absent("Dovecot is not installed here: make servers")
    with Dovecot.start() as server:
        yield server


@contextmanager
def _bare_sink() -> Iterator[SinkServer]:
    command = [sys.executable, "-m", "bench.sink"]
    with subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        try:
            yield SinkServer("bench.sink, bare asyncio", int(process.stdout.readline()))
        finally:
            process.stdin.close()
            process.terminate()


@contextmanager
def _debian_sink(program: str) -> Iterator[SinkServer]:
    worker = unprivileged("nobody")
    home, port = own_folder("sink-", worker), free_port()
    process = launch([program, f"{LOOPBACK}:{port}", "100"], worker, log=home / "sink.log")
    try:
        wait_until(lambda: _listens(port), seconds=10, otherwise=lambda: "smtp-sink does not start")
        yield SinkServer("smtp-sink", port)
    finally:
        end(process)
        remove(home)


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection((LOOPBACK, port), timeout=1):
        return True
    return False
