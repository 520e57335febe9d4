"""What a preview shows beside the words of its template: the case as the roster would read it, and what the anonymity check found in it.

Gathered for a letter to staff at the moment it is written. Changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.core import anonymity
from bot.core.amending import amended, written
from bot.core.eligibility import in_japanese, unmet
from bot.core.faults import fault_place
from bot.core.fields import tidy_line
from bot.core.model import FORM_FIELDS, Case, CaseFields, Lifecycle, Question
from bot.office import Office, occasions, previews
from bot.shell.ledger import Transaction

Worded = Mapping[tuple[str, str], Sequence[Case]]
"""Cases that are not over, by their title and summary; the one to keep first: an open one before any draft, and of two the earlier."""


def draft(office: Office, ledger: Transaction, case: Case, language: str, *, worded: Worded | None = None) -> dict[str, Any]:
    """A case as it stands: what was found in it, what stays behind, and which others on record read the same."""
    alike = _alike(case, _worded(ledger) if worded is None else worded)
    return {**previews.of_draft(office, case.fields(ledger.cases.confidential(case.id)), language), **alike}


def bulletin(office: Office, ledger: Transaction, case: Case, language: str) -> dict[str, Any]:
    """The same of a bulletin. Which others read the same is asked of an emergency that has just come: of an open case, NO drops the bulletin alone."""
    alike = _alike(case, _worded(ledger)) if case.lifecycle is Lifecycle.DRAFT else {}
    return {**previews.of_bulletin(office, ledger, case, language), **alike, **nobody_fits(ledger, case)}


def nobody_fits(ledger: Transaction, case: Case) -> dict[str, tuple[str, ...]]:
    """In what nobody who is sent circulations fits: each claim would be asked of staff first, which they should know before it goes out."""
    return {"unmet": unmet(case, ledger.roster.active()) if case.event is None else ()}


def _alike(case: Case, worded: Worded) -> dict[str, list[str]]:
    """Others that read the same, for the same mail or table may have come twice: `alike` are to be kept rather than this one, `again` are not."""
    same = worded.get(_words(case), ())
    place = next((number for number, one in enumerate(same) if one.id == case.id), len(same))
    waiting = [one.id for one in same[:place] if one.lifecycle is Lifecycle.DRAFT]
    return {"alike": [one.id for one in same[:place]], "again": [one.id for one in same[place + 1 :]], "waiting": waiting}


def _worded(ledger: Transaction) -> Worded:
    found: dict[tuple[str, str], list[Case]] = {}
    for case in sorted(ledger.cases.not_over(), key=lambda one: one.lifecycle is Lifecycle.DRAFT):
        if not case.is_erased:
            found.setdefault(_words(case), []).append(case)
    return found


def _words(case: Case) -> tuple[str, str]:
    return tidy_line(case.title), tidy_line(case.summary)


def round_missed(office: Office, ledger: Transaction, case: Case) -> dict[str, Any]:
    """For an event that closes before the next round: when that round is, which will not bring it."""
    next_at = occasions.ahead(office, ledger).next_at if case.event else None
    return {"round_missed": next_at} if case.event and next_at is not None and case.event.closes.at <= next_at else {}


def opened(office: Office, ledger: Transaction, case: Case) -> dict[str, Any]:
    """Of a case that is open now: a round that will not bring it, and the drafts of its table that wait still, for a YES to it alone opens no other."""
    tables = [one.case_ids for one in ledger.questions.open(office.clock()) if one.question is Question.OPEN_CASES]
    others = {case_id for ids in tables if case.id in ids for case_id in ids} - {case.id}
    drafts = [one.id for one in ledger.cases.some(sorted(others)).values() if one.lifecycle is Lifecycle.DRAFT]
    return {**round_missed(office, ledger, case), "still_drafts": drafts}


def table(office: Office, ledger: Transaction, facts: dict[str, Any], language: str) -> dict[str, Any]:
    """Every draft that a table has brought, each with its own findings."""
    ids = ledger.questions.get(facts["question_id"]).case_ids
    cases, worded = ledger.cases.some(ids), _worded(ledger)
    shown = [{"case": cases[case_id], **draft(office, ledger, cases[case_id], language, worded=worded)} for case_id in ids]
    to_mend = [one["case"].id for one in shown if one["needs_reason"]]
    return {"shown": shown, "needs_reason": bool(to_mend), "mend_id": next(iter(to_mend), ids[0])}


def change(office: Office, ledger: Transaction, case: Case, facts: dict[str, Any], language: str) -> dict[str, Any]:
    """The case as it would be, and what differs."""
    present = case.fields(ledger.cases.confidential(case.id))
    today = office.clock().astimezone(office.rules.zone).date()
    texts = ledger.questions.get(facts["question_id"]).proposed
    after = amended(texts, present, zone=office.rules.zone, today=today).fields or present
    return {
        "shown": _as_case(case, after),
        "rows": _rows(office, facts["changed"], present, after, language),
        **previews.of_draft(office, after, language),
    }


def as_it_stands(office: Office, ledger: Transaction, case: Case, facts: dict[str, Any], language: str) -> dict[str, Any]:
    """The fields that were changed, as they are now."""
    present = case.fields(ledger.cases.confidential(case.id))
    return {"rows": [(label, after) for label, _, after in _rows(office, facts["changed"], present, present, language)]}


def findings_told(office: Office, facts: dict[str, Any], language: str) -> dict[str, Any]:
    """Findings on record as (case id, field, sentence)."""
    return {
        "findings": [
            (
                case_id,
                fault_place(where, language)[1],
                anonymity.finding_sentence(anonymity.Finding(kind, where, found), office.tongue(language)),
            )
            for case_id, kind, where, found in facts["findings"]
        ]
    }


def _rows(office: Office, keys: list[str], before: CaseFields, after: CaseFields, language: str) -> list[tuple[str, str, str]]:
    """(field, text before, text after) in the order of the form, for a reader of this language."""
    old, new = _for_people(office, before, language), _for_people(office, after, language)
    return [(japanese if language == "ja" else english, old[key], new[key]) for key, english, japanese in FORM_FIELDS if key in keys]


def _for_people(office: Office, fields: CaseFields, language: str) -> dict[str, str]:
    """Every field as a letter tells it: days as its reader writes them, and no word of ours where Japanese has its own."""
    told, tongue = written(fields, office.rules.zone), office.tongue(language)
    if tongue.is_japanese:
        told |= {key: in_japanese(told[key]) for key in ("beginner_friendly", "lawyers_gender", "remote_possible")}
        told["eligible"] = "、".join(map(in_japanese, fields.terms.eligible))
    moments = {"deadline": fields.deadline, "closes": fields.event.closes if fields.event else None}
    return told | {key: office.typesetter.deadline(at, language) for key, at in moments.items() if at is not None}


def _as_case(case: Case, fields: CaseFields) -> Case:
    taken = case.places - case.free_places
    return replace(
        case,
        title=fields.title,
        summary=fields.summary,
        kind=fields.kind,
        language=fields.language,
        place=fields.place,
        deadline=fields.deadline,
        time_frame=fields.time_frame,
        places=fields.places,
        free_places=fields.places - taken,
        terms=fields.terms,
        event=fields.event,
    )
