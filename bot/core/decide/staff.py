"""What staff may do by mail: bring in cases and emergencies, and ask for a bulletin.

Nothing here reaches the roster at once: it is mailed back as it will be read, and the YES or SEND in that thread makes it so.
"""

from __future__ import annotations

from datetime import timedelta

from bot.core import intake as forms
from bot.core.decide.message import Message, Rules
from bot.core.intent import Command
from bot.core.model import (
    AddCase,
    Ask,
    Change,
    Decision,
    Disposition,
    Lifecycle,
    Line,
    Question,
    View,
)


def intake(message: Message, view: View, rules: Rules) -> Decision | None:
    """A new case or an emergency: a draft with its preview, or the form with each fault beside its field."""
    kind = _intake_kind(message, view)
    if view.staff is None or not kind or not message.proof.suffices_for_staff:
        return None
    local_day = view.now.astimezone(rules.zone).date()
    reading = forms.from_lines(message.intent.lines, zone=rules.zone, today=local_day)
    said = rules.vocabulary.words[kind][0]
    if reading.fields is None:
        return Decision(Disposition.ANSWERED, f"{kind}: form sent back", (), (_form(said, kind, reading),))
    is_emergency = kind == "emergency"
    outcome = "preview_bulletin" if is_emergency else "preview_case"
    add = AddCase(reading.fields, is_emergency, view.staff.address, line=0)
    return Decision(Disposition.ANSWERED, f"{kind}: preview sent", (add,), (Line(said, outcome, facts=_preview_facts(view)),))


def commands(message: Message, view: View, rules: Rules) -> Decision | None:
    """BULLETIN and HELP from staff; what is not for staff alone is left to the next check."""
    if view.staff is None:
        return None
    lines: list[Line] = []
    changes: list[Change] = []
    for command in message.intent.commands:
        if command.verb == "bulletin":
            line = _bulletin(command, view)
            if line.outcome == "preview_bulletin":
                changes.append(Ask(Question.SEND_BULLETIN, command.case_id or "", len(lines)))
            lines.append(line)
        elif command.verb == "help":
            lines.append(Line(command.said, "help", facts={"role": "staff"}))
        elif command.verb in ("list", "show"):
            shown = command.case_id in view.cases if command.case_id else True
            lines.append(
                Line(command.said, "listed" if command.verb == "list" else "shown", command.case_id) if shown else _unknown(command)
            )
    if not lines:
        return None
    return Decision(Disposition.ANSWERED, "staff command", tuple(changes), tuple(lines))


def _bulletin(command: Command, view: View) -> Line:
    case = view.cases.get(command.case_id or "")
    if case is None:
        return _unknown(command)
    if case.lifecycle is not Lifecycle.OPEN:
        return Line(command.said, "refused", case.id, {"reason": case.lifecycle.value, "arrived_at": None})
    return Line(command.said, "preview_bulletin", case.id, _preview_facts(view))


def _unknown(command: Command) -> Line:
    return Line(command.said, "refused", command.case_id, {"reason": "unknown_case", "arrived_at": None})


def _intake_kind(message: Message, view: View) -> str:
    """By the Subject of a fresh mail; by the thread where our own form is sent back, never by the Subject of an answer."""
    if view.question is not None and view.question.question is Question.FILL_FORM:
        return view.question.content_key
    return message.intent.intake if not message.proof.codes else ""


def _preview_facts(view: View) -> dict[str, object]:
    return {"findings": [], "count": view.recipients}


def _form(said: str, kind: str, reading: forms.Reading) -> Line:
    faults = [[fault.where, fault.value, fault.sentence] for fault in reading.faults]
    return Line(said, "form", facts={"faults": faults, "entered": dict(reading.entered), "kind": kind})


PREVIEW_GETS_OLD = timedelta(hours=24)
"""A SEND that comes later than this after its preview asks again instead: an emergency of yesterday may be over."""
