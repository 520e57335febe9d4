"""The tables' shape comes from the migrations alone, and a database of a later version is left alone."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlmodel import SQLModel

from bot.shell.ledger import Ledger, LedgerNewer, migrate
from tests.shell.books import open_ledger


def test_migrated_tables_are_the_tables_of_this_version(database_url: str) -> None:
    with open_ledger(database_url) as ledger, ledger.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"render_as_batch": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    with open_ledger(database_url) as ledger:
        ledger.migrate()


def test_a_database_of_a_later_version_is_refused(database_url: str) -> None:
    with open_ledger(database_url) as ledger:
        with ledger.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(LedgerNewer):
            Ledger(database_url).migrate()


def test_every_step_can_be_undone_and_done_again(database_url: str) -> None:
    with open_ledger(database_url) as ledger:
        configured = migrate.configuration()
        for step in (command.downgrade, command.upgrade):
            with ledger.engine.begin() as connection:
                configured.attributes["connection"] = connection
                step(configured, "base" if step is command.downgrade else "head")
