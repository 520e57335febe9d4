"""What a provider's border writes on top of a message: Return-Path, Authentication-Results (RFC 8601), Received (RFC 5321 4.4).

Given raw bytes, the account that logged in to send them and the instant; gives the bytes as they lie in a mailbox. From a stranger's
message it reads only the From field, and it removes results that claim to be ours (RFC 8601 5).
Never lets an account vouch for another domain than its own.
"""

from __future__ import annotations

import re
from datetime import datetime
from email import message_from_bytes
from email.utils import format_datetime, parseaddr

from bot.core.mail import domain_of

_RESULTS = re.compile(rb"^Authentication-Results:[ \t]*([^;\s]*)[^\n]*\n(?:[ \t][^\n]*\n)*", re.IGNORECASE | re.MULTILINE)


def postmarked(raw: bytes, sender: str, *, recipient: str, border: str, at: datetime) -> bytes:
    """The message as `border` puts it into the recipient's mailbox, its sender having logged in as `sender`."""
    head, blank, body = raw.partition(b"\r\n\r\n")
    fields = (
        f"Return-Path: <{sender}>\r\n"
        f"Authentication-Results: {border}; {_results(raw, sender)}\r\n"
        f"Received: from [127.0.0.1] by {border} with ESMTPA for <{recipient}>;\r\n\t{format_datetime(at)}\r\n"
    )
    return fields.encode() + _without_our_results(head + b"\r\n", border) + blank[2:] + body


def _results(raw: bytes, sender: str) -> str:
    """DMARC asks whether the From field's domain is the one that was proven (RFC 7489 3.1)."""
    domain, shown = domain_of(sender), domain_of(parseaddr(str(message_from_bytes(raw)["From"] or ""))[1])
    verdict = "pass" if shown == domain else "fail"
    return f"dkim=pass header.d={domain}; spf=pass smtp.mailfrom={sender};\r\n\tdmarc={verdict} header.from={shown or 'unknown.invalid'}"


def _without_our_results(head: bytes, border: str) -> bytes:
    ours = border.lower().encode()
    return _RESULTS.sub(lambda field: b"" if field[1].lower() == ours else field[0], head)
