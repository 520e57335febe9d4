"""The one letter that answers a message: written when each of its lines has an outcome, in the transaction that gave the last one.

A line on record is small and free of client data; what its template needs beside it is gathered here, at the last moment, and
confidential parts only for the outcomes that may show them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.core.amending import written
from bot.core.circulation import events_on_offer, on_offer
from bot.core.claims import waiting_places
from bot.core.faults import fault_place, fault_sentence
from bot.core.intake import NOT_FOR_EVENTS, ONLY_FOR_EVENTS
from bot.core.mail import Enclosure, Letter
from bot.core.model import (
    FORM_FIELDS,
    PLACED,
    Case,
    Disposition,
    Fault,
    Lifecycle,
    Line,
    Member,
    Staff,
    Told,
)
from bot.core.reasons import sentence
from bot.core.tongue import Tongue
from bot.office import Office, previews, reports
from bot.office.naming import named
from bot.reception import accounts, calendar, corresponding, files, previewing
from bot.shell.ledger import Transaction
from bot.shell.ledger.arrivals import Entry

_ABOUT_NO_CASE = frozenset({"refused", "not_on_roster", "which_colleague"})
"""Outcomes under which a letter is not filed with a case: the reader may have no business with it."""


def look(office: Office, ledger: Transaction, arrival_id: int, line: Line) -> Told | None:
    """A line that asks how things stand, told as they stand now; None where nobody is answered."""
    reader = _reader(office, ledger, ledger.arrivals.get(arrival_id))
    return tell(office, ledger, line, language=reader[1], member_id=reader[2]) if reader else None


def answer_if_complete(
    office: Office, ledger: Transaction, arrival_id: int, *, question_id: int | None = None, looked: Mapping[int, Told] | None = None
) -> bool:
    """Write the answer to a message unless one of its lines still waits. Gives whether it was written.

    `looked` are lines by position that tell how things stood in the midst of the mail, if it is answered at once.
    """
    before = looked or {}
    lines = ledger.lines.of(arrival_id)
    if not lines or any(not line.outcome for line in lines):
        return False
    entry = ledger.arrivals.get(arrival_id)
    reader = _reader(office, ledger, entry)
    if reader is None:
        return False
    to, language, member_id = reader
    told = tuple(
        before.get(position) or tell(office, ledger, line, language=language, member_id=member_id) for position, line in enumerate(lines)
    )
    marked = _marked(office, ledger, lines, language)
    letter = Letter(
        "answer",
        to,
        language,
        {"lines": told, "has_file": bool(marked)},
        in_reply_to=entry.message_id,
        references=(entry.message_id,) if entry.message_id else (),
        member_id=member_id,
        case_id=next((line.case_id for line in lines if line.case_id and line.outcome not in _ABOUT_NO_CASE), None),
        attachments=(*marked, *calendar.with_answer(office, ledger, told, language)),
    )
    kept = next((asked for line in lines if isinstance(asked := line.facts.get("question_id"), int)), None)
    office.owe(ledger, letter, arrival_id=arrival_id, question_id=question_id or kept)
    if entry.disposition is Disposition.PENDING:
        ledger.arrivals.dispose(arrival_id, Disposition.ANSWERED, entry.reason)
    return True


def _marked(office: Office, ledger: Transaction, lines: tuple[Line, ...], language: str) -> tuple[Enclosure, ...]:
    """A table with faults goes back to whoever sent it."""
    own = office.settings.mailbox.address
    found = (
        files.marked(ledger, line, own_address=own, tongue=office.tongue(language)) for line in lines if line.outcome == "table_faults"
    )
    return tuple(file for file in found if file is not None)


def show_to_other_staff(office: Office, ledger: Transaction, arrival_id: int, *, question_id: int | None, sender: str) -> None:
    """The same preview to everybody else who may approve it; all their letters ask the one question."""
    lines = [line for line in ledger.lines.of(arrival_id) if line.outcome.startswith("preview")]
    for person in office.rules.staff:
        if person.address != sender:
            told = tuple(tell(office, ledger, line, language=person.language, member_id=None) for line in lines)
            letter = Letter("answer", person.address, person.language, {"lines": told}, case_id=lines[0].case_id)
            office.owe(ledger, letter, question_id=question_id)


def tell(office: Office, ledger: Transaction, line: Line, *, language: str, member_id: int | None) -> Told:
    """A line with all that its template needs. A draft or an unknown case has no case to show to a lawyer, nor has any to an ex-member."""
    case = ledger.cases.some([line.case_id]).get(line.case_id) if line.case_id else None
    facts: dict[str, Any] = {name: _moment(name, value) for name, value in line.facts.items()}
    facts |= _gathered(office, ledger, line, case, facts, language, member_id)
    is_hidden = line.outcome in _ABOUT_NO_CASE - {"refused"} or facts.get("reason") in ("unknown_case", "not_active")
    shown = None if is_hidden else case
    outcome = _OF_EVENTS.get(line.outcome, line.outcome) if case is not None and case.event is not None else line.outcome
    return Told(line.command, outcome, shown, facts, line.case_id or "")


_OF_EVENTS = {"confirmed": "event_place", "waitlisted": "event_waiting", "released": "event_left"}
"""What is a place at an event, and not a case, is told in words of its own."""


def _gathered(
    office: Office, ledger: Transaction, line: Line, case: Case | None, facts: dict[str, Any], language: str, member_id: int | None
) -> dict[str, Any]:
    match line.outcome:
        case "confirmed" if case:
            confidential = ledger.cases.confidential(case.id)
            return {
                "details": confidential.details,
                "contact": confidential.contact,
                "contact_address": office.settings.organisation.contact or office.rules.staff[0].address,
            }
        case "did_you_mean" if "case_ids" in facts:
            meant = ledger.cases.some(facts["case_ids"])
            waiting = {one: len(waiting_places(ledger.claims.of(one))) for one in meant}
            return {"cases": [meant[one] for one in facts["case_ids"]], "waiting": waiting}
        case "held" if case:
            return {"conflict_names": ledger.cases.confidential(case.id).conflict_names}
        case "preview_case" if case:
            return previewing.draft(office, ledger, case, language)
        case "preview_bulletin" if case:
            return previewing.draft(office, ledger, case, language) | previews.last_bulletin(office, ledger, case, language)
        case "preview_cases":
            return previewing.table(office, ledger, facts, language)
        case "preview_change" if case:
            return previewing.change(office, ledger, case, facts, language)
        case "edited" if case:
            return previewing.as_it_stands(office, ledger, case, facts, language)
        case "unclear" if "fault" in facts:
            return {"fault": fault_sentence(Fault("deadline", facts["date"], facts["fault"]), office.tongue(language))}
        case "help" if case and facts.get("is_prose"):
            holders = [ledger.roster.by_id(claim.member_id) for claim in ledger.claims.of(case.id) if claim.state in PLACED]
            return {"holders": [(one.name, one.email) for one in holders]}
        case "shown":
            has_closed = case is not None and case.event is not None and case.event.closes.at <= office.clock()
            mine = next(((state, place) for one, state, place in accounts.own(ledger, member_id) if case and one.id == case.id), None)
            return {"is_for_staff": member_id is None, "has_closed": has_closed, "mine": mine}
        case "say_why":
            return previewing.findings_told(office, facts, language)
        case "nothing_asked":
            return {"drafts": [one for one in ledger.cases.all() if one.lifecycle is Lifecycle.DRAFT]}
        case "waitlisted" | "refused" | "asks_staff":
            is_for_case = _may_claim(ledger, member_id) and (case is None or case.event is None)
            return {"open_cases": _still_open(office, ledger, case) if is_for_case else []}
        case "listed":
            now = office.clock()
            found = {"cases": on_offer(ledger.cases.open(), now=now), "events": events_on_offer(ledger.cases.open(), now=now)}
            return {**found, "is_for_staff": member_id is None}
        case "standing":
            return {"claims": accounts.own(ledger, member_id), "limit": ledger.roster.by_id(member_id).most_open if member_id else 0}
        case "explained" if case:
            return accounts.explained(ledger, case, office.tongue(language))
        case "explained_member":
            return accounts.explained_member(ledger, facts["address"], office.tongue(language))
        case "office_status":
            return accounts.office_status(office, ledger)
        case "question_over":
            tongue = office.tongue(language)
            deed = sentence(facts["deed"], tongue) if facts.get("deed") else ""
            return {"who": named(office, facts.get("answered_by") or "", tongue), "deed": deed}
        case "round_sent" | "round_held" | "round_goes" if "first_by" in facts:
            return {"first": named(office, facts["first_by"], office.tongue(language))}
        case "bulletin_sent":
            return {"agreed": [named(office, one, office.tongue(language)) for one in facts.get("agreed", ())]}
        case "reported":
            return {"figures": reports.figures_of(office, ledger, reports.period_named(office, facts["period"]))}
        case "round_shown":
            return accounts.round_shown(office, ledger, facts["month"], language)
        case "ask_to_pass":
            return {"found": corresponding.exposed_in(office, ledger, facts["arrival_id"])}
        case "form" if facts["kind"] == "edit" and case:
            present = written(case.fields(ledger.cases.confidential(case.id)), office.rules.zone)
            entered = {**present, **facts.get("entered", {})}
            return _form({**facts, "entered": entered}, office.tongue(language), is_event=case.event is not None)
        case "form":
            return _form(facts, office.tongue(language), is_event=facts["kind"] == "new_event")
        case "table_faults":
            return {
                "faults": [
                    (*fault_place(where, language), _sentence(fault, office.tongue(language)))
                    for fault in facts["faults"]
                    for where in fault[:1]
                ]
            }
    return {}


def _may_claim(ledger: Transaction, member_id: int | None) -> bool:
    return member_id is not None and ledger.roster.by_id(member_id).may_claim


def _still_open(office: Office, ledger: Transaction, but: Case | None) -> list[Case]:
    return [case for case in on_offer(ledger.cases.open(), now=office.clock()) if but is None or case.id != but.id]


def _form(facts: dict[str, Any], tongue: Tongue, *, is_event: bool) -> dict[str, Any]:
    """The form in the reader's language, each fault beside its field."""
    left_out = (NOT_FOR_EVENTS if is_event else ONLY_FOR_EVENTS) - {key for key, value in facts["entered"].items() if value}
    labels = [(key, japanese if tongue.is_japanese else english) for key, english, japanese in FORM_FIELDS if key not in left_out]
    names = dict(labels)
    faults = [(names.get(where, where), value, fault_sentence(Fault(where, value, code), tongue)) for where, value, code in facts["faults"]]
    return {
        "faults": faults,
        "labels": labels,
        "entered": facts["entered"],
        "is_emergency": facts["kind"] == "emergency",
        "is_edit": facts["kind"] == "edit",
        "is_event": is_event,
    }


def _sentence(fault: list[str], tongue: Tongue) -> str:
    return fault_sentence(Fault(*fault), tongue)


def _reader(office: Office, ledger: Transaction, entry: Entry) -> tuple[str, str, int | None] | None:
    """The address on file, its language, and whose it is: never the address in the mail where those differ."""
    member: Member | None = ledger.roster.by_address(entry.sender)
    person: Staff | None = office.staff(entry.sender)
    if person is not None:
        return person.address, person.language, member.id if member else None
    return (member.email, member.language, member.id) if member else None


def _moment(name: str, value: Any) -> Any:
    """Moments are on record as text; templates want them as moments."""
    is_moment = name.endswith("_at") or name in ("until", "hold_until")
    return datetime.fromisoformat(value) if is_moment and isinstance(value, str) else value
