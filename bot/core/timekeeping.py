"""How far our clock is from the mail server's, told by the mail itself.

A message that the last look did not see came after it, and before it was seen: so its INTERNALDATE lies between the two, by the server's
clock. Given such sightings, gives the difference where they agree. Reads no clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

TOLERATED = timedelta(seconds=60)
_ENOUGH = 2
BLUR = timedelta(seconds=2)
"""INTERNALDATE knows whole seconds only."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """By how much our clock is ahead of the server's, at least and at most, as one message shows it."""

    least: timedelta
    most: timedelta


def sighting(arrived_at: datetime, *, looked_at: datetime, seen_at: datetime) -> Sighting:
    """`looked_at` is when the look before began, `seen_at` when the message was seen, both by our clock."""
    return Sighting(looked_at - arrived_at - BLUR, seen_at - arrived_at + BLUR)


def lead(sightings: Sequence[Sighting]) -> timedelta | None:
    """By how much our clock is ahead of the mail server's (less than nothing: behind); None where they agree, or nothing can be said.

    One message proves little: somebody may have put it there with an older date. The last two must fit together.

    >>> noon = datetime(2026, 11, 20, 12)
    >>> late = sighting(noon, looked_at=noon + timedelta(minutes=14), seen_at=noon + timedelta(minutes=15))
    >>> lead([late, late])
    datetime.timedelta(seconds=838)
    """
    last = sightings[-_ENOUGH:]
    if len(last) < _ENOUGH:
        return None
    least, most = max(one.least for one in last), min(one.most for one in last)
    if least > most:
        return None
    if least > TOLERATED:
        return least
    return most if most < -TOLERATED else None
