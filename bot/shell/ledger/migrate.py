"""The tables' shape over time: Alembic's steps, run at start where they are needed.

Given an engine, brings it to the newest step in one transaction. Refuses a database that a later version has changed, and says so.
Alembic is asked only when there is something to do: every start would pay for its import otherwise.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config

STEPS = Path(__file__).parent.parent / "migrations" / "versions"


class LedgerNewer(Exception):
    """The database was last used by a later version of firstreply."""


def configuration() -> Config:
    """Alembic's, pointing at the steps beside this package."""
    from alembic.config import Config

    configured = Config()
    configured.set_main_option("script_location", str(STEPS.parent))
    return configured


def upgrade(engine: Engine) -> None:
    """To the newest step; nothing is done where the database is there already."""
    known = sorted(step.name.partition("_")[0] for step in STEPS.glob("[0-9]*.py"))
    at = _step_of(engine)
    if at is not None and at not in known:
        raise LedgerNewer(at)
    if at != known[-1]:
        _climb(engine)


def _step_of(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _climb(engine: Engine) -> None:
    from alembic import command

    configured = configuration()
    with engine.begin() as connection:
        configured.attributes["connection"] = connection
        command.upgrade(configured, "head")
