"""The key store: the keys of cases and months, wrapped, apart from the data and from its backups.

On SQLite a file of its own beside the database, on PostgreSQL the schema `firstreply_keys`, which every machine finds and a dump of the
data leaves out. Each change is on disk when its call returns, before anything that needs the key is. A destroyed key leaves its id
behind, so that “destroyed” and “lost” are told apart for ever. Never sees a key unwrapped.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Column, LargeBinary, MetaData, String, Table, create_engine, event, insert, inspect, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import NullPool

from bot.shell.ledger.dialect import set_pragmas

SCHEMA = "firstreply_keys"
_MAKING_LOCK = 0x666972737404
"""Two replicas that start together do not both make the schema."""


@dataclass(frozen=True, slots=True)
class Wrapped:
    """One key. `label` finds a month's; `wrapped` is None where the key was destroyed, and `master` names what it was wrapped with."""

    id: str
    label: str | None
    wrapped: bytes | None
    master: str


class KeyStore:
    """Asked rarely: whoever works with keys keeps them in memory. Thread-safe, as each call has a connection of its own."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self._table = _table(None if self.is_sqlite else SCHEMA)
        arguments = {"timeout": 30} if self.is_sqlite else {"connect_timeout": 10}
        self._engine = create_engine(url, connect_args=arguments, poolclass=NullPool, hide_parameters=True)
        if self.is_sqlite:
            event.listen(self._engine, "connect", _durable)

    @property
    def name(self) -> str:
        """As people are told of it."""
        return str(self.path) if self.path else f"schema {SCHEMA}"

    @property
    def path(self) -> Path | None:
        """The file of SQLite; None for a server."""
        location = self.url.removeprefix("sqlite:///")
        return Path(location) if self.is_sqlite and location and location != ":memory:" else None

    def prepare(self) -> None:
        """Make it where it is not there yet."""
        if self.path is not None:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        with self._engine.begin() as connection:
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MAKING_LOCK})
                if connection.execute(text("SELECT to_regclass(:name)"), {"name": f"{SCHEMA}.data_key"}).scalar():
                    return
                connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
            self._table.create(connection, checkfirst=True)

    def is_empty(self) -> bool:
        """Whether there is none, or none that was ever used. Makes nothing."""
        if self.path is not None and (not self.path.exists() or not self.path.stat().st_size):
            return True
        with self._engine.connect() as connection:
            if not inspect(connection).has_table(self._table.name, schema=self._table.schema):
                return True
            return connection.execute(select(self._table.c.id).limit(1)).first() is None

    def all(self) -> dict[str, Wrapped]:
        columns = self._table.c
        with self._engine.connect() as connection:
            found = connection.execute(select(columns.id, columns.label, columns.wrapped, columns.master)).all()
        return {row.id: Wrapped(*row) for row in found}

    def add(self, key: Wrapped, *, at: datetime) -> None:
        """Where its label is taken already, whoever came first has it: look before use."""
        dialect = sqlite if self.is_sqlite else postgresql
        row = {"id": key.id, "label": key.label, "wrapped": key.wrapped, "master": key.master, "made_at": at.isoformat()}
        with self._engine.begin() as connection:
            connection.execute(dialect.insert(self._table).values(row).on_conflict_do_nothing(index_elements=["label"]))

    def destroy(self, ids: Iterable[str], *, at: datetime) -> None:
        """For good: the wrapped key is overwritten, and its label is free for another."""
        change = update(self._table).where(self._table.c.id.in_(list(ids)))
        with self._engine.begin() as connection:
            connection.execute(change.values(wrapped=None, label=None, destroyed_at=at.isoformat()))

    def rewrap(self, keys: Mapping[str, bytes], *, master: str) -> None:
        """The same keys under another master key; one that was destroyed meanwhile stays so."""
        table = self._table
        with self._engine.begin() as connection:
            for key_id, wrapped in keys.items():
                still_there = (table.c.id == key_id) & table.c.wrapped.is_not(None)
                connection.execute(update(table).where(still_there).values(wrapped=wrapped, master=master))

    def copy_from(self, other: KeyStore) -> None:
        """Everything that another store holds, the ids of destroyed keys too: for a copy, or a move to another database."""
        with other._engine.connect() as theirs, self._engine.begin() as ours:
            rows = [dict(row._mapping) for row in theirs.execute(select(other._table)).all()]
            if rows:
                ours.execute(insert(self._table), rows)


def _table(schema: str | None) -> Table:
    return Table(
        "data_key",
        MetaData(schema=schema),
        Column("id", String, primary_key=True),
        Column("label", String, unique=True, nullable=True),
        Column("wrapped", LargeBinary, nullable=True),
        Column("master", String, nullable=False),
        Column("made_at", String, nullable=False),
        Column("destroyed_at", String, nullable=True),
    )


def _durable(connection: DBAPIConnection, _record: object) -> None:
    """Synced at every commit; what is destroyed is overwritten, and no write-ahead log keeps an older copy."""
    set_pragmas(connection, "journal_mode=TRUNCATE", "synchronous=FULL", "secure_delete=ON", "busy_timeout=30000")
