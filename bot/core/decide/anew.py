"""An answer that came in time and has to be asked about, and is read only when that time is over: the time begins anew.

Given a decision, gives it with a new hour for each place that its questions are about, in the answer and in what staff read. Whoever
writes in time has not been silent, and cannot have read the question. A deadline that has passed still ends it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.core.claims import ends_at, is_over, kept_until
from bot.core.decide.challenge import ASKED, UNASKED
from bot.core.decide.message import Message
from bot.core.mail import Letter
from bot.core.model import Claim, ClaimState, Decision, RestartHold, View
from bot.core.rules import Rules

ASKS = frozenset({"still_asked", "clear_or_conflict"})
"""Lines that ask for the word that a kept place waits for."""


def begun(decision: Decision, message: Message, view: View, rules: Rules) -> Decision:
    """The decision with the hours that hold; “was this you?” tells until when each place is kept that the mail is about."""
    kept = [claim for claim in view.own if _is_asked_about(claim, decision, message, view)]
    if not kept:
        return decision
    anew = {claim.case_id: _anew(claim, view, rules) for claim in kept if _is_read_late(claim, message, view)}
    hours = {claim.case_id: anew.get(claim.case_id) or ends_at(claim, view.cases[claim.case_id]) for claim in kept}
    lines = tuple(
        replace(line, facts={**line.facts, "until": anew[line.case_id].isoformat()})
        if line.outcome in ASKS and line.case_id in anew
        else line
        for line in decision.lines
    )
    letters = tuple(_with_hours(one, hours, view) for one in decision.letters)
    restarted = tuple(RestartHold(claim.id, anew[claim.case_id]) for claim in kept if claim.case_id in anew)
    return replace(decision, changes=(*decision.changes, *restarted), lines=lines, letters=letters)


def _is_asked_about(claim: Claim, decision: Decision, message: Message, view: View) -> bool:
    if claim.state is not ClaimState.HELD or claim.case_id not in view.cases:
        return False
    if decision.reason in (ASKED, UNASKED):
        asked = view.question.case_id if view.question is not None else None
        return claim.case_id in {asked, *(command.case_id for command in message.intent.commands)}
    return any(line.outcome in ASKS and line.case_id == claim.case_id for line in decision.lines)


def _is_read_late(claim: Claim, message: Message, view: View) -> bool:
    case = view.cases[claim.case_id]
    until = ends_at(claim, case)
    return until is not None and message.stamp.arrived_at < until <= view.now and not is_over(case, now=view.now)


def _anew(claim: Claim, view: View, rules: Rules) -> datetime:
    return kept_until(view.cases[claim.case_id], now=view.now, span=rules.offer if claim.is_offer else rules.hold)


def _with_hours(letter: Letter, hours: Mapping[str, datetime | None], view: View) -> Letter:
    """“Was this you?” with the hours to come; what staff read with those that hold."""
    facts = letter.facts
    if letter.kind == "verify":
        to_come = [{"case_id": case_id, "until": until} for case_id, until in hours.items() if until is not None and until > view.now]
        return replace(letter, facts={**facts, "kept": to_come})
    waits = facts.get("waits_for")
    if not isinstance(waits, list):
        return letter
    return replace(letter, facts={**facts, "waits_for": [{**one, "until": hours.get(one["case_id"]) or one["until"]} for one in waits]})
