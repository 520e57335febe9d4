"""Whether a mail server can be reached, where, and how it wants to be spoken to: asked of it, not of its operator.

Given a host and the ports to try, gives the first that answers and whether TLS begins at once, or one plain sentence. Opens a connection
and reads a greeting; sends not a byte, and never a credential.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Security = Literal["tls", "starttls"]
CONNECT_SECONDS = 6.0
GREETING_SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class Place:
    host: str
    port: int
    security: Security


def place_of(text: str, usual: Mapping[int, Security]) -> Place | str:
    """``imap.example.org`` or ``imap.example.org:1993``; where it can be spoken to, or why it cannot."""
    host, _, port = text.strip().partition(":")
    if port and not (port.isdigit() and 0 < int(port) < 65536):
        return f"“{text}” is no server: write its name, and behind a colon its port where that is unusual."
    try:
        socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return f"The name {host} is not known. See that it is spelled right, and that this machine is on the network."
    ports = [int(port)] if port else list(usual)
    for number in ports:
        try:
            with socket.create_connection((host, number), CONNECT_SECONDS) as line:
                return Place(host, number, usual.get(number) or _security(line))
        except OSError:
            continue
    return f"{host} does not answer at port {' or '.join(map(str, ports))}."


def _security(line: socket.socket) -> Security:
    """Who speaks first in clear wants STARTTLS; who waits for us waits for TLS."""
    line.settimeout(GREETING_SECONDS)
    try:
        return "starttls" if line.recv(1) else "tls"
    except TimeoutError:
        return "tls"
