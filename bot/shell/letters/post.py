"""A page of type becomes a message: header fields, two body parts, CRLF (RFC 5322, 2045 to 2047, 3834, 2369, 2919).

Given a page, its letter and the identity it was given, gives bytes in pure ASCII. Built by hand: the fields are few and fixed, and
nothing a stranger wrote reaches any of them but Subject, To's name and the identities of the mails we answer, each through its own gate
(that of the Subject is `parts`, where a page is made ready).
Never names a host, a program or a version, and never quotes a malformed Message-ID.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from urllib.parse import quote
from zoneinfo import ZoneInfo

from bot.core.mail import Enclosure, Letter
from bot.shell.letters.catalogue import CIRCULATIONS
from bot.shell.letters.headers import mailbox
from bot.shell.letters.house import House, UnfitLetter
from bot.shell.letters.links import mailto
from bot.shell.letters.parts import Sheet
from bot.shell.letters.scrub import one_line, scrub

BOUNDARY = "=_letter"
"""Occurs in neither quoted-printable nor base64, so it needs no chance and tells nothing."""

_OUTER_BOUNDARY = "=_enclosed"
_ALTERNATIVE = f'multipart/alternative; boundary="{BOUNDARY}"'
_OPENING, _CLOSING = f"--{BOUNDARY}\r\n".encode(), f"--{BOUNDARY}--\r\n".encode()
_MIXED = f'multipart/mixed; boundary="{_OUTER_BOUNDARY}"'
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+(?:; [a-z]+=[A-Za-z0-9-]+)*")

_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,248}>")
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_LONGEST_FILE_NAME = 60
_LONGEST_LOCAL_PART = 64
"""In octets (RFC 5321 4.5.3.1.1)."""
_MOST_REFERENCES = 10
_FOLD = "\r\n "


def assemble(page: Sheet, letter: Letter, *, house: House, message_id: str, now: datetime, reader_name: str, code: str) -> bytes:
    """The complete message for one reader."""
    if not _MESSAGE_ID.fullmatch(message_id):
        raise UnfitLetter("the Message-ID is malformed")
    fields = [
        f"From: {mailbox(_from_name(letter, house), house.address) if letter.from_name else _desk(house)}",
        f"To: {mailbox(reader_name, letter.to)}",
        f"Subject: {page.subject}",
        f"Date: {date_field(now, house.zone)}",
        f"Message-ID: {message_id}",
        *_thread(letter),
        *(_reply_to(house, message_id) if house.subaddressing else ()),
        f"Auto-Submitted: {'auto-replied' if letter.in_reply_to else 'auto-generated'}",
        "X-Auto-Response-Suppress: All",
        *(_circulation(house, code) if letter.kind in CIRCULATIONS else ()),
        "MIME-Version: 1.0",
        f"Content-Type: {_MIXED if letter.attachments else _ALTERNATIVE}",
    ]
    head = "\r\n".join(fields) + "\r\n\r\n"
    return b"".join((head.encode("ascii"), *_body(page, letter.attachments)))


@lru_cache(maxsize=8)
def _desk(house: House) -> str:
    return mailbox(house.display_name, house.address)


@lru_cache(maxsize=1)  # the letters of one occasion are written at one hour
def date_field(now: datetime, zone: ZoneInfo) -> str:
    """The value of Date."""
    return format_datetime(now.astimezone(zone))


def _from_name(letter: Letter, house: House) -> str:
    """The person whose words a letter passes on; of which organisation, where it is one of ours."""
    name: str = scrub(letter.from_name)
    return f"{name}, {house.name}" if letter.kind == "staff_words" else name


def references(letter: Letter) -> list[str]:
    """The fit Message-IDs of the thread, the mail that is answered last."""
    chain = dict.fromkeys((*letter.references, letter.in_reply_to))
    return [one for one in chain if _MESSAGE_ID.fullmatch(one)][-_MOST_REFERENCES:]


def _thread(letter: Letter) -> Iterator[str]:
    if _MESSAGE_ID.fullmatch(letter.in_reply_to):
        yield f"In-Reply-To: {letter.in_reply_to}"
    if chain := references(letter):
        yield f"References: {_FOLD.join(chain)}"


def _reply_to(house: House, message_id: str) -> Iterator[str]:
    """Where the provider allows it (RFC 5233) the code comes back in the address, also from a program that drops the thread."""
    local, _, domain = house.address.rpartition("@")
    subaddress = f"{local}+{message_id[1:].partition('@')[0]}"
    if len(subaddress) <= _LONGEST_LOCAL_PART:
        yield f"Reply-To: {mailbox(house.display_name, f'{subaddress}@{domain}')}"


def _circulation(house: House, code: str) -> Iterable[str]:
    return (
        f"List-Id: {_list_id(house)}",
        f"List-Unsubscribe: <{mailto(house.address, f'LEAVE [{code}]' if code else 'LEAVE')}>",
        "Precedence: list",
    )


@lru_cache(maxsize=8)
def _list_id(house: House) -> str:
    local, _, domain = house.address.rpartition("@")
    name = re.sub(r"[^A-Za-z0-9-]+", "-", local).strip("-") or "desk"
    return f"<{name}.{domain}>"


def _body(page: Sheet, attachments: tuple[Enclosure, ...]) -> Iterable[bytes]:
    """The letter both ways; where files go with it, wrapped together with them (RFC 2046 5.1.3)."""
    both = _OPENING, page.text, _OPENING, page.html, _CLOSING
    if not attachments:
        return both
    outer = f"--{_OUTER_BOUNDARY}".encode()
    return (
        outer + f"\r\nContent-Type: {_ALTERNATIVE}\r\n\r\n".encode(),
        *both,
        *map(_enclosed, attachments),
        b"\r\n" + outer + b"--\r\n",
    )


def _enclosed(file: Enclosure) -> bytes:
    """A file as base64, under its name; one that is not ASCII travels as RFC 2231 has it."""
    if not _MEDIA_TYPE.fullmatch(file.media_type):
        raise UnfitLetter("an attachment has no fit media type")
    name = f'filename="{file.name}"' if _FILE_NAME.fullmatch(file.name) else _extended(file.name)
    head = (
        f"\r\n--{_OUTER_BOUNDARY}\r\nContent-Type: {file.media_type}\r\n"
        f"Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment;\r\n {name}\r\n\r\n"
    )
    coded = b64encode(file.content)
    return head.encode("ascii") + b"\r\n".join(coded[start : start + 76] for start in range(0, len(coded), 76))


def _extended(name: str) -> str:
    """A file's name in the one form that holds any letter and can hold nothing else, in pieces that fit a line (RFC 2231 3)."""
    quoted = quote(one_line(scrub(name))[:_LONGEST_FILE_NAME] or "file", safe="")
    pieces = re.findall(r"(?:%[0-9A-F]{2}|[^%]){1,18}", quoted)
    pieces[0] = f"utf-8''{pieces[0]}"
    return ";\r\n ".join(f"filename*{at}*={piece}" for at, piece in enumerate(pieces))
