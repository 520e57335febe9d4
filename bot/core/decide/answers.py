"""YES, NO and SEND: the answer to a question that the bot asked, in that thread.

The letter that asked is known by its signed Message-ID, which only the person it was written to could send back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.core.decide import challenge
from bot.core.decide.message import Message, Rules
from bot.core.intent import Command
from bot.core.model import (
    AnswerQuestion,
    Approve,
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
    SendBulletin,
    View,
)

WORDS = frozenset({"yes", "no", "send"})
ELSEWHERE = frozenset({Question.FILL_FORM, Question.CHECK_IN})
"""Questions whose answers are other words, and are read in other rooms."""


def to_question(message: Message, view: View, rules: Rules) -> Decision | None:
    """The decision on an answer; None where there is no question or no answer to it.

    Other commands in the same mail are not carried out, and the answer says so: what was asked comes first.
    """
    asked = view.question
    answer = next((command for command in message.intent.commands if command.verb in WORDS), None)
    if asked is None or asked.question in ELSEWHERE or answer is None:
        return None
    decision = _answer(asked, answer, message, view, rules)
    return with_left_over(decision, (command for command in message.intent.commands if command.verb not in WORDS))


def with_left_over(decision: Decision, commands: Iterable[Command]) -> Decision:
    """The decision, with a line for each command of the same mail that was not carried out."""
    told = tuple(Line(command.said, "not_done", command.case_id, {"reason": "answer_first"}) for command in commands)
    return replace(decision, lines=(*decision.lines, *told))


def _answer(asked: Asked, answer: Command, message: Message, view: View, rules: Rules) -> Decision:
    if asked.answer or (asked.expires_at is not None and message.stamp.arrived_at >= asked.expires_at):
        facts: dict[str, object] = {"answered_by": asked.answered_by or None}
        return Decision(Disposition.ANSWERED, "the question is over", lines=(Line(answer.said, "question_over", asked.case_id, facts),))
    if answer.verb == "no":
        return _no(asked, answer.said, message, view, rules)
    return _YES[asked.question](asked, answer.verb, answer.said, message, view, rules)


def _no(asked: Asked, said: str, message: Message, view: View, rules: Rules) -> Decision:
    changes: list[Change] = [AnswerQuestion(asked.id, "no", message.arrival.sender)]
    changes += [EndClaim(claim.id, ClaimState.REFUSED, "disowned") for claim in view.disowned]
    case = view.cases.get(asked.case_id or "")
    if case is not None and case.lifecycle is Lifecycle.DRAFT:
        changes.append(MoveCase(case.id, Lifecycle.WITHDRAWN, message.arrival.sender, "not approved"))
    letters = message.to_staff("look_at", rules, reason="disowned") if asked.question is Question.VERIFY else ()
    return Decision(Disposition.ANSWERED, "no", tuple(changes), (Line(said, "declined", asked.case_id),), letters)


def _stood_by(asked: Asked, word: str, said: str, message: Message, view: View, rules: Rules) -> Decision:
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


def _meant_it(asked: Asked, word: str, said: str, message: Message, view: View, rules: Rules) -> Decision:
    """“Did you mean …?” YES: a claim that counts from the first mail's arrival."""
    answered = AnswerQuestion(asked.id, "yes", message.arrival.sender)
    if view.member is None or asked.case_id is None:
        return Decision(Disposition.ANSWERED, "nothing to claim", (answered,), (Line(said, "unclear"),))
    claim = EnterClaim(view.member.id, asked.case_id, ClaimState.QUEUED, line=0, arrival_id=asked.arrival_ids[0])
    return Decision(Disposition.PENDING, "meant a claim", (answered, claim), (Line(said, "", asked.case_id),))


def _open(asked: Asked, word: str, said: str, message: Message, view: View, rules: Rules) -> Decision:
    case = view.cases.get(asked.case_id or "")
    if case is None or case.lifecycle is not Lifecycle.DRAFT:
        return Decision(
            Disposition.ANSWERED,
            "the case is no draft any more",
            lines=(Line(said, "question_over", asked.case_id, {"answered_by": None}),),
        )
    if word == "send":
        return Decision(Disposition.ANSWERED, "a new case wants a YES", lines=(Line(said, "say_yes", case.id),))
    by = message.arrival.sender
    return Decision(
        Disposition.ANSWERED,
        "case opened",
        (AnswerQuestion(asked.id, "yes", by), MoveCase(case.id, Lifecycle.OPEN, by)),
        (Line(said, "opened", case.id),),
    )


def _send(asked: Asked, word: str, said: str, message: Message, view: View, rules: Rules) -> Decision:
    """A bulletin goes out when as many people as the organisation wants have answered SEND to the same text."""
    case = view.cases.get(asked.case_id or "")
    if case is None or case.lifecycle not in (Lifecycle.DRAFT, Lifecycle.OPEN):
        return Decision(
            Disposition.ANSWERED, "the case is over", lines=(Line(said, "question_over", asked.case_id, {"answered_by": None}),)
        )
    if case.free_places == 0:
        taken = Line(said, "not_done", case.id, {"reason": "all_taken", "address": ""})
        return Decision(Disposition.ANSWERED, "every place is taken by now", (AnswerQuestion(asked.id, "too late", ""),), (taken,))
    if word != "send":
        return Decision(Disposition.ANSWERED, "a bulletin wants a SEND", lines=(Line(said, "say_send", case.id),))
    by = message.arrival.sender
    missing = rules.approvals - len({*asked.approvals, by})
    if missing > 0:
        return Decision(
            Disposition.ANSWERED,
            "one more is for it",
            (Approve(asked.id, by),),
            (Line(said, "approved_one", case.id, {"needed": missing}),),
        )
    opened = (MoveCase(case.id, Lifecycle.OPEN, by),) if case.lifecycle is Lifecycle.DRAFT else ()
    return Decision(
        Disposition.ANSWERED,
        "bulletin sent",
        (AnswerQuestion(asked.id, "send", by), *opened, SendBulletin(case.id, by)),
        (Line(said, "bulletin_sent", case.id, {"count": view.recipients}),),
    )


_YES = {
    Question.VERIFY: _stood_by,
    Question.DID_YOU_MEAN: _meant_it,
    Question.OPEN_CASE: _open,
    Question.SEND_BULLETIN: _send,
}
