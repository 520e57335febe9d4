"""Header text: RFC 2047 encoded words and RFC 2231 parameters become text, also those that break the rules.

Given the unfolded value of a field; gives text. Reads what strangers send, in linear time, and never raises.
Never splits or compares addresses: a decoded word is for reading only (RFC 2047 5 forbids it inside an address).
"""

from __future__ import annotations

import binascii
import re
import string
from urllib.parse import unquote_to_bytes

from bot.core.words.charsets import decode_bytes
from bot.core.words.folding import clean

_WORD = re.compile(r"=\?([^?\s=]{1,60})\?([bBqQ])\?([^?]*)\?=")
_MOST_GROUPS = 200
_NOT_BASE64 = bytes(set(range(256)).difference(f"{string.ascii_letters}{string.digits}+/".encode()))


def decode_header(raw: str) -> str:
    """The text of a header field: neighbours in one charset are joined as bytes first, for characters are split between them.

    >>> decode_header("=?ISO-2022-JP?B?GyRCLSEbKEI=?= CLAIM 12")
    '① CLAIM 12'
    """
    if "=?" not in raw:
        return _in_one_line(raw)
    text: list[str] = []
    gathered, charset, place = b"", "", 0
    for word in _WORD.finditer(raw):
        between = raw[place : word.start()]
        label = word[1].partition("*")[0].lower()
        is_neighbour = place > 0 and not between.strip()
        if not is_neighbour or label != charset:
            text.append(decode_bytes(gathered, charset))
            text.append("" if is_neighbour else between)
            gathered = b""
        gathered += _payload(word[2].lower(), word[3])
        charset, place = label, word.end()
    text.append(decode_bytes(gathered, charset))
    text.append(raw[place:])
    return _in_one_line("".join(text))


def _in_one_line(text: str) -> str:
    return " ".join([line.strip(" \t") for line in clean(text).split("\n") if line])


def _payload(encoding: str, encoded: str) -> bytes:
    if encoding == "b":
        return decode_base64(encoded)[0]
    octets = encoded.replace("_", " ").encode("utf-8", "surrogateescape")
    return binascii.a2b_qp(octets)


def decode_base64(encoded: str) -> tuple[bytes, bool]:
    """The bytes, and whether nothing was lost: stray characters are skipped (RFC 2045 6.8), a torn last group is dropped."""
    decoded: list[bytes] = []
    is_whole = True
    for group in encoded.split("=", _MOST_GROUPS):
        letters = group.encode("ascii", "ignore").translate(None, _NOT_BASE64)
        if len(letters) % 4 == 1:
            letters, is_whole = letters[:-1], False
        decoded.append(binascii.a2b_base64(letters + b"=" * (-len(letters) % 4)))
    return b"".join(decoded), is_whole


def decode_extended(raw: str) -> str:
    """A parameter value of the form ``charset'language'%41%42`` (RFC 2231 4)."""
    charset, mark, rest = raw.partition("'")
    _, second, encoded = rest.partition("'")
    if not mark or not second:
        charset, encoded = "", raw
    return clean(decode_bytes(unquote_to_bytes(encoded), charset))
