"""The tables' shape comes from the migrations alone, and a database of a later version is left alone."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlmodel import SQLModel

from bot.core.model import Asked, Question
from bot.shell.ledger import LedgerNewer, migrate
from tests.shell.books import NOW, add_case, ledger_at, open_ledger


def test_migrated_tables_are_the_tables_of_this_version(empty_database_url: str) -> None:
    with open_ledger(empty_database_url) as ledger, ledger.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"render_as_batch": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_migrating_twice_changes_nothing(empty_database_url: str) -> None:
    with open_ledger(empty_database_url) as ledger:
        ledger.migrate()


def test_a_database_of_a_later_version_is_refused(empty_database_url: str) -> None:
    with open_ledger(empty_database_url) as ledger:
        with ledger.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(LedgerNewer):
            ledger_at(empty_database_url).migrate()


def test_every_step_can_be_undone_and_done_again(empty_database_url: str) -> None:
    with open_ledger(empty_database_url) as ledger:
        configured = migrate.configuration()
        for step in (command.downgrade, command.upgrade):
            with ledger.engine.begin() as connection:
                configured.attributes["connection"] = connection
                step(configured, "base" if step is command.downgrade else "head")


def test_only_what_was_ever_open_counts_as_approved_afterwards(empty_database_url: str) -> None:
    """0002: in doubt a case is shown to staff once more before it opens again."""
    cases = [
        ("A-2026-001", "open", "suzuki@ngo.example", ""),
        ("A-2026-002", "draft", "suzuki@ngo.example", ""),
        ("A-2026-003", "withdrawn", "suzuki@ngo.example", "withdrawn by suzuki@ngo.example"),
        ("A-2026-004", "closed", "suzuki@ngo.example", "opened by suzuki@ngo.example"),
        ("A-2026-005", "closed", "command line", ""),
    ]
    with open_ledger(empty_database_url) as ledger:
        configured = migrate.configuration()
        with ledger.engine.begin() as connection:
            configured.attributes["connection"] = connection
            command.downgrade(configured, "0001")
            for number, (case_id, lifecycle, by, note) in enumerate(cases):
                connection.execute(
                    text(
                        "INSERT INTO legal_case (id, year, number, title, summary, kind, language, place, deadline_is_day, time_frame, places,"
                        " details, conflict_names, contact, lifecycle, is_emergency, created_at, created_by) VALUES"
                        " (:id, 2026, :number, 'A', 'B', '', '', '', false, '', 1, '', '', '', :lifecycle, false, '2026-11-01 00:00:00', :by)"
                    ),
                    {"id": case_id, "number": number, "lifecycle": lifecycle, "by": by},
                )
                row = {"name": f"case {case_id} 000000001.001", "note": note}
                connection.execute(text("INSERT INTO mark (name, at, note) VALUES (:name, '2026-11-01 00:00:00', :note)"), row)
        ledger.migrate()
        with ledger.reading() as read:
            assert [case.id[-3:] for case in read.cases.all() if case.is_approved] == ["001", "004", "005"]


def test_a_preview_that_is_out_at_the_upgrade_still_sends_the_next_bulletin(database_url: str) -> None:
    """0015: who has it before them has read it with the bulletins that went out until then."""
    with open_ledger(database_url) as ledger:
        with ledger.deciding() as book:
            case_id = add_case(book)
            book.offers.note([case_id], f"bulletin {case_id}:12", NOW)
            book.offers.note([case_id], "2026-11", NOW)
            asked = book.questions.ask(Asked(0, Question.SEND_BULLETIN, "sato@ngo.example", case_id=case_id), now=NOW)
        with ledger.engine.begin() as connection:
            configured = migrate.configuration()
            configured.attributes["connection"] = connection
            command.downgrade(configured, "0014")
        ledger.migrate()
        with ledger.reading() as read:
            assert read.questions.get(asked).bulletins == read.offers.bulletins(case_id) == 1
