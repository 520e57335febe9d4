"""The tables' shape over time: Alembic's steps, run at start.

Given an engine, brings it to the newest step in one transaction. Refuses a database that a later version has changed, and says so.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine


class LedgerNewer(Exception):
    """The database was last used by a later version of firstreply."""


def configuration() -> Config:
    """Alembic's, pointing at the steps beside this package."""
    configured = Config()
    configured.set_main_option("script_location", str(Path(__file__).parent.parent / "migrations"))
    return configured


def upgrade(engine: Engine) -> None:
    """To the newest step; nothing is done where the database is there already."""
    configured = configuration()
    script = ScriptDirectory.from_config(configured)
    with engine.connect() as connection:
        at = MigrationContext.configure(connection).get_current_revision()
    known = {step.revision for step in script.walk_revisions()}
    if at is not None and at not in known:
        raise LedgerNewer(at)
    if at == script.get_current_head():
        return
    with engine.begin() as connection:
        configured.attributes["connection"] = connection
        command.upgrade(configured, "head")
