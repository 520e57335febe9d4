"""The cases' page: what is known of each, and what only its holder may know.

Ids are given here, ascending in a year and never twice: the year's counter grows in the same transaction as the case is written.
Whatever changes a case here is written into the decision log too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func
from sqlalchemy import select as select_columns
from sqlmodel import SQLModel, col, select

from bot.core.model import Act, AmendCase, Case, CaseFields, Confidential, Lifecycle
from bot.core.model.log import NEW_REFERENCES, REOPENED
from bot.shell.ledger.case_rows import CaseRows
from bot.shell.ledger.decisions import Decisions
from bot.shell.ledger.outbox import Outbox
from bot.shell.ledger.seal import Seal
from bot.shell.ledger.session import BookSession
from bot.shell.tables import CaseNumberRow, CaseRow, ClaimRow, PlaceRow

_NAMED_AT_ONCE = 100
"""Of more cases than this, the places of all are counted."""


class Cases:
    def __init__(self, session: BookSession, seal: Seal, decisions: Decisions, outbox: Outbox) -> None:
        self._session, self._seal, self._decisions, self._outbox = session, seal, decisions, outbox
        self._rows = CaseRows(seal)
        self._known: set[str] = set()
        self._open: tuple[int, list[Case]] | None = None
        self._taken: dict[str, Counter[str]] = {}
        self._placings = 0
        """How many places of these cases are held and confirmed, as of so many entries of the log that gave or took one."""
        self._made: dict[str, Case] = {}
        """Cases as of so many entries, too: whatever changes one is an entry."""

    def add(self, fields: CaseFields, *, lifecycle: Lifecycle, is_emergency: bool, by: str, prefix: str, year: int, now: datetime) -> Case:
        """Enter a case under the next free id of the year."""
        number = self._count_on(year)
        case_id = f"{prefix}-{year}-{number:03d}"
        row = CaseRow(
            id=case_id,
            year=year,
            number=number,
            lifecycle=lifecycle.value,
            is_emergency=is_emergency,
            approved_at=now if lifecycle is Lifecycle.OPEN else None,
            created_at=now,
            created_by=by,
            key_id=self._seal.new_case(case_id),
            log_salt=self._decisions.new_salt(case_id),
            **self._rows.columns(case_id, fields),
        )
        self._session.add(row)
        self._session.flush()
        self._session.add_all(PlaceRow(case_id=row.id, number=place) for place in range(1, fields.places + 1))
        self._session.flush()
        self._decisions.write(Act("published" if lifecycle is Lifecycle.OPEN else "drafted", now, row.id, by=by))
        return self._rows.read(row, taken=Counter())

    def get(self, case_id: str) -> Case | None:
        return self.some([case_id]).get(case_id)

    def by_id(self, case_id: str) -> Case:
        """Raises `KeyError` where there is none."""
        return self.some([case_id])[case_id]

    def some(self, ids: Iterable[str]) -> dict[str, Case]:
        wanted = list(ids)
        self.foresee(wanted)
        rows = map(self._session.case, wanted)
        return {row.id: self._case(row) for row in rows if row is not None}

    def foresee(self, ids: Iterable[str]) -> None:
        """Read at once what will be asked for soon."""
        wanted = set(ids)
        new = wanted - self._known
        if new:
            self._session.cases(cases=list(new))
        self._known |= new
        self._count_places(wanted)

    def all(self) -> list[Case]:
        """In the order of the ids."""
        return self._with_places(self._session.cases(_ALL))

    def open(self) -> list[Case]:
        """In the order of the ids; as of the last entry of the log, for whatever changes a case is one."""
        head = self._decisions.head().number
        if self._open is None or self._open[0] != head:
            self._open = head, self._with_places(self._session.cases(_OPEN))
        return list(self._open[1])

    def not_over(self) -> list[Case]:
        """Drafts and open cases, in the order of the ids."""
        return self._with_places(self._session.cases(_NOT_OVER))

    def confidential(self, case_id: str) -> Confidential:
        """Only for the letter to the one who holds the case, and for staff."""
        row = self._session.case(case_id)
        assert row is not None, "whose cases there are is known"
        return Confidential(*(self._rows.text(row, name) for name in ("details", "conflict_names", "contact")))

    def move(self, case_id: str, lifecycle: Lifecycle, *, now: datetime, by: str = "", has_reason: bool = False) -> int:
        """`by` is who of staff said so, "" where time did; `has_reason` whether they said why.

        Nobody is asked any more about what is over: gives to how many its bulletin had not left yet.
        """
        row = self._session.get_one(CaseRow, case_id)
        opened = "published" if row.lifecycle == Lifecycle.DRAFT.value else REOPENED
        is_named_anew = lifecycle is Lifecycle.OPEN and self._decisions.is_erased(case_id)
        if is_named_anew:
            row.log_salt = self._decisions.new_salt(case_id)
        row.lifecycle = lifecycle.value
        self._session.add(row)
        self._session.flush()
        is_over = lifecycle not in (Lifecycle.OPEN, Lifecycle.DRAFT)
        unsent = self._outbox.called_off(case_id) if is_over else 0
        kind = opened if lifecycle is Lifecycle.OPEN else "drafted" if lifecycle is Lifecycle.DRAFT else lifecycle.value
        claims = select(ClaimRow.id).where(ClaimRow.case_id == case_id).order_by(col(ClaimRow.id))
        named = tuple(number or 0 for number in self._session.exec(claims).all()) if is_named_anew else ()
        facts = {NEW_REFERENCES: True} if is_named_anew else {}
        self._decisions.write(Act(kind, now, case_id, named, by=by, has_reason=has_reason, facts=facts))
        return unsent

    def approve(self, case_id: str, now: datetime) -> None:
        """Staff have agreed to what the roster reads."""
        row = self._session.get_one(CaseRow, case_id)
        row.approved_at = now
        self._session.add(row)
        self._session.flush()
        self._open = None
        self._made.pop(case_id, None)

    def amend(self, change: AmendCase, *, now: datetime) -> None:
        """Other fields for a case that is there. Places grow and shrink with them; the database keeps each that somebody holds."""
        case_id, fields = change.case_id, change.fields
        row = self._session.get_one(CaseRow, case_id)
        before = row.places
        for name, value in self._rows.columns(case_id, fields).items():
            setattr(row, name, value)
        row.approved_at = (row.approved_at or now) if change.is_approved else None
        self._session.add(row)
        moved: list[int] = []
        if fields.places < before:
            moved = self._move_together(case_id, fields.places)
            self._session.execute(delete(PlaceRow).where(col(PlaceRow.case_id) == case_id, col(PlaceRow.number) > fields.places))
        self._session.add_all(PlaceRow(case_id=case_id, number=place) for place in range(before + 1, fields.places + 1))
        self._session.flush()
        self._decisions.write(Act("amended", now, case_id, tuple(moved), by=change.by, has_reason=bool(change.why)))

    def _move_together(self, case_id: str, places: int) -> list[int]:
        """Whoever holds a place with a number that goes away has one of the free ones below it instead; gives these claims."""
        placed = select(ClaimRow).where(ClaimRow.case_id == case_id, col(ClaimRow.place_no).is_not(None))
        holders = self._session.exec(placed.order_by(col(ClaimRow.place_no))).all()
        free = iter(sorted(set(range(1, places + 1)) - {holder.place_no for holder in holders}))
        moved = [holder for holder in holders if (holder.place_no or 0) > places]
        for holder in moved:
            holder.place_no = next(free)
            self._session.add(holder)
        self._session.flush()
        return [holder.id or 0 for holder in moved]

    def mark_emergency(self, case_id: str, *, now: datetime, by: str, has_reason: bool = False) -> None:
        """A bulletin about it goes out."""
        row = self._session.get_one(CaseRow, case_id)
        row.is_emergency = True
        self._session.add(row)
        self._session.flush()
        self._decisions.write(Act("bulletin sent", now, case_id, by=by, has_reason=has_reason))

    def overdue(self, now: datetime) -> list[str]:
        """Open cases whose deadline has passed."""
        found = select(CaseRow.id).where(CaseRow.lifecycle == Lifecycle.OPEN.value, col(CaseRow.deadline_at) <= now)
        return list(self._session.exec(found.order_by(col(CaseRow.id))).all())

    def skip_numbers(self, year: int, gap: int, *, above: Iterable[str] = ()) -> None:
        """Leave out so many ids of a year, behind all that are known to be out: they may name cases that were lost."""
        known = (case_id.rsplit("-", 2)[1:] for case_id in above)
        self._count_on(year, gap, above=[int(number) for of_year, number in known if of_year == str(year)])

    def _count_on(self, year: int, by: int = 1, *, above: Iterable[int] = ()) -> int:
        """The year's counter, so much above what it was and above these; nobody else counts on before this transaction ends."""
        row = self._session.get(CaseNumberRow, year, with_for_update=True) or CaseNumberRow(year=year, last=0)
        row.last = max([row.last, *above]) + by
        self._session.add(row)
        self._session.flush()
        return row.last

    def _with_places(self, rows: list[Row[Any]]) -> list[Case]:
        ids = {row.id for row in rows}
        self._known |= ids
        self._count_places(ids)
        return [self._case(row) for row in rows]

    def _case(self, row: Row[Any]) -> Case:
        made = self._made.get(row.id)
        if made is None or made.is_erased != (row.erased_at is not None):
            made = self._made[row.id] = self._rows.read(row, taken=self._taken[row.id])
        return made

    def _count_places(self, ids: set[str]) -> None:
        """Into `_taken`, of those of these cases that are not in there yet."""
        if self._placings != self._decisions.placings:
            self._taken, self._made, self._placings = {}, {}, self._decisions.placings
        if new := ids.difference(self._taken):
            self._taken |= {case_id: Counter() for case_id in new}
            is_few = len(new) <= _NAMED_AT_ONCE
            for case_id, state, count in self._session.ask(_PLACED, cases=list(new)) if is_few else self._session.ask(_ALL_PLACED):
                self._taken.setdefault(case_id, Counter())[state] = count


_TABLE = SQLModel.metadata.tables["legal_case"]
_ALL = select_columns(_TABLE).order_by(_TABLE.c.year, _TABLE.c.number)
_OPEN = _ALL.where(_TABLE.c.lifecycle == Lifecycle.OPEN.value)
_NOT_OVER = _ALL.where(_TABLE.c.lifecycle.in_((Lifecycle.DRAFT.value, Lifecycle.OPEN.value)))
_ALL_PLACED = select(ClaimRow.case_id, ClaimRow.state, func.count()).where(col(ClaimRow.place_no).is_not(None))
_ALL_PLACED = _ALL_PLACED.group_by(ClaimRow.case_id, ClaimRow.state)
_PLACED = _ALL_PLACED.where(col(ClaimRow.case_id).in_(bindparam("cases", expanding=True)))
