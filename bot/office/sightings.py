"""What the newest mail has shown of our clock and the mail server's: the last two sightings, kept on record between looks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.timekeeping import Sighting, lead, sighting
from bot.shell.ledger import Transaction

SEEN = "clock_seen"
KEPT = 2
_BELIEVED_FOR = timedelta(days=2)


def note(ledger: Transaction, mails: Sequence[tuple[datetime, datetime]], *, looked_at: datetime) -> None:
    """Messages that the look before, which began then, did not see: when each arrived and was seen."""
    if mails:
        fresh = [sighting(arrived_at, looked_at=looked_at, seen_at=seen_at) for arrived_at, seen_at in mails]
        kept = [*_read(ledger), *fresh][-KEPT:]
        told = " ".join(f"{one.least.total_seconds():.0f},{one.most.total_seconds():.0f}" for one in kept)
        ledger.marks.put(SEEN, mails[-1][1], note=told)


def ahead(ledger: Transaction, now: datetime) -> timedelta | None:
    """By how much our clock is ahead of the mail server's (less than nothing: behind); None where they agree, or nobody knows."""
    seen_at = ledger.marks.at(SEEN)
    return lead(_read(ledger)) if seen_at is not None and abs(now - seen_at) <= _BELIEVED_FOR else None


def runs_ahead(ledger: Transaction, now: datetime) -> timedelta:
    """By how much our clock is known to be ahead of the mail server's, by which claims arrive; nothing where it is not, or is behind."""
    return max(ahead(ledger, now) or timedelta(), timedelta())


def _read(ledger: Transaction) -> list[Sighting]:
    pairs = (pair.split(",") for pair in ledger.marks.note(SEEN).split())
    return [Sighting(timedelta(seconds=float(least)), timedelta(seconds=float(most))) for least, most in pairs]
