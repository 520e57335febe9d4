"""The one letter that answers a message: written when each of its lines has an outcome, in the transaction that gave the last one.

A line on record is small and free of client data; what its template needs beside it is gathered here, at the last moment, and
confidential parts only for the outcomes that may show them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.core.circulation import on_offer
from bot.core.claims import waiting_places
from bot.core.intake import FORM_FIELDS, Fault, fault_sentence
from bot.core.mail import Letter
from bot.core.model import Case, ClaimState, Disposition, EndClaim, Lifecycle, Line, Member, Staff, Told
from bot.office import Office, previews, reports
from bot.reception import accounts
from bot.shell.ledger import Transaction
from bot.shell.ledger.arrivals import Entry


def answer_if_complete(office: Office, ledger: Transaction, arrival_id: int, *, question_id: int | None = None) -> bool:
    """Write the answer to a message unless one of its lines still waits. Gives whether it was written."""
    lines = ledger.arrivals.lines(arrival_id)
    if not lines or any(not line.outcome for line in lines):
        return False
    entry = ledger.arrivals.get(arrival_id)
    reader = _reader(office, ledger, entry)
    if reader is None:
        return False
    to, language, member_id = reader
    told = tuple(tell(office, ledger, line, language=language, member_id=member_id) for line in lines)
    letter = Letter(
        "answer",
        to,
        language,
        {"lines": told},
        in_reply_to=entry.message_id,
        references=(entry.message_id,) if entry.message_id else (),
        member_id=member_id,
        case_id=next((line.case_id for line in lines if line.case_id and line.outcome != "refused"), None),
    )
    office.owe(ledger, letter, arrival_id=arrival_id, question_id=question_id)
    if entry.disposition is Disposition.PENDING:
        ledger.arrivals.dispose(arrival_id, Disposition.ANSWERED, entry.reason)
    return True


def show_to_other_staff(office: Office, ledger: Transaction, arrival_id: int, *, question_id: int | None, sender: str) -> None:
    """The same preview to everybody else who may approve it; all their letters ask the one question."""
    lines = ledger.arrivals.lines(arrival_id)
    for person in office.rules.staff:
        if person.address != sender:
            told = tuple(tell(office, ledger, line, language=person.language, member_id=None) for line in lines)
            letter = Letter("answer", person.address, person.language, {"lines": told}, case_id=lines[0].case_id)
            office.owe(ledger, letter, question_id=question_id)


def withdrawn(office: Office, ledger: Transaction, change: EndClaim) -> None:
    """A claim ended before it was settled, by its member or with its case: the message that made it has its outcome now."""
    outcome, facts = _ending(change)
    for arrival_id in ledger.arrivals.settle_line(change.claim_id, outcome, facts):
        answer_if_complete(office, ledger, arrival_id)


def _ending(change: EndClaim) -> tuple[str, dict[str, object]]:
    """The outcome of a claim that ended before its turn: the case was over, another mail of its member counts, or it was given up."""
    if change.state is ClaimState.LAPSED and change.reason in (Lifecycle.CLOSED, Lifecycle.WITHDRAWN):
        return "refused", {"reason": change.reason, "arrived_at": None}
    if change.reason == "superseded":
        return "refused", {"reason": "already_waiting", "arrived_at": None}
    return "released", {"was": "queued"}


def tell(office: Office, ledger: Transaction, line: Line, *, language: str, member_id: int | None) -> Told:
    """A line with all that its template needs. A draft or an unknown case has no case to show to a lawyer."""
    case = ledger.cases.some([line.case_id]).get(line.case_id) if line.case_id else None
    facts: dict[str, Any] = {name: _moment(name, value) for name, value in line.facts.items()}
    facts |= _gathered(office, ledger, line, case, facts, language, member_id)
    shown = None if line.outcome == "refused" and facts.get("reason") == "unknown_case" else case
    return Told(line.command, line.outcome, shown, facts, line.case_id or "")


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
        case "held" if case:
            return {"conflict_names": ledger.cases.confidential(case.id).conflict_names}
        case "preview_case" | "preview_bulletin" if case:
            return previews.preview_facts(office, ledger, case, language)
        case "waitlisted" | "refused":
            return {"open_cases": [] if member_id is None else _still_open(office, ledger, case)}
        case "listed":
            return {"cases": on_offer(ledger.cases.open(), now=office.clock())}
        case "standing":
            return {"claims": _standing(ledger, member_id)}
        case "explained" if case:
            return accounts.explained(ledger, case, language)
        case "office_status":
            return accounts.office_status(office, ledger)
        case "reported":
            return {"figures": reports.month_figures(office, ledger, facts["month"])}
        case "round_shown":
            return accounts.round_shown(office, ledger)
        case "form":
            return _form(facts, language)
    return {}


def _still_open(office: Office, ledger: Transaction, but: Case | None) -> list[Case]:
    return [case for case in on_offer(ledger.cases.open(), now=office.clock()) if but is None or case.id != but.id]


def _standing(ledger: Transaction, member_id: int | None) -> list[tuple[Case, str, int | None]]:
    claims = ledger.claims.of_member(member_id) if member_id is not None else ()
    cases = ledger.cases.some({claim.case_id for claim in claims})
    places = {claim.id: waiting_places(ledger.claims.of(claim.case_id)).get(claim.id) for claim in claims}
    return [(cases[claim.case_id], claim.state.value, places[claim.id]) for claim in claims]


def _form(facts: dict[str, Any], language: str) -> dict[str, Any]:
    """The form in the reader's language, each fault beside its field."""
    labels = [(key, japanese if language == "ja" else english) for key, english, japanese in FORM_FIELDS]
    names = dict(labels)
    faults = [
        (names.get(where, where), value, fault_sentence(Fault(where, value, code), language)) for where, value, code in facts["faults"]
    ]
    return {"faults": faults, "labels": labels, "is_emergency": facts["kind"] == "emergency"}


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
