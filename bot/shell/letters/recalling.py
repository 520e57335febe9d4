"""What a letter of ours said: its text, taken back out of the bytes that `post` made of it.

Given bytes that were kept here, never a stranger's: a reply's quotation is compared with them. What is not of our own form gives None.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import a2b_qp

from bot.shell.letters.post import BOUNDARY

_TEXT = re.compile(
    (
        rf'\r\n\r\n(?s:.{{0,400}}?)--{re.escape(BOUNDARY)}\r\nContent-Type: text/plain; charset="utf-8"\r\n'
        rf"Content-Transfer-Encoding: (base64|quoted-printable)\r\n\r\n"
    ).encode()
)
_END = f"\r\n--{BOUNDARY}\r\n".encode()


def text_of(content: bytes) -> str | None:
    """The text part as it was set; a letter that has files around it, too."""
    found = _TEXT.search(content)
    end = content.find(_END, found.end()) if found else -1
    if found is None or end < 0:
        return None
    part = content[found.end() : end]
    decoded = b64decode(part) if found[1] == b"base64" else a2b_qp(part)
    return decoded.decode("utf-8").replace("\r\n", "\n")
