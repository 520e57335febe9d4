"""Which kind of database desks and stories work on: SQLite in a file of their own, or each a fresh database on a real PostgreSQL.

`FIRSTREPLY_TEST_DATABASE=postgresql` puts all of them on PostgreSQL; a file marked `both_databases` runs on either kind in any case.
A fresh database is copied from one whose tables the migrations have made, once in each process: a twentieth of a second on PostgreSQL, next to
nothing on SQLite. Tests of the migrations themselves begin with an `empty_database_url`.
"""

from __future__ import annotations

import contextlib
import functools
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from bot.shell.ledger import migrate
from tests.servers.postgres import Postgres

KINDS = ("sqlite", "postgresql")
USUAL = os.environ.get("FIRSTREPLY_TEST_DATABASE", "sqlite")
assert USUAL in KINDS, f"FIRSTREPLY_TEST_DATABASE may be one of {', '.join(KINDS)}"

_from_server: list[Callable[[], str]] = []


def fresh_url(path: Path) -> str:
    """A database of the kind that this test is for, with all tables and no rows. One of SQLite is at `path`; if a file is there, it stays."""
    return _from_server[-1]() if _from_server else sqlite_at(path)


def sqlite_at(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_bytes(_sqlite_with_tables())
    return f"sqlite:///{path}"


@functools.cache
def _sqlite_with_tables() -> bytes:
    """A file as the product leaves it when nobody has it open: its log is folded in, its header asks for a log."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tables.db"
        engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        migrate.upgrade(engine)
        return path.read_bytes()


@contextlib.contextmanager
def on_server(server: Callable[[], tuple[Postgres, str]]) -> Iterator[None]:
    """For one test. The server, and the database on it that is copied, are asked for when the first database is."""
    with contextlib.ExitStack() as databases:

        def fresh() -> str:
            postgres, template = server()
            return databases.enter_context(postgres.fresh_database(like=template))

        _from_server.append(fresh)
        try:
            yield
        finally:
            _from_server.pop()


@contextlib.contextmanager
def with_tables(postgres: Postgres) -> Iterator[str]:
    """The name of a database to copy: all tables, no rows."""
    with postgres.fresh_database() as url:
        engine = create_engine(url)
        migrate.upgrade(engine)
        engine.dispose()
        yield url.rpartition("/")[2]
