"""Codes that only we can write: signed Message-IDs, and the same code in a Subject or behind the name in an address of ours.

Given a random handle, a recipient and a key; gives a code, and tells later whether a code is ours and was written to that recipient.
Reads from strangers: Message-IDs (RFC 5322 3.6.4), Subjects and recipients; a code may come back in capitals or full-width letters.
Never accepts an unsigned identifier, and never tells by its timing how much of a signature was right.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.core.mail import canonical

_VERSION = b"firstreply code 1"
_HANDLE = re.compile(r"[a-z2-7]{16}")
_CODE = r"[a-z2-7]{16}\.[a-z2-7]{26}"

# re.ASCII matters: without it the long s and the Kelvin sign would pass for letters of the alphabet.
_MESSAGE_ID = re.compile(rf"\s*<?({_CODE})@[^\s<>@]+>?\s*", re.ASCII | re.IGNORECASE)
_IN_SUBJECT = re.compile(
    rf"(?:[\[({{<【〔「]\s{{0,3}})?(?<![a-z0-9.])({_CODE})(?![a-z0-9])(?:\s{{0,3}}[\])}}>】〕」])?", re.ASCII | re.IGNORECASE
)

# One character to one character, so that a place in the folded Subject is the same place in the Subject as written.
_HALF_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3002: ".", 0xFF61: "."}

_IN_RECIPIENT = re.compile(rf"\+({_CODE})@", re.ASCII | re.IGNORECASE)
_LONGEST_MESSAGE_ID = 70
"""Longer ones are folded by some servers and come back broken."""


def handle_from(random: bytes) -> str:
    """The handle of 10 random bytes: what the ledger knows a letter by.

    >>> handle_from(bytes(10))
    'aaaaaaaaaaaaaaaa'
    """
    if len(random) != 10:
        raise ValueError("a handle is made of 10 random bytes")
    return base64.b32encode(random).decode("ascii").lower()


def code_for(handle: str, recipient: str, *, key: bytes) -> str:
    """``handle.mac``: 80 opaque bits and 128 bits that bind them to one recipient. Base32, so that it survives a change of case."""
    if not _HANDLE.fullmatch(handle):
        raise ValueError("a handle is 16 characters of lower-case base32")
    if not key:
        raise ValueError("an empty key signs nothing")
    return f"{handle}.{_mac(handle, recipient, key=key)}"


def message_id(code: str, domain: str) -> str:
    """The Message-ID that carries a code, at most 70 characters.

    A long domain loses its leading labels. What is left has two labels at least, else a short name under ``.invalid`` stands for it:
    the right side only has to be a domain, the code alone makes the Message-ID unique.
    """
    room = _LONGEST_MESSAGE_ID - len(f"<{code}@>")
    return f"<{code}@{_short_domain(domain, room)}>"


def code_in(message_id: str) -> str | None:
    """The code of a Message-ID shaped like ours, in lower case; whether it is ours is for `is_ours` to say."""
    match = _MESSAGE_ID.fullmatch(message_id)
    return match[1].lower() if match else None


def codes_in_subject(subject: str) -> tuple[str, ...]:
    """The codes in a Subject, in any case and width, each once."""
    found = _IN_SUBJECT.finditer(subject.translate(_HALF_WIDTH))
    return tuple(dict.fromkeys(match[1].lower() for match in found))


def codes_in_recipients(fields: Iterable[str]) -> tuple[str, ...]:
    """The codes behind a plus sign (RFC 5233) in the addresses of To and Cc, each once."""
    return tuple(dict.fromkeys(match[1].lower() for field in fields for match in _IN_RECIPIENT.finditer(field)))


def without_codes(subject: str) -> str:
    """The Subject as its writer meant it: without codes and the brackets around them.

    >>> without_codes("Re: CLAIM JAR-2026-014 [aaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbb]")
    'Re: CLAIM JAR-2026-014'
    """
    pieces, end = [], 0
    for match in _IN_SUBJECT.finditer(subject.translate(_HALF_WIDTH)):
        pieces.append(subject[end : match.start()].strip())
        end = match.end()
    if end == 0:
        return subject
    return " ".join(piece for piece in [*pieces, subject[end:].strip()] if piece)


def is_ours(code: str, recipient: str, *, keys: Sequence[bytes]) -> bool:
    """Whether one of our keys signed this code for this recipient. Every key is tried, whichever fits, so that time tells nothing."""
    handle, _, mac = code.lower().partition(".")
    if not _HANDLE.fullmatch(handle):
        return False
    given = mac.encode("utf-8", "surrogatepass")
    verdicts = [hmac.compare_digest(given, _mac(handle, recipient, key=key).encode("ascii")) for key in keys if key]
    return any(verdicts)


def handle_of(code: str) -> str:
    """What the ledger knows the letter by."""
    return code.partition(".")[0]


def _mac(handle: str, recipient: str, *, key: bytes) -> str:
    signed = b"\0".join([_VERSION, handle.encode("ascii"), canonical(recipient).encode("utf-8", "surrogatepass")])
    digest = hmac.digest(key, signed, hashlib.sha256)[:16]
    return base64.b32encode(digest).decode("ascii").rstrip("=").lower()


@lru_cache(maxsize=8)
def _short_domain(domain: str, room: int) -> str:
    name = domain.strip().lower()
    labels = name.split(".")
    while len(name) > room and len(labels) > 2:
        labels = labels[1:]
        name = ".".join(labels)
    if name and len(name) <= room and name.isascii() and not re.search(r"[\s<>@]", name):
        return name
    return f"{hashlib.sha256(domain.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}.invalid"
