"""A page of type becomes a message: header fields, two body parts, CRLF (RFC 5322, 2045 to 2047, 3834, 2369, 2919).

Given a page, its letter and the identity it was given, gives bytes in pure ASCII. Built by hand: the fields are few and fixed, and
nothing a stranger wrote reaches any of them but Subject, To's name and the identities of the mails we answer, each through its own gate.
Never names a host, a program or a version, and never quotes a malformed Message-ID.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote

from bot.core.mail import Enclosure, Letter
from bot.shell.letters.catalogue import CIRCULATIONS
from bot.shell.letters.house import House, UnfitLetter
from bot.shell.letters.links import mailto
from bot.shell.letters.parts import Sheet, part
from bot.shell.letters.scrub import one_line, scrub

BOUNDARY = "=_letter"
"""Occurs in neither quoted-printable nor base64, so it needs no chance and tells nothing."""

_OUTER_BOUNDARY = "=_enclosed"
_ALTERNATIVE = f'multipart/alternative; boundary="{BOUNDARY}"'
_MIXED = f'multipart/mixed; boundary="{_OUTER_BOUNDARY}"'
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+(?:; [a-z]+=[A-Za-z0-9-]+)*")

_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,248}>")
_DOT_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_QUOTABLE = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+")
_DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 '.-]*")
_LONGEST_NAME = 60
_LONGEST_LOCAL_PART = 64
"""In octets (RFC 5321 4.5.3.1.1)."""
_MOST_REFERENCES = 10


def assemble(page: Sheet, letter: Letter, *, house: House, message_id: str, now: datetime, reader_name: str, code: str) -> bytes:
    """The complete message for one reader."""
    if not _MESSAGE_ID.fullmatch(message_id):
        raise UnfitLetter("the Message-ID is malformed")
    fields = [
        ("From", mailbox(_from_name(letter, house), house.address)),
        ("To", mailbox(reader_name, letter.to)),
        ("Subject", unstructured(page.subject)),
        ("Date", format_datetime(now.astimezone(house.zone))),
        ("Message-ID", message_id),
        *_thread(letter),
        *_reply_to(house, message_id),
        ("Auto-Submitted", "auto-replied" if letter.in_reply_to else "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
        *(_circulation(house, code) if letter.kind in CIRCULATIONS else ()),
        ("MIME-Version", "1.0"),
        ("Content-Type", _MIXED if letter.attachments else _ALTERNATIVE),
    ]
    head = "".join(f"{name}: {value}\r\n" for name, value in fields).encode("ascii")
    return b"".join((head, b"\r\n", *_body(page, letter.attachments)))


def _from_name(letter: Letter, house: House) -> str:
    """The desk; or the person whose words a letter passes on, of which organisation where it is one of ours."""
    if not letter.from_name:
        return house.display_name
    name: str = scrub(letter.from_name)
    return f"{name}, {house.name}" if letter.kind == "staff_words" else name


def mailbox(name: str, address: str) -> str:
    """A name and an address as one mailbox of a header field; a name that could be misread travels as an encoded word.

    Addresses that Japanese carriers once gave out have dots where no dot may stand; quoted they are valid (RFC 5322 3.2.4).

    >>> mailbox("Pro bono desk", "chika.@docomo.ne.jp")
    'Pro bono desk <"chika."@docomo.ne.jp>'
    """
    local, _, domain = address.rpartition("@")
    bare = local[1:-1] if len(local) > 2 and local[0] == local[-1] == '"' else local
    if not _QUOTABLE.fullmatch(bare) or not _DOMAIN.fullmatch(domain):
        raise UnfitLetter("an address cannot be written in a header")
    spec = f"<{bare}@{domain}>" if _DOT_ATOM.fullmatch(bare) else f'<"{bare}"@{domain}>'
    name = " ".join(name.split())[:_LONGEST_NAME]
    if not name:
        return spec
    if _PLAIN_NAME.fullmatch(name):
        return f"{name} {spec}" if _DOT_ATOM.fullmatch(name.replace(" ", "")) and "." not in name else f'"{name}" {spec}'
    return f"{_encoded(name)}\r\n {spec}"


def unstructured(text: str) -> str:
    """A Subject on one logical line, folded before 76 columns."""
    line = " ".join(text.split())
    if line.isascii() and line.isprintable() and "=?" not in line:
        return re.sub(r"(.{40,60}\S)(?= \S)", "\\1\r\n", line) if len(line) > 66 else line
    return _encoded(line)


def references(letter: Letter) -> list[str]:
    """The fit Message-IDs of the thread, the mail that is answered last."""
    chain = [*letter.references, letter.in_reply_to]
    return list(dict.fromkeys(one for one in chain if _MESSAGE_ID.fullmatch(one)))[-_MOST_REFERENCES:]


def _thread(letter: Letter) -> Iterator[tuple[str, str]]:
    if _MESSAGE_ID.fullmatch(letter.in_reply_to):
        yield "In-Reply-To", letter.in_reply_to
    chain = references(letter)
    if chain:
        yield "References", "\r\n ".join(chain)


def _reply_to(house: House, message_id: str) -> Iterator[tuple[str, str]]:
    """Where the provider allows it (RFC 5233) the code comes back in the address, also from a program that drops the thread."""
    local, _, domain = house.address.rpartition("@")
    subaddress = f"{local}+{message_id[1:].partition('@')[0]}"
    if house.subaddressing and len(subaddress) <= _LONGEST_LOCAL_PART:
        yield "Reply-To", mailbox(house.display_name, f"{subaddress}@{domain}")


def _circulation(house: House, code: str) -> Iterable[tuple[str, str]]:
    local, _, domain = house.address.rpartition("@")
    name = re.sub(r"[^A-Za-z0-9-]+", "-", local).strip("-") or "desk"
    return (
        ("List-Id", f"<{name}.{domain}>"),
        ("List-Unsubscribe", f"<{mailto(house.address, f'LEAVE [{code}]' if code else 'LEAVE')}>"),
        ("Precedence", "list"),
    )


def _encoded(text: str) -> str:
    """Encoded words of RFC 2047: whole characters in each, none over 75 columns."""
    words, chunk, size = [], "", 0
    for sign in text:
        length = len(sign.encode("utf-8"))
        if size + length > 42:
            words.append(chunk)
            chunk, size = "", 0
        chunk, size = chunk + sign, size + length
    words.append(chunk)
    return "\r\n ".join(f"=?utf-8?B?{b64encode(word.encode('utf-8')).decode('ascii')}?=" for word in words)


def _body(page: Sheet, attachments: tuple[Enclosure, ...]) -> Iterator[bytes]:
    """The letter both ways; where files go with it, wrapped together with them (RFC 2046 5.1.3)."""
    if attachments:
        yield f"--{_OUTER_BOUNDARY}\r\nContent-Type: {_ALTERNATIVE}\r\n\r\n".encode()
    for subtype, lines in (("plain", page.text), ("html", page.html)):
        yield f"--{BOUNDARY}\r\n".encode()
        yield from part(subtype, lines)
    yield f"--{BOUNDARY}--\r\n".encode()
    if attachments:
        yield from map(_enclosed, attachments)
        yield f"\r\n--{_OUTER_BOUNDARY}--\r\n".encode()


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
    quoted = quote(one_line(scrub(name))[:_LONGEST_NAME] or "file", safe="")
    pieces = re.findall(r"(?:%[0-9A-F]{2}|[^%]){1,18}", quoted)
    pieces[0] = f"utf-8''{pieces[0]}"
    return ";\r\n ".join(f"filename*{at}*={piece}" for at, piece in enumerate(pieces))
