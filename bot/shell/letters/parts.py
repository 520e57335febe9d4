"""A page as it travels: its lines in the transfer encoding that is shorter, and so the more legible one for each language (RFC 2045 6).

Given text whose last line ends, as every page's does, gives bytes in pure ASCII. Quoted-printable begins anew with each line, so lines
that many letters have in common are encoded once. Knows no letter.
"""

from __future__ import annotations

import re
from base64 import b64encode
from binascii import b2a_qp
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from struct import iter_unpack
from typing import Final

from bot.shell.letters.headers import unstructured
from bot.shell.letters.house import Page

_ASCII = bytes(range(128))
_COLUMNS = 76
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_NOTHING: Final = re.compile(r"(?!)")


class Part:
    """One body part. `own` finds, as its one group, what stands for something of a reader's own; without it the part is one reader's."""

    def __init__(self, subtype: str, text: str, *, own: re.Pattern[str] = _NOTHING) -> None:
        self._subtype = subtype
        text = text.replace("\n", "\r\n")
        grouped = groupby(_LINE.findall(text), key=lambda line: own.search(line) is not None) if own is not _NOTHING else [(False, text)]
        runs = [(is_own, "".join(lines)) for is_own, lines in grouped]
        if runs and runs[0][0]:
            runs.insert(0, (False, ""))
        self._common = [b"" if is_own else run.encode("utf-8") for is_own, run in runs]
        """Runs of whole lines; every second place is for the lines with something of the reader's own in them."""
        self._own = [[piece.encode("utf-8") for piece in own.split(run)] for is_own, run in runs if is_own]
        """These lines, in pieces: what stands for something of the reader's is a piece of its own."""
        self._size, self._foreign = sum(map(len, self._common)), sum(map(_foreign, self._common))

    @cached_property
    def _quoted(self) -> list[bytes]:
        return [b2a_qp(run, istext=True) for run in self._common]

    def coded(self, own: Mapping[bytes, bytes] | None = None) -> bytes:
        """With its fields, and the line break that belongs to the boundary behind it. `own` is what each such piece stands for."""
        lines = [b"".join(map(own.get, pieces, pieces)) for pieces in self._own] if own else []
        all_own = b"".join(lines)
        size, foreign = self._size + len(all_own), self._foreign + _foreign(all_own)
        if foreign * 2 > size // 3:
            encoding, body = b"base64", _folded(b64encode(_joined(self._common, lines)))
        else:
            encoding, body = b"quoted-printable", _joined(self._quoted, [b2a_qp(run, istext=True) for run in lines])
        end = b"\r\n" if body.endswith(b"\r\n") else b"\r\n\r\n"
        fields = f'Content-Type: text/{self._subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: '.encode()
        return b"".join((fields, encoding, b"\r\n\r\n", body, end))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page ready for binding: its Subject as a header field has it, and both its parts."""

    subject: str
    text: bytes
    html: bytes

    @classmethod
    def of(cls, page: Page) -> Sheet:
        return cls(unstructured(page.subject), Part("plain", page.text).coded(), Part("html", page.html).coded())


def _foreign(raw: bytes) -> int:
    """How many bytes are not ASCII."""
    return 0 if raw.isascii() else len(raw.translate(None, _ASCII))


def _joined(common: Sequence[bytes], own: Sequence[bytes]) -> bytes:
    runs = list(common)
    runs[1::2] = own
    return b"".join(runs)


def _folded(coded: bytes) -> bytes:
    """In lines of 76 characters, the last one with what is left; each has its end."""
    rest = len(coded) % _COLUMNS
    whole = [line for (line,) in iter_unpack(f"{_COLUMNS}s", coded[: len(coded) - rest])]
    return b"\r\n".join([*whole, *([coded[-rest:]] if rest else []), b""])
