"""The wire: commands out, replies in, in their order (RFC 5321 4.2, RFC 2920).

Takes over a connection that aiosmtplib has made, encrypted and logged in: that client says one verb at a time, and here several may be
on their way. Reads what the server says, bounded and to the letter: each reply belongs to the command that is the next to be answered.
Never hands a reply to a command that did not ask: one that nobody waits for, or that is no reply at all, ends the connection.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from typing import NamedTuple

import aiosmtplib

_LINE = re.compile(rb"(\d{3})(?:([ -])(.*))?")
_LONGEST_REPLY = 32_768


class OutOfStep(aiosmtplib.SMTPException):
    """The server said what is no SMTP reply, or more than it was asked."""


class Reply(NamedTuple):
    code: int
    said: str


class Wire(asyncio.Protocol):
    """`extensions` are what the server offers, in small letters."""

    def __init__(self, transport: asyncio.Transport, extensions: frozenset[str]) -> None:
        self.extensions = extensions
        self._transport = transport
        self._awaited = 0
        self._unread = b""
        self._lines: list[str] = []
        self._replies: deque[Reply] = deque()
        self._fault: aiosmtplib.SMTPException | None = None
        self._news = asyncio.Event()
        transport.set_protocol(self)

    @property
    def is_open(self) -> bool:
        return self._fault is None and not self._transport.is_closing()

    @property
    def has_pipelining(self) -> bool:
        return "pipelining" in self.extensions

    def write(self, said: bytes, *, replies: int = 0) -> None:
        """Raises aiosmtplib's SMTPServerDisconnected where nobody is there any more."""
        if not self.is_open:
            raise self._fault or aiosmtplib.SMTPServerDisconnected("not connected")
        self._awaited += replies
        self._transport.write(said)

    async def reply(self, *, seconds: float) -> Reply:
        """The reply to the oldest command that has none yet; an SMTPException or TimeoutError where none comes."""
        if not self._replies:  # several come together, and the clock is asked for the first of them only
            async with asyncio.timeout(seconds):
                await self._first()
        return self._replies.popleft()

    async def _first(self) -> None:
        while not self._replies:
            if self._fault is not None:
                raise self._fault
            self._news.clear()
            await self._news.wait()

    def close(self) -> None:
        self._end(aiosmtplib.SMTPServerDisconnected("closed by ourselves"))

    def data_received(self, data: bytes) -> None:
        *lines, self._unread = (self._unread + data).split(b"\n")
        try:
            self._read(lines)
        except OutOfStep as fault:
            self._end(fault)

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(aiosmtplib.SMTPServerDisconnected(f"connection lost{f': {exc}' if exc else ''}"))

    def _read(self, lines: list[bytes]) -> None:
        for line in lines:
            self._read_line(line.strip(b" \t\r"))
        if len(self._unread) + sum(map(len, self._lines)) > _LONGEST_REPLY:
            raise OutOfStep("the server's reply does not end")

    def _read_line(self, line: bytes) -> None:
        match = _LINE.fullmatch(line)
        if match is None:
            raise OutOfStep(f"the server said what is no SMTP reply: {line.decode('utf-8', 'replace')}")
        if self._fault is None and not self._awaited:
            raise OutOfStep(f"the server spoke unasked: {line.decode('utf-8', 'replace')}")
        self._lines.append((match[3] or b"").decode("utf-8", "surrogateescape").strip())
        if match[2] != b"-":
            self._awaited -= 1
            self._replies.append(Reply(int(match[1]), "\n".join(self._lines)))
            self._lines.clear()
            self._news.set()

    def _end(self, fault: aiosmtplib.SMTPException) -> None:
        self._fault = self._fault or fault
        self._transport.close()
        self._news.set()
