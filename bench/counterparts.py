"""Who the bench talks to, all on loopback and all ended with the block: an SMTP sink in a process of its own, far away where that is asked
for; a Dovecot; and smtp-source, which hands letters over as fast as C can.

The sink is Debian's smtp-sink where that is installed or unpacked, else `bench.sink`; figures taken with the one do not compare with the other.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from bench.figures import Absent, Wrong
from tests.servers.dovecot import Dovecot
from tests.servers.ground import LOOPBACK, end, free_port, launch, own_folder, remove, unprivileged, wait_until
from tests.servers.postgres import running_postgres
from tests.servers.unpacked import found

_WHERE_SERVERS_LIE = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
_ROOT = Path(__file__).parents[1]
MOST_SECONDS = 120
"""So long a letter is waited for; what takes longer never comes."""


@dataclass(frozen=True, slots=True)
class SinkServer:
    name: str
    port: int


@contextmanager
def smtp_sink() -> Iterator[SinkServer]:
    """A server that takes every letter and forgets it."""
    program = _of_postfix("smtp-sink")
    with _debian_sink(program) if program else _bare_sink() as server:
        yield server


@dataclass(frozen=True, slots=True)
class TellingSink:
    """Knows when each letter came, and which message it answers."""

    port: int
    letters: list[float] = field(default_factory=list)
    """When those came that answer nothing."""
    _answers: dict[str, float] = field(default_factory=dict)
    _news: threading.Condition = field(default_factory=threading.Condition)

    def answered(self, message_id: str) -> float:
        """When the answer to a message came; waits for it."""
        with self._news:
            if not self._news.wait_for(lambda: message_id in self._answers, MOST_SECONDS):
                raise Wrong(f"no answer in {MOST_SECONDS} s")
            return self._answers[message_id]

    def wait_for_more_than(self, letters: int) -> None:
        with self._news:
            if not self._news.wait_for(lambda: len(self.letters) > letters, MOST_SECONDS):
                raise Wrong(f"no circulation in {MOST_SECONDS} s")

    def listen(self, lines: IO[bytes]) -> None:
        for line in lines:
            at, message_id = line.decode().split()
            with self._news:
                if message_id == "-":
                    self.letters.append(float(at))
                else:
                    self._answers[message_id] = float(at)
                self._news.notify_all()


@contextmanager
def telling_sink() -> Iterator[TellingSink]:
    with _own_process("bench.sink", "--tell") as (port, lines):
        sink = TellingSink(port)
        threading.Thread(target=sink.listen, args=[lines], daemon=True).start()
        yield sink


@contextmanager
def far_away(server: SinkServer, *, milliseconds: int) -> Iterator[SinkServer]:
    """The same sink behind so long a round trip."""
    with _own_process("bench.distance", str(server.port), str(milliseconds)) as (port, _):
        yield replace(server, port=port)


def smtp_source() -> str:
    """The program of Postfix that hands letters over as fast as C can; raises Absent where there is none."""
    program = _of_postfix("smtp-source")
    if program is None:
        raise Absent("smtp-source is not installed here: make servers")
    return program


def hand_over_by(program: str, letter: Path, port: int, *, sessions: int, count: int) -> None:
    """One letter so many times by smtp-source, over so many kept connections."""
    what = ["-d", "-s", str(sessions), "-m", str(count), "-f", "desk@desk.example", "-t", "lawyer@firm.example", "-F", str(letter)]
    said = subprocess.run([program, *what, f"{LOOPBACK}:{port}"], env=with_libraries(), capture_output=True, text=True, check=False)
    if said.returncode or said.stderr:
        raise Wrong(f"smtp-source: {said.stderr.strip() or said.returncode}")


@contextmanager
def imap_server() -> Iterator[Dovecot]:
    """An empty Dovecot; raises Absent where none is installed."""
    if shutil.which("dovecot", path=_WHERE_SERVERS_LIE) is None:
        raise Absent("Dovecot is not installed here: make servers")
    with Dovecot.start() as server:
        yield server


@contextmanager
def postgres_server() -> Iterator[str]:
    """The URL of an empty database on a PostgreSQL."""
    with running_postgres() as server, server.fresh_database() as url:
        yield url


@contextmanager
def _bare_sink() -> Iterator[SinkServer]:
    with _own_process("bench.sink") as (port, _):
        yield SinkServer("bench.sink, bare asyncio", port)


@contextmanager
def _own_process(module: str, *words: str) -> Iterator[tuple[int, IO[bytes]]]:
    """A server of ours that tells its port, and perhaps more, and ends with its standard input."""
    command = [sys.executable, "-m", module, *words]
    with subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        try:
            yield int(process.stdout.readline()), process.stdout
        finally:
            process.stdin.close()
            process.terminate()


@contextmanager
def _debian_sink(program: str) -> Iterator[SinkServer]:
    worker = unprivileged("nobody")
    home, port = own_folder("sink-", worker), free_port()
    process = launch([program, f"{LOOPBACK}:{port}", "100"], worker, log=home / "sink.log", env=with_libraries())
    try:
        wait_until(lambda: _listens(port), seconds=10, otherwise=lambda: "smtp-sink does not start")
        yield SinkServer("smtp-sink", port)
    finally:
        end(process)
        remove(home)


def _of_postfix(program: str) -> str | None:
    """Installed, or unpacked by `make servers`."""
    unpacked = found(f"usr/sbin/{program}")
    return shutil.which(program, path=_WHERE_SERVERS_LIE) or (str(unpacked) if unpacked else None)


def with_libraries() -> dict[str, str]:
    """Postfix finds its own where it is installed; where it is only unpacked it has to be told."""
    return {**os.environ, "LD_LIBRARY_PATH": str(found("usr/lib/postfix") or "")}


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection((LOOPBACK, port), timeout=1):
        return True
    return False
