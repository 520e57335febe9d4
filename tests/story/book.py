"""A story's database, as somebody would reach it who has its address: for what no person can bring about, such as that a month has passed.

Given the URL of either kind; works by plain statements and keeps no connection.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.engine import CursorResult
from sqlalchemy.pool import NullPool


@dataclass(frozen=True, slots=True)
class Book:
    url: str

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    def change(self, statement: str) -> int:
        """As if something had been otherwise than it was; gives how many rows it changed."""
        return self._run(statement)[0]

    def found(self, question: str) -> Any:
        """The first value that a statement finds."""
        return self._run(question)[1]

    def ages(self, table: str, column: str, *, where: str = "true", **span: float) -> int:
        """As if some moments had been longer ago, by a span such as `days=1`; gives how many."""
        seconds = timedelta(**span).total_seconds()
        earlier = f"{column} - interval '{seconds} seconds'"
        if self.is_sqlite:
            earlier = f"strftime('%Y-%m-%d %H:%M:%f000', {column}, '-{seconds} seconds')"
        return self.change(f"UPDATE {table} SET {column} = {earlier} WHERE {where}")

    def written(self, moment: datetime) -> str:
        """A moment as a statement has it."""
        in_utc = moment.astimezone(UTC)
        return f"'{in_utc:%Y-%m-%d %H:%M:%S}.000000'" if self.is_sqlite else f"'{in_utc.isoformat()}'"

    def _run(self, statement: str) -> tuple[int, Any]:
        with create_engine(self.url, poolclass=NullPool).begin() as book:
            done: CursorResult[Any] = book.execute(text(statement))
            return done.rowcount, done.scalar() if done.returns_rows else None
