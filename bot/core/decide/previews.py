"""Previews: what staff have brought is shown as the roster would read it, and what their YES or SEND then does.

A YES is to the text that was shown and to no other: where the case has changed since, the new text is shown instead. Where the anonymity
check is sure of a finding, the word alone is not enough: it wants a reason, which goes on record, or the text is mended first.
Given the question, the answer and what is known; gives the decision. Reaches no roster itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.core import anonymity, grounds
from bot.core.amending import amended, shown_key
from bot.core.decide import edits, settled
from bot.core.decide.message import Message
from bot.core.intent import Command
from bot.core.mail import Letter
from bot.core.model import (
    WAITS_WHILE,
    AnswerQuestion,
    Approve,
    Ask,
    Asked,
    Case,
    CaseFields,
    Confidential,
    Decision,
    Disposition,
    Lifecycle,
    Line,
    MoveCase,
    SendBulletin,
    Told,
    View,
)
from bot.core.rules import Rules

Found = Mapping[str, Sequence[anonymity.Finding]]
"""What the anonymity check is sure of, by case."""
STALE = timedelta(days=1)


def opens_case(asked: Asked, answer: Command, message: Message, view: View, rules: Rules) -> Decision:
    """YES to one draft: it is open and goes into the next round."""
    case = view.cases.get(asked.case_id or "")
    if case is None or case.lifecycle is not Lifecycle.DRAFT:
        return settled.over("the case is no draft any more", answer.said, asked, view)
    if answer.verb == "send":
        return _wants(answer, "say_yes", case.id, "a new case wants a YES")
    if _is_changed([case], asked, view):
        return _shown_again(answer, asked, "preview_case", view)
    held_up = _held_up(answer, message, sure_findings(_texts([case], view), view, rules), case.id)
    if held_up:
        return held_up
    by, why = message.arrival.sender, reason_given(answer, message)
    return Decision(
        Disposition.ANSWERED,
        "case opened",
        (AnswerQuestion(asked.id, "yes", by), MoveCase(case.id, Lifecycle.OPEN, by, why=why)),
        (Line(answer.said, "opened", case.id, {"grounds": why}),),
    )


def opens_cases(asked: Asked, answer: Command, message: Message, view: View, rules: Rules) -> Decision:
    """YES to the drafts of a table: all that still are drafts are open."""
    drafts = drafts_of(asked, view)
    if not drafts:
        return settled.over("the cases are no drafts any more", answer.said, asked, view)
    if answer.verb == "send":
        return _wants(answer, "say_yes", None, "new cases want a YES")
    if _is_changed(drafts, asked, view):
        return _shown_again(answer, asked, "preview_cases", view)
    found = sure_findings(_texts(drafts, view), view, rules)
    held_up = _held_up(answer, message, found, drafts[0].id)
    if held_up:
        return held_up
    by, why = message.arrival.sender, reason_given(answer, message) if found else ""
    opened = tuple(MoveCase(case.id, Lifecycle.OPEN, by, why=why if case.id in found else "") for case in drafts)
    facts: dict[str, object] = {"ids": [case.id for case in drafts], "grounds": why}
    return Decision(
        Disposition.ANSWERED,
        "cases opened",
        (AnswerQuestion(asked.id, "yes", by), *opened),
        (Line(answer.said, "opened_cases", facts=facts),),
    )


def sends_bulletin(asked: Asked, answer: Command, message: Message, view: View, rules: Rules) -> Decision:
    """A bulletin goes out when as many people as the organisation wants have answered SEND to the same text."""
    case = view.cases.get(asked.case_id or "")
    if case is None or case.lifecycle not in WAITS_WHILE[asked.question]:
        return settled.over("the case is over", answer.said, asked, view)
    if case.free_places == 0:
        taken = Line(answer.said, "not_done", case.id, {"reason": "all_taken", "address": ""})
        return Decision(Disposition.ANSWERED, "every place is taken by now", (AnswerQuestion(asked.id, "too late", ""),), (taken,))
    if answer.verb != "send":
        return _wants(answer, "say_send", case.id, "a bulletin wants a SEND")
    if _is_changed([case], asked, view):
        return _shown_again(answer, asked, "preview_bulletin", view)
    if _is_stale(asked, message, view):
        return _shown_again(answer, asked, "preview_bulletin", view, why="is_old")
    held_up = _held_up(answer, message, sure_findings(_texts([case], view), view, rules), case.id)
    if held_up:
        return held_up
    by = message.arrival.sender
    first = [one for one in asked.approvals if one != by]
    missing = rules.approvals - len({*first, by})
    if missing > 0:
        line = Line(answer.said, "approved_one", case.id, {"needed": missing})
        return Decision(Disposition.ANSWERED, "one more is for it", (Approve(asked.id, by),), (line,))
    why = reason_given(answer, message)
    opened = (MoveCase(case.id, Lifecycle.OPEN, by),) if case.lifecycle is Lifecycle.DRAFT else ()
    return Decision(
        Disposition.ANSWERED,
        "bulletin sent",
        (AnswerQuestion(asked.id, "send", by), *opened, SendBulletin(case.id, by, asked.bulletins + 1, why)),
        (Line(answer.said, "bulletin_sent", case.id, {"count": view.recipients, "agreed": first, "grounds": why}),),
        to_approvers("bulletin_sent", asked, message, view, rules, count=view.recipients),
    )


def changes_case(asked: Asked, answer: Command, message: Message, view: View, rules: Rules) -> Decision:
    """YES to a change of what the roster reads: it is made if it still leads from the text that was shown as it is to the one shown as it would be."""
    case = view.cases.get(asked.case_id or "")
    if case is None:
        return settled.over("the case is gone", answer.said, asked, view)
    if answer.verb == "send":
        return _wants(answer, "say_yes", case.id, "a change wants a YES")
    present = case.fields(view.confidential.get(case.id, Confidential()))
    today = view.now.astimezone(rules.zone).date()
    change = edits.checked(amended(asked.proposed, present, zone=rules.zone, today=today), case)
    if change.fields is None or not change.changed or edits.key_of(case, change, view, rules) != asked.content_key:
        step = edits.proposed(answer, case, change, view, rules)
        return Decision(Disposition.ANSWERED, "the case has changed since: shown again", step.changes, (_again(step.line),), step.letters)
    held_up = _held_up(answer, message, sure_findings({case.id: change.fields}, view, rules), case.id)
    if held_up:
        return held_up
    by = message.arrival.sender
    step = edits.made(answer, case, change, view, by=by, why=reason_given(answer, message))
    return Decision(Disposition.ANSWERED, "case changed", (AnswerQuestion(asked.id, "yes", by), *step.changes), (step.line,), step.letters)


def to_approvers(outcome: str, asked: Asked, message: Message, view: View, rules: Rules, **facts: object) -> tuple[Letter, ...]:
    """Who has answered SEND to a bulletin that wants several hears what the last answer came to, and whose it was."""
    case, by = view.cases.get(asked.case_id or ""), message.arrival.sender
    if case is None:
        return ()
    name = next((person.name for person in rules.staff if person.address == by), "") or by
    told = Told("", outcome, case, {**facts, "by": name}, case.id)
    hear = (person for person in rules.staff if person.address in asked.approvals and person.address != by)
    return tuple(Letter("answer", person.address, person.language, {"lines": (told,)}, case_id=case.id) for person in hear)


def is_over(asked: Asked, view: View) -> bool:
    """Whether a colleague's word about the case has left nothing to drop."""
    while_it_is = WAITS_WHILE.get(asked.question)
    return while_it_is is not None and not any(case.lifecycle in while_it_is for case in _cases_of(asked, view))


