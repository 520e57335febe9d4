"""What staff may do by mail: bring in cases and emergencies, ask for a bulletin, and set things right by a word.

What is new to the roster never reaches it at once: it is mailed back as it will be read, and the YES or SEND in that thread makes it so.
Several commands make one transcript; each line is decided on what the lines above it leave. The single words stand in rooms beside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.core import intake as forms
from bot.core.case_ids import cases_named
from bot.core.courtesies import substance, without_signature
from bot.core.decide import addresses, attached, direction, edits, foreseen, lawyers, overrides
from bot.core.decide.lawyers import Step
from bot.core.decide.message import ONLY_ANSWERS, Message
from bot.core.decide.overrides import StaffDesk
from bot.core.decide.steps import in_order
from bot.core.form_lines import is_filled_in
from bot.core.intent import Command, Slip, bare_subject, in_place, misspelt, read_line, word_alone
from bot.core.intent.retractions import undoing
from bot.core.model import AddCase, Ask, Case, Decision, Disposition, Lifecycle, Line, ProposeChange, Question, Staff, View
from bot.core.rules import Rules
from bot.core.signatures import unsigned

_ERASES = re.compile(r"(?:erase|delete|purge)\b|(?:完全)?(?:消去|削除|抹消)", re.IGNORECASE)


def intake(message: Message, view: View, rules: Rules) -> Decision | None:
    """A new case or an emergency: a draft with its preview, or the form with each fault beside its field."""
    kind = _intake_kind(message, view)
    if view.staff is None or not message.proof.suffices_for_staff:
        return None
    brought = attached.table(message, view, rules, kind=kind)
    if brought is not None or not kind:
        return brought
    local_day = view.now.astimezone(rules.zone).date()
    names = message.signed_by_staff(view.staff, rules)
    form = unsigned(message.intent.lines, names)
    reading = forms.from_lines(form.form, zone=rules.zone, today=local_day, is_event=kind == "new_event")
    said = rules.vocabulary.words[kind][0]
    if reading.fields is None:
        is_below = not reading.entered and is_filled_in(message.arrival.text.splitlines())
        is_asked_for = is_below or (not reading.entered and not substance(message.intent.lines, names=names))
        line = _form(said, kind, forms.Reading(None) if is_asked_for else reading, left_out=form.left_out)
        line = replace(line, facts={**line.facts, "is_below": is_below})
        return Decision(Disposition.ANSWERED, f"{kind}: form sent {'' if is_asked_for else 'back'}".strip(), (), (line,))
    is_emergency = kind == "emergency"
    outcome = "preview_bulletin" if is_emergency else "preview_case"
    add = AddCase(reading.fields, is_emergency, view.staff.address, line=0)
    facts: dict[str, object] = {"count": view.recipients, "files": attached.unopened(message), "left_out": list(form.left_out)}
    return Decision(Disposition.ANSWERED, f"{kind}: preview sent", (add,), (Line(said, outcome, facts=facts),))


def commands(message: Message, view: View, rules: Rules) -> Decision | None:
    """Carry out what staff ask, in the order written, each line on what the ones above it leave; one transcript."""
    wrong = _slips(message, view, rules)
    if view.staff is None or not (wrong or any(_is_for_staff(command, view) for command in message.intent.commands)):
        return None
    steps: list[Step] = []
    for said in in_place(message.intent, wrong, rules.vocabulary):
        if isinstance(said, Slip):
            steps.append(Step(_not_understood(said, view, rules)))
            continue
        step = _carried_out(said, message, view, rules, staff=view.staff, above=steps)
        view = foreseen.after(view, step.changes, stamp=message.stamp)
        steps.append(step)
    if message.intent.dropped:
        steps.append(Step(Line("", "too_many", facts={"limit": len(steps)})))
    is_waiting = any(not step.line.outcome for step in steps)
    return Decision(
        Disposition.PENDING if is_waiting else Disposition.ANSWERED,
        f"{', '.join(command.said for command in message.intent.commands) or 'nothing understood'} by {message.arrival.sender}",
        changes=in_order(steps),
        lines=tuple(step.line for step in steps),
        letters=tuple(letter for step in steps for letter in step.letters),
    )


def beside(decision: Decision, message: Message, view: View, rules: Rules) -> Decision:
    """The decision on an answer of staff, with each line below it that was meant for a command and is none: it is told nowhere else.

    What names nothing but the cases that were asked about, and is near to no word, is said of them.
    """
    asked = view.question
    if view.staff is None or asked is None or not any(command.verb in ONLY_ANSWERS for command in message.intent.commands):
        return decision
    told, about = {line.command for line in decision.lines}, set(asked.about)
    wrong = [slip for slip in _slips(message, view, rules) if slip.said not in told]
    meant = [slip for slip in wrong if slip.form or not about.issuperset(cases_named([slip.said], rules.vocabulary.prefix))]
    return replace(decision, lines=(*decision.lines, *(_not_understood(slip, view, rules) for slip in meant)))


def _slips(message: Message, view: View, rules: Rules) -> tuple[Slip, ...]:
    """What was meant for a command and is none. Beside commands every line that names a case or a person counts; alone, only what is near to a word.

    Whoever is on the roster too may write prose about a case, which is asked about as a lawyer's is.
    """
    if view.staff is None or (view.talk is not None and view.question is None):
        return ()
    lines = without_signature(
        _with_heading(message, rules),
        names=message.signed_by_staff(view.staff, rules),
        is_text=lambda line: bool(read_line(line, rules.vocabulary)),
    )
    verbs = SPELT_OUT | (frozenset(lawyers.VERBS) if view.member is not None and message.intent.commands else frozenset())
    if not message.intent.commands and view.member is not None:
        return misspelt(lines, rules.vocabulary, verbs)
    passing = {rules.own_address, *(person.address for person in rules.staff)}
    found = misspelt(lines, rules.vocabulary, verbs, passing=passing, year=view.now.astimezone(rules.zone).year)
    return found if message.intent.commands else tuple(slip for slip in found if slip.form or _ERASES.match(slip.said))


def _with_heading(message: Message, rules: Rules) -> tuple[str, ...]:
    """The lines of the mail, below a Subject that is the word of a command alone where no command stands below it: then nobody else tells of it."""
    heading = bare_subject(message.arrival.subject)
    is_word_alone = word_alone(heading) in rules.vocabulary.meanings and not message.intent.commands
    return (heading, *message.intent.lines) if is_word_alone else message.intent.lines


def _not_understood(slip: Slip, view: View, rules: Rules) -> Line:
    """With the form that works. To erase is no word by mail: what is gone for good is never asked for by a slip of the fingers."""
    if _ERASES.match(slip.said):
        found = cases_named([slip.said], rules.vocabulary.prefix)
        return Line(slip.said, "not_done", next(iter(found), None), {"reason": "erase_by_hand"})
    return Line(slip.said, "unclear", facts={"form": _form_meant(slip, view)})


def _form_meant(slip: Slip, view: View) -> str:
    """With the month of the next round behind ROUND SEND, and with the case of this year that a bare number means."""
    return f"{slip.form} {view.outlook.next_month}" if slip.verb == "round_send" and view.outlook.next_month else slip.form


def _carried_out(command: Command, message: Message, view: View, rules: Rules, *, staff: Staff, above: Sequence[Step]) -> Step:
    """A word of staff; or, where the sender is on the roster too, a lawyer's."""
    against = undoing(command, message.intent.commands)
    if against is not None:
        return overrides.not_done(command, "contradicts", other=against.said)
    if _is_for_staff(command, view):
        step = (VERBS | _BESIDE)[command.verb](command, StaffDesk(message, view, rules, staff, len(above)))
        # A letter can ask one question: a second preview needs a letter of its own.
        is_second = _asks(step) and any(_asks(one) for one in above)
        return overrides.not_done(command, "one_preview") if is_second else step
    if view.member is not None and command.verb in lawyers.VERBS:
        return lawyers.carried_out(command, lawyers.Desk(message, view, rules, view.member, len(above)))
    return Step(Line(command.said, "unclear"))


