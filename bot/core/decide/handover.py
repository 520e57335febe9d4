"""Why a case was handed back, and what is due next: the mail of the lawyer who had it, on its way to whoever takes it on.

They come in answer to our question, or unasked, beside the RELEASE itself: either way staff have them with the case named, and the lawyer
hears so. Decides nothing about the case; a question to a person, written beside a RELEASE, is left to be answered by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.core.courtesies import asks, asks_indirectly
from bot.core.decide import forwarding
from bot.core.decide.message import Message
from bot.core.mail import Letter
from bot.core.model import Case, ClaimState, Decision, Disposition, Line, Question, View
from bot.core.rules import Rules


def answered(message: Message, view: View, rules: Rules) -> Decision | None:
    """Any words in the thread of the letter that asked for them."""
    asked = view.question
    if asked is None or asked.question is not Question.HANDOVER or view.member is None or not message.text.strip():
        return None
    about = (asked.case_id or "", *asked.content_key.split())
    cases = [view.cases[case_id] for case_id in about if case_id in view.cases]
    letters = _to_staff(message, view, rules, cases=cases)
    return Decision(Disposition.FOR_STAFF, "about a case handed back", lines=(Line("", "handover_noted", asked.case_id),), letters=letters)


def beside(decision: Decision, message: Message, view: View, rules: Rules) -> Decision:
    """What stands beside the RELEASE of a case in hand, and asks nothing, is what we would have asked for: the answer says that staff have it."""
    ids = [line.case_id or "" for line in decision.lines if line.outcome == "released" and line.facts.get("was") == ClaimState.CONFIRMED]
    cases = [case for case_id in ids if (case := view.cases.get(case_id)) is not None and case.event is None]
    said = forwarding.passed_on(decision, message, view) if cases else ()
    if not said or _wants_a_person(said, message, view):
        return decision
    letters = _to_staff(message, view, rules, cases=cases, is_beside=True)
    marked = forwarding.with_words_told(decision)
    return replace(marked, letters=(*marked.letters, *letters))


def _wants_a_person(said: Sequence[str], message: Message, view: View) -> bool:
    """Whether the mail asks something, in its Subject too, or holds what only staff may write: a handover shows neither as what it is."""
    return bool(forwarding.not_carried_out(message, view)) or any(asks(line) or asks_indirectly(line) for line in said)


def _to_staff(message: Message, view: View, rules: Rules, *, cases: list[Case], **more: object) -> tuple[Letter, ...]:
    letters = message.to_staff("handover", rules, member=view.member)
    return tuple(replace(one, facts={**one.facts, "cases": cases, **more}, case_id=cases[0].id if cases else None) for one in letters)
