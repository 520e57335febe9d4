"""“Did you mean …?”: the claims that a lawyer seems to have meant, asked about in one question, so that no time is lost by how a line was written.

Given a message, finds the cases that its words may claim, and the line that asks about them. A YES claims all of them, a CLAIM in that thread the
ones it names, and either counts from the arrival of the mail that was asked about. Nothing here acts by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.core.case_ids import bare_number, number_of
from bot.core.claims import standing
from bot.core.decide import foreseen, lawyers, titles
from bot.core.decide.message import Message
from bot.core.decide.steps import Desk, Step, refused
from bot.core.intent import Command
from bot.core.model import (
    LIVE,
    AnswerQuestion,
    Ask,
    Asked,
    ClaimState,
    Decision,
    Disposition,
    Lifecycle,
    Line,
    Question,
    View,
)
from bot.core.rules import Rules

MOST_IN_PROSE = 5
"""Prose that names more cases than this speaks about the list; a person reads it."""


def by_number(message: Message, view: View) -> Message:
    """The message with the id for the bare number of a SHOW, where one open case has that number; it only shows, so it is not asked about."""
    commands = tuple(
        replace(one, case_id=_by_number(number, view) or None)
        if one.verb == "show" and one.case_id is None and (number := bare_number(one.argument)) is not None
        else one
        for one in message.intent.commands
    )
    return message if commands == message.intent.commands else replace(message, intent=replace(message.intent, commands=commands))


def in_prose(message: Message, view: View, *, says_claim: bool = False) -> tuple[str, ...]:
    """The cases that a mail without a claim may mean: those behind the word for a claim, else those that its prose names.

    A bare number in prose means a case only where it is the one number that does, and a title only beside words of taking. None of who has given it up, nor of who declines
    and nowhere says CLAIM, nor one that a thread's Subject alone names and that is full.
    """
    intent = message.intent
    if view.member is None or not view.member.may_claim:
        return ()
    if intent.unsure:
        numbered = (_by_number(number, view) for number in intent.unsure.numbers)
        return tuple(one for one in dict.fromkeys((*intent.unsure.ids, *numbered)) if _may_be_meant(one, message, view))
    named = intent.named or tuple(one for one in view.cases if number_of(one) in intent.numbers) or _by_title(message, view)
    is_guess = len(named) > (MOST_IN_PROSE if intent.named else 1)
    if is_guess or (intent.declines and not says_claim):
        return ()
    return tuple(one for one in named if _may_be_meant(one, message, view) and not _is_done_with(one, message, view))


def _by_title(message: Message, view: View) -> tuple[str, ...]:
    return (view.titled,) if view.titled and titles.speaks_of_taking(message) else ()


def beside(message: Message, view: View, rules: Rules, *, position: int) -> list[Step]:
    """What the claims of a mail name beside the cases that they claim: each is asked about, or told why it cannot be had."""
    member, unsure = view.member, message.intent.unsure
    if not unsure:
        return []
    assert member is not None, "only a member claims"
    word, steps = _word(message, rules), list[Step]()
    meant: list[str] = []
    numbered = {number: _by_number(number, view) for number in unsure.numbers}
    for case_id in dict.fromkeys((*unsure.ids, *filter(None, numbered.values()))):
        if _may_be_meant(case_id, message, view):
            meant.append(case_id)
        else:
            desk = Desk(message, view, rules, member, position + len(steps))
            steps.append(lawyers.carried_out(Command("claim", case_id, "", f"{word} {case_id}"), desk))
    desk = Desk(message, view, rules, member)
    for slip in (*unsure.slips, *(str(number) for number, case_id in numbered.items() if not case_id)):
        unknown = refused(Command("claim", None, "", f"{word} {slip}"), desk, "unknown_case")
        steps.append(Step(replace(unknown, facts={**unknown.facts, "number": slip})))
    if meant:
        steps.append(asked_about(meant, message, position=position + len(steps), is_read=False))
    return steps


def _word(message: Message, rules: Rules) -> str:
    """The word for a claim that the sender uses."""
    said = (one.said.partition(one.case_id or "")[0].strip() for one in message.intent.commands if one.verb == "claim" and one.case_id)
    return next(said, rules.vocabulary.words["claim"][0])


def asked_about(case_ids: Sequence[str], message: Message, *, position: int = 0, is_read: bool = True) -> Step:
    """The one question about all of them, from the arrival of this mail; whether a person reads it is told with it."""
    line = Line("", "did_you_mean", case_ids[0], {"case_ids": list(case_ids), "is_read": is_read})
    several = tuple(case_ids) if len(case_ids) > 1 else ()
    return Step(line, (Ask(Question.DID_YOU_MEAN, case_ids[0], position, several, arrival_id=message.arrival_id),))


def yes(asked: Asked, answer: Command, message: Message, view: View, rules: Rules) -> Decision:
    """“Did you mean …?” YES: claims that count from the first mail's arrival."""
    answered = AnswerQuestion(asked.id, "yes", message.arrival.sender)
    if view.member is None or not asked.about:
        return Decision(Disposition.ANSWERED, "nothing to claim", (answered,), (Line(answer.said, "unclear"),))
    first = from_first(message, view)
    steps: list[Step] = []
    for case_id in asked.about:
        said = f"{answer.said}, {case_id}" if len(asked.about) > 1 else answer.said
        desk = Desk(first, view, rules, view.member, len(steps))
        step = lawyers.carried_out(Command("claim", case_id, "", said), desk)
        view = foreseen.after(view, step.changes, stamp=first.stamp)
        steps.append(step)
    is_waiting = any(not step.line.outcome for step in steps)
    changes = tuple(change for step in steps for change in step.changes)
    return Decision(
        Disposition.PENDING if is_waiting else Disposition.ANSWERED,
        "meant a claim",
        (answered, *changes),
        tuple(step.line for step in steps),
    )


