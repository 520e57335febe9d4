"""A case's deadline as a file for the reader's calendar (iCalendar, RFC 5545; put in and taken out as RFC 5546 has it).

Given a case, gives text. It names the case by its id and nothing else: calendars are shared with colleagues and synchronised through
servers that nobody chose. The UID of a case never changes, so that a later file with a higher sequence moves the entry or strikes it out.
Nobody is invited: the organiser is the bot's own address, and a calendar has nothing to answer.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.mail import Enclosure, domain_of
from bot.core.model import Case, Deadline
from bot.core.tongue import ENGLISH, Tongue

_SUMMARY = ("{id}: deadline", "{id} 期限")
PHRASES = {"calendar.deadline": _SUMMARY[0]}
"""What a further language needs, in English."""
_LONGEST_LINE = 75
"""Octets, without the line end (RFC 5545 3.1)."""


def text(
    case: Case, *, sequence: int, now: datetime, organizer: str, zone: ZoneInfo, tongue: Tongue = ENGLISH, is_cancelled: bool = False
) -> str:
    """One VEVENT with CRLF line ends. Of two files for one case the later has the higher `sequence`; `organizer` is the bot's address.

    A deadline that is a whole day is an all-day entry of the local day. Raises `ValueError` for a case without a deadline.
    """
    if case.deadline is None:
        raise ValueError(f"{case.id} has no deadline")
    domain = domain_of(organizer)
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{domain}//Case deadlines//EN",
        f"METHOD:{_method(is_cancelled)}",
        "BEGIN:VEVENT",
        f"UID:deadline-{case.id.lower()}@{domain}",
        f"DTSTAMP:{_utc(now)}",
        f"SEQUENCE:{sequence}",
        f"ORGANIZER:mailto:{organizer}",
        *_times(case.deadline, zone),
        f"SUMMARY:{tongue.says('calendar.deadline', *_SUMMARY).format(id=case.id)}",
        f"STATUS:{'CANCELLED' if is_cancelled else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def enclosure(
    case: Case, *, sequence: int, now: datetime, organizer: str, zone: ZoneInfo, tongue: Tongue = ENGLISH, is_cancelled: bool = False
) -> Enclosure:
    """The same as a file that goes with a letter."""
    content = text(case, sequence=sequence, now=now, organizer=organizer, zone=zone, tongue=tongue, is_cancelled=is_cancelled)
    return Enclosure(f"{case.id}.ics", f"text/calendar; charset=utf-8; method={_method(is_cancelled)}", content.encode())


def _method(is_cancelled: bool) -> str:
    """A calendar takes an entry out for CANCEL alone; a published one that says CANCELLED many only strike through (RFC 5546 3.2.5)."""
    return "CANCEL" if is_cancelled else "PUBLISH"


def _times(deadline: Deadline, zone: ZoneInfo) -> tuple[str, ...]:
    """A whole day ends with the midnight after it, which is where the next begins (RFC 5545 3.6.1: DTEND is not included)."""
    if not deadline.is_day:
        return (f"DTSTART:{_utc(deadline.at)}",)
    day = (deadline.at.astimezone(zone) - timedelta(microseconds=1)).date()
    return f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _folded(line: str) -> list[str]:
    """Long lines go on in the next, after one space, and no character is torn apart."""
    pieces, piece = [], ""
    for sign in line:
        if len((piece + sign).encode()) > _LONGEST_LINE:
            pieces.append(piece)
            piece = " "
        piece += sign
    return [*pieces, piece]
