"""A real Cyrus IMAP server on loopback, unpacked and not installed (`unpacked`).

Given nothing; gives a server whose accounts are made at their first log-in. Who logs in is asked of us, in the manner of saslauthd: Cyrus knows no
file of passwords.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from pathlib import Path
from string import Template
from typing import Self

from tests.servers.ground import Worker, launch, own_folder, unprivileged, wait_until
from tests.servers.imap_server import LOG, PASSWORD, Account, ImapServer
from tests.servers.unpacked import libraries, unpacked

_HERE = Path(__file__).parent
_FOLDERS = ("conf/db", "conf/socket", "conf/proc", "conf/lock", "conf/log", "spool", "sasl")


class Cyrus(ImapServer):
    """`with Cyrus.start() as post: …`"""

    def __init__(self, home: Path, worker: Worker, *, program: Path) -> None:
        super().__init__(home, worker)
        self._program = program
        self._asked = socket.socket(socket.AF_UNIX)

    @classmethod
    def start(cls) -> Self:
        program = unpacked("usr/lib/cyrus/bin/master", of="Cyrus")
        worker = unprivileged("nobody")
        post = cls(own_folder("cyrus-", worker), worker, program=program)
        post._configure()
        threading.Thread(target=post._vouch, name="saslauthd", daemon=True).start()
        post.open()
        return post

    def account(self, address: str) -> Account:
        """Cyrus has its own mind about an @ in a user's name."""
        return Account(address.partition("@")[0], PASSWORD)

    def open(self) -> None:
        files = ["-C", str(self.home / "imapd.conf"), "-M", str(self.home / "cyrus.conf"), "-p", str(self.home / "master.pid")]
        env = {"LD_LIBRARY_PATH": libraries(), "CYRUS_USER": self._worker.name}
        self._process = launch([str(self._program), *files, "-D"], self._worker, log=self.home / LOG, env=env)
        wait_until(self._greets, otherwise=lambda: f"Cyrus does not start:\n{self.log}")

    def stop(self) -> None:
        super().stop()
        self._asked.close()

    def _configure(self) -> None:
        names = {"home": self.home, "port": self.port, "worker": self._worker.name, "bin": self._program.parent}
        for name, source in (("cyrus.conf", "cyrus.conf"), ("imapd.conf", "cyrus_imapd.conf")):
            (self.home / name).write_text(Template((_HERE / source).read_text()).substitute(names))
        for folder in _FOLDERS:
            (self.home / folder).mkdir(parents=True)
        self._asked.bind(str(self.home / "sasl" / "mux"))
        self._asked.listen()
        self._worker.owns(self.home)

    def _vouch(self) -> None:
        """The manner of saslauthd: four strings come, each behind its length, and one goes back."""
        with contextlib.suppress(OSError):
            while True:
                line, _ = self._asked.accept()
                with line:
                    _user, password, _service, _realm = (_string(line) for _ in range(4))
                    answer = b"OK" if password.decode() == PASSWORD else b"NO"
                    line.sendall(struct.pack(">H", len(answer)) + answer)


def _string(line: socket.socket) -> bytes:
    (length,) = struct.unpack(">H", line.recv(2, socket.MSG_WAITALL))
    return line.recv(length, socket.MSG_WAITALL) if length else b""
