"""YES and NO of staff as people write them: “Yes please, thank you!”, 「はい、お願いします。」.

Given the message and what is known, reads a mail that says such a word and nothing else as the bare word. A bulletin is sent by nothing but
the bare SEND, for it reaches everybody at once; what the anonymity check is sure of still wants its reason.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core import words as own
from bot.core.courtesies import substance
from bot.core.decide.message import Message
from bot.core.decide.replies import courteous
from bot.core.intent import Command, bare_words
from bot.core.model import Question, View
from bot.core.rules import Rules

WANT_A_YES = frozenset({Question.OPEN_CASE, Question.OPEN_CASES, Question.CHANGE_CASE, Question.SEND_ROUND, Question.AGREE, Question.ADMIT})
_WORDS = frozenset({"yes", "no"})
_LETS_IN = frozenset({"approve"})


def understood(message: Message, view: View, rules: Rules) -> Message:
    """The message with its courteous yes or no as the bare word, where its thread asks staff for one; APPROVE alone lets an applicant in."""
    asked, intent = view.question, message.intent
    if view.staff is None or asked is None or asked.question not in WANT_A_YES or intent.commands or intent.doubt:
        return message
    names = message.signed_by_staff(view.staff, rules)
    said = substance(intent.lines, names=names)
    if len(said) != 1:
        return message
    answer = courteous(said[0], _WORDS, asked.case_id, names, rules)
    if answer is None and asked.question is Question.ADMIT and bare_words(said, _LETS_IN, rules.vocabulary):
        answer = Command("yes", None, "", own.fold(said[0]).strip())
    if answer is None:
        return message
    return replace(message, intent=replace(intent, commands=(answer,), prose=tuple(line for line in intent.prose if line != said[0])))
