"""Numbers of rows that are yet to be written, so that others may point to them, and all are written together.

To be taken in a transaction that writes. SQLite lets nobody else write until it ends; a server gives a number once, whether it is used or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain, count
from typing import Any

from sqlalchemy import Select, func, select, text
from sqlmodel import SQLModel

from bot.shell.ledger.session import BookSession

_FROM_SEQUENCE = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :many)")


class Numbers:
    def __init__(self, session: BookSession) -> None:
        self._session = session
        self._free: dict[str, Iterator[int]] = {}

    def take(self, table: str) -> int:
        """The number of the next row of a table, above every one before."""
        found = next(self._free.get(table, iter(())), None)
        if found is None:
            self.reserve(table, 1)
            found = next(self._free[table])
        return found

    def reserve(self, table: str, many: int) -> None:
        """Ask at once for as many as will be taken soon."""
        if not many:
            return
        if self._session.dialect == "sqlite":
            if table not in self._free:
                last = self._session.ask(_last(table)).scalar()
                self._free[table] = count(1 + (last or 0))
        else:
            given = self._session.ask(_FROM_SEQUENCE, name=table, many=many).scalars().all()
            self._free[table] = chain(self._free.get(table, ()), given)


@cache
def _last(table: str) -> Select[Any]:
    return select(func.max(SQLModel.metadata.tables[table].c.id))
