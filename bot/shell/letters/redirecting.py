"""A letter of ours that goes to another address of its reader: its To, and nothing else of it.

Given bytes that were kept here, never a stranger's. The Message-ID stays: it is signed for an address that its reader still writes from.
"""

from __future__ import annotations

import re

from bot.shell.letters.headers import mailbox
from bot.shell.letters.house import UnfitLetter

_TO = re.compile(rb"(\ATo:|\r\nTo:)((?:[^\r<]|\r\n )*)<[^\r>]+>(?=\r\n)")


def redirected(content: bytes, to: str) -> bytes:
    """The same letter to another address; raises `UnfitLetter` where it has no To to be changed."""
    head, blank, rest = content.partition(b"\r\n\r\n")
    spec = mailbox("", to).encode("ascii")
    changed, count = _TO.subn(lambda found: found[1] + found[2] + spec, head)
    if count != 1:
        raise UnfitLetter("To is not one address")
    return changed + blank + rest
