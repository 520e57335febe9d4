"""One SMTP connection, from the greeting to its end: RFC 5321, with SIZE, 8BITMIME, SMTPUTF8, PIPELINING, STARTTLS and AUTH.

Given a stream and what to do wrong, gives each message that was sent completely. It is as strict as the strictest servers in use:
bare line feeds, lines over 998 bytes and unannounced 8-bit text are refused, so that a client cannot rely on leniency.
Never keeps anything from one transaction to the next.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import ssl
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from tests.servers.smtp_auth import MECHANISMS, Unreadable, read_credentials
from tests.servers.smtp_script import Script

_PATH = re.compile(r"(?:FROM|TO):<([^<>]*)>((?: \S+)*)", re.IGNORECASE)
_LARGEST = 35_882_577
_LONGEST_LINE = 1000
_ENDS = ("221", "421")


@dataclass(frozen=True, slots=True)
class Manners:
    """How the server presents itself."""

    credentials: tuple[str, str] | None = None
    tokens: Callable[[str, str], bool] | None = None
    """Whether this user's token lets in; instead of credentials."""
    tls: ssl.SSLContext | None = None
    is_tls_from_the_start: bool = False
    without: frozenset[str] = frozenset()

    @property
    def wants_login(self) -> bool:
        return self.credentials is not None or self.tokens is not None

    def lets_in(self, username: str, secret: str) -> bool:
        return self.tokens(username, secret) if self.tokens else (username, secret) == self.credentials


@dataclass(frozen=True, slots=True)
class Taken:
    mail_from: str
    rcpt: tuple[str, ...]
    raw: bytes
    username: str | None
    is_over_tls: bool
    connection: int


class House(Protocol):
    """What a dialogue needs of the server it belongs to."""

    manners: Manners
    script: Script
    transcript: deque[str]
    parted: set[int]

    def next_message_no(self) -> int: ...

    def take(self, taken: Taken) -> None: ...


class _Dropped(Exception):
    """The connection ends here, without another word."""


