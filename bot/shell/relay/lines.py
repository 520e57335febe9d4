"""What goes out as it must stand on the wire: paths (RFC 5321 4.1.2) and the dotted letter (4.5.2).

Given addresses and bytes, gives bytes, or ValueError with a sentence where an address cannot be written safely.
Reads addresses that people gave. Never repairs an address by cutting it: ``a@x>`` and a line break are refused, not shortened.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.core.addresses import DOT_ATOM

_QUOTED = re.compile(r'"([^"\\]|\\.)*"')
_DOMAIN = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[A-Za-z0-9.:-]+\]")
_UNFIT = re.compile(r"[\x00-\x1f\x7f<>]")
_LEADING_DOT = re.compile(rb"\.(?<=\n\.)")
"""A dot is found and then looked at from behind: a letter has few, and to look for the pair of signs takes three times as long."""
FINAL_DOT = b".\r\n"
_LONGEST = 254
_AT_HAND = 64
"""Addresses that were written last: each is asked for again with every step of its letter."""


def reverse_path(address: str) -> bytes:
    """
    >>> reverse_path("")
    b'<>'
    """
    return forward_path(address) if address else b"<>"


@lru_cache(maxsize=_AT_HAND)
def forward_path(address: str) -> bytes:
    """
    >>> forward_path("a..b@ezweb.ne.jp")
    b'<"a..b"@ezweb.ne.jp>'
    """
    local, at, domain = address.rpartition("@")
    if not at or not local or len(address) > _LONGEST or _UNFIT.search(address):
        raise ValueError("The address cannot be written in SMTP: it is too long, has no @, or holds <, > or control characters.")
    if not address.isascii():
        local, domain = _in_ascii(local, domain)
    if not _DOMAIN.fullmatch(domain):
        raise ValueError("The address has no domain that mail can be sent to.")
    return f"<{_local_part(local)}@{domain}>".encode("ascii")


def dotted(content: bytes) -> bytes:
    """The letter with CRLF everywhere, so that no hop sees an end of message where we see none, and dots doubled; `FINAL_DOT` goes behind it."""
    has_crlf_only = content.replace(b"\r", b"").replace(b"\n", b"\r\n") == content
    if not (has_crlf_only and content.endswith(b"\r\n")):
        content = b"".join(line + b"\r\n" for line in content.splitlines())
    stuffed = _LEADING_DOT.sub(b"..", content)
    return b"." + stuffed if stuffed.startswith(b".") else stuffed


def _local_part(local: str) -> str:
    """Legacy addresses of Japanese carriers (``a..b``, ``chika.``) are no dot-atoms and go in quotes."""
    if DOT_ATOM.fullmatch(local) or _QUOTED.fullmatch(local):
        return local
    return '"' + local.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _in_ascii(local: str, domain: str) -> tuple[str, str]:
    """A Japanese domain has an ASCII form (RFC 3490); a local-part in another script has none without SMTPUTF8."""
    try:
        return local.encode("ascii").decode(), domain.encode("idna").decode()
    except UnicodeError:
        raise ValueError("The address holds characters that SMTP cannot carry.") from None
