"""The values of a letter's header fields: an address with its name, a line of free text (RFC 5322 3.2 and 3.4, 2047).

Given text that a stranger may have written, gives pure ASCII that reads as this one value and nothing else. Knows no letter.
"""

from __future__ import annotations

import re
from base64 import b64encode
from itertools import pairwise

from bot.core.addresses import ATOMS_AND_DOTS, DOT_ATOM
from bot.shell.letters.house import UnfitLetter

_DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 '.-]*")
_LONGEST_NAME = 60
_LONGEST_WORD = 42
"""Bytes of an encoded word before they are encoded."""


def mailbox(name: str, address: str) -> str:
    """A name and an address as one mailbox of a header field; a name that could be misread travels as an encoded word.

    Addresses that Japanese carriers once gave out have dots where no dot may stand; quoted they are valid (RFC 5322 3.2.4).

    >>> mailbox("Pro bono desk", "chika.@docomo.ne.jp")
    'Pro bono desk <"chika."@docomo.ne.jp>'
    """
    local, _, domain = address.rpartition("@")
    bare = local[1:-1] if len(local) > 2 and local[0] == local[-1] == '"' else local
    if not ATOMS_AND_DOTS.fullmatch(bare) or not _DOMAIN.fullmatch(domain):
        raise UnfitLetter("an address cannot be written in a header")
    spec = f"<{bare}@{domain}>" if DOT_ATOM.fullmatch(bare) else f'<"{bare}"@{domain}>'
    name = " ".join(name.split())[:_LONGEST_NAME]
    if not name:
        return spec
    if _PLAIN_NAME.fullmatch(name):
        return f"{name} {spec}" if DOT_ATOM.fullmatch(name.replace(" ", "")) and "." not in name else f'"{name}" {spec}'
    return f"{_encoded(name)}\r\n {spec}"


def unstructured(text: str) -> str:
    """A Subject on one logical line, folded before 76 columns."""
    line = " ".join(text.split())
    if line.isascii() and line.isprintable() and "=?" not in line:
        return re.sub(r"(.{40,60}\S)(?= \S)", "\\1\r\n", line) if len(line) > 66 else line
    return _encoded(line)


def _encoded(text: str) -> str:
    """Encoded words of RFC 2047: whole characters in each, none over 75 columns."""
    raw, starts = text.encode("utf-8"), [0]
    while (end := starts[-1] + _LONGEST_WORD) < len(raw):
        while raw[end] & 0b1100_0000 == 0b1000_0000:  # within a character
            end -= 1
        starts.append(end)
    words = (raw[start:end] for start, end in pairwise([*starts, len(raw)]))
    return "\r\n ".join([f"=?utf-8?B?{b64encode(word).decode('ascii')}?=" for word in words])
