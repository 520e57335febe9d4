"""FETCH: which bytes belong to which UID (RFC 3501 7.4.2).

Given the wire, UIDs and a cap, gives for each UID its message, the head of it, or the reason why there is none.
Reads dates that are none, sizes that are not so, and bodies that are cut.
Never sets \\Seen (PEEK), never takes a sequence number for a UID, never lets one message that does not come stop the others (C-14).
"""

from __future__ import annotations

import imaplib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone

from bot.core.mail import FIRST_DAY, Coming, RawMail
from bot.shell.mailbox.answers import TEXT, Parts, by_uid
from bot.shell.mailbox.nouns import SESSION_OVER, Unreadable, words
from bot.shell.mailbox.wire import Wire

ENVELOPES_AT_ONCE = 1000
MESSAGES_AT_ONCE = 200
BYTES_AT_ONCE = 4 * 1024 * 1024
"""Whoever asks for more than is good for one answer has it in pieces."""
HEAD_BYTES = 256 * 1024
_ANNOUNCED = "INTERNALDATE RFC822.SIZE"
_WHOLE = "BODY.PEEK[]"
_HEAD = f"BODY.PEEK[]<0.{HEAD_BYTES}>"
_FIELDS = f"BODY.PEEK[HEADER]<0.{HEAD_BYTES}>"
_FIRST_MAIL, _LAST_MAIL = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)

