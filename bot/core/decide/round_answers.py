"""YES, NO, SEND and HOLD to the preview of a round.

What staff decide stands in the round, not in the question: whoever comes second hears who came first, and who came first hears where the
second decides otherwise. A YES alone stands in the question, for it changes nothing.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core import overturned
from bot.core.decide import direction, settled
from bot.core.decide.message import Message
from bot.core.decide.overrides import StaffDesk
from bot.core.decide.steps import Step
from bot.core.intent import Command
from bot.core.mail import Letter
from bot.core.model import AnswerQuestion, Asked, Decision, Disposition, Line, Staff, View
from bot.core.reasons import Deed
from bot.core.rules import Rules

WORDS = {"send": direction.send, "hold": direction.hold, "no": direction.hold, "yes": direction.goes}
"""A NO holds it back: of two ways to understand it, that one can be mended."""


def decided(asked: Asked, answer: Command, message: Message, view: View, rules: Rules) -> Decision:
    """The decision on one of these words; of a round that is over, only who was before."""
    if view.staff is None or view.outlook.to_send != asked.content_key:
        return settled.over("the round is over", answer.said, asked, view)
    step = WORDS[answer.verb](answer, StaffDesk(message, view, rules, view.staff))
    reason = f"{answer.verb.upper()} to the round {asked.content_key} by {view.staff.address}"
    is_first_yes = step.line.outcome == "round_goes" and not asked.answer
    agreed = (AnswerQuestion(asked.id, "yes", view.staff.address),) if is_first_yes else ()
    letters = (*step.letters, *_not_as_agreed(asked, step, view.staff, rules))
    return Decision(Disposition.ANSWERED, reason, (*agreed, *step.changes), (_after(step.line, asked, view.staff),), letters)


def _after(line: Line, asked: Asked, staff: Staff) -> Line:
    """With who had answered YES before, where nobody has held the round back since."""
    if asked.answered_by in ("", staff.address) or "first_by" in line.facts or not line.outcome.startswith("round_"):
        return line
    at = asked.answered_at.isoformat() if asked.answered_at else None
    return replace(line, facts={**line.facts, "first_by": asked.answered_by, "first_answer": "yes", "first_at": at})


def _not_as_agreed(asked: Asked, step: Step, staff: Staff, rules: Rules) -> tuple[Letter, ...]:
    """Who had agreed that the round goes at its hour hears that it is held back."""
    if step.line.outcome != "round_held" or asked.answered_at is None:
        return ()
    past = [(asked.answered_at, str(Deed("agreed_round", asked.answered_by)))]
    return overturned.told(Deed("held_round", staff.address), past, rules, month=asked.content_key)
