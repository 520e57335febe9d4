"""EDIT: staff change a case by mail, field by field.

What the roster reads of an open case is shown first and changed at a YES; all else is changed at once. Whoever holds the case hears of
what bears on the work, and of no more than they may read. A mail with EDIT and no field brings the form, filled in.
Given the message and what is known; gives a decision. A mail that says EDIT says nothing else: another command in it could be the rest
of a field, so neither is carried out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.core.amending import Amendment, amended, change_key
from bot.core.decide.lawyers import Step
from bot.core.decide.message import Message
from bot.core.decide.overrides import StaffDesk, not_done, previewed, unknown_case
from bot.core.form_lines import named_values
from bot.core.intent import Command, read_line
from bot.core.mail import Letter
from bot.core.model import (
    AmendCase,
    Case,
    Claim,
    ClaimState,
    Confidential,
    Decision,
    Disposition,
    Fault,
    Lifecycle,
    Line,
    ProposeChange,
    Question,
    View,
)
from bot.core.rules import Rules
from bot.core.signatures import unsigned

HEARS_OF = {
    ClaimState.CONFIRMED: frozenset({"deadline", "place", "details", "contact", "interpreter", "remote_possible"}),
    ClaimState.HELD: frozenset({"deadline", "place", "conflict_check"}),
    ClaimState.QUEUED: frozenset({"closes"}),
}
"""The changes that bear on the work of who holds a place: a lawyer who still checks for conflicts may read the names, not the file.

