"""Whether a mail server can be reached, where, and how it wants to be spoken to: asked of it, not of its operator.

Given a host and the ports to try, gives the first that answers and whether TLS begins at once, or why there is none. Opens a connection
and reads a greeting; sends not a byte, and never a credential.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Security = Literal["tls", "starttls", "none"]
CONNECT_SECONDS = 6.0
GREETING_SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class Place:
    host: str
    port: int
    security: Security


@dataclass(frozen=True, slots=True)
class Unreached:
    """The name is not known, nothing answers at the ports, or what answers there is no such server."""

    why: Literal["unknown", "silent", "foreign"]
    ports: tuple[int, ...]


def parted(text: str) -> tuple[str, int | None] | None:
    """A server as people write it; None where it is none.

    >>> parted("imap.example.org"), parted("imap.example.org:1993"), parted("imaps://imap.example.org")
    (('imap.example.org', None), ('imap.example.org', 1993), None)
    >>> parted("imap example.org"), parted("mail.example.org/"), parted("cases@imap.example.org")
    (None, None, None)
    """
    host, colon, port = text.strip().partition(":")
    if (
        not host
        or not host.isprintable()
        or any(sign in host for sign in " /@")
        or (colon and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536))
    ):
        return None
    return host, int(port) if port else None


def place_of(host: str, ports: Mapping[int, Security | None], *, greeting: str) -> Place | Unreached:
    """`ports` and how each is spoken to, None where only a try can tell; `greeting` has the characters that a server's first line begins with."""
    try:
        socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return Unreached("unknown", tuple(ports))
    for number, security in ports.items():
        try:
            with socket.create_connection((host, number), CONNECT_SECONDS) as line:
                found = security or _security(line, greeting)
                return Place(host, number, found) if found else Unreached("foreign", (number,))
        except OSError:
            continue
    return Unreached("silent", tuple(ports))


def _security(line: socket.socket, greeting: str) -> Security | None:
    """Who speaks first in clear wants STARTTLS, if it greets as it must; who waits for us waits for TLS."""
    line.settimeout(GREETING_SECONDS)
    try:
        first = line.recv(1)
    except TimeoutError:
        return "tls"
    return "starttls" if first and first.decode("latin-1") in greeting else None
