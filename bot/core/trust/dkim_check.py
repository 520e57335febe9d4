"""A DKIM check of our own, for mailboxes whose provider stamps no results (RFC 6376).

Given the raw message, the From domain and a way to look up TXT records; gives the same `Results` as a provider's stamp.
Reads from strangers: the whole message, its signatures, and the key records of their domains.
Never calls a message failed: a broken signature is worth no more and no less than none (RFC 6376 6.1).
It never asks the network itself, but dkimpy compares the expiry that a signature states with the clock of the machine.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import dkim
from dkim.util import InvalidTagValueList, parse_tag_value

from bot.core.mail import domain_of
from bot.core.trust.results import Results

# Caps, for dkimpy's expressions take time by the square of a run of blanks, and a key record may ask for any exponentiation.
_LARGEST = 2_000_000
_LONGEST_SIGNATURE = 4_096
_LONGEST_RECORD = 1_500
_MOST_SIGNATURES = 5
_BLANKS = re.compile(rb"[\t ]{200}")

_SMALLEST_KEY_BITS = 1024
_ALGORITHMS = frozenset({b"rsa-sha256", b"ed25519-sha256"})

_ALWAYS_SIGNED = frozenset({b"from", b"to", b"subject", b"date", b"message-id"})
_SIGNED_IF_PRESENT = frozenset({b"in-reply-to", b"references", b"content-type", b"content-transfer-encoding"})
_ONCE_AT_MOST = _ALWAYS_SIGNED | _SIGNED_IF_PRESENT | {b"sender", b"reply-to", b"cc", b"mime-version"}

_HEADER_END = re.compile(rb"\r?\n\r?\n")
_AMBIGUOUS = re.compile(rb"\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|^From ", re.MULTILINE)
"""What one parser takes for the end of a line and another does not: it would hide a field from the signature and show it to us."""

Lookup = Callable[[str], bytes | None]


def own_dkim(raw: bytes, *, from_domain: str, lookup: Lookup) -> Results:
    """Whether a signature of exactly `from_domain` covers the whole body and every field that we act on.

    `lookup` is given a name such as ``key._domainkey.lawfirm.example`` and gives its TXT record, or None.
    """
    fields = _fields(raw)
    if not from_domain or not fields:
        return Results("none", False, "the header is not fit to be checked" if from_domain else "no From domain")
    names = Counter(name for name, _ in fields)
    if any(names[name] > 1 for name in _ONCE_AT_MOST):
        return Results("none", False, "a field stands twice")
    signatures = [value for name, value in fields if name == b"dkim-signature"]
    for place, value in enumerate(signatures[:_MOST_SIGNATURES]):
        if _covers(value, from_domain=from_domain, present=frozenset(names)) and _is_good(raw, place, lookup=lookup):
            return Results("passed", True, "a good signature of the From domain")
    return Results("none", False, "no good signature of the From domain")


def _fields(raw: bytes) -> list[tuple[bytes, bytes]]:
    """The header as dkimpy reads it, names lowered; empty where two parsers could differ about it."""
    head = _HEADER_END.split(raw[:_LARGEST], maxsplit=1)[0]
    if len(raw) > _LARGEST or _BLANKS.search(raw) or _AMBIGUOUS.search(head):
        return []
    try:
        return [(name.lower(), value) for name, value in dkim.rfc822_parse(raw)[0]]
    except (dkim.DKIMException, IndexError):
        return []


def _covers(signature: bytes, *, from_domain: str, present: frozenset[bytes]) -> bool:
    """Whether a signature, if it is good, leaves nothing that matters to whoever passes the message on.

    With ``l=`` anything may be appended to the body, without Content-Type its parts may be cut anew; a message that was signed
    as no answer must not become one.
    """
    if len(signature) > _LONGEST_SIGNATURE:
        return False
    try:
        tags: dict[bytes, bytes] = parse_tag_value(signature)
    except InvalidTagValueList:
        return False
    signed = {name.strip().lower() for name in tags.get(b"h", b"").split(b":")}
    return (
        tags.get(b"d", b"").lower() == domain_of(from_domain).encode("utf-8", "surrogatepass")
        and tags.get(b"a") in _ALGORITHMS
        and b"l" not in tags
        and signed >= _ALWAYS_SIGNED | (_SIGNED_IF_PRESENT & present)
    )


def _is_good(raw: bytes, place: int, *, lookup: Lookup) -> bool:
    def record(name: bytes, timeout: int = 5) -> bytes | None:
        found = lookup(name.decode("ascii", "replace").rstrip("."))
        return found if found and len(found) <= _LONGEST_RECORD else None

    try:
        return bool(dkim.DKIM(raw, minkey=_SMALLEST_KEY_BITS).verify(idx=place, dnsfunc=record))
    except (dkim.DKIMException, ValueError, LookupError, ArithmeticError, TypeError, AssertionError):
        # dkimpy lets the errors of its number parsing through where a key record or a signature is nonsense.
        return False