Who has asked for a place at an event was told on which day it is given.
"""


def edit(message: Message, view: View, rules: Rules) -> Decision | None:
    """EDIT ID with its fields below, or the form that an EDIT brought sent back in its thread."""
    if view.staff is None or not message.proof.suffices_for_staff:
        return None
    command = _command(message, view)
    if command is None:
        return None
    case = view.cases.get(command.case_id or "")
    step = unknown_case(command) if case is None else _edited(command, case, message, view, rules)
    if len(message.intent.commands) > 1:
        steps = [not_done(each, "own_mail") for each in message.intent.commands]
        return Decision(Disposition.ANSWERED, "EDIT beside other commands", lines=tuple(one.line for one in steps))
    return Decision(Disposition.ANSWERED, f"{command.said}: {step.line.outcome}", step.changes, (step.line,), step.letters)


def beside(command: Command, desk: StaffDesk) -> Step:
    """EDIT below another command."""
    return not_done(command, "own_mail")


def checked(change: Amendment, case: Case) -> Amendment:
    """No place that somebody holds can be taken away by a number, and what the roster knows as a case is no event tomorrow."""
    if change.fields is not None and case.lifecycle is not Lifecycle.DRAFT and (change.fields.event is None) is not (case.event is None):
        value = (change.values or {}).get("closes", "")
        return Amendment(None, faults=(Fault("closes", value, "stays_case" if value else "stays_event"),), values=change.values)
    taken = case.places - case.free_places
    if change.fields is None or change.fields.places >= taken:
        return change
    fault = Fault("places", str(change.fields.places), f"places_held:{taken}")
    return Amendment(None, faults=(*change.faults, fault), values=change.values)


def proposed(command: Command, case: Case, change: Amendment, view: View, rules: Rules) -> Step:
    """The change as a question, or what stands against it."""
    if change.fields is None:
        return Step(_form(command, case, change))
    if not change.changed:
        return not_done(command, "same")
    facts: dict[str, object] = {"changed": list(change.changed)}
    ask = ProposeChange(case.id, dict(change.values or {}), key_of(case, change, view, rules), 0)
    return Step(Line(command.said, "preview_change", case.id, facts), (ask,))


def key_of(case: Case, change: Amendment, view: View, rules: Rules) -> str:
    """By which the YES to a change is known to be to this change, and of the text as it is now."""
    return change_key(change, case.fields(view.confidential.get(case.id, Confidential())), rules.zone)


def made(command: Command, case: Case, change: Amendment, view: View, *, by: str, why: str = "") -> Step:
    """The change at once, with a letter to each lawyer whom it concerns."""
    assert change.fields is not None, "faults are told before"
    is_approved = case.lifecycle is Lifecycle.OPEN or (case.is_approved and not change.is_public)
    amend = AmendCase(case.id, change.fields, change.changed, by, is_approved, why)
    letters = tuple(
        letter for claim in view.claims.get(case.id, ()) if claim.state in HEARS_OF and (letter := _to_holder(claim, case, change, view))
    )
    facts: dict[str, object] = {"changed": list(change.changed), "told": [letter.to for letter in letters]}
    return Step(Line(command.said, "edited", case.id, facts), (amend,), letters)


def _command(message: Message, view: View) -> Command | None:
    """The EDIT that the mail begins with; of a form sent back, the one that had brought it."""
    first = message.intent.commands[0] if message.intent.commands else None
    if first is not None:
        return first if first.verb == "edit" else None
    asked = view.question
    if asked is None or asked.question is not Question.FILL_FORM or asked.content_key != "edit":
        return None
    return Command("edit", asked.case_id, "", f"EDIT {asked.case_id}")


def _edited(command: Command, case: Case, message: Message, view: View, rules: Rules) -> Step:
    if case.is_erased:
        return not_done(command, "is_erased")
    lines = [line for line in message.intent.lines if command not in read_line(line, rules.vocabulary)]
    form = unsigned(lines, message.signed_by_staff(view.staff, rules) if view.staff else ())
    step = _with_values(command, case, form.form, message, view, rules)
    if not form.left_out:
        return step
    return replace(step, line=replace(step.line, facts={**step.line.facts, "left_out": list(form.left_out)}))


def _with_values(command: Command, case: Case, lines: Sequence[str], message: Message, view: View, rules: Rules) -> Step:
    given, wrong = named_values(lines)
    if not given:
        return Step(Line(command.said, "form", case.id, {"faults": [], "kind": "edit"}))
    present = case.fields(view.confidential.get(case.id, Confidential()))
    today = view.now.astimezone(rules.zone).date()
    change = checked(amended(given, present, zone=rules.zone, today=today), case)
    if wrong:
        change = Amendment(None, faults=(*wrong, *change.faults), values=change.values)
    if change.fields is None or not change.changed or (case.lifecycle is Lifecycle.OPEN and change.is_public):
        return proposed(command, case, change, view, rules)
    step = made(command, case, change, view, by=message.arrival.sender)
    if case.lifecycle is not Lifecycle.DRAFT:
        return step
    shown = previewed(command, case, view, position=0)
    return replace(shown, changes=(*step.changes, *shown.changes))


def _form(command: Command, case: Case, change: Amendment) -> Line:
    faults = [[fault.where, fault.value, fault.sentence] for fault in change.faults]
    return Line(command.said, "form", case.id, {"faults": faults, "entered": dict(change.values or {}), "kind": "edit"})


def _to_holder(claim: Claim, case: Case, change: Amendment, view: View) -> Letter | None:
    heard = [key for key in change.changed if key in HEARS_OF[claim.state]]
    member = view.claimants.get(claim.member_id)
    if not heard or member is None or change.fields is None:
        return None
    secret = change.fields.confidential
    known = replace(
        case,
        title=change.fields.title,
        deadline=change.fields.deadline,
        place=change.fields.place,
        terms=change.fields.terms,
        event=change.fields.event,
    )
    facts: dict[str, object] = {
        "case": known,
        "changed": heard,
        "deadline_was": case.deadline,
        "state": claim.state.value,
        "details": secret.details if "details" in heard else "",
        "contact": secret.contact if "contact" in heard else "",
        "conflict_names": secret.conflict_names if "conflict_check" in heard else "",
    }
    return Letter("case_changed", member.email, member.language, facts, member_id=member.id, case_id=case.id)