_MONTHS = b"jan feb mar apr may jun jul aug sep oct nov dec".split()
_DATE = re.compile(rb'INTERNALDATE "([ \d]?\d)-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Announced:
    """What the server says of a message before it sends it; None where it says nothing that can be believed."""

    uid: int
    arrived_at: datetime | None
    size: int | None
    raw: bytes | None = None
    """The message itself, where it came with it."""


def announced(wire: Wire, uids: Sequence[int], *, now: datetime) -> Iterator[Announced | Unreadable]:
    """What the server says of every UID, in the order given. A message that comes alone comes with it, if it is not long."""
    if len(uids) == 1 and (alone := _alone(wire, uids[0], now=now)) is not None:
        yield alone
        return
    for start in range(0, len(uids), ENVELOPES_AT_ONCE):
        yield from _announcements(wire, uids[start : start + ENVELOPES_AT_ONCE], now=now)


def bodies(wire: Wire, coming: Sequence[Coming], *, whole_up_to: int) -> Iterator[RawMail | Unreadable]:
    """Every message once, in the order given, in batches that bound what is held in memory."""
    for batch in _batches(coming, whole_up_to=whole_up_to):
        yield from _bodies(wire, batch, whole_up_to=whole_up_to)


def _alone(wire: Wire, uid: int, *, now: datetime) -> Announced | None:
    """A message that comes alone is waited for: one that is not long is there with the first answer, which is a round trip less.

    One that is long, or of which less came than was announced (some servers cut what is asked for in part), is asked for as any other.
    None where the server will not have all of that asked at once.
    """
    answers, _ = _ask_each(wire, [uid], f"(UID {_ANNOUNCED} {_HEAD})", expected=HEAD_BYTES)
    if uid not in answers:
        return None
    told, raw = _announced(uid, answers[uid], now=now), _body(answers[uid])
    is_whole = raw is not None and (told.size or 0) <= len(raw) < HEAD_BYTES
    return replace(told, raw=raw) if is_whole else told


def heads(wire: Wire, uids: Sequence[int]) -> list[bytes]:
    """The header fields of these messages, in the order given; without those that the server does not give."""
    answers, _ = _ask_each(wire, uids, f"(UID {_FIELDS})", expected=HEAD_BYTES)
    found = (next((value for name, value in answers.get(uid, {}).items() if name.startswith(b"BODY[HEADER]")), None) for uid in uids)
    return [bytes(head) for head in found if isinstance(head, (bytes, bytearray))]


def marks(wire: Wire, uids: Sequence[int], *, now: datetime) -> Iterator[tuple[Announced, bytes]]:
    """By what each of these messages can be told from others: what the server says of it, and its Message-ID field."""
    for start in range(0, len(uids), ENVELOPES_AT_ONCE):
        some = uids[start : start + ENVELOPES_AT_ONCE]
        answers, _ = _ask_each(wire, some, f"(UID {_ANNOUNCED} BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")
        for uid in some:
            parts = answers.get(uid, {})
            head = next((value for name, value in parts.items() if name.startswith(b"BODY[HEADER")), None)
            if isinstance(head, (bytes, bytearray)):
                yield _announced(uid, parts, now=now), bytes(head)


def uid_set(uids: Iterable[int]) -> str:
    """
    >>> uid_set([7, 3, 4, 5])
    '3:5,7'
    """
    runs: list[list[int]] = []
    for uid in sorted(set(uids)):
        if runs and uid == runs[-1][1] + 1:
            runs[-1][1] = uid
        else:
            runs.append([uid, uid])
    return ",".join(f"{first}:{last}" if first != last else str(first) for first, last in runs)


def _announcements(wire: Wire, uids: Sequence[int], *, now: datetime) -> list[Announced | Unreadable]:
    answers, refusal = _ask_each(wire, uids, f"(UID {_ANNOUNCED})")
    return [_announced(uid, answers[uid], now=now) if uid in answers else Unreadable(uid, refusal) for uid in uids]


def _announced(uid: int, parts: Parts, *, now: datetime) -> Announced:
    size = parts.get(b"RFC822.SIZE")
    return Announced(uid, instant(parts.get(TEXT, b""), now=now), size if isinstance(size, int) else None)


def instant(text: bytes, *, now: datetime) -> datetime | None:
    """INTERNALDATE in UTC; None where it is missing or not of this world (F-20).

    Read strictly: imapclient's reader takes the year 0001 for 2001, and would put that mail before all others.

    >>> instant(b'INTERNALDATE " 2-Jul-2026 01:30:00 -0330"', now=datetime(2026, 7, 2, 6, tzinfo=UTC))
    datetime.datetime(2026, 7, 2, 5, 0, tzinfo=datetime.timezone.utc)
    """
    if (found := _DATE.search(text)) is None:
        return None
    day, month, year, hour, minute, second, sign, hours, minutes = found.groups()
    try:
        offset = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == b"-" else 1)
        number = _MONTHS.index(month.lower()) + 1
        told = datetime(int(year), number, int(day), int(hour), int(minute), int(second), tzinfo=timezone(offset)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    # A clock that is not set yet (it says 1970, say) knows nothing of what is to come: the mail server does.
    latest = now + timedelta(days=1) if now >= FIRST_DAY else _LAST_MAIL
    return told if _FIRST_MAIL <= told <= latest else None


def _batches(coming: Iterable[Coming], *, whole_up_to: int) -> Iterator[list[Coming]]:
    """Neighbours together up to a bound of bytes and number; what is too large or of unknown size alone."""
    batch: list[Coming] = []
    weight = 0
    for one in coming:
        own = one.size if one.size is not None and one.size <= whole_up_to else BYTES_AT_ONCE
        if batch and (weight + own > BYTES_AT_ONCE or len(batch) == MESSAGES_AT_ONCE):
            yield batch
            batch, weight = [], 0
        batch.append(one)
        weight += own
    if batch:
        yield batch


def _bodies(wire: Wire, batch: Sequence[Coming], *, whole_up_to: int) -> Iterator[RawMail | Unreadable]:
    is_whole = all(one.size is not None and one.size <= whole_up_to for one in batch)
    wanted = [one for one in batch if one.raw is None]
    expected = sum(one.size or 0 for one in wanted) if is_whole else HEAD_BYTES
    answers, refusal = _ask_each(wire, [one.stamp.uid for one in wanted], f"(UID {_WHOLE if is_whole else _HEAD})", expected=expected)
    for one in batch:
        raw = one.raw if one.raw is not None else _body(answers.get(one.stamp.uid, {}))
        if raw is None:
            yield Unreadable(one.stamp.uid, refusal)
        else:
            yield RawMail(one.stamp, raw, one.size or len(raw), is_whole=is_whole or len(raw) < HEAD_BYTES)


def _body(parts: Parts) -> bytes | None:
    """``BODY[]``, or ``BODY[]<0>`` in the several spellings that servers give a partial one."""
    found = next((value for name, value in parts.items() if name.startswith(b"BODY[]")), None)
    return bytes(found) if isinstance(found, (bytes, bytearray)) else None


def _ask_each(wire: Wire, uids: Sequence[int], items: str, *, expected: int = 0) -> tuple[dict[int, Parts], str]:
    """One question for all; where the server refuses it, once more for each that is missing, so that one bad apple spoils only itself."""
    if not uids:
        return {}, ""
    answers, refusal = _ask(wire, uids, items, expected=expected)
    if refusal and len(uids) > 1:
        for uid in [uid for uid in uids if uid not in answers]:
            alone, refusal_of_one = _ask(wire, [uid], items, expected=expected)
            answers |= alone
            refusal = refusal_of_one or refusal
    return answers, refusal or "the server sent nothing for it"


def _ask(wire: Wire, uids: Sequence[int], items: str, *, expected: int) -> tuple[dict[int, Parts], str]:
    """What came for these UIDs, and the server's words where it refused. One that is too busy, or knows us no longer, refuses us and no message."""
    wire.begin(expected=expected)
    wire.response("FETCH")
    try:
        status, lines = wire.uid("FETCH", uid_set(uids), items)
        refusal = "" if status == "OK" else words(lines[-1] or status)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as bad:
        status, refusal = "BAD", words(bad) if SESSION_OVER.search(str(bad)) else "the server does not understand the question"
    if SESSION_OVER.search(refusal):
        raise wire.error(f"FETCH: {refusal}")
    if status != "OK":
        _, lines = wire.response("FETCH")
    return by_uid(lines, frozenset(uids)), refusal
