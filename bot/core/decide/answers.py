"""YES, NO and SEND: the answer to a question that the bot asked, in that thread.

The letter that asked is known by its signed Message-ID, which only the person it was written to could send back.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core.decide import challenge, previews
from bot.core.decide.message import Message, Rules
from bot.core.intent import Command
from bot.core.model import (
    AnswerQuestion,
    Asked,
    Change,
    ClaimState,
    Decision,
    Disposition,
    EndClaim,
    EnterClaim,
    Lifecycle,
    Line,
    MoveCase,
    Question,
    View,
)

WORDS = frozenset({"yes", "no", "send"})


def to_question(message: Message, view: View, rules: Rules) -> Decision | None:
    """The decision on an answer; None where there is no question or no answer to it.

    Other commands in the same mail are not carried out, and the answer says so: what was asked comes first.
    """
    asked = view.question
    answer = next((command for command in message.intent.commands if command.verb in WORDS), None)
    if asked is None or asked.question is Question.FILL_FORM or answer is None:
        return None
    if answer.why is not None and asked.question in (Question.VERIFY, Question.DID_YOU_MEAN):
        return None  # "YES with one condition" is no YES; only a preview has findings to give a reason for
    decision = _answer(asked, answer, message, view, rules)
    left = (command for command in message.intent.commands if command.verb not in WORDS)
    told = tuple(Line(command.said, "not_done", command.case_id, {"reason": "answer_first"}) for command in left)
    return replace(decision, lines=(*decision.lines, *told))


def _answer(asked: Asked, answer: Command, message: Message, view: View, rules: Rules) -> Decision:
    if asked.answer or (asked.expires_at is not None and message.stamp.arrived_at >= asked.expires_at):
        facts: dict[str, object] = {"answered_by": asked.answered_by or None}
        return Decision(Disposition.ANSWERED, "the question is over", lines=(Line(answer.said, "question_over", asked.case_id, facts),))
    if answer.verb == "no":
        return _no(asked, answer.said, message, view, rules)
    return _YES[asked.question](asked, answer, message, view, rules)


def _no(asked: Asked, said: str, message: Message, view: View, rules: Rules) -> Decision:
    changes: list[Change] = [AnswerQuestion(asked.id, "no", message.arrival.sender)]
    changes += [EndClaim(claim.id, ClaimState.REFUSED, "disowned") for claim in view.disowned]
    ids = (asked.case_id or "", *asked.case_ids)
    drafts = [case for case_id in ids if (case := view.cases.get(case_id)) is not None and case.lifecycle is Lifecycle.DRAFT]
    changes += [MoveCase(case.id, Lifecycle.WITHDRAWN, message.arrival.sender, "not approved") for case in drafts]
    letters = message.to_staff("look_at", rules, reason="disowned") if asked.question is Question.VERIFY else ()
    return Decision(Disposition.ANSWERED, "no", tuple(changes), (Line(said, "declined", asked.case_id),), letters)


def _stood_by(asked: Asked, answer: Command, message: Message, view: View, rules: Rules) -> Decision:
    """The earlier messages are decided again, now as proven; their lines are the answer to this one."""
    letters, asked_about = challenge.about_the_rest(message, view, rules)
    return Decision(
        Disposition.ANSWERED,
        "stood by an earlier mail",
        (AnswerQuestion(asked.id, "yes", message.arrival.sender),),
        letters=letters,
        asked_about=asked_about,
        verified=asked.arrival_ids,
    )


def _meant_it(asked: Asked, answer: Command, message: Message, view: View, rules: Rules) -> Decision:
    """“Did you mean …?” YES: a claim that counts from the first mail's arrival."""
    answered = AnswerQuestion(asked.id, "yes", message.arrival.sender)
    if view.member is None or asked.case_id is None:
        return Decision(Disposition.ANSWERED, "nothing to claim", (answered,), (Line(answer.said, "unclear"),))
    claim = EnterClaim(view.member.id, asked.case_id, ClaimState.QUEUED, line=0, arrival_id=asked.arrival_ids[0])
    return Decision(Disposition.PENDING, "meant a claim", (answered, claim), (Line(answer.said, "", asked.case_id),))


_YES = {
    Question.VERIFY: _stood_by,
    Question.DID_YOU_MEAN: _meant_it,
    Question.OPEN_CASE: previews.opens_case,
    Question.OPEN_CASES: previews.opens_cases,
    Question.CHANGE_CASE: previews.changes_case,
    Question.SEND_BULLETIN: previews.sends_bulletin,
}
