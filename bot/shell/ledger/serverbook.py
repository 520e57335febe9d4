"""The post book of a PostgreSQL: a schema of its own, which putting the data back (the schema `public`) leaves as it is.

One line a letter, as in the file beside SQLite, written in the transaction that says “sent”; so all machines share one book, and it costs no
commit of its own. Where the whole server is put back, the book goes back too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BigInteger, Column, Engine, MetaData, Select, Table, Text, insert, select, text

from bot.shell.ledger import away
from bot.shell.postbook import PostBook, Posting

SCHEMA: Final = "firstreply_post"
_MAKING_LOCK: Final = 0x666972737405
"""Two machines that start together do not both make it."""
_LAST: Final = 20
_AT_ONCE: Final = 1000
LINES: Final = Table(
    "line",
    MetaData(schema=SCHEMA),
    Column("number", BigInteger, primary_key=True, autoincrement=True),
    Column("content", Text, nullable=False),
)


def prepare(engine: Engine) -> None:
    """Make it where it is not there yet."""
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MAKING_LOCK})
        if connection.execute(text("SELECT to_regclass(:name)"), {"name": f"{SCHEMA}.line"}).scalar() is None:
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
            LINES.create(connection)


class ServerBook(PostBook):
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, now: datetime) -> None:
        if next(self._lines(), None) is None:
            self._append({"began": now.isoformat(), "file": self._place()})

    def note(self, *postings: Posting) -> None:
        """Done already: `Past.note` writes them together with the letters' state."""

    def _append(self, *entries: dict[str, object]) -> None:
        with away.ours(), self._engine.begin() as connection:
            connection.execute(insert(LINES), [{"content": json.dumps(entry)} for entry in entries])

    def _lines(self) -> Iterator[bytes]:
        after = 0
        while rows := self._some(select(LINES).where(LINES.c.number > after).order_by(LINES.c.number).limit(_AT_ONCE)):
            yield from (content.encode() for _, content in rows)
            after = rows[-1][0]

    def _backwards(self) -> Iterator[bytes]:
        yield from (content.encode() for _, content in self._some(select(LINES).order_by(LINES.c.number.desc()).limit(_LAST)))

    def _place(self) -> int | None:
        with away.ours(), self._engine.connect() as connection:
            found = connection.execute(text("SELECT to_regclass(:name)::oid::bigint"), {"name": f"{SCHEMA}.line"}).scalar()
        return int(found) if found is not None else None

    def _some(self, query: Select[Any]) -> list[tuple[int, str]]:
        with away.ours(), self._engine.connect() as connection:
            return [(row.number, row.content) for row in connection.execute(query)]
