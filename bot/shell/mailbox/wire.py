"""The wire: bytes to and from one IMAP server (RFC 3501 section 2.2), counted and timed.

Given an account, gives imaplib a connection of our own making: TLS verified, every answer bounded in time and size.
Reads lines and literals that may be lies: an endless line, a literal of 99999999999 bytes, one byte a minute, plain text behind STARTTLS.
Never overlooks bytes that were read ahead, as imaplib's buffered file does, and never reserves memory for bytes that have not come.
"""

from __future__ import annotations

import contextlib
import imaplib
import ipaddress
import re
import select
import socket
import ssl
import time
from typing import TYPE_CHECKING

from bot.shell.mailbox.nouns import ImapAccount, Wakes

if TYPE_CHECKING:
    from typing_extensions import Buffer

LINE_LIMIT = 1_000_000
LITERAL_LIMIT = 100 * 1024 * 1024
COMMAND_SECONDS = 600.0
# An answer may be this slow and is still waited for, on top of COMMAND_SECONDS.
SLOWEST_BYTES_PER_SECOND = 20_000
_CHUNK = 256 * 1024
_COUNT = re.compile(rb"\* (\d{1,10}) (EXISTS|EXPUNGE)\s*$", re.IGNORECASE)


class Overrun(ConnectionError):
    """The server sends or announces more than any honest answer holds."""


