"""Short ways to write raw mail, for tests of parsing."""

from __future__ import annotations

from bot.core.mail import Arrival
from bot.core.parsing import read

DESK = "cases@bot.ngo.example"
CLAIM = "CLAIM JUS-0042"


def parsed(raw: bytes) -> Arrival:
    return read(raw, own_address=DESK)


def mail(*fields: str, body: str | bytes = CLAIM, sender: str = "Alice <alice@lawfirm.example>", subject: str = "hello") -> Arrival:
    """A message from Alice with further header fields, read. `fields` with a From or Subject replace hers."""
    names = {field.partition(":")[0].lower() for field in fields}
    usual = [line for line in (f"From: {sender}", f"Subject: {subject}") if line.partition(":")[0].lower() not in names]
    head = "".join(f"{line}\r\n" for line in [*usual, *fields]).encode()
    return parsed(head + b"\r\n" + (body if isinstance(body, bytes) else body.replace("\n", "\r\n").encode()))


def multipart(kind: str, *parts: str) -> tuple[str, str]:
    """The Content-Type field and the body of a multipart of `parts` (each with its own fields)."""
    body = "".join(f"--b0\n{part}\n" for part in parts) + "--b0--\n"
    return f'Content-Type: multipart/{kind}; boundary="b0"', body
