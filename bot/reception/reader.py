"""Strangers' bytes, read under guard: what the core makes of a message, in a process that may fail without harm."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import intent, parsing, trust
from bot.core.intent import Intent, Vocabulary
from bot.core.mail import Arrival
from bot.shell.guard import Faulty, Guard, Overrun
from bot.shell.letters import MARKER

__all__ = ["Faulty", "Overrun", "begin", "read", "understand"]

_guard = Guard("bot.core.parsing", "bot.core.intent")


def begin() -> None:
    """Start the reading process now; it is ready by the time that the first message has come over the wire."""
    _guard.start()


def read(raw: bytes, *, own_address: str, is_whole: bool = True) -> Arrival:
    """See `parsing.read`. Raises `Overrun` or `Faulty`."""
    return _guard.call(parsing.read, raw, own_address=own_address, is_whole=is_whole)


def understand(arrival: Arrival, vocabulary: Vocabulary, *, quoted: Sequence[str]) -> Intent:
    """See `intent.understand`; `quoted` are the lines of the letters that it answers. Raises `Overrun` or `Faulty`."""
    return _guard.call(intent.understand, arrival, vocabulary, subject=trust.without_codes(arrival.subject), quoted=quoted, marker=MARKER)
