"""A page as it travels: its lines in the transfer encoding that is shorter, and so the more legible one for each language (RFC 2045 6).

Given whole lines of text, gives bytes in pure ASCII. Quoted-printable begins anew with each line, so lines that many letters have in
common are encoded once. Knows no header and no letter.
"""

from __future__ import annotations

import re
from base64 import b64encode
from binascii import b2a_qp
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from struct import iter_unpack

from bot.shell.letters.house import Page

_ASCII = bytes(range(128))
_COLUMNS = 76
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Lines:
    """Whole lines, each with its end."""

    def __init__(self, text: str) -> None:
        self.raw = text.replace("\n", "\r\n").encode("utf-8")
        self.foreign = 0 if text.isascii() else len(self.raw.translate(None, _ASCII))
        """How many bytes are not ASCII."""

    @cached_property
    def quoted(self) -> bytes:
        return b2a_qp(self.raw, istext=True)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page ready for binding: its subject, and both its parts in runs of lines."""

    subject: str
    text: Sequence[Lines]
    html: Sequence[Lines]

    @classmethod
    def of(cls, page: Page) -> Sheet:
        return cls(page.subject, (Lines(page.text),), (Lines(page.html),))


def runs(text: str, *, is_personal: Callable[[str], object]) -> tuple[Lines | str, ...]:
    """The lines that every reader has in common, ready; and between them, as text, those that are personal."""
    grouped = groupby(_LINE.findall(text), key=lambda line: bool(is_personal(line)))
    return tuple("".join(lines) if personal else Lines("".join(lines)) for personal, lines in grouped)


def part(subtype: str, lines: Sequence[Lines]) -> Iterator[bytes]:
    """One body part with its fields, and the line break that belongs to the boundary behind it."""
    foreign, raw = sum([one.foreign for one in lines]), b"".join([one.raw for one in lines])
    if foreign * 2 > len(raw) // 3:
        encoding, body = "base64", _folded(b64encode(raw))
    else:
        encoding, body = "quoted-printable", b"".join([one.quoted for one in lines])
    yield f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'.encode()
    yield body
    yield b"\r\n" if body.endswith(b"\r\n") else b"\r\n\r\n"


def _folded(coded: bytes) -> bytes:
    """In lines of 76 characters, the last one with what is left; each has its end."""
    rest = len(coded) % _COLUMNS
    whole = [line for (line,) in iter_unpack(f"{_COLUMNS}s", coded[: len(coded) - rest])]
    return b"\r\n".join([*whole, *([coded[-rest:]] if rest else []), b""])
