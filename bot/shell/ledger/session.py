"""The database session of one transaction: members, addresses and cases that were read stay at hand until it ends.

SQLAlchemy lets go of a row that nobody holds, and would read it again for every question about it. Of members and addresses the row itself
is kept, so that whatever this transaction writes is seen by who reads next; of a case its columns, until it is written. Rows of which
nothing is asked back, and changes of rows, are laid by, and written some at a time: by the next flush, and so before whatever is asked
through this session, or before it ends. Nothing outlives the transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, CursorResult, Executable, FromClause, Insert, Row, Update, bindparam, event, select
from sqlalchemy.orm import object_session
from sqlmodel import Session, SQLModel

from bot.shell.tables import AddressRow, CaseRow, MemberRow

_PLACES: Final[Mapping[FromClause, int]] = {table: place for place, table in enumerate(SQLModel.metadata.sorted_tables)}
"""Of each table behind those that it points to."""
_POINTED_TO: Final = {key.column.table for table in SQLModel.metadata.sorted_tables for key in table.foreign_keys}
_GROUND: Final[frozenset[FromClause]] = frozenset(table for table in _POINTED_TO if not table.foreign_keys)
"""What is pointed to, and points to nothing."""
_KEPT: Final = (AddressRow, MemberRow)
_CASE = SQLModel.metadata.tables["legal_case"]
_THESE_CASES: Final = select(_CASE).where(_CASE.c.id.in_(bindparam("cases", expanding=True)))
AT_ONCE: Final = 100
"""So many rows of a table are in memory before they are written."""


class BookSession(Session):
    def __init__(self, on: Connection) -> None:
        super().__init__(bind=on, expire_on_commit=False, autoflush=True)
        self.on = on
        """Asked without the session, which would first have to begin a transaction of its own within that of the connection."""
        self.at_hand: list[SQLModel] = []
        self.cases_at_hand: dict[str, Row[Any]] = {}
        self._laid_by: dict[Insert | Update, list[Mapping[str, Any]]] = {}
        self.writings = 0
        """How often what was laid by has been written."""

    @property
    def dialect(self) -> str:
        """Which database it is: `sqlite` or `postgresql`."""
        return self.on.dialect.name

    def case(self, case_id: str) -> Row[Any] | None:
        """The row of a case, looked up once: none ever goes."""
        if case_id not in self.cases_at_hand:
            self.cases(_THESE_CASES, cases=[case_id])
        return self.cases_at_hand.get(case_id)

    def cases(self, worded: Executable = _THESE_CASES, /, **values: Any) -> list[Row[Any]]:
        """Rows of cases, which are at hand from now on."""
        rows = list(self.ask(worded, **values))
        self.cases_at_hand |= {row.id: row for row in rows}
        return rows

    def ask(self, worded: Executable, /, **values: Any) -> CursorResult[*tuple[Any, ...]]:
        """The answer to a statement that was worded once, its values left open; of what it gives the session keeps nothing.

        To word one anew, and to let the session look for rows of its own in it, takes five times as long as to have it answered.
        """
        self.flush()
        return self.on.execute(worded, values)

    def do_each(self, worded: Executable, each: Sequence[Mapping[str, Any]]) -> int:
        """A statement that was worded once, done for each of these values, one at least; gives how many rows it changed in all."""
        self.flush()
        return self.on.execute(worded, each).rowcount

    def lay_by(self, into: Insert | Update, *rows: Mapping[str, Any]) -> None:
        """Rows to be written, or changed, with others of their kind, one at least: an INSERT of none writes a row of defaults.

        They may change until they are written. Whoever asks without this session flushes it first.
        """
        if not rows:
            raise ValueError(f"no row for {into.table}")
        if len(self._laid_by.get(into, ())) >= AT_ONCE:
            self.flush()
        self._laid_by.setdefault(into, []).extend(rows)

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """What a row points to is written before it, whichever of both was there first; but no row of the session's own may point to one
        that is laid by and itself points on, as claims and letters do.
        """
        if not self._laid_by:
            super().flush(objects)
            return
        self._write([into for into in self._laid_by if into.table in _GROUND])
        super().flush(objects)
        self._write(list(self._laid_by))

    def _write(self, laid_by: list[Insert | Update]) -> None:
        for into in sorted(laid_by, key=lambda one: (_PLACES[one.table], one.is_update)):
            self.writings += 1
            self.on.execute(into, self._laid_by.pop(into))


@event.listens_for(BookSession, "loaded_as_persistent")
@event.listens_for(BookSession, "pending_to_persistent")
def _keep(session: BookSession, row: SQLModel) -> None:
    if isinstance(row, _KEPT):
        session.at_hand.append(row)


@event.listens_for(CaseRow, "after_update")
def _change(_mapper: object, _connection: object, row: CaseRow) -> None:
    session = object_session(row)
    if isinstance(session, BookSession):
        session.cases_at_hand.pop(row.id, None)
