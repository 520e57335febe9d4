"""What staff write beside a yes or after a question is over, and is more than a courtesy: it decides nothing, and reaches somebody.

Given the answer of a staff member, tells whether it asks something; and gives the decision on words that come when the question they answer is
over: their writer hears who settled it, and the colleagues read the words.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core import grounds
from bot.core.courtesies import asks, asks_indirectly, substance
from bot.core.decide import settled
from bot.core.decide.message import Message
from bot.core.mail import Letter
from bot.core.model import Asked, Decision, Disposition, Line, Staff, View
from bot.core.rules import Rules


def is_doubted(message: Message, view: View) -> bool:
    """Whether staff ask something beside their answer, other than in the reason that they give with it."""
    prose = (line for line in message.intent.prose if not grounds.is_line(line))
    return view.staff is not None and any(asks(line) or asks_indirectly(line) for line in prose)


def too_late(asked: Asked, said: str, message: Message, view: View, rules: Rules) -> Decision:
    """Words of staff to a question that is over: nothing is done, and whatever they say goes to the colleagues."""
    assert view.staff is not None, "only staff are asked this"
    line = settled.line(said, asked, view)
    letters = _to_colleagues(asked, view.staff, message, rules)
    if letters:
        line = replace(line, facts={**line.facts, "is_passed_on": True})
    return Decision(Disposition.ANSWERED, "words to a question that is over", lines=(line,), letters=letters)


def passed_on(decision: Decision, asked: Asked, message: Message, view: View, rules: Rules) -> Decision:
    """The decision on a yes that came too late, with what is written beside it on its way to the colleagues."""
    letters = _to_colleagues(asked, view.staff, message, rules) if view.staff is not None and is_doubted(message, view) else ()
    if not letters:
        return decision
    lines = tuple(_told(line) for line in decision.lines)
    return replace(decision, lines=lines, letters=(*decision.letters, *letters))


def _told(line: Line) -> Line:
    return replace(line, facts={**line.facts, "is_passed_on": True}) if line.outcome == "question_over" else line


def _to_colleagues(asked: Asked, writer: Staff, message: Message, rules: Rules) -> tuple[Letter, ...]:
    if not substance(message.intent.lines, names=message.signed_by_staff(writer, rules)):
        return ()
    return tuple(
        replace(letter, case_id=asked.case_id, facts={**letter.facts, "case_id": asked.case_id, "name": writer.name or writer.address})
        for letter in message.to_staff("look_at", rules, reason="question_over")
        if letter.to != writer.address
    )
