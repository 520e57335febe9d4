"""Mails as a forger, a provider or a broken program writes them: every header field as given, in the order given."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from tests.attacks.desk import BOT
from tests.story.people import BORDER

_NUMBERS = count(1)


def passes(domain: str, *, server: str = BORDER) -> str:
    """AR-OK: what the border writes when everything is in order."""
    return f"{server}; dkim=pass header.d={domain}; spf=pass smtp.mailfrom={domain}; dmarc=pass header.from={domain}"


def fails(domain: str, *, server: str = BORDER) -> str:
    return f"{server}; dmarc=fail (p=reject) header.from={domain}"


def mail(
    *senders: str,
    text: str = "",
    results: str | None = None,
    below: Iterable[str] = (),
    fields: Iterable[str] = (),
    subject: str = "",
    border: str = BORDER,
) -> bytes:
    """`senders` are From values; `results` the border's Authentication-Results; `below` stands under its Received, `fields` at the end."""
    number = next(_NUMBERS)
    lines = [
        *([f"Authentication-Results: {results}"] if results is not None else []),
        f"Received: from out.example (out.example [192.0.2.25]) by {border} with ESMTPS; Fri, 20 Nov 2026 03:00:00 +0000",
        *below,
        *(f"From: {sender}" for sender in senders),
        f"To: {BOT}",
        f"Subject: {subject}",
        f"Date: Fri, 20 Nov 2026 03:{number % 60:02}:00 +0000",
        f"Message-ID: <forged-{number}@out.example>",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        *fields,
    ]
    return "\r\n".join([*lines, "", text, ""]).encode()
