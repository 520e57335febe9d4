"""YES, NO and SEND: the answer to a question that the bot asked, in that thread.

The letter that asked is known by its signed Message-ID, which only the person it was written to could send back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.core import grounds
from bot.core.decide import about_people, challenge, doubts, giving_back, meant, previews, round_answers, settled, talk
from bot.core.decide.message import Message
from bot.core.intent import Command
from bot.core.intent.retractions import conditional
from bot.core.mail import Letter
from bot.core.model import (
    AnswerQuestion,
    Asked,
    Change,
    ClaimState,
    Decision,
    Disposition,
    EndClaim,
    Lifecycle,
    Line,
    MoveCase,
    Question,
    View,
)
from bot.core.rules import Rules

WORDS = frozenset({"yes", "no", "send"})
ELSEWHERE = frozenset({Question.FILL_FORM, Question.CHECK_IN, Question.HANDOVER})
"""Questions whose answers are other words, and are read in other rooms."""
PREVIEWS = frozenset({Question.OPEN_CASE, Question.OPEN_CASES, Question.CHANGE_CASE, Question.SEND_BULLETIN})
"""What shows a text that the roster would read."""
MAY_HAVE_REASON = PREVIEWS | about_people.ASKED_OF_STAFF | {Question.SEND_ROUND}
"""What staff alone are asked: the reason given with the answer goes on record."""


def to_question(message: Message, view: View, rules: Rules) -> Decision | None:
    """The decision on an answer; None where there is no question or no answer to it.

    Other commands in the same mail are not carried out, and the answer says so: what was asked comes first.
    """
    asked = view.question
    words = round_answers.WORDS if asked is not None and asked.question is Question.SEND_ROUND else WORDS
    answer = next((command for command in message.intent.commands if command.verb in words), None)
    if asked is None or asked.question in ELSEWHERE or answer is None:
        return None
    is_condition = asked.question in about_people.ASKED_OF_STAFF and answer.verb != "no" and grounds.is_condition(answer.why or "")
    if is_condition or _is_in_two_minds(message, words):
        return Decision(Disposition.ANSWERED, f"{answer.verb}, and words against it", lines=(Line("", "unclear", asked.case_id),))
    if answer.verb != "no" and doubts.is_doubted(message, view) and (waits := still_waits(message, view)):
        return Decision(Disposition.ANSWERED, f"{answer.verb}, and a question beside it", lines=(waits,))
    if answer.why is not None and asked.question not in MAY_HAVE_REASON:
        return None  # “YES with pleasure, in spring” is more than an answer: a person is to read it
    decision = _answer(asked, answer, message, view, rules)
    if any(line.outcome == "question_over" for line in decision.lines):
        decision = doubts.passed_on(decision, asked, message, view, rules)
    return with_left_over(decision, (command for command in message.intent.commands if command.verb not in words))


def still_waits(message: Message, view: View) -> Line | None:
    """To words of staff that answer nothing, in the thread of what wants a YES or SEND of theirs: which word that is. None elsewhere.

    The answer carries the question, so that the bare word to it counts.
    """
    asked = view.question
    if view.staff is None or asked is None or asked.question not in MAY_HAVE_REASON or _is_over(asked, message):
        return None
    sends = asked.question in (Question.SEND_BULLETIN, Question.SEND_ROUND)
    word, other = "SEND" if sends else "YES", "HOLD" if asked.question is Question.SEND_ROUND else "NO"
    facts: dict[str, object] = {"word": word, "other": other, "question": asked.question.value, "question_id": asked.id}
    return Line("", "answer_waits", asked.case_id, facts | _goes_by_itself(asked, view))


def _goes_by_itself(asked: Asked, view: View) -> dict[str, object]:
    """When silence sends what is asked about: a round that nobody holds back goes out at its hour."""
    coming = view.outlook
    is_its = asked.question is Question.SEND_ROUND and coming.month == asked.content_key
    if not is_its or coming.at is None or coming.held_by or coming.sent_at is not None or coming.at <= view.now:
        return {}
    return {"due_at": coming.at.isoformat()}


def after_all(message: Message, view: View, rules: Rules) -> Decision | None:
    """The decision on words of staff in the thread of what they were asked, where that is over. None elsewhere."""
    asked = view.question
    if view.staff is None or asked is None or asked.question not in MAY_HAVE_REASON or message.is_blank or not _is_over(asked, message):
        return None
    return doubts.too_late(asked, "", message, view, rules)


def _is_over(asked: Asked, message: Message) -> bool:
    """Whether nothing waits for an answer any more; a round may be held or sent again until it leaves."""
    is_late = asked.expires_at is not None and message.stamp.arrived_at >= asked.expires_at
    return is_late or (bool(asked.answer) and asked.question is not Question.SEND_ROUND)


def _is_in_two_minds(message: Message, words: Iterable[str]) -> bool:
    """A yes and a no at once, or a yes with a condition: the question stays open."""
    said = {command.verb for command in message.intent.commands} & set(words)
    agrees, refuses = bool(said & {"yes", "send"}), bool(said & {"no", "hold"})
    return (agrees and refuses) or (agrees and conditional(message.intent.prose))


def with_left_over(decision: Decision, commands: Iterable[Command]) -> Decision:
    """The decision, with a line for each command of the same mail that was not carried out."""
    told = tuple(Line(command.said, "not_done", command.case_id, {"reason": "answer_first"}) for command in commands)
    return replace(decision, lines=(*decision.lines, *told))


def _answer(asked: Asked, answer: Command, message: Message, view: View, rules: Rules) -> Decision:
    if asked.question is Question.SEND_ROUND:
        return round_answers.decided(asked, answer, message, view, rules)
    is_late = asked.expires_at is not None and message.stamp.arrived_at >= asked.expires_at
    if asked.answer or (is_late and not _is_for_an_emergency(asked, answer, view)):
        return _too_late(asked, answer, message, view, rules)
    if asked.question in about_people.QUESTIONS:
        return about_people.decided(asked, answer, message, view, rules)
    if answer.verb == "no":
        return _no(asked, answer, message, view, rules)
    return _YES[asked.question](asked, answer, message, view, rules)


def _is_for_an_emergency(asked: Asked, answer: Command, view: View) -> bool:
    """A SEND that comes too late is shown the emergency again, rather than told to begin anew."""
    case = view.cases.get(asked.case_id or "")
    return asked.question is Question.SEND_BULLETIN and answer.verb == "send" and case is not None and case.is_emergency


def _too_late(asked: Asked, answer: Command, message: Message, view: View, rules: Rules) -> Decision:
    """Nothing is done; but a mail that waited for this question to end is asked about now, unless it has been."""
    decision = settled.over("the question is over", answer.said, asked, view)
    is_next = asked.question is Question.VERIFY and not view.is_challenged
    letters, asked_about = challenge.about_the_rest(message, view, rules) if is_next else ((), ())
    return replace(decision, letters=letters, asked_about=asked_about)


def _no(asked: Asked, answer: Command, message: Message, view: View, rules: Rules) -> Decision:
    if asked.question in PREVIEWS and previews.is_over(asked, view):
        return settled.over("there is no draft any more", answer.said, asked, view)
    changes: list[Change] = [AnswerQuestion(asked.id, "no", message.arrival.sender)]
    changes += [EndClaim(claim.id, ClaimState.REFUSED, "disowned") for claim in view.disowned]
    changes += giving_back.kept(asked.about, view, message.arrival.sender, but=asked.id) if asked.question is Question.GIVE_BACK else ()
    dropped = [case.id for case in previews.drafts_of(asked, view)]
    why = previews.reason_given(answer, message) if asked.question in PREVIEWS else ""
    changes += [MoveCase(case_id, Lifecycle.WITHDRAWN, message.arrival.sender, "not approved", why) for case_id in dropped]
    told = (Line(answer.said, "declined", asked.case_id, {"dropped": dropped, "grounds": why} if dropped else {}),)
    if asked.question is not Question.VERIFY:
        letters = previews.to_approvers("declined", asked, message, view, rules, dropped=dropped)
        return Decision(Disposition.ANSWERED, "no", tuple(changes), told, letters)
    letters, asked_about = challenge.about_the_rest(message, view, rules)
    return Decision(
        Disposition.ANSWERED,
        "no",
        tuple(changes),
        told,
        (*_disowned(message, view, rules), *letters),
        asked_about=asked_about,
    )


def _disowned(message: Message, view: View, rules: Rules) -> tuple[Letter, ...]:
    """Staff are shown the mails that were not the member's, and not the one that says so."""
    letters = message.to_staff("look_at", rules, reason="disowned")
    return tuple(replace(letter, facts={**letter.facts, "mails": view.doubted}) for letter in letters)


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


_YES = {
    Question.VERIFY: _stood_by,
    Question.DID_YOU_MEAN: meant.yes,
    Question.GIVE_BACK: giving_back.yes,
    Question.OPEN_CASE: previews.opens_case,
    Question.OPEN_CASES: previews.opens_cases,
    Question.CHANGE_CASE: previews.changes_case,
    Question.SEND_BULLETIN: previews.sends_bulletin,
    Question.PASS_ON: talk.send_anyway,
}
