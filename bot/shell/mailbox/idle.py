"""IDLE (RFC 2177), spoken by ourselves: imapclient's own loses lines split over two segments and spins on a closed socket.

Given the wire and a time, tells whether new mail was announced. Reads untagged lines, also those that came together with the
server's `+`, and skips what it does not need. Never stays longer than five minutes at a stretch: routers forget quiet connections.
"""

from __future__ import annotations

import re
import time

from bot.shell.mailbox.nouns import Wakes
from bot.shell.mailbox.wire import Wire

STRETCH_SECONDS = 300.0
_TAG = b"IDLE1"
_LITERAL = re.compile(rb"\{(\d{1,9})\+?\}\r?\n$")


class IdleUnknown(Exception):
    """The server offered IDLE and then refused it."""


def idle(wire: Wire, *, seconds: float, wake: Wakes | None) -> bool:
    """True when the server spoke of new mail; False when the time is up or `wake` became readable."""
    ends = time.monotonic() + seconds
    before = wire.announced
    while True:
        is_awake = _stretch(wire, ends=min(ends, time.monotonic() + STRETCH_SECONDS), wake=wake)
        if wire.announced != before:
            return True
        if is_awake or time.monotonic() >= ends:
            return False


def _stretch(wire: Wire, *, ends: float, wake: Wakes | None) -> bool:
    """One IDLE from start to DONE; True when it ended before its time."""
    before = wire.announced
    wire.begin()
    wire.send(_TAG + b" IDLE\r\n")
    if _until(wire, b"+").startswith(_TAG):
        raise IdleUnknown
    while wire.announced == before and wire.reader.wait(max(0.0, ends - time.monotonic()), wake):
        wire.begin()
        _line(wire)
    is_early = time.monotonic() < ends
    wire.begin()
    wire.send(b"DONE\r\n")
    _until(wire, _TAG)
    return is_early


def _until(wire: Wire, start: bytes) -> bytes:
    """The first line that begins so, or that ends the command."""
    while not (line := _line(wire)).startswith((start, _TAG)):
        pass
    return line


def _line(wire: Wire) -> bytes:
    line = wire.readline()
    if line[:6].upper() == b"* BYE ":
        raise ConnectionResetError("the server said goodbye")
    whole = line
    while literal := _LITERAL.search(line):
        wire.read(int(literal[1]))
        line = wire.readline()
    return whole
