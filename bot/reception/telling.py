"""A line of an answer with all that its template needs: gathered at the last moment, by what the line's outcome is.

A line on record is small and free of client data; confidential parts are read only for the outcomes that may show them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core.amending import written
from bot.core.circulation import events_on_offer, on_offer
from bot.core.claims import waiting_places
from bot.core.faults import fault_place, fault_sentence
from bot.core.intake import NOT_FOR_EVENTS, ONLY_FOR_EVENTS
from bot.core.model import FORM_FIELDS, PLACED, Case, Fault, Lifecycle, Line, Told
from bot.core.reasons import sentence
from bot.core.tongue import Tongue
from bot.office import Office, reports
from bot.office.naming import named
from bot.reception import accounts, corresponding, previewing
from bot.shell.ledger import Transaction

_HIDDEN = frozenset({"not_on_roster", "which_colleague"})
"""Outcomes whose reader is shown nothing of the case."""

NOT_FILED = _HIDDEN | {"refused"}
"""Outcomes under which a letter is not filed with a case: the reader may have no business with it."""

_OF_EVENTS = {"confirmed": "event_place", "waitlisted": "event_waiting", "released": "event_left"}
"""What is a place at an event, and not a case, is told in words of its own."""


@dataclass(frozen=True, slots=True)
class _Telling:
    """One line, and whom it is told; `member_id` is None for staff."""

    office: Office
    ledger: Transaction
    facts: dict[str, Any]
    language: str
    member_id: int | None

    @property
    def tongue(self) -> Tongue:
        return self.office.tongue(self.language)


def tell(office: Office, ledger: Transaction, line: Line, *, language: str, member_id: int | None) -> Told:
    """A line with all that its template needs. A draft or an unknown case has no case to show to a lawyer, nor has any to an ex-member."""
    case = ledger.cases.some([line.case_id]).get(line.case_id) if line.case_id else None
    facts: dict[str, Any] = {name: _moment(name, value) if isinstance(value, str) else value for name, value in line.facts.items()}
    at = _Telling(office, ledger, facts, language, member_id)
    if case is not None and line.outcome in _OF_A_CASE:
        facts |= _OF_A_CASE[line.outcome](at, case)
    elif line.outcome in _OF_ANY:
        facts |= _OF_ANY[line.outcome](at, case)
    is_hidden = line.outcome in _HIDDEN or facts.get("reason") in ("unknown_case", "not_active")
    shown = None if is_hidden else case
    outcome = _OF_EVENTS.get(line.outcome, line.outcome) if case is not None and case.event is not None else line.outcome
    return Told(line.command, outcome, shown, facts, line.case_id or "")


def _moment(name: str, value: str) -> str | datetime:
    """Moments are on record as text; templates want them as moments."""
    return datetime.fromisoformat(value) if name.endswith("_at") or name in ("until", "hold_until") else value


def _file_of(at: _Telling, case: Case) -> dict[str, Any]:
    confidential = at.ledger.cases.confidential(case.id)
    address = at.office.settings.organisation.contact or at.office.rules.staff[0].address
    return {"details": confidential.details, "contact": confidential.contact, "contact_address": address}


def _names_to_check(at: _Telling, case: Case) -> dict[str, Any]:
    return {"conflict_names": at.ledger.cases.confidential(case.id).conflict_names}


def _draft(at: _Telling, case: Case) -> dict[str, Any]:
    shown = previewing.draft(at.office, at.ledger, case, at.language) | previewing.nobody_fits(at.ledger, case)
    return shown | previewing.round_missed(at.office, at.ledger, case)


def _holders(at: _Telling, case: Case) -> dict[str, Any]:
    """Where staff wrote in prose beside a case, who has it."""
    if not at.facts.get("is_prose"):
        return {}
    holders = [at.ledger.roster.by_id(claim.member_id) for claim in at.ledger.claims.of(case.id) if claim.state in PLACED]
    return {"holders": [(one.name, one.email) for one in holders]}


def _cases_meant(at: _Telling, _case: Case | None) -> dict[str, Any]:
    ids = at.facts.get("case_ids")
    if ids is None:
        return {}
    meant = at.ledger.cases.some(ids)
    waiting = {one: len(waiting_places(at.ledger.claims.of(one))) for one in meant}
    return {"cases": [meant[one] for one in ids], "waiting": waiting}


def _may_be_given_back(at: _Telling, _case: Case | None) -> dict[str, Any]:
    """How the member stands with the cases asked about; of words that tell none, with all of theirs."""
    ids = at.facts.get("case_ids")
    claims = accounts.own(at.ledger, at.member_id) if ids is not None or at.facts.get("declines") else []
    shown = [one for one in claims if ids is None or one[0].id in ids]
    return {"claims": shown, "kept": accounts.kept(at.ledger, at.member_id) if shown else {}}


def _what_is_unclear(at: _Telling, _case: Case | None) -> dict[str, Any]:
    if "fault" not in at.facts:
        return {}
    date = at.facts["date"]
    return {"fault": fault_sentence(Fault("deadline", date, at.facts["fault"]), at.tongue) if date else ""}


def _how_it_is_shown(at: _Telling, case: Case | None) -> dict[str, Any]:
    has_closed = case is not None and case.event is not None and case.event.closes.at <= at.office.clock()
    mine = next(((state, place) for one, state, place in accounts.own(at.ledger, at.member_id) if case and one.id == case.id), None)
    kept_until = accounts.kept(at.ledger, at.member_id).get(case.id) if case is not None and mine else None
    return {"is_for_staff": at.member_id is None, "has_closed": has_closed, "mine": mine, "kept_until": kept_until}


def _still_open(at: _Telling, case: Case | None) -> dict[str, Any]:
    """What else there is for a lawyer who does not get this case; not what they have asked for too, nor what others will have in a moment."""
    if at.member_id is None or not at.ledger.roster.by_id(at.member_id).may_claim or (case is not None and case.event is not None):
        return {"open_cases": []}
    asked_for, this = at.ledger.undecided.counts(), case.id if case is not None else ""
    free = [one for one in at.ledger.cases.open() if one.id != this and asked_for.get(one.id, 0) < one.free_places]
    left = on_offer(free, now=at.office.clock())
    own = {claim.case_id for claim in at.ledger.claims.of_member(at.member_id)} if left else ()
    return {"open_cases": [one for one in left if one.id not in own]}


def _on_offer(at: _Telling, _case: Case | None) -> dict[str, Any]:
    """An applicant may come to events, and is told of no case."""
    now, open_cases = at.office.clock(), at.ledger.cases.open()
    is_guest = at.member_id is not None and not at.ledger.roster.by_id(at.member_id).may_claim
    return {
        "cases": [] if is_guest else on_offer(open_cases, now=now),
        "is_guest": is_guest,
        "events": events_on_offer(open_cases, now=now),
        "is_for_staff": at.member_id is None,
    }


def _own_standing(at: _Telling, _case: Case | None) -> dict[str, Any]:
    limit = at.ledger.roster.by_id(at.member_id).most_open if at.member_id else 0
    return {**accounts.in_hand(at.ledger, at.member_id, now=at.office.clock()), "limit": limit}


def _who_answered(at: _Telling, _case: Case | None) -> dict[str, Any]:
    deed = sentence(at.facts["deed"], at.tongue) if at.facts.get("deed") else ""
    return {"who": named(at.office, at.facts.get("answered_by") or "", at.tongue), "deed": deed}


def _who_spoke_first(at: _Telling, _case: Case | None) -> dict[str, Any]:
    return {"first": named(at.office, at.facts["first_by"], at.tongue)} if "first_by" in at.facts else {}


def _who_agreed(at: _Telling, _case: Case | None) -> dict[str, Any]:
    return {"agreed": [named(at.office, one, at.tongue) for one in at.facts.get("agreed", ())]}


def _figures(at: _Telling, _case: Case | None) -> dict[str, Any]:
    return {"figures": reports.figures_of(at.office, at.ledger, reports.period_named(at.office, at.facts["period"]))}


def _form(at: _Telling, case: Case | None) -> dict[str, Any]:
    """The form in the reader's language, each fault beside its field; of a case that is there, with what it says now."""
    kind, entered = at.facts["kind"], at.facts.get("entered", {})
    is_event = kind == "new_event"
    if kind == "edit" and case is not None:
        entered = written(case.fields(at.ledger.cases.confidential(case.id)), at.office.rules.zone) | entered
        is_event = case.event is not None
    left_out = (NOT_FOR_EVENTS if is_event else ONLY_FOR_EVENTS) - {key for key, value in entered.items() if value}
    labels = [(key, japanese if at.tongue.is_japanese else english) for key, english, japanese in FORM_FIELDS if key not in left_out]
    names = dict(labels)
    return {
        "faults": [
            (names.get(where, where), value, fault_sentence(Fault(where, value, code), at.tongue))
            for where, value, code in at.facts["faults"]
        ],
        "labels": labels,
        "entered": entered,
        "is_below": at.facts.get("is_below", False),
        "is_emergency": kind == "emergency",
        "is_edit": kind == "edit",
        "is_event": is_event,
    }


