"""What a supervisor is told (sd_notify(3)): that we are ready, alive, stopping, and a line of how it goes.

Speaks to the datagram socket named by $NOTIFY_SOCKET, which may be abstract; says nothing where there is none. Reads nothing, and never
keeps the daemon waiting: what the supervisor does not take at once is dropped.
"""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Mapping


def tell(*states: str, environ: Mapping[str, str] = os.environ) -> None:
    """Such as `tell("READY=1", "STATUS=reading the mailbox")`."""
    address = environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as speaker:
        speaker.setblocking(False)
        speaker.sendto("\n".join(states).encode(), "\0" + address[1:] if address[0] == "@" else address)


def patience_seconds(environ: Mapping[str, str] = os.environ) -> float:
    """How long the supervisor waits for a sign of life before it ends us; 0 where it does not watch, or watches another process."""
    is_ours = environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    microseconds = environ.get("WATCHDOG_USEC", "")
    return int(microseconds) / 1_000_000 if is_ours and microseconds.isdigit() else 0.0
