"""The envelope on the wire: MAIL, RCPT and DATA for one letter (RFC 5321 3.3), with SIZE and 8BITMIME where the server has them.

Given a letter and what the server offers, gives the commands, or Halt where there is no safe way to write them.
"""

from __future__ import annotations

from bot.core.mail import Envelope
from bot.shell.relay.lines import forward_path, reverse_path
from bot.shell.relay.nouns import Halt, Outcome, Verdict

GO_ON = 354
HOPES = {"MAIL": (250,), "RCPT": (250, 251), "DATA": (GO_ON,)}
"""What each verb has to be answered with, in their order."""

Paths = tuple[bytes, bytes]


def paths(letter: Envelope) -> Paths:
    """Sender and recipient; Halt before any word is said where one cannot be written."""
    try:
        return reverse_path(letter.sender), forward_path(letter.recipient)
    except ValueError as fault:
        raise Halt(Verdict(Outcome.REFUSED, None, str(fault))) from None


def commands(letter: Envelope, extensions: frozenset[str]) -> dict[str, bytes]:
    """By their verb; each ends its line."""
    sender, recipient = paths(letter)
    options = b" SIZE=%d" % len(letter.content) if "size" in extensions else b""
    if not letter.content.isascii():
        if "8bitmime" not in extensions:
            raise Halt(Verdict(Outcome.REFUSED, None, "The mail server takes no 8-bit text (8BITMIME), and this letter holds some."))
        options += b" BODY=8BITMIME"
    return {"MAIL": b"MAIL FROM:%s%s\r\n" % (sender, options), "RCPT": b"RCPT TO:%s\r\n" % recipient, "DATA": b"DATA\r\n"}
