"""Strangers' bytes, read under guard: what the core makes of a message, in a process that may fail without harm."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.core import intent, parsing, trust
from bot.core.intent import Intent, Vocabulary
from bot.core.mail import Arrival, RawMail
from bot.shell.guard import Call, Faulty, Guard, Overrun
from bot.shell.letters import MARKER

__all__ = ["Faulty", "Overrun", "begin", "read", "read_all", "understand", "understand_all"]

_guard, _aside = (Guard("bot.core.parsing", "bot.core.intent") for _ in range(2))
"""What is read ahead may take its time. Who asks aside holds the decision lock, and waits for no batch."""


def begin() -> None:
    """Start the reading process now; it is ready by the time that the first message has come over the wire."""
    _guard.start()


def read(raw: bytes, *, own_address: str, is_whole: bool = True) -> Arrival:
    """See `parsing.read`. Raises `Overrun` or `Faulty`."""
    return _aside.call(parsing.read, raw, own_address=own_address, is_whole=is_whole)


def read_all(mails: Sequence[RawMail], *, own_address: str, beat: Callable[[], None]) -> list[Arrival | Overrun | Faulty]:
    """Each message by itself, or why it cannot be read; `beat` is called before some at a time."""
    calls: list[Call] = [((mail.raw,), {"own_address": own_address, "is_whole": mail.is_whole}) for mail in mails]
    return _guard.call_all(parsing.read, calls, beat=beat)


def understand(arrival: Arrival, vocabulary: Vocabulary, *, quoted: Sequence[str]) -> Intent:
    """See `intent.understand`; `quoted` are the texts of the letters that it answers. Raises `Overrun` or `Faulty`."""
    arguments, named = _to_understand(arrival, vocabulary, quoted)
    return _aside.call(intent.understand, *arguments, **named)


def understand_all(
    arrivals: Sequence[tuple[Arrival, Sequence[str]]], vocabulary: Vocabulary, *, beat: Callable[[], None]
) -> list[Intent | Overrun | Faulty]:
    """Each by itself, given with the texts of the letters that it answers, or why it cannot be understood; `beat` is called before some at a time."""
    calls = [_to_understand(arrival, vocabulary, quoted) for arrival, quoted in arrivals]
    return _guard.call_all(intent.understand, calls, beat=beat)


def _to_understand(arrival: Arrival, vocabulary: Vocabulary, quoted: Sequence[str]) -> Call:
    return (arrival.text, arrival.html, vocabulary), {"subject": trust.without_codes(arrival.subject), "quoted": quoted, "marker": MARKER}
