"""A ledger moved from a SQLite file to an empty PostgreSQL: every table and every key, checked row for row, before anything is promised.

Given the ledger and an address, copies the keys first, locked as they are; then the rows in one transaction of the target while one of the source keeps everybody else from writing; compares the number
of rows and a checksum of each table as the target gives it back; only then marks the source as moved, so that nobody goes on with it by
mistake. Stopped anywhere, it leaves the source as it was and may be done again. The rows of the source are never changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, Table, create_engine, func, insert, select, text
from sqlalchemy.engine import make_url

from bot.shell.ledger import away, migrate
from bot.shell.ledger.keystore import KeyStore
from bot.shell.tables import MarkRow, lasting_tables

if TYPE_CHECKING:
    from bot.shell.ledger import Ledger

_ROWS_AT_ONCE = 50
"""A mail may have megabytes."""


class MoveRefused(Exception):
    """Nothing was moved; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A table as it is on both sides: how many rows, and a sum over all of them that no order of rows changes."""

    table: str
    rows: int
    checksum: str


def move(source: Ledger, url: str, *, now: datetime) -> list[Copied]:
    """Gives what was moved, table by table. Raises `MoveRefused`; call with the source's daemon and sender stopped.

    A target that holds these very rows already is left as it is: the move before was stopped after its last step but one.
    """
    target = create_engine(url, connect_args={"connect_timeout": 10}, hide_parameters=True)
    try:
        with away.ours():
            migrate.upgrade(target)
            _move_keys(source.keys.store, KeyStore(url))
            return _move_rows(source.engine, target, now)
    finally:
        target.dispose()


def _move_keys(source: KeyStore, target: KeyStore) -> None:
    """On disk there before any row that needs them."""
    target.prepare()
    if not target.all():
        target.copy_from(source)
    if target.all() != source.all():
        raise MoveRefused("The database holds keys of another ledger.")


def _move_rows(source: Engine, target: Engine, now: datetime) -> list[Copied]:
    with source.begin() as old:
        with target.begin() as new:
            if _is_empty(new):
                found = [_copy(table, old, new) for table in lasting_tables()]
            else:
                found = [_sum(table, old) for table in lasting_tables()]
            arrived = [_sum(table, new) for table in lasting_tables()]
            differing = [one.table for one, other in zip(found, arrived, strict=True) if one != other]
            if differing:
                raise MoveRefused(f"The database at {place(target)} is not empty, or gives back other rows in {', '.join(differing)}.")
        old.execute(insert(MarkRow).values(name=migrate.MOVED, at=now, note=place(target)[:300]))
    return found


def place(engine: Engine) -> str:
    """Where a database is, without what opens it."""
    url = make_url(engine.url)
    return f"{url.host or 'localhost'}{f':{url.port}' if url.port else ''}/{url.database}"


def _is_empty(connection: Connection) -> bool:
    return not any(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in lasting_tables())


def _copy(table: Table, old: Connection, new: Connection) -> Copied:
    total = _Sum()
    for rows in _rows(table, old):
        total.add(rows)
        new.execute(insert(table), rows)
    counter = table.autoincrement_column
    if counter is not None and total.rows:
        behind = text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)")
        last = new.execute(select(func.max(counter))).scalar_one()
        new.execute(behind, {"table": table.name, "column": counter.name, "last": last})
    return total.of(table)


def _sum(table: Table, connection: Connection) -> Copied:
    total = _Sum()
    for rows in _rows(table, connection):
        total.add(rows)
    return total.of(table)


def _rows(table: Table, connection: Connection) -> Iterator[list[dict[str, Any]]]:
    found = connection.execution_options(stream_results=True).execute(select(table).order_by(*table.primary_key.columns))
    for rows in found.mappings().partitions(_ROWS_AT_ONCE):
        yield [{name: _text(value) for name, value in row.items()} for row in rows]


class _Sum:
    """Each row's SHA-256, added up: the two databases need not agree on an order of words."""

    def __init__(self) -> None:
        self.rows = 0
        self._total = 0

    def add(self, rows: Iterable[Mapping[str, Any]]) -> None:
        for row in rows:
            told = json.dumps({name: _told(value) for name, value in row.items()}, sort_keys=True).encode()
            self._total = (self._total + int.from_bytes(hashlib.sha256(told).digest())) % 2**256
            self.rows += 1

    def of(self, table: Table) -> Copied:
        return Copied(table.name, self.rows, f"{self._total:064x}")


def _text(value: Any) -> Any:
    """PostgreSQL has no text with a NUL in it, which SQLite takes; the sign for “unreadable” stands there instead."""
    return value.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) else value


def _told(value: Any) -> Any:
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