def _faults_of_table(at: _Telling, _case: Case | None) -> dict[str, Any]:
    faults = [Fault(*found) for found in at.facts["faults"]]
    return {"faults": [(*fault_place(fault.where, at.language), fault_sentence(fault, at.tongue)) for fault in faults]}


_OF_A_CASE: dict[str, Callable[[_Telling, Case], dict[str, Any]]] = {
    "confirmed": _file_of,
    "held": _names_to_check,
    "preview_case": _draft,
    "opened": lambda at, case: previewing.opened(at.office, at.ledger, case),
    "preview_bulletin": lambda at, case: previewing.bulletin(at.office, at.ledger, case, at.language),
    "preview_change": lambda at, case: previewing.change(at.office, at.ledger, case, at.facts, at.language),
    "edited": lambda at, case: previewing.as_it_stands(at.office, at.ledger, case, at.facts, at.language),
    "help": _holders,
    "explained": lambda at, case: accounts.explained(at.ledger, case, at.tongue),
}
"""What is gathered only where the line is about a case that there is."""

_OF_ANY: dict[str, Callable[[_Telling, Case | None], dict[str, Any]]] = {
    "did_you_mean": _cases_meant,
    "give_back_asked": _may_be_given_back,
    "to_person": _may_be_given_back,
    "preview_cases": lambda at, _: previewing.table(at.office, at.ledger, at.facts, at.language),
    "unclear": _what_is_unclear,
    "shown": _how_it_is_shown,
    "overtaken": _how_it_is_shown,
    "say_why": lambda at, _: previewing.findings_told(at.office, at.facts, at.language),
    "nothing_asked": lambda at, _: {"drafts": [one for one in at.ledger.cases.not_over() if one.lifecycle is Lifecycle.DRAFT]},
    "waitlisted": _still_open,
    "refused": _still_open,
    "asks_staff": _still_open,
    "listed": _on_offer,
    "standing": _own_standing,
    "explained_member": lambda at, _: accounts.explained_member(at.ledger, at.facts["address"], at.tongue),
    "office_status": lambda at, _: accounts.office_status(at.office, at.ledger, member_id=at.facts.get("member_id")),
    "question_over": _who_answered,
    "round_sent": _who_spoke_first,
    "round_held": _who_spoke_first,
    "round_goes": _who_spoke_first,
    "bulletin_sent": _who_agreed,
    "reported": _figures,
    "round_shown": lambda at, _: accounts.round_shown(at.office, at.ledger, at.facts["month"], at.language),
    "ask_to_pass": lambda at, _: {"found": corresponding.exposed_in(at.office, at.ledger, at.facts["arrival_id"])},
    "form": _form,
    "table_faults": _faults_of_table,
}
