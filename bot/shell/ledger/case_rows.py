"""How a case lies in its row: what may tell who the client is lies sealed, the other fields are for sorting and counting."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import Row

from bot.core.model import Case, CaseFields, Deadline, Event, Lifecycle, Terms
from bot.shell.ledger.seal import Seal
from bot.shell.tables import CaseRow

SEALED_FOR_THE_ROSTER = ("title", "summary", "place", "time_frame", "interpreter")
SEALED = (*SEALED_FOR_THE_ROSTER, "details", "conflict_names", "contact")
"""What people write in words of their own."""

NO_TITLE = "—"
"""Of a case that was erased."""


class CaseRows:
    def __init__(self, seal: Seal) -> None:
        self._seal = seal

    def columns(self, case_id: str, fields: CaseFields) -> dict[str, Any]:
        columns = _columns(fields)
        closed = {name: self._seal.close_text(columns[name], where=text_place(name, case_id), about=[case_id]) for name in SEALED}
        return columns | closed

    def text(self, row: CaseRow | Row[Any], name: str) -> str:
        """One of those that are sealed."""
        return self._seal.open_text(getattr(row, name), where=text_place(name, row.id))

    def read(self, row: CaseRow | Row[Any], *, taken: Counter[str]) -> Case:
        """`taken` says how many claims of each state have a place."""
        texts = {name: self.text(row, name) for name in SEALED_FOR_THE_ROSTER}
        return Case(
            id=row.id,
            title=texts["title"] or NO_TITLE,
            summary=texts["summary"],
            kind=row.kind,
            language=row.language,
            place=texts["place"],
            deadline=Deadline(row.deadline_at, row.deadline_is_day) if row.deadline_at else None,
            time_frame=texts["time_frame"],
            places=row.places,
            free_places=row.places - taken.total(),
            lifecycle=Lifecycle(row.lifecycle),
            is_emergency=row.is_emergency,
            checks_conflicts=bool(row.conflict_names),
            has_holds=taken["held"] > 0,
            terms=Terms(
                eligible=tuple(kind for kind in row.eligible.split(";") if kind),
                is_for_beginners=row.is_for_beginners,
                interpreter=texts["interpreter"],
                gender=row.gender,
                region=row.region,
                is_remote=row.is_remote,
            ),
            event=Event(Deadline(row.closes_at, row.closes_is_day), row.per_firm) if row.closes_at else None,
            is_approved=row.approved_at is not None,
            is_erased=row.erased_at is not None,
        )


def text_place(name: str, case_id: str) -> str:
    return f"legal_case.{name} {case_id}"


def _columns(fields: CaseFields) -> dict[str, Any]:
    return {
        "title": fields.title,
        "summary": fields.summary,
        "kind": fields.kind,
        "language": fields.language,
        "place": fields.place,
        "deadline_at": fields.deadline.at if fields.deadline else None,
        "deadline_is_day": bool(fields.deadline and fields.deadline.is_day),
        "time_frame": fields.time_frame,
        "places": fields.places,
        "details": fields.confidential.details,
        "conflict_names": fields.confidential.conflict_names.strip(),
        "contact": fields.confidential.contact,
        "eligible": ";".join(fields.terms.eligible),
        "is_for_beginners": fields.terms.is_for_beginners,
        "interpreter": fields.terms.interpreter,
        "gender": fields.terms.gender,
        "region": fields.terms.region,
        "is_remote": fields.terms.is_remote,
        "closes_at": fields.event.closes.at if fields.event else None,
        "closes_is_day": bool(fields.event and fields.event.closes.is_day),
        "per_firm": fields.event.per_firm if fields.event else 0,
    }
