"""O-08: a process that is killed inside a migration leaves the old tables or the new ones and never half of them, and the next start mends it."""

from __future__ import annotations

import os
import signal
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, inspect, text
from sqlmodel import SQLModel

from bot.shell.ledger import migrate
from tests.shell.books import ledger_at

CASE = (
    "INSERT INTO legal_case (id, year, number, title, summary, kind, language, place, deadline_is_day, time_frame, places, details,"
    " conflict_names, contact, lifecycle, is_emergency, created_at, created_by) VALUES ('A-2026-001', 2026, 1, 'A title', 'B', '', '', '',"
    " false, '', 1, '', '', '', 'open', false, '2026-11-01 00:00:00', 'x')"
)


def at_the_first_step(url: str) -> None:
    """A database of the very first version, with a case in it."""
    ledger = ledger_at(url)
    configured = migrate.configuration()
    with ledger.engine.begin() as connection:
        configured.attributes["connection"] = connection
        command.upgrade(configured, "0001")
        connection.execute(text(CASE))
    ledger.close()


def climbs_and_is_killed(url: str, *, at: int) -> bool:
    """Whether a process of its own was killed at its nth change, by SIGKILL, before it came to the end."""
    child = os.fork()
    if child == 0:
        ledger, seen = ledger_at(url), [0]

        def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            seen[0] += not statement.lstrip().upper().startswith(("SELECT", "PRAGMA"))
            if seen[0] == at:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(ledger.engine, "after_cursor_execute", count)
        try:
            ledger.migrate()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def step(url: str) -> tuple[str | None, set[str]]:
    """The step on record, and the tables that are there."""
    ledger = ledger_at(url)
    with ledger.engine.connect() as connection:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar(), set(inspect(connection).get_table_names())
    ledger.close()
    return found


def test_O_08_killed_at_any_change_the_tables_are_old_or_new_and_the_next_start_goes_through(empty_database_url: str) -> None:
    at_the_first_step(empty_database_url)
    before = step(empty_database_url)
    for at in (1, 2, 5, 12, 25, 40, 60):
        if not climbs_and_is_killed(empty_database_url, at=at):
            pytest.fail(f"there are fewer than {at} changes: choose other moments")
        assert step(empty_database_url) == before, f"half a migration is left after change {at}"
    ledger = ledger_at(empty_database_url)
    ledger.migrate()
    with ledger.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"render_as_batch": True})
        assert compare_metadata(context, SQLModel.metadata) == []
        assert connection.execute(text("SELECT count(*) FROM legal_case WHERE id = 'A-2026-001'")).scalar() == 1
    ledger.close()
