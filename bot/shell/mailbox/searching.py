"""Searching: which UIDs are new in the open folder.

Given the wire and the highest UID known, gives those above it, ascending. Reads SEARCH answers, and mail announced while they come.
Never asks for more at once than one line can hold (C-19), never trusts that ``n:*`` holds only what is above n (RFC 3501 6.4.8).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.shell.mailbox.nouns import words
from bot.shell.mailbox.wire import Wire

# So many UIDs in one answer stay well below the longest line that we read.
AT_ONCE = 50_000
_LOOKS = 10
NEVER = -1
# Whatever the locale is: strftime would follow it.
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@dataclass(slots=True)
class Opened:
    """The folder that is open, and how much of it has been looked at."""

    name: str
    uidvalidity: int
    since: float
    next_uid: int = 0
    """What the server said when it was opened; 0 where it says nothing."""
    looked_at: int = NEVER
    """`Wire.announced` when the last search began."""


def search(wire: Wire, opened: Opened, *, above: int) -> list[int]:
    """Searches again while more mail is announced, so that none has to wait for the next occasion."""
    found: set[int] = set()
    for _ in range(_LOOKS):
        opened.looked_at = wire.announced
        found.update(_look(wire, above=max(found, default=above)))
        if wire.announced == opened.looked_at:
            break
    return sorted(found)


def _look(wire: Wire, *, above: int) -> list[int]:
    """From the newest down, a part of the folder at a time, until a part holds nothing new.

    Downwards, because mail that is expunged meanwhile moves the rest down: what was not looked at stays among what will be.
    """
    found: list[int] = []
    top = wire.exists
    while top > 0:
        first = max(1, top - AT_ONCE + 1)
        last = "*" if top == wire.exists else str(top)
        part = "" if first == 1 and last == "*" else f"{first}:{last} "
        wire.begin()
        some = [uid for uid in uids_found(wire, f"{part}UID {above + 1}:*") if uid > above]
        found += some
        if not some:
            break
        top = min(first - 1, wire.exists)
    return found


def old(wire: Wire, *, before: datetime, since: datetime | None = None) -> list[int]:
    """Every UID of the open folder whose message arrived before that day, and from the other on, a part of the folder at a time."""
    found: list[int] = []
    days = f"BEFORE {_day(before)}{f' SINCE {_day(since)}' if since else ''}"
    for first in range(1, wire.exists + 1, AT_ONCE):
        wire.begin()
        last = min(first + AT_ONCE - 1, wire.exists)
        found += uids_found(wire, f"{first}:{last} {days}")
    return sorted(found)


def _day(moment: datetime) -> str:
    """
    >>> _day(datetime(2026, 2, 28, tzinfo=UTC))
    '28-Feb-2026'
    """
    day = moment.astimezone(UTC)
    return f"{day.day}-{_MONTHS[day.month - 1]}-{day.year}"


def uids_found(wire: Wire, criteria: str) -> list[int]:
    """UID SEARCH; whatever in the answer is no number (MODSEQ, RFC 7162) is passed over."""
    status, lines = wire.uid("SEARCH", criteria)
    if status != "OK":
        raise wire.error(f"SEARCH: {words(lines[-1] or status)}")
    return [int(word) for line in lines if isinstance(line, bytes) for word in line.split() if word.isdigit()]
