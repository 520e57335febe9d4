"""Finds what a letter, a log or an output must not tell, however it is written: in wide characters, in mail's encodings, in links, packed.

`canaries` looks at what lies on disk; this looks at what leaves. Given bytes and the texts that may not stand in them, gives those that
do. Every letter is looked at as it went over the wire and as its reader sees it.
"""

from __future__ import annotations

import base64
import html
import json
import quopri
import re
import zlib
from collections.abc import Iterable, Iterator
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from functools import lru_cache
from urllib.parse import quote, quote_plus

CHARSETS = ("utf-8", "utf-16-le", "utf-16-be", "iso-2022-jp", "cp932", "euc-jp")
_ZIPPED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")


def found_in(content: bytes, canaries: Iterable[str]) -> set[str]:
    """The canaries that stand in these bytes in any form."""
    seen = list(_views(content))
    return {canary for canary in canaries if any(needle in view for needle in _needles(canary) for view in seen)}


def found_in_letter(raw: bytes, canaries: Iterable[str]) -> set[str]:
    """The same of a message: its bytes, its decoded fields, its parts, and the names of its files."""
    message = message_from_bytes(raw, policy=policy.default)
    texts = [str(value) for value in message.values()]
    texts += [str(make_header(decode_header(str(value)))) for value in message.values()]
    bodies = [part.get_payload(decode=True) or b"" for part in message.walk() if not part.is_multipart()]
    texts += [str(part.get_filename() or "") for part in message.walk()]
    whole = [raw, "\n".join(texts).encode("utf-8", "replace"), *(bytes(body) for body in bodies)]
    return {canary for content in whole for canary in found_in(content, canaries)}


@lru_cache
def _needles(canary: str) -> frozenset[bytes]:
    forms = {canary, quote(canary), quote_plus(canary), quote(canary, safe=""), html.escape(canary), json.dumps(canary)[1:-1]}
    forms.add("".join(f"&#{ord(sign)};" for sign in canary))
    found = {form.encode() for form in forms}
    for charset in CHARSETS:
        try:
            plain = canary.encode(charset).removeprefix(b"\x1b$B").removesuffix(b"\x1b(B")  # ISO-2022-JP: what stands around it shifts
        except UnicodeEncodeError:
            continue
        found.add(plain)
        found |= set(_in_base64(plain))
        found.add(quopri.encodestring(plain).replace(b"=\n", b""))
    return frozenset(found)


def _in_base64(plain: bytes) -> Iterator[bytes]:
    """As it stands inside a longer text, at each of the three places where it can begin; the letters that its neighbours share are cut."""
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + plain)
        start = -(-8 * before // 6)
        end = 8 * (before + len(plain)) // 6
        yield coded[start:end]


def _views(content: bytes) -> Iterator[bytes]:
    yield content
    unfolded = re.sub(rb"\r?\n[ \t]?", b"", content)
    yield unfolded
    yield re.sub(rb"\s+", b" ", content)
    yield quopri.decodestring(content)
    yield html.unescape(content.decode("utf-8", "replace")).encode("utf-8", "replace")
    for start in _ZIPPED.finditer(content):
        try:
            yield zlib.decompressobj(wbits=47).decompress(content[start.start() :], 10_000_000)
        except zlib.error:
            continue
