"""The rows of messages, as they are now: entered, read and changed within one transaction, by column.

A message is entered before it is decided what becomes of it, and mostly written after that: what is not written yet changes where it lies.
Of a row that is written, only the columns that change are written again: what another transaction changed in the others stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Update, bindparam, insert, select, update
from sqlmodel import SQLModel

from bot.shell.ledger.session import BookSession
from bot.shell.tables import ArrivalRow


class ArrivalRows:
    def __init__(self, session: BookSession) -> None:
        self._session = session
        self._rows: dict[int, dict[str, Any]] = {}
        self._unwritten: tuple[int, set[int]] = 0, set()
        """Those entered since the session wrote the last time; and how often it had by then."""

    def enter(self, rows: Iterable[dict[str, Any]]) -> None:
        """New rows; what they do not have is as the table has it by default."""
        new = {row["id"]: {**_UNTOUCHED, **row} for row in rows}
        if new:
            self._rows |= new
            self._session.lay_by(_ENTER, *new.values())
            self._unwritten = self._session.writings, {*self._still_unwritten(), *new}

    def of(self, arrival_id: int) -> dict[str, Any]:
        """Raises `NoResultFound` where there is none."""
        if arrival_id not in self._rows:
            self._rows[arrival_id] = dict(self._session.ask(_THESE, arrivals=[arrival_id]).mappings().one())
        return self._rows[arrival_id]

    def foresee(self, arrival_ids: Iterable[int]) -> None:
        """Read at once those that are not at hand; each is asked about soon."""
        new = set(arrival_ids).difference(self._rows)
        if new:
            self._rows |= {row["id"]: dict(row) for row in self._session.ask(_THESE, arrivals=list(new)).mappings().all()}

    def dispose(self, arrival_id: int, disposition: str, reason: str) -> None:
        self._change(_DISPOSE, arrival_id, disposition=disposition, reason=reason)

    def prove(self, arrival_id: int, proof: str, bad_codes: int) -> None:
        self._change(_PROVE, arrival_id, proof=proof, bad_codes=bad_codes)

    def entitle(self, arrival_id: int, subject: str) -> None:
        """`subject` is sealed."""
        self._change(_ENTITLE, arrival_id, subject=subject)

    def _change(self, worded: Update, arrival_id: int, **values: Any) -> None:
        self.of(arrival_id).update(values)
        if arrival_id not in self._still_unwritten():
            self._session.lay_by(worded, {"arrival": arrival_id, **values})

    def _still_unwritten(self) -> set[int]:
        writings, entered = self._unwritten
        return entered if writings == self._session.writings else set()


_TABLE = SQLModel.metadata.tables["arrival"]
_UNTOUCHED = {name: field.default for name, field in ArrivalRow.model_fields.items() if not field.is_required()}
_ENTER = insert(_TABLE)
_DISPOSE, _PROVE, _ENTITLE = (
    update(_TABLE).where(_TABLE.c.id == bindparam("arrival")).values({name: bindparam(name) for name in columns})
    for columns in (("disposition", "reason"), ("proof", "bad_codes"), ("subject",))
)
_THESE = select(_TABLE).where(_TABLE.c.id.in_(bindparam("arrivals", expanding=True)))
