"""mailto links: the only links our letters have (RFC 6068).

Given an address and a Subject, gives a URL in which everything but letters and digits is percent-encoded.
A mail that such a link opens is still sent by a person; nothing happens when a scanner follows it (ATTACKS I-15, I-16).
"""

from __future__ import annotations

from urllib.parse import quote


def mailto(address: str, subject: str, body: str = "") -> str:
    """A link that opens a mail with its Subject filled in.

    >>> mailto("cases@example.org", "CLAIM JAR-2026-014 [k2.q7]")
    'mailto:cases@example.org?subject=CLAIM%20JAR-2026-014%20%5Bk2.q7%5D'
    """
    link = f"{write_to(address)}?subject={quote(' '.join(subject.split()), safe='')}"
    return f"{link}&body={quote(body.replace(chr(10), chr(13) + chr(10)), safe='')}" if body else link


def write_to(address: str) -> str:
    """A link that opens an empty mail. No line break gets into it: some programs would take the rest for a header field."""
    return f"mailto:{quote(''.join(address.split()), safe='@')}"
