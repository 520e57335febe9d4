"""What a reply may be quoting: the very letters of ours that it answers, line by line; and what is left when that is taken off."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.core import courtesies, parsing, trust
from bot.core.intent import Intent
from bot.core.mail import Arrival
from bot.core.model import Question
from bot.office import Office
from bot.reception import reader
from bot.shell.ledger import Transaction
from bot.shell.ledger.outbox import Posted
from bot.shell.letters import text_of

MOST_LETTERS = 5

Proven = Callable[[], tuple[str, ...]]
"""Gives the codes of letters that were written to the sender; asked only where it makes a difference."""


def nothing() -> tuple[str, ...]:
    """Where the sender is not believed."""
    return ()


def understood(office: Office, ledger: Transaction, arrival: Arrival, proven: Proven) -> Intent:
    """What the sender wants, read from the sender's own words."""
    return reader.understand(arrival, office.rules.vocabulary, quoted=answered(ledger, arrival, proven))


def answered(ledger: Transaction, arrival: Arrival, proven: Proven) -> list[str]:
    """The texts of the nearest letters of ours in the thread: whatever line equals one of theirs is quotation, in any client and language.

    A form of ours that comes back filled in is the exception: its lines are what the sender means.
    """
    question = ledger.questions.by_codes(proven()) if has_asked(ledger, arrival) else None
    if question is not None and question.question is Question.FILL_FORM:
        return []
    codes = _codes(arrival)
    contents = ledger.correspondence.contents(codes) if codes else []
    return [_text_of(content) for content in contents]


def has_asked(ledger: Transaction, arrival: Arrival) -> bool:
    """Whether one of the letters of ours that a message brings back has a question on record."""
    return ledger.codes.any_asks(trust.codes_in(arrival))


def asks(ledger: Transaction, letter: Posted) -> bool:
    """Whether a letter of ours asks something, wants to know it or proposes it, in words that a line break may part."""
    code = trust.code_in(letter.message_id)
    texts = map(_text_of, ledger.correspondence.contents([code] if code else []))
    unbroken = (form for text in texts for form in (text, text.replace("\n", ""), text.replace("\n", " ")))
    return any(courtesies.asks(text) or courtesies.asks_indirectly(text) or courtesies.proposes(text) for text in unbroken)


def foresee(ledger: Transaction, arrivals: Iterable[Arrival]) -> None:
    """Read at once the letters that these messages answer; `answered` is asked about each soon."""
    ledger.correspondence.foresee_contents(code for arrival in arrivals for code in _codes(arrival))


def _codes(arrival: Arrival) -> list[str]:
    return [code for answer in arrival.answers if (code := trust.code_in(answer))][:MOST_LETTERS]


def _text_of(content: bytes) -> str:
    """An earlier version may have written its letters another way."""
    text = text_of(content)
    return parsing.read(content, own_address="").text if text is None else text
