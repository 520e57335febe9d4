"""An SMTP server that keeps all it is sent, and goes wrong when it is told to.

Given a `Script` of faults; gives the letters it took, in order. It speaks the dialogue of RFC 5321 (`smtp_dialogue`) on a loopback
port in a thread of its own. Never forwards anything.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property
from types import TracebackType
from typing import Any, Self, TypeVar

from tests.servers.certificate import Certificate
from tests.servers.ground import LOOPBACK, PATIENCE_SECONDS
from tests.servers.smtp_dialogue import Dialogue, Manners, Taken
from tests.servers.smtp_script import Script

T = TypeVar("T")


@dataclass(frozen=True)
class Received:
    """One message as it was taken: its envelope, its bytes, its place in the order, when, and over which connection."""

    mail_from: str
    rcpt: tuple[str, ...]
    raw: bytes
    order: int
    at: datetime
    username: str | None
    is_over_tls: bool
    connection: int = 0
    """Counted from one; none where a letter never was on the wire."""

    @cached_property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=policy.default)

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])


@dataclass(slots=True)
class SmtpSink:
    """`with SmtpSink.start() as sink: …`; the port stays the same over `close()` and `open()`."""

    manners: Manners
    script: Script = field(default_factory=Script)
    host: str = LOOPBACK
    port: int = 0
    transcript: deque[str] = field(default_factory=lambda: deque(maxlen=10_000))
    """Every line of every connection, `C:` and `S:` with the connection's number; the lines of messages are left out."""
    connections: int = 0
    parted: set[int] = field(default_factory=set)
    """The connections whose client said QUIT: it has heard all that there was to hear."""
    _letters: list[Received] = field(default_factory=list)
    _news: threading.Condition = field(default_factory=threading.Condition)
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _thread: threading.Thread | None = None
    _server: asyncio.Server | None = None
    _open_lines: set[asyncio.Task[None]] = field(default_factory=set)
    _messages_begun: int = 0

    @classmethod
    def start(
        cls,
        *,
        credentials: tuple[str, str] | None = None,
        tokens: Callable[[str, str], bool] | None = None,
        certificate: Certificate | None = None,
        security: str = "none",
        without: frozenset[str] = frozenset(),
    ) -> Self:
        """`security` is "none", "starttls" or "tls"; `without` names extensions that are not to be offered, such as PIPELINING."""
        context = certificate.for_server() if certificate else None
        sink = cls(Manners(credentials=credentials, tokens=tokens, tls=context, is_tls_from_the_start=security == "tls", without=without))
        sink._thread = threading.Thread(target=sink._loop.run_forever, name="smtp-sink", daemon=True)
        sink._thread.start()
        sink.open()
        return sink

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    @property
    def letters(self) -> list[Received]:
        with self._news:
            return list(self._letters)

    def to(self, address: str) -> list[Received]:
        wanted = address.lower()
        return [letter for letter in self.letters if wanted in (rcpt.lower() for rcpt in letter.rcpt)]

    def wait_for(self, count: int, seconds: float = PATIENCE_SECONDS, *, to: str | None = None) -> list[Received]:
        """All letters (to one address), as soon as there are that many; fails where they do not come."""
        until = time.monotonic() + seconds
        with self._news:
            while len(found := self._chosen(to)) < count:
                if not self._news.wait(until - time.monotonic()) and time.monotonic() >= until:
                    came = ", ".join(f"{'/'.join(letter.rcpt)}: {letter.subject}" for letter in self._letters)
                    raise AssertionError(f"{len(found)} letters of {count} came in {seconds} s: {came or 'none at all'}")
        return found

    def forget(self) -> None:
        with self._news:
            self._letters.clear()

    def open(self) -> None:
        self._run(self._listen())

    def close(self) -> None:
        """Down for now: nobody listens, and every open connection is cut."""
        self._run(self._hang_up())

    def stop(self) -> None:
        self.close()
        self._loop.call_soon_threadsafe(self._loop.stop)
        if self._thread is not None:
            self._thread.join()
        self._loop.close()

    def next_message_no(self) -> int:
        self._messages_begun += 1
        return self._messages_begun

    def take(self, taken: Taken) -> None:
        with self._news:
            order, at = len(self._letters) + 1, datetime.now(UTC)
            self._letters.append(
                Received(taken.mail_from, taken.rcpt, taken.raw, order, at, taken.username, taken.is_over_tls, taken.connection)
            )
            self._news.notify_all()

    def _chosen(self, to: str | None) -> list[Received]:
        return self.letters if to is None else self.to(to)

    async def _listen(self) -> None:
        tls = self.manners.tls if self.manners.is_tls_from_the_start else None
        self._server = await asyncio.start_server(self._talk, self.host, self.port, ssl=tls, limit=64 * 1024 * 1024, backlog=256)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task is not None
        self._open_lines.add(task)
        try:
            await Dialogue(self, reader, writer, number=self.connections).run()
        except asyncio.CancelledError:
            writer.transport.abort()
        finally:
            self._open_lines.discard(task)

    async def _hang_up(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        lines = tuple(self._open_lines)
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE_SECONDS)
