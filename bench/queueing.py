"""A Postfix that puts every letter on the disk before it says yes, as Postfix does: the whole server, for as long as the block.

Its settings are Postfix's own but for what keeps it to itself (a folder, a port, accounts), and for two. Each letter is held back once it is
queued: delivering would take the processor from whoever hands over, and what one left undelivered from whoever comes next. And nothing is
slowed down because more comes in than goes out. Postfix starts as root only.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench.counterparts import with_libraries
from bench.figures import Absent
from tests.servers.ground import LOOPBACK, Worker, end, free_port, give_back, launch, own_folder, remove, unprivileged, wait_until
from tests.servers.unpacked import found

_PROGRAMS = "usr/lib/postfix/sbin"
_MAIN = """
compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
command_directory = {root}/usr/sbin
daemon_directory = {root}/usr/lib/postfix/sbin
shlib_directory = {root}/usr/lib/postfix
meta_directory = {root}/etc/postfix
maillog_file = {home}/log
maillog_file_prefixes = {home}
import_environment = MAIL_CONFIG LD_LIBRARY_PATH TZ
mail_owner = {owner}
default_privs = games
setgid_group = daemon
inet_interfaces = {address}
inet_protocols = ipv4
myhostname = relay.example
mydestination =
alias_maps =
local_recipient_maps =
mynetworks = {address}
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_data_restrictions = check_client_access static:HOLD
in_flow_delay = 0
"""
_MASTER = """
{address}:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
error unix - - n - - error
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""
_QUEUES = (
    "active",
    "bounce",
    "corrupt",
    "defer",
    "deferred",
    "flush",
    "hold",
    "incoming",
    "maildrop",
    "private",
    "public",
    "saved",
    "trace",
)


@dataclass(frozen=True, slots=True)
class Postfix:
    port: int
    home: Path
    process: subprocess.Popen[bytes]
    """Its master; all that it starts is of its process group."""

    def queued(self) -> int:
        """How many letters lie whole in the queue."""
        return len(list(self._held.iterdir()))

    def forget(self) -> None:
        """Empties the queue, so that the next begins with what the one before began with."""
        for letter in self._held.iterdir():
            letter.unlink()

    @property
    def _held(self) -> Path:
        return self.home / "queue" / "hold"


@contextmanager
def durable_postfix() -> Iterator[Postfix]:
    """Empty, on loopback; raises Absent where there is none, where it may not be started, and where its disk is none."""
    root, owner = _root(), unprivileged("postfix", "nobody")
    if os.getuid() != 0:
        raise Absent("Postfix starts as root only, and whoever runs the bench is not")
    home, port = own_folder("postfix-", owner), free_port()
    try:
        _furnish(home, owner, root, port)
        with _running(home, root, port) as process:
            yield Postfix(port, home, process)
    finally:
        give_back(port)
        remove(home)


@contextmanager
def _running(home: Path, root: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [str(root / _PROGRAMS / "master"), "-c", str(home / "etc")]
    process = launch(command, Worker("root", 0, 0), log=home / "said", env=with_libraries())
    try:
        wait_until(lambda: _greets(port) or process.poll() is not None, seconds=30, otherwise=lambda: _last_words(home))
        if process.poll() is not None:
            raise Absent(f"Postfix does not start here: {_last_words(home)}")
        yield process
    finally:
        end(process)


def _greets(port: int) -> bool:
    """Not only its master listens: whoever it starts for a client says what it is."""
    with suppress(OSError), socket.create_connection((LOOPBACK, port), timeout=5) as line:
        return line.recv(4) == b"220 "
    return False


def _last_words(home: Path) -> str:
    said = [line for log in (home / "said", home / "log") if log.exists() for line in log.read_text().splitlines()]
    return said[-1] if said else "it says nothing"


def _furnish(home: Path, owner: Worker, root: Path, port: int) -> None:
    """The folders that Postfix's installation would make, and its two files."""
    if _is_in_memory(home):
        raise Absent(f"{home.parent} is in memory, where nothing is durable: set TMPDIR to a folder on a disk")
    for name in ("data", *(f"queue/{queue}" for queue in _QUEUES)):
        (home / name).mkdir(parents=True)
    owner.owns(home)
    (home / "queue" / "pid").mkdir()
    (home / "etc").mkdir()
    names = {"home": home, "root": root, "owner": owner.name, "address": LOOPBACK, "port": port}
    (home / "etc" / "main.cf").write_text(_MAIN.format(**names))
    (home / "etc" / "master.cf").write_text(_MASTER.format(**names))


def _root() -> Path:
    """Below which Postfix lies: the system's, where it is installed, or where `make servers` unpacked it."""
    installed, unpacked = Path("/", _PROGRAMS), found(_PROGRAMS)
    if installed.exists():
        return Path("/")
    if unpacked is None:
        raise Absent("Postfix is not installed here: make servers")
    return unpacked.parents[len(Path(_PROGRAMS).parts) - 1]


def _is_in_memory(folder: Path) -> bool:
    stat = shutil.which("stat")
    return (
        stat is not None and "tmpfs" in subprocess.run([stat, "-f", "-c", "%T", folder], capture_output=True, text=True, check=False).stdout
    )
