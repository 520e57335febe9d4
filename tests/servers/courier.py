"""A real Courier IMAP server on loopback, unpacked and not installed (`unpacked`): an old server, without MOVE, UNSELECT and SPECIAL-USE.

Given nothing; gives a server whose accounts are made at their first log-in. The door is ours, as far as the log-in: Courier's own asks a daemon
at a place that is compiled in. From there on each connection is one `imapd`, told who has logged in as Courier's door would tell it.
"""

from __future__ import annotations

import contextlib
import shlex
import signal
import socket
import subprocess
import threading
from pathlib import Path
from typing import Self

from tests.servers.ground import Worker, end, launch, own_folder, unprivileged
from tests.servers.imap_server import LOG, PASSWORD, ImapServer
from tests.servers.unpacked import libraries, unpacked

_CAPABILITY = "IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT THREAD=REFERENCES SORT QUOTA IDLE"
_SETTINGS = {
    "IMAP_CAPABILITY": _CAPABILITY,
    "IMAP_KEYWORDS": "1",
    "IMAP_USELOCKS": "1",
    "IMAP_ENHANCEDIDLE": "0",
    "IMAP_IDLE_TIMEOUT": "1",
    "IMAP_TRASHFOLDERNAME": "Trash",
    "IMAP_UMASK": "022",
    "PROTOCOL": "IMAP",
}
"""As Debian's /etc/courier/imapd has it, but that somebody in IDLE is told of new mail within a second, not a minute."""


class Courier(ImapServer):
    """`with Courier.start() as post: …`; all folders but INBOX are below it: INBOX.Junk."""

    def __init__(self, home: Path, worker: Worker, *, program: Path) -> None:
        super().__init__(home, worker)
        self._program = program
        self._entrance = socket.socket()
        self._at_work: list[subprocess.Popen[bytes]] = []

    @classmethod
    def start(cls) -> Self:
        program = unpacked("usr/bin/imapd", of="Courier")
        worker = unprivileged("nobody")
        post = cls(own_folder("courier-", worker), worker, program=program)
        post.open()
        return post

    def open(self) -> None:
        """With the watcher of files that `imapd` locks by; it would wait a second for it at each of its steps."""
        watcher = str(self._program.parents[1] / "libexec" / "gam_server")
        self._process = launch(
            [watcher, "--notimeout", self.home.name], self._worker, log=self.home / LOG, env={"LD_LIBRARY_PATH": libraries()}
        )
        self._entrance = socket.create_server((self.host, self.port))
        threading.Thread(target=self._admit, args=(self._entrance,), name="courier-door", daemon=True).start()

    def close(self, *, how: signal.Signals = signal.SIGTERM) -> None:
        super().close(how=how)
        with contextlib.suppress(OSError):
            self._entrance.shutdown(socket.SHUT_RDWR)
        self._entrance.close()
        for process in self._at_work:
            end(process, how=how)
        self._at_work.clear()

    def _admit(self, entrance: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                line, (host, port) = entrance.accept()
                threading.Thread(target=self._log_in, args=(line, host, port), name="courier-log-in", daemon=True).start()

    def _log_in(self, line: socket.socket, host: str, port: int) -> None:
        """Until somebody has logged in; then the line is `imapd`'s, whose first word is the answer to the log-in."""
        with line, line.makefile("rb", buffering=0) as said, contextlib.suppress(OSError):
            line.sendall(f"* OK [CAPABILITY {_CAPABILITY}] Courier-IMAP ready.\r\n".encode())
            for command in said:
                tag, verb, *rest = shlex.split(command.decode())
                match verb.upper():
                    case "CAPABILITY":
                        line.sendall(f"* CAPABILITY {_CAPABILITY}\r\n{tag} OK CAPABILITY completed\r\n".encode())
                    case "LOGIN" if rest[1] == PASSWORD:
                        self._hand_over(
                            line, {"IMAPLOGINTAG": tag, "AUTHENTICATED": rest[0], "TCPREMOTEIP": host, "TCPREMOTEPORT": str(port)}
                        )
                        return
                    case "LOGOUT":
                        line.sendall(f"* BYE Courier-IMAP server shutting down\r\n{tag} OK LOGOUT completed\r\n".encode())
                        return
                    case _:
                        line.sendall(f"{tag} NO Login failed.\r\n".encode())

    def _hand_over(self, line: socket.socket, who: dict[str, str]) -> None:
        home = self.home / who["AUTHENTICATED"]
        for folder in ("cur", "new", "tmp"):
            (home / "Maildir" / folder).mkdir(parents=True, exist_ok=True)
        self._worker.owns(home)
        env = {
            **_SETTINGS,
            **who,
            "GAM_CLIENT_ID": self.home.name,
            "HOME": str(home),
            "MAILDIRPATH": "Maildir",
            "LD_LIBRARY_PATH": libraries(),
        }
        self._at_work.append(launch([str(self._program), str(home / "Maildir")], self._worker, log=self.home / LOG, env=env, line=line))