def _is_for_staff(command: Command, view: View) -> bool:
    """Who is on the roster too hands back an own case with a RELEASE that names nobody."""
    if command.verb == "release":
        return bool(command.argument) or view.member is None
    return command.verb in VERBS or command.verb in _BESIDE


def _asks(step: Step) -> bool:
    return any(isinstance(change, Ask | ProposeChange) for change in step.changes)


def _nothing_asked(command: Command, desk: StaffDesk) -> Step:
    """A word that answers a question, in a mail that answers none of the sender's own."""
    return Step(Line(command.said, "nothing_asked"))


def _help(command: Command, desk: StaffDesk) -> Step:
    return Step(Line(command.said, "help", facts={"role": "staff", "on_roster": desk.view.member is not None}))


def _list(command: Command, desk: StaffDesk) -> Step:
    return Step(Line(command.said, "listed"))


def _show(command: Command, desk: StaffDesk) -> Step:
    return overrides.unknown_case(command) if desk.case(command) is None else Step(Line(command.said, "shown", command.case_id))


def _bulletin(command: Command, desk: StaffDesk) -> Step:
    case = desk.case(command)
    if case is None:
        return overrides.unknown_case(command)
    why_not = _why_no_bulletin(case, desk)
    if why_not:
        return overrides.not_done(command, why_not)
    return overrides.previewed(command, case, desk.view, position=desk.position)


