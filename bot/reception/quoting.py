"""What a reply may be quoting: the very letters of ours that it answers, line by line."""

from __future__ import annotations

from bot.core import parsing, trust
from bot.core.mail import Arrival
from bot.shell.ledger import Transaction
from bot.shell.letters import MARKER

MOST_LETTERS = 5

__all__ = ["MARKER", "lines_of"]


def lines_of(ledger: Transaction, arrival: Arrival) -> list[str]:
    """The text lines of the nearest letters of ours in the thread: whatever equals one is quotation, in any client and language."""
    codes = [code for answer in arrival.answers if (code := trust.code_in(answer))]
    contents = ledger.outbox.contents(codes[:MOST_LETTERS]) if codes else []
    return [line for content in contents for line in parsing.read(content, own_address="").text.splitlines()]
