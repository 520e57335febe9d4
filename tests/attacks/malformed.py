"""Mail as it arrives, byte for byte, beside a case under attack; and the next good claim after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import select

from bot.shell.tables import RawMailRow
from tests.attacks.desk import ALICE, BOB, Desk
from tests.story.people import BORDER

CLAIM = "CLAIM JUS-2026-001"


def trace(sender: str = ALICE) -> bytes:
    """What our border writes on top of a message that it has checked."""
    domain = sender.rpartition("@")[2]
    return (
        f"Authentication-Results: {BORDER}; dkim=pass header.d={domain}; spf=pass smtp.mailfrom={sender}; dmarc=pass header.from={domain}\r\n"
        f"Received: from mail.{domain} by {BORDER} with ESMTPS; Fri, 20 Nov 2026 12:00:00 +0900\r\n"
    ).encode()


def message(*fields: str | bytes, body: str | bytes = CLAIM, sender: str | None = f"Alice <{ALICE}>") -> bytes:
    """A checked message; `fields` stand beside the sender's From."""
    lines = [field if isinstance(field, bytes) else field.encode() for field in fields]
    lines = [*([f"From: {sender}".encode()] if sender else []), *lines]
    content = body if isinstance(body, bytes) else body.replace("\n", "\r\n").encode()
    return trace() + b"".join(line + b"\r\n" for line in lines) + b"\r\n" + content


@contextmanager
def attack(desk: Desk) -> Iterator[None]:
    """Around each attack; after it one disposition a message, its bytes kept, and Bob's claim on another case goes through (O3, O4)."""
    desk.case("The case under attack")
    yield
    other = desk.case("Another case", places=2)
    desk.writes(BOB, f"CLAIM {other}")
    desk.settles()
    assert desk.standing(other) == {BOB: "confirmed"}
    with desk.office.ledger.reading() as ledger:
        kept = len(ledger.session.exec(select(RawMailRow)).all())
    assert kept == len(desk.endings())
    assert "pending" not in [disposition for disposition, _ in desk.endings()]