def _why_no_bulletin(case: Case, desk: StaffDesk) -> str:
    if case.is_erased:
        return "is_erased"
    if case.lifecycle is Lifecycle.OPEN:
        return "" if case.free_places else "all_taken"
    is_late = case.lifecycle is Lifecycle.EXPIRED and case.deadline is not None and case.deadline.at <= desk.view.now
    return "deadline_passed" if is_late else f"not_open_{case.lifecycle.value}"


def _intake_kind(message: Message, view: View) -> str:
    """By the Subject of a fresh mail; by the thread where our own form is sent back, never by the Subject of an answer."""
    if view.question is not None and view.question.question is Question.FILL_FORM:
        return view.question.content_key if view.question.content_key != "edit" else ""
    return message.intent.intake if not message.proof.codes else ""


def _form(said: str, kind: str, reading: forms.Reading, *, left_out: Sequence[str]) -> Line:
    faults = [[fault.where, fault.value, fault.sentence] for fault in reading.faults]
    return Line(said, "form", facts={"faults": faults, "entered": dict(reading.entered), "kind": kind, "left_out": list(left_out)})


VERBS: dict[str, Callable[[Command, StaffDesk], Step]] = {
    "edit": edits.beside,
    "close": overrides.close,
    "withdraw": overrides.withdraw,
    "reopen": overrides.reopen,
    "assign": overrides.assign,
    "release": overrides.release,
    "explain": overrides.explain,
    "remove": direction.remove,
    "readdress": addresses.readdress,
    "approve": direction.approve,
    "round_preview": direction.preview,
    "round_send": direction.send,
    "round_hold": direction.hold,
    "status": direction.status,
    "report": direction.report,
    "list": _list,
    "show": _show,
    "help": _help,
}
"""What staff may write beside NEW CASE, EMERGENCY, BULLETIN and the answers to questions."""

SPELT_OUT = frozenset(VERBS) - {"help", "status"} | {"bulletin", "send"}
"""Words of staff with which prose hardly ever begins: a line that does and is no command is answered, so that none is lost."""

_BESIDE: dict[str, Callable[[Command, StaffDesk], Step]] = {
    "bulletin": _bulletin,
    "yes": _nothing_asked,
    "no": _nothing_asked,
    "send": _nothing_asked,
}
