"""`firstreply backup`: one file with everything in it, made while others write, and never half a file under its name."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlmodel import select

from bot.shell.ledger import BackupFailed, Ledger
from bot.shell.ledger.backup import COPIED
from bot.shell.tables import lasting_tables
from tests.servers.ground import PATIENCE_SECONDS
from tests.shell.books import NOW, add_arrival, add_case, add_claim, add_member, ledger_at, open_ledger


def everything(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that lasts, but for the mark of the copy."""
    with ledger.engine.connect() as connection:
        tables = {table.name: [tuple(row) for row in connection.execute(select(table))] for table in lasting_tables()}
    return {name: sorted((row for row in rows if COPIED not in row), key=repr) for name, rows in tables.items()}


def filled(ledger: Ledger) -> None:
    with ledger.deciding() as book:
        member, case = add_member(book, 1), add_case(book, places=2)
        add_claim(book, case, member, 11)
        book.marks.put("first_start", NOW)


def test_every_row_of_either_database_is_in_the_copy(database_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with open_ledger(database_url) as ledger:
        filled(ledger)
        size = ledger.backup(copy, now=NOW)
        with open_ledger(f"sqlite:///{copy}", keys=ledger.keys) as read:
            assert everything(read) == everything(ledger)
            with read.reading() as book:
                assert book.marks.at(COPIED) == NOW
    assert size > 0 and copy.stat().st_mode & 0o777 == 0o600


def test_the_live_database_bears_no_mark_of_the_copy(database_url: str, tmp_path: Path) -> None:
    with open_ledger(database_url) as ledger:
        ledger.backup(tmp_path / "copy.db", now=NOW)
        with ledger.reading() as book:
            assert book.marks.at(COPIED) is None


def test_C_23_a_copy_made_while_another_writes_is_of_one_moment(database_url: str, tmp_path: Path) -> None:
    """Each message is written with its claim, so a whole copy has as many of one as of the other."""
    with open_ledger(database_url) as ledger:
        with ledger.deciding() as book:
            members, case = [add_member(book, number) for number in range(60)], add_case(book, places=3)
        begun, done = threading.Event(), threading.Event()

        def write() -> None:
            for uid, member in enumerate(members):
                with ledger.deciding() as book:
                    add_claim(book, case, member, uid)
                begun.set()
            done.set()

        writer = threading.Thread(target=write)
        writer.start()
        begun.wait(PATIENCE_SECONDS)
        ledger.backup(tmp_path / "copy.db", now=NOW)
        writer.join()
        with sqlite3.connect(tmp_path / "copy.db") as copy:
            (arrivals,), (claims,) = copy.execute("SELECT count(*) FROM arrival UNION ALL SELECT count(*) FROM claim").fetchall()
    assert done.is_set() and arrivals == claims > 0


def test_what_was_deleted_is_not_in_the_copy(tmp_path: Path) -> None:
    with open_ledger(f"sqlite:///{tmp_path / 'live.db'}") as ledger:
        with ledger.deciding() as book:
            book.marks.put("gone", NOW, note="QZX CANARY NAME")
        with ledger.deciding() as book:
            book.marks.drop("gone")
        ledger.backup(tmp_path / "copy.db", now=NOW)
    assert b"QZX CANARY" not in (tmp_path / "copy.db").read_bytes()


def test_a_copy_that_fails_leaves_the_one_before_and_nothing_beside_it(tmp_path: Path) -> None:
    """The live database is damaged, so that no whole copy can be made of it."""
    live, copy = tmp_path / "live.db", tmp_path / "backups" / "copy.db"
    copy.parent.mkdir()
    with open_ledger(f"sqlite:///{live}") as ledger, ledger.deciding() as book:
        for uid in range(300):
            add_arrival(book, uid)
    with open_ledger(f"sqlite:///{live}") as ledger:
        ledger.backup(copy, now=NOW)
    before = copy.read_bytes()
    with live.open("r+b") as file:
        file.seek(16_384)
        file.write(b"\x99" * (live.stat().st_size - 16_384))
    ledger = ledger_at(f"sqlite:///{live}")
    with pytest.raises(BackupFailed):
        ledger.backup(copy, now=NOW)
    ledger.close()
    assert copy.read_bytes() == before and [path.name for path in copy.parent.iterdir()] == ["copy.db"]


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    with open_ledger(f"sqlite:///{tmp_path / 'live.db'}") as ledger, pytest.raises(BackupFailed, match="No such file"):
        ledger.backup(tmp_path / "nowhere" / "copy.db", now=NOW)
