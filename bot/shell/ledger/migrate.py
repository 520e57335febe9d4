"""The tables' shape over time: Alembic's steps, run at start where they are needed.

Given an engine, brings it to the newest step in one transaction. Refuses a database that a later version has changed, and says so.
Alembic is asked only when there is something to do: every start would pay for its import otherwise.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, text

from bot.shell.ledger.engine import begin

if TYPE_CHECKING:
    from alembic.config import Config

STEPS = Path(__file__).parent.parent / "migrations" / "versions"
MOVED = "moved"
"""The mark of a ledger that goes on elsewhere: when it left, and where to."""
_CLIMBING_LOCK = 0x666972737405
"""The advisory lock's number on PostgreSQL."""


class LedgerNewer(Exception):
    """The database was last used by a later version of firstreply."""


class LedgerMoved(Exception):
    """All that was on record here is on another database now, and is written there alone."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


def configuration() -> Config:
    """Alembic's, pointing at the steps beside this package."""
    from alembic.config import Config

    configured = Config()
    configured.set_main_option("script_location", str(STEPS.parent))
    return configured


def upgrade(engine: Engine) -> None:
    """To the newest step; nothing is done where the database is there already, and nothing may be where its rows have moved away."""
    known = sorted(step.name.partition("_")[0] for step in STEPS.glob("[0-9]*.py"))
    at = _step_of(engine)
    if at is not None and at not in known:
        raise LedgerNewer(at)
    if at is not None:
        _refuse_if_moved(engine)
    if at != known[-1]:
        _climb(engine)


def _step_of(engine: Engine) -> str | None:
    with engine.connect() as connection, begin(connection, is_writing=False):
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _refuse_if_moved(engine: Engine) -> None:
    with engine.connect() as connection, begin(connection, is_writing=False):
        where = connection.execute(text("SELECT note FROM mark WHERE name = :name"), {"name": MOVED}).scalar()
    if where is not None:
        raise LedgerMoved(where)


def _climb(engine: Engine) -> None:
    from alembic import command

    configured = configuration()
    with engine.begin() as connection:
        if engine.dialect.name != "sqlite":  # several daemons may start at once; who waits here finds it done
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _CLIMBING_LOCK})
        configured.attributes["connection"] = connection
        command.upgrade(configured, "head")