def from_first(message: Message, view: View) -> Message:
    """The message as if it had arrived with the one that its question is about."""
    asked = view.question
    if asked is None or view.meant_since is None:
        return message
    return replace(message, stamp=view.meant_since, counts_from=asked.arrival_ids[0])


def counts_from_first(command: Command, message: Message, view: View) -> bool:
    """Whether a claim answers “did you mean …?” about this very case, in time."""
    asked = view.question
    if asked is None or view.meant_since is None or asked.answer or command.argument:
        return False
    is_late = asked.expires_at is not None and message.stamp.arrived_at >= asked.expires_at
    return not is_late and command.case_id in asked.about


def answers_an_end(view: View) -> bool:
    """Whether it answers the word that a case is over: nobody means to take one by that."""
    return bool(view.thread) and view.thread[-1].kind in ("case_over", "taken_back")


def _by_number(number: int, view: View) -> str:
    """The one open case with this number; "" where there is none, or where several years have one."""
    found = [one.id for one in view.cases.values() if number_of(one.id) == number and one.lifecycle is Lifecycle.OPEN]
    return found[0] if len(found) == 1 else ""


def _may_be_meant(case_id: str, message: Message, view: View) -> bool:
    if view.member is None or not case_id or lawyers.refusal(case_id, message, view):
        return False
    return standing(view.claims.get(case_id, ()), view.member.id, states=LIVE) is None


def _is_done_with(case_id: str, message: Message, view: View) -> bool:
    """A case that its lawyer gave up, or a full one that only the thread's Subject names."""
    claims = [one for one in view.claims.get(case_id, ()) if view.member is not None and one.member_id == view.member.id]
    is_of_the_thread = bool(message.arrival.answers) and bool(message.intent.named) and message.intent.names_in_subject_alone
    return any(one.state is ClaimState.RELEASED for one in claims) or (view.cases[case_id].free_places == 0 and is_of_the_thread)