class Reader:
    """Bytes from a socket, as lines, as literals, or awaited together with something else that may wake us."""

    def __init__(self, sock: socket.socket, *, patience: float) -> None:
        self._sock = sock
        self.patience = patience
        self._buffer = bytearray()
        self.begin()

    @property
    def has_bytes(self) -> bool:
        return bool(self._buffer)

    def begin(self, *, expected: int = 0) -> None:
        """A new command: its whole answer gets a time and a size of its own."""
        self._ends = time.monotonic() + COMMAND_SECONDS + expected / SLOWEST_BYTES_PER_SECOND
        self._allowance = LITERAL_LIMIT + 2 * expected

    def read(self, size: int) -> bytes:
        if size > LITERAL_LIMIT:
            raise Overrun(f"the server announced {size} bytes at once")
        while len(self._buffer) < size:
            self._receive()
        return self._take(size)

    def readline(self) -> bytes:
        searched = 0
        while (end := self._buffer.find(b"\n", searched)) < 0:
            searched = len(self._buffer)
            if searched > LINE_LIMIT:
                raise Overrun("the server sent a line without end")
            self._receive()
        return self._take(end + 1)

    def wait(self, seconds: float, also: Wakes | None = None) -> bool:
        """True once a whole line can be read; False when the time is up or `also` became readable first."""
        ends = time.monotonic() + seconds
        poller = select.poll()
        poller.register(self._sock, select.POLLIN)
        if also is not None:
            poller.register(also, select.POLLIN)
        while b"\n" not in self._buffer:
            if not self._is_pending():
                ready = poller.poll(max(0.0, ends - time.monotonic()) * 1000)
                if self._sock.fileno() not in [fd for fd, _ in ready]:
                    return False
            self._receive_now()
        return True

    def _is_pending(self) -> bool:
        """Whether TLS holds bytes that it has taken off the socket already, where no poll can see them."""
        return isinstance(self._sock, ssl.SSLSocket) and self._sock.pending() > 0

    def _receive(self) -> None:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(min(self.patience, left))
        self._keep(self._sock.recv(_CHUNK))

    def _receive_now(self) -> None:
        """What has come, without waiting: a readable TLS socket may hold but a part of a record, or a session ticket."""
        self._sock.settimeout(0)
        with contextlib.suppress(BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            self._keep(self._sock.recv(_CHUNK))
        if len(self._buffer) > LINE_LIMIT:
            raise Overrun("the server sent a line without end")

    def _keep(self, received: bytes) -> None:
        if not received:
            raise ConnectionResetError("closed by the server")
        self._buffer += received

    def _take(self, size: int) -> bytes:
        self._allowance -= size
        if self._allowance < 0:
            raise Overrun("the server sent far more than it was asked for")
        with memoryview(self._buffer) as view:
            taken = bytes(view[:size])
        del self._buffer[:size]
        return taken


class Wire(imaplib.IMAP4):
    """imaplib's connection with its input and output replaced; everything else of imaplib stays as it is.

    `exists` is the size of the selected folder as last told, `announced` grows with every word of new mail, whichever answer it
    rode on: a plain IDLE loop misses mail whose EXISTS came with the answer to another command.
    """

    def __init__(self, account: ImapAccount, *, connect_seconds: float, read_seconds: float) -> None:
        self._account = account
        self._connect_seconds = connect_seconds
        self._read_seconds = read_seconds
        self.exists = 0
        self.announced = 0
        super().__init__(account.host, account.port)

    def open(self, host: str = "", port: int = 143, timeout: float | None = None) -> None:
        self.host, self.port = host, port
        self._adopt(_dial(self._account, seconds=self._connect_seconds))

    def begin(self, *, expected: int = 0) -> None:
        self.reader.begin(expected=expected)

    def hurry(self, *, seconds: float) -> None:
        """For a farewell, which is not worth more."""
        self.reader.patience = min(self.reader.patience, seconds)

    def read(self, size: int) -> bytes:
        return self.reader.read(size)

    def readline(self) -> bytes:
        line = self.reader.readline()
        if len(line) < 40 and (count := _COUNT.match(line)):
            self._count(int(count[1]), is_expunge=count[2].upper() == b"EXPUNGE")
        return line

    def send(self, data: Buffer) -> None:
        self.sock.settimeout(self._read_seconds)
        self.sock.sendall(data)

    def shutdown(self) -> None:
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        self.sock.close()

    def starttls(self, ssl_context: ssl.SSLContext | None = None) -> tuple[str, list[bytes]]:  # type: ignore[override]  # typeshed is too narrow
        """RFC 3501 6.2.1: whatever was said before TLS is forgotten, and whatever was said too early ends the session (C-16)."""
        status, said = self.xatom("STARTTLS")
        if status != "OK":
            raise self.abort("the server refuses to start TLS")
        if self.reader.has_bytes:
            raise self.abort("plain text arrived where TLS was due; somebody may be tampering with the connection")
        self._adopt((ssl_context or tls_context()).wrap_socket(self.sock, server_hostname=self.host))
        self.untagged_responses = {}
        _, offered = self.capability()
        self.capabilities = tuple(str(offered[-1] or b"", "ascii", "replace").upper().split())
        return status, said

    def _adopt(self, sock: socket.socket) -> None:
        self.sock = sock
        self.reader = Reader(sock, patience=self._read_seconds)

    def _count(self, number: int, *, is_expunge: bool) -> None:
        if is_expunge:
            self.exists = max(0, self.exists - 1)
            return
        if number > self.exists:
            self.announced += 1
        self.exists = number


def tls_context() -> ssl.SSLContext:
    """Certificates are always verified, against the system's store or SSL_CERT_FILE."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _dial(account: ImapAccount, *, seconds: float) -> socket.socket:
    sock = socket.create_connection((account.host, account.port), timeout=seconds)
    try:
        _keep_lively(sock)
        if account.security == "none" and not _is_loopback(sock.getpeername()[0]):
            raise ConnectionRefusedError("without TLS only a server on this machine is spoken to")
        return tls_context().wrap_socket(sock, server_hostname=account.host) if account.security == "tls" else sock
    except BaseException:
        sock.close()
        raise


def _keep_lively(sock: socket.socket) -> None:
    """A peer that vanished without a word is noticed in minutes, not in hours; the options are named as the system has them."""
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 20), ("TCP_KEEPCNT", 4), ("TCP_USER_TIMEOUT", 60_000)):
        if hasattr(socket, option):
            sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)


def _is_loopback(address: str) -> bool:
    parsed = ipaddress.ip_address(address.partition("%")[0])
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return (mapped or parsed).is_loopback
