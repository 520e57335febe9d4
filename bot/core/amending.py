"""What a case would be with some of its fields changed, and by which key the text that the roster reads is known again.

Given the fields of a case and new texts by field, gives the case as it would be, the fields that differ, or faults.
The texts come from staff by mail. A text that differs from the one on record in space and line breaks alone is no change: mail
programs re-wrap the forms that they send back.
Never decides whether a change may be made, or who must see it first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.core import intake
from bot.core.dates import write_deadline
from bot.core.fields import plain, tidy
from bot.core.form_lines import CONFIDENTIAL_FIELDS
from bot.core.model import CaseFields, Fault


@dataclass(frozen=True, slots=True)
class Amendment:
    """`changed` by key in the order of the form; `values` are their new texts; `fields` is None where there are faults."""

    fields: CaseFields | None
    changed: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    values: dict[str, str] | None = None

    @property
    def is_public(self) -> bool:
        """Whether the roster would read something else than now."""
        return any(key not in CONFIDENTIAL_FIELDS for key in self.changed)


def written(fields: CaseFields, zone: ZoneInfo) -> dict[str, str]:
    """Every field as the form writes it."""
    return {
        "title": fields.title,
        "kind": fields.kind,
        "summary": fields.summary,
        "details": fields.confidential.details,
        "language": fields.language,
        "place": fields.place,
        "deadline": write_deadline(fields.deadline, zone) if fields.deadline else "",
        "time_frame": fields.time_frame,
        "places": str(fields.places),
        "conflict_check": fields.confidential.conflict_names,
        "contact": fields.confidential.contact,
        "eligible": "; ".join(fields.terms.eligible),
        "beginner_friendly": _YES_OR_NO[fields.terms.is_for_beginners],
        "interpreter": fields.terms.interpreter,
        "lawyers_gender": fields.terms.gender,
        "region": fields.terms.region,
        "remote_possible": _YES_OR_NO[fields.terms.is_remote],
        "closes": write_deadline(fields.event.closes, zone) if fields.event else "",
        "per_firm": str(fields.event.per_firm) if fields.event and fields.event.per_firm else "",
    }


def amended(given: Mapping[str, str], present: CaseFields, *, zone: ZoneInfo, today: date) -> Amendment:
    """The case with the given texts in it. What is not given stays, also a deadline or a closing date that has passed by now."""
    before = written(present, zone)
    wanted = {key: "" if key == "deadline" and plain(text).casefold() in _NO_DEADLINE else text for key, text in given.items()}
    values = {key: tidy(text) for key, text in wanted.items() if not _same(key, text, before[key])}
    moments = {"deadline": present.deadline, "closes": present.event.closes if present.event else None}
    kept = {key: moment for key, moment in moments.items() if moment is not None and key not in values}
    reading = intake.from_values({**before, **values}, zone=zone, today=today, kept=kept)
    if reading.fields is None:
        return Amendment(None, faults=reading.faults, values=values)
    after = written(reading.fields, zone)
    changed = tuple(key for key, _, _ in intake.FORM_FIELDS if key in values and after[key] != before[key])
    return Amendment(reading.fields, changed, values={key: after[key] for key in changed})


def shown_key(cases: Iterable[CaseFields]) -> str:
    """The same for the same text to the roster: of one case, or of several in order."""
    digest = hashlib.sha256()
    for one in cases:
        deadline = (one.deadline.at.isoformat(), one.deadline.is_day) if one.deadline else None
        closes = (one.event.closes.at.isoformat(), one.event.closes.is_day, one.event.per_firm) if one.event else None
        public = (
            one.title,
            one.summary,
            one.kind,
            one.language,
            one.place,
            deadline,
            one.time_frame,
            one.places,
            astuple(one.terms),
            closes,
        )
        digest.update(repr(public).encode())
    return digest.hexdigest()


def change_key(change: Amendment, present: CaseFields, zone: ZoneInfo) -> str:
    """The same for the same change of the same text: of what the roster reads before and after it, and of each field that it touches."""
    assert change.fields is not None, "faults are no change"
    before = written(present, zone)
    touched = [(key, before[key], text) for key, text in (change.values or {}).items()]
    return hashlib.sha256(f"{shown_key([present, change.fields])} {touched!r}".encode()).hexdigest()


_YES_OR_NO = {None: "", True: "yes", False: "no"}
_NO_DEADLINE = frozenset({"none", "なし", "無し"})
_NUMBERS = frozenset({"places", "per_firm"})


def _same(key: str, text: str, before: str) -> bool:
    """Names keep their own glyphs; only a number may be written in any width."""
    if key in _NUMBERS:
        return plain(text) == before
    return "".join(tidy(text).split()) == "".join(before.split())
