"""The last look at a letter's bytes, just before they are sent.

Given the finished bytes and the one address they are for, raises `UnfitLetter` unless they are exactly what we write: known header
fields, each once, one To, replies to nobody but us, CRLF everywhere, short lines (RFC 5322 2.1.1, ATTACKS I-17 and O-02).
It trusts no room above it: whatever slipped into a header on the way is caught here, and the letter stays.
"""

from __future__ import annotations

import re

from bot.core.mail import canonical
from bot.shell.letters.house import UnfitLetter

NEEDED = (
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "MIME-Version",
    "Content-Type",
)
ALLOWED = frozenset({*NEEDED, "Reply-To", "In-Reply-To", "References", "List-Id", "List-Unsubscribe", "Precedence"})
LONGEST_LINE = 998
_LINE_END = b"\r\n"

_BETWEEN_FIELDS = re.compile(r"\r\n(?![ \t])")
_FIELD = re.compile(r"([!-9;-~]+):[ \t]?([ -~]*(?:\r\n[ \t][ -~]*)*)\Z")
_MAILBOX = re.compile(r'(?:(?:"[^"\\<>]*"|[^"<>@,:;]*) )?<((?:"[^"\\<>@ ]+"|[^"<>@,:; ]+)@[^<>@,:; ]+)>\Z')


def check_outgoing(content: bytes, recipient: str) -> None:
    """Let a letter pass, or say in `UnfitLetter` why it must not leave."""
    _check_lines(content)
    end = content.find(b"\r\n\r\n")
    if end < 0:
        raise UnfitLetter("the header does not end")
    values = _fields(content[:end].decode("ascii"))
    missing = [name for name in NEEDED if name not in values]
    if missing:
        raise UnfitLetter(f"header field {missing[0]} is missing")
    if _address(values["To"]) != canonical(recipient):
        raise UnfitLetter("To is not the one recipient")
    if "Reply-To" in values and not _is_subaddress(_address(values["Reply-To"]), of=_address(values["From"])):
        raise UnfitLetter("Reply-To is not an address of ours")


def _address(value: str) -> str:
    mailbox = _MAILBOX.match(value)
    return canonical(mailbox[1]) if mailbox else ""


def _is_subaddress(address: str, *, of: str) -> bool:
    """The same mailbox with a code behind its name: a reply that went elsewhere would take a lawyer's words with it."""
    local, at, domain = of.rpartition("@")
    return bool(at) and address.startswith(f"{local}+") and address.endswith(f"@{domain}")


def _check_lines(content: bytes) -> None:
    if not content.endswith(_LINE_END):
        raise UnfitLetter("the last line does not end")
    if content.replace(b"\r", b"").replace(b"\n", _LINE_END) != content:
        raise UnfitLetter("a carriage return or a newline stands alone")
    if not _are_short(content):
        raise UnfitLetter("a line is longer than 998 bytes")
    if not content.isascii() or b"\0" in content:
        raise UnfitLetter("a byte is not plain ASCII")


def _are_short(content: bytes) -> bool:
    """From each line as far as it may reach, to the last that ends by there: a tenth of the steps that looking at every line would take."""
    most, begins = LONGEST_LINE + len(_LINE_END), 0
    while len(content) - begins > most:
        begins = content.rfind(b"\n", begins, begins + most) + 1
        if not begins:
            return False
    return True


def _fields(head: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for field in _BETWEEN_FIELDS.split(head):
        match = _FIELD.match(field)
        if not match:
            raise UnfitLetter("a header line is malformed")
        name, value = match.groups()
        if name not in ALLOWED:
            raise UnfitLetter("an unknown header field")
        if name in values:
            raise UnfitLetter(f"header field {name} stands twice")
        values[name] = value.replace("\r\n", "")
    return values
