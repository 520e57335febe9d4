"""Mail byte by byte, for attacks that no mail program would write: the trace fields of our border, then the fields and the body as told."""

from __future__ import annotations

from itertools import count

from tests.attacks.desk import BOT
from tests.story.people import BORDER

_NUMBERS = count(1)


def raw(*fields: str, sender: str, body: str = "", proven: bool | None = True) -> bytes:
    """`fields` go first and stand for themselves; From, To, Subject, Date and Message-ID follow where none of them is among those.

    `proven` is what the border says of the sender's domain: pass, fail, or (None) nothing.
    """
    domain = sender.rpartition("@")[2]
    given = {field.partition(":")[0].lower() for field in fields}
    usual = {
        "From": sender,
        "To": BOT,
        "Subject": "Re: cases",
        "Date": "Fri, 20 Nov 2026 12:00:00 +0900",
        "Message-ID": f"<written-{next(_NUMBERS)}@{domain or 'nowhere.example'}>",
    }
    verdict = "pass" if proven else "fail"
    results = f"Authentication-Results: {BORDER}; dkim={verdict} header.d={domain}; dmarc={verdict} header.from={domain}"
    lines = [
        *([] if proven is None else [results]),
        f"Received: from mail.{domain} by {BORDER} with ESMTPS; Fri, 20 Nov 2026 12:00:01 +0900",
        *fields,
        *(f"{name}: {value}" for name, value in usual.items() if name.lower() not in given),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n" + body.replace("\r\n", "\n").replace("\n", "\r\n") + "\r\n").encode("utf-8", "surrogateescape")


def parts(subtype: str, *pieces: str, more: str = "") -> tuple[str, str]:
    """A multipart: its Content-Type field, and its body; each piece is its own fields, an empty line, its text."""
    body = "".join(f"--b0\n{piece}\n" for piece in pieces) + "--b0--\n"
    return f'Content-Type: multipart/{subtype}; boundary="b0"{more}', body