def drafts_of(asked: Asked, view: View) -> list[Case]:
    """Those of the question's cases that are still drafts, in the order in which they were shown."""
    return [case for case in _cases_of(asked, view) if case.lifecycle is Lifecycle.DRAFT]


def _cases_of(asked: Asked, view: View) -> list[Case]:
    """One case, or those of a table."""
    return [view.cases[case_id] for case_id in asked.about if case_id in view.cases]


def _is_changed(cases: Sequence[Case], asked: Asked, view: View) -> bool:
    """A preview that an earlier version sent carries no key; its YES counts as it did then."""
    return bool(asked.content_key) and shown_key(_texts(cases, view).values()) != asked.content_key


def _is_stale(asked: Asked, message: Message, view: View) -> bool:
    """Whether a day has passed since the emergency was shown, or since its SEND arrived: by now it may be over (O-06)."""
    arrived_at = message.stamp.arrived_at
    return (asked.expires_at is not None and arrived_at >= asked.expires_at) or view.now - arrived_at > STALE


def _shown_again(answer: Command, asked: Asked, outcome: str, view: View, *, why: str = "is_changed") -> Decision:
    still = () if asked.case_id else tuple(case.id for case in drafts_of(asked, view))  # a question about one case stays one
    facts: dict[str, object] = {"count": view.recipients}
    line = _again(Line(answer.said, outcome, asked.case_id, facts), why)
    ask = Ask(asked.question, asked.case_id, 0, still)
    reason = "a day has passed since it was shown" if why == "is_old" else "the text has changed since"
    return Decision(Disposition.ANSWERED, f"{reason}: shown again", (ask,), (line,))


