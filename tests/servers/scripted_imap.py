"""An IMAP server that lies: it says what a script says, when the script says it.

Given one script per connection (the last one serves all later connections), each a function that is handed the `Talk` and leads it;
keeps every byte that clients sent. It knows no IMAP but the few manners that spare the scripts repetition.
Never waits for ever: what a script expects must come within a minute, and a script that fails says so when the server is closed.
"""

from __future__ import annotations

import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from bot.shell.mailbox import ImapAccount
from tests.servers.ground import LOOPBACK

SECONDS = 60.0
_LITERAL = re.compile(rb"\{(\d+)\}\r\n$")


class Talk:
    """One connection, from the server's side. Lines are sent without their CRLF; `received` holds all that the client said."""

    def __init__(self, line: socket.socket) -> None:
        self.line = line
        self.received = b""
        self._unread = b""
        line.settimeout(SECONDS)

    def say(self, *lines: bytes) -> None:
        """In one segment, so that a client must cope with what comes together."""
        self.line.sendall(b"".join(line + b"\r\n" for line in lines))

    def pour(self, raw: bytes) -> None:
        """Bytes as they are, be they half a line."""
        self.line.sendall(raw)

    def command(self) -> bytes:
        """The next command, with its literals."""
        command = self._line()
        while literal := _LITERAL.search(command):
            self.say(b"+ go on")
            command += self._exactly(int(literal[1])) + self._line()
        return command

    def hear(self, wanted: bytes) -> bytes:
        """The next command's tag; the command must hold the words wanted."""
        command = self.command()
        assert wanted.upper() in command.upper(), f"{wanted!r} was expected, not {command!r}"
        return command.split()[0]

    def hear_done(self) -> None:
        """The end of an IDLE, which has no tag."""
        line = self._line()
        assert line.upper() == b"DONE\r\n", f"DONE was expected, not {line!r}"

    def answer(self, wanted: bytes, *untagged: bytes, done: bytes = b"OK done") -> None:
        tag = self.hear(wanted)
        self.say(*untagged, tag + b" " + done)

    def greet(self, *, capabilities: bytes = b"IMAP4rev1 IDLE MOVE UIDPLUS") -> None:
        """All up to the end of the log-in."""
        self.say(b"* OK at your service")
        self.answer(b"CAPABILITY", b"* CAPABILITY " + capabilities)
        self.answer(b"LOGIN", done=b"OK [CAPABILITY " + capabilities + b"] welcome")

    def open(self, *, exists: int, uidvalidity: int = 7) -> None:
        """Answers a SELECT."""
        self.answer(b"SELECT", b"* %d EXISTS" % exists, b"* OK [UIDVALIDITY %d] valid" % uidvalidity, done=b"OK [READ-WRITE] open")

    def until_closed(self) -> None:
        """Silence but for a farewell, until the client goes away."""
        while b"LOGOUT" not in (command := self._line()):
            assert not command.startswith(b"IDLE"), "the script left its client in IDLE"
        self.say(b"* BYE", command.split()[0] + b" OK bye")

    def pause(self, seconds: float) -> None:
        time.sleep(seconds)

    def silence(self) -> None:
        """Not even a farewell."""
        while self._receive():
            pass

    def secure(self, context: ssl.SSLContext) -> None:
        self.line = context.wrap_socket(self.line, server_side=True)

    def _line(self) -> bytes:
        while b"\r\n" not in self._unread:
            if not self._receive():
                raise ConnectionResetError("the client has gone")
        line, _, self._unread = self._unread.partition(b"\r\n")
        return line + b"\r\n"

    def _exactly(self, size: int) -> bytes:
        while len(self._unread) < size and self._receive():
            pass
        taken, self._unread = self._unread[:size], self._unread[size:]
        return taken

    def _receive(self) -> bytes:
        piece = self.line.recv(65536)
        self.received += piece
        self._unread += piece
        return piece


Script = Callable[[Talk], None]


def answers(wanted: bytes, *untagged: bytes, done: bytes = b"OK done") -> Script:
    """A part of a script: one command and its answer."""
    return lambda talk: talk.answer(wanted, *untagged, done=done)


def login_at(server: ScriptedImap, *, idle: bool = True) -> ImapAccount:
    return ImapAccount(server.host, server.port, "none", "cases", "correct-horse", idle=idle)


class ScriptedImap:
    """`with ScriptedImap(script) as server: …`; on the way out it fails if a script did."""

    def __init__(self, *scripts: Script, host: str = LOOPBACK) -> None:
        self.host = host
        self._scripts = scripts
        self._door = socket.create_server((self.host, 0))
        self.port: int = self._door.getsockname()[1]
        self.talks: list[Talk] = []
        self._faults: list[BaseException] = []
        self._thread = threading.Thread(target=self._serve, name="scripted-imap", daemon=True)

    @property
    def received(self) -> bytes:
        return b"".join(talk.received for talk in self.talks)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for talk in self.talks:
            talk.line.close()
        self._thread.join(SECONDS)
        if error is None and self._faults:
            raise self._faults[0]

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._door.accept()
            except OSError:
                return
            script = self._scripts[min(len(self.talks), len(self._scripts) - 1)]
            talk = Talk(line)
            self.talks.append(talk)
            self._lead(script, talk)

    def _lead(self, script: Script, talk: Talk) -> None:
        try:
            script(talk)
        except OSError:
            # The client has gone, or is gone from: what a script wanted to say is its test's business.
            pass
        except BaseException as fault:
            self._faults.append(fault)
        finally:
            talk.line.close()