class Dialogue:
    def __init__(self, house: House, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, number: int) -> None:
        self._house, self._reader, self._writer, self._number = house, reader, writer, number
        self._is_over_tls = house.manners.is_tls_from_the_start
        self._username: str | None = None
        self._message_no = 0
        self._has_greeted = False
        self._reset()

    async def run(self) -> None:
        with contextlib.suppress(_Dropped, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            await self._at("GREETING", _always("220 sink.ngo.example ESMTP"))
            while True:
                await self._obey(await self._line())
        self._writer.close()
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()

    def _reset(self) -> None:
        self._mail_from: str | None = None
        self._rcpt: tuple[str, ...] = ()
        self._is_8bit = False
        self._is_utf8 = False

    async def _at(self, station: str, act: Callable[[], Awaitable[str]], *, recipients: tuple[str, ...] | None = None) -> str:
        """Does what a station does, unless the script wants it otherwise; gives the reply that was sent."""
        whom = self._rcpt if recipients is None else recipients
        fault = self._house.script.at(station, recipients=whom, message_no=self._message_no)
        if fault.drop == "before":
            raise _Dropped
        reply = fault.reply or await act()
        if fault.seconds:
            await asyncio.sleep(fault.seconds)
        if fault.drop == "after":
            raise _Dropped
        await self._say(reply)
        if fault.drop == "after reply" or reply.startswith(_ENDS):
            raise _Dropped
        return reply

    async def _obey(self, line: str) -> None:
        verb, _, rest = line.partition(" ")
        match verb.upper():
            case "EHLO" | "HELO":
                await self._at("EHLO", _always(self._hello(is_extended=verb.upper() == "EHLO")))
                self._has_greeted = True
                self._reset()
            case "STARTTLS":
                await self._start_tls()
            case "AUTH":
                await self._at("AUTH", lambda: self._log_in(rest.split()))
            case "MAIL":
                self._message_no = self._house.next_message_no()
                await self._at("MAIL", lambda: self._open(rest))
            case "RCPT":
                path = _PATH.fullmatch(rest)
                await self._at("RCPT", lambda: self._address(path), recipients=(path[1],) if path else ())
            case "DATA":
                await self._content()
            case "RSET":
                self._reset()
                await self._at("RSET", _always("250 2.0.0 forgotten"))
            case "NOOP":
                await self._at("NOOP", _always("250 2.0.0 still here"))
            case "QUIT":
                self._house.parted.add(self._number)
                await self._at("QUIT", _always("221 2.0.0 good bye"))
            case _:
                await self._say("500 5.5.2 no such command")

    def _hello(self, *, is_extended: bool) -> str:
        manners = self._house.manners
        extensions = [f"SIZE {_LARGEST}", "8BITMIME", "SMTPUTF8", "PIPELINING", "ENHANCEDSTATUSCODES"]
        if manners.tls and not self._is_over_tls:
            extensions.append("STARTTLS")
        elif manners.wants_login:
            extensions.append(f"AUTH {' '.join(MECHANISMS)}")
        offered = [name for name in extensions if name.split()[0] not in manners.without] if is_extended else []
        return "\n".join(f"250 {line}" for line in ["sink.ngo.example", *offered])

    async def _start_tls(self) -> None:
        context = self._house.manners.tls
        if context is None or self._is_over_tls:
            await self._say("502 5.5.1 TLS is not to be had here")
            return
        reply = await self._at("STARTTLS", _always("220 2.0.0 go ahead"))
        if reply.startswith("220"):
            await self._writer.start_tls(context)
            self._is_over_tls, self._has_greeted, self._username = True, False, None
            self._reset()

    async def _log_in(self, words: list[str]) -> str:
        if not self._house.manners.wants_login:
            return "502 5.5.1 no log-in here"
        if self._house.manners.tls and not self._is_over_tls:
            return "538 5.7.11 not in clear text"
        try:
            credentials = await read_credentials(words, self._ask)
        except Unreadable:
            return "501 5.5.2 that cannot be read"
        if not self._house.manners.lets_in(*credentials):
            return "535 5.7.8 these credentials are not known"
        self._username = credentials[0]
        return "235 2.7.0 welcome"

    async def _ask(self, challenge: str) -> str:
        await self._say(f"334 {challenge}")
        return await self._line()

    async def _open(self, rest: str) -> str:
        path = _PATH.fullmatch(rest)
        if not self._has_greeted or self._mail_from is not None:
            return "503 5.5.1 out of order"
        if self._house.manners.wants_login and self._username is None:
            return "530 5.7.0 log in first"
        if path is None:
            return "501 5.1.7 a path in angle brackets is wanted"
        words = path[2].upper().split()
        self._mail_from, self._is_8bit, self._is_utf8 = path[1], "BODY=8BITMIME" in words, "SMTPUTF8" in words
        return "250 2.1.0 sender noted"

    async def _address(self, path: re.Match[str] | None) -> str:
        if self._mail_from is None:
            return "503 5.5.1 MAIL first"
        if path is None or not path[1]:
            return "501 5.1.3 a path in angle brackets is wanted"
        if not path[1].isascii() and not self._is_utf8:
            return "553 5.6.7 this address needs SMTPUTF8"
        self._rcpt = (*self._rcpt, path[1])
        return "250 2.1.5 recipient noted"

    async def _content(self) -> None:
        invites = "354 end with a dot on a line of its own" if self._rcpt else "554 5.5.1 nobody to send it to"
        reply = await self._at("DATA", _always(invites))
        if reply.startswith("354"):
            raw, fault = await self._read_content()
            await self._at("DOT", lambda: self._take(raw, fault))
            self._reset()

    async def _read_content(self) -> tuple[bytes, str]:
        """The message without its dots of transparency (RFC 5321 4.5.2), and why it cannot be taken."""
        lines: list[bytes] = []
        ends_line, fault = True, ""
        while (line := await self._reader.readuntil(b"\n")) != b".\r\n" or not ends_line:
            ends_line = line.endswith(b"\r\n")
            if not ends_line or b"\r" in line[:-2]:
                fault = "550 5.6.11 bare carriage return or line feed"
            elif len(line) > _LONGEST_LINE:
                fault = "550 5.6.0 a line is longer than 998 bytes"
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines), fault

    async def _take(self, raw: bytes, fault: str) -> str:
        head = raw.partition(b"\r\n\r\n")[0]
        if not head.isascii() and not self._is_utf8:
            fault = fault or "554 5.6.9 these headers need SMTPUTF8"
        if not raw.isascii() and not self._is_8bit:
            fault = fault or "554 5.6.1 8-bit text was not announced"
        if len(raw) > _LARGEST:
            fault = fault or "552 5.3.4 too large"
        if fault:
            return fault
        self._house.take(Taken(self._mail_from or "", self._rcpt, raw, self._username, self._is_over_tls, self._number))
        return f"250 2.0.0 taken as {self._message_no}"

    async def _line(self) -> str:
        line = (await self._reader.readuntil(b"\r\n"))[:-2].decode("utf-8", "replace")
        self._house.transcript.append(f"{self._number} C: {line}")
        return line

    async def _say(self, reply: str) -> None:
        """A reply of several lines is written with hyphens (RFC 5321 4.2.1), whoever wrote it."""
        *first, last = reply.split("\n")
        for line in [f"{line[:3]}-{line[4:]}" for line in first] + [last]:
            self._house.transcript.append(f"{self._number} S: {line}")
            self._writer.write(f"{line}\r\n".encode())
        await self._writer.drain()


def _always(reply: str) -> Callable[[], Awaitable[str]]:
    async def act() -> str:
        return reply

    return act