def _again(line: Line, why: str = "is_changed") -> Line:
    return Line(line.command, line.outcome, line.case_id, {**line.facts, why: True})


def _held_up(answer: Command, message: Message, found: Found, shown: str) -> Decision | None:
    """The answer that asks for a reason where findings want one, or for the bare word where nothing does; None where all is said."""
    told = [(case_id, one.kind, one.where, one.found) for case_id, each in found.items() for one in each]
    line = say_why(answer, message, told, shown=shown)
    return (
        Decision(Disposition.ANSWERED, "the findings want a reason" if found else "nothing wants a reason", lines=(line,)) if line else None
    )


def say_why(answer: Command, message: Message, found: Sequence[tuple[str, str, str, str]], *, shown: str) -> Line | None:
    """The line that asks for a reason, or for the bare word, where `found` has (case id, kind, field, text); None where all is said.

    `shown` is a case that the preview shows: the one to change, where nothing was found.
    """
    if bool(reason_given(answer, message)) if found else answer.why is None:
        return None
    ids = {case_id for case_id, *_ in found}
    facts: dict[str, object] = {"word": answer.verb, "findings": [list(one) for one in found], "shown": shown}
    return Line(answer.said, "say_why", ids.pop() if len(ids) == 1 else None, facts)


def sure_findings(texts: Mapping[str, CaseFields], view: View, rules: Rules) -> Found:
    """Case by case what the anonymity check is sure of; a case without any is left out."""
    today = view.now.astimezone(rules.zone).date()
    checked = {case_id: anonymity.findings(fields, today=today) for case_id, fields in texts.items()}
    sure = {case_id: [one for one in found if one.is_sure] for case_id, found in checked.items()}
    return {case_id: found for case_id, found in sure.items() if found}


def _texts(cases: Sequence[Case], view: View) -> dict[str, CaseFields]:
    return {case.id: case.fields(view.confidential.get(case.id, Confidential())) for case in cases}


def reason_given(answer: Command, message: Message) -> str:
    """The reason behind the word itself, or in a line of its own."""
    return grounds.kept(answer.why or message.intent.reason)


def _wants(answer: Command, outcome: str, case_id: str | None, reason: str) -> Decision:
    return Decision(Disposition.ANSWERED, reason, lines=(Line(answer.said, outcome, case_id),))
