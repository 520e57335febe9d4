"""Which kind of database desks and stories work on: SQLite in a file of their own, or each a fresh database on a real PostgreSQL.

`FIRSTREPLY_TEST_DATABASE=postgresql` puts all of them on PostgreSQL; a file marked `both_databases` runs on either kind in any case.
A fresh database is copied from one whose tables are made already, which costs a twentieth of a second.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator

from sqlalchemy import create_engine

from bot.shell.ledger import migrate
from tests.servers.postgres import Postgres

KINDS = ("sqlite", "postgresql")
USUAL = os.environ.get("FIRSTREPLY_TEST_DATABASE", "sqlite")
assert USUAL in KINDS, f"FIRSTREPLY_TEST_DATABASE may be one of {', '.join(KINDS)}"

_from_server: list[Callable[[], str]] = []


def fresh_url() -> str:
    """An empty database of the kind that this test is for, with all its tables; "" where that is SQLite."""
    return _from_server[-1]() if _from_server else ""


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
