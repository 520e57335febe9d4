"""C-20: wherever within a decision the disk becomes full, all of the decision counts or none of it, and it is made as soon as there is room.

On a full disk SQLite ends the transaction by itself, and whatever is written next would be on record alone.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.core.mail import Letter
from bot.reception import settle
from bot.shell.ledger import LedgerAway
from tests.attacks.desk import ALICE, BOB, CHIKA, Desk

pytestmark = pytest.mark.sqlite_file
ROOM_FOR_ALL = 1_000_000
"""Pages of a database."""


@dataclass(slots=True)
class Disk:
    """How many pages the database may have by now."""

    room: int = ROOM_FOR_ALL

    def hold(self, connection: Any, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count={self.room}").close()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk.open(tmp_path)


@pytest.fixture
def disk(desk: Desk) -> Iterator[Disk]:
    disk = Disk()
    event.listen(desk.office.ledger.engine, "checkout", disk.hold)
    yield disk
    event.remove(desk.office.ledger.engine, "checkout", disk.hold)


def pages(desk: Desk) -> int:
    with desk.office.ledger.engine.connect() as connection:
        return int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())


def on_record(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    with desk.office.ledger.engine.connect() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").scalars().all()
        return {name: [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')] for name in names}


def refusals(desk: Desk, disk: Disk, step: Callable[[], object]) -> int:
    """A page more at each try, until it is enough; gives how often it was not."""
    before, full = on_record(desk), pages(desk)
    for more in range(1_000):
        disk.room = full + more
        try:
            step()
        except LedgerAway:
            disk.room = ROOM_FOR_ALL
            assert on_record(desk) == before
        else:
            return more
    raise AssertionError("no room is ever enough")


def test_C_20_a_case_is_given_and_told_or_neither(desk: Desk, disk: Disk) -> None:
    case = desk.case()
    for seconds, sender in enumerate((BOB, ALICE, CHIKA)):
        desk.writes(sender, f"CLAIM {case}", at=seconds)
    desk.passes(seconds=200)
    with desk.office.ledger.writing() as ledger:
        for folder in desk.office.folders:
            ledger.folders.looked(folder, uidvalidity=1, last_uid=110, scanned_from=desk.now)
    assert refusals(desk, disk, lambda: settle(desk.office)) > 3
    assert desk.standing(case) == {BOB: "confirmed", ALICE: "waitlisted", CHIKA: "waitlisted"}
    assert all(len(desk.letters_to(address)) == 1 for address in (ALICE, BOB, CHIKA))


def test_C_20_a_mail_is_entered_and_answered_or_neither(desk: Desk, disk: Disk) -> None:
    cases = [desk.case(f"Asylum appeal {number}") for number in range(8)]
    commands = "\n".join(f"CLAIM {case}" for case in cases)
    assert refusals(desk, disk, lambda: desk.writes(ALICE, f"HELP\n{commands}\n\n{'And a word to staff. ' * 200}", at=1)) > 3
    assert len(desk.endings()) == 1


def test_C_20_letters_to_readers_who_are_looked_up_are_owed_with_the_rest_or_not_at_all(desk: Desk, disk: Disk) -> None:
    """Looking a reader up writes down what was decided before."""
    for number in range(8):
        desk.joins(f"m{number}@lawfirm.example")

    def greets_all() -> None:
        with desk.office.ledger.deciding() as ledger:
            ledger.marks.put("greeted", desk.now)
            for member in ledger.roster.active():
                desk.office.owe(ledger, Letter("welcome", member.email, "en", {"cases": ()}, member_id=member.id))

    assert refusals(desk, disk, greets_all) > 3
    assert len(desk.letters()) == 11


def test_C_20_what_the_disk_refused_may_not_be_swallowed_by_whoever_decides(desk: Desk, disk: Disk) -> None:
    def careless() -> None:
        with desk.office.ledger.deciding() as ledger:
            for number in range(200):
                with contextlib.suppress(Exception):
                    ledger.marks.put(f"note {number} {'.' * 500}", desk.now)
                    ledger.session.flush()

    assert refusals(desk, disk, careless) > 3


def test_C_20_a_mail_is_not_at_fault_where_our_own_letters_cannot_be_read(desk: Desk) -> None:
    desk.writes(ALICE, f"CLAIM {desk.case()}", proven=None)
    asked, before = desk.last_letter_to(ALICE), desk.endings()
    for aside in ("RENAME TO aside", None):
        with desk.office.ledger.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE question RENAME TO aside" if aside else "ALTER TABLE aside RENAME TO question")
        with pytest.raises(LedgerAway) if aside else contextlib.nullcontext():
            desk.writes(ALICE, "YES", answering=asked)
        assert (desk.endings() == before) is bool(aside)
    assert desk.endings()[-1] == ("pending", "stood by an earlier mail")


def test_C_20_a_round_opens_with_all_its_letters_or_not_at_all(desk: Desk, disk: Disk) -> None:
    for number in range(8):
        desk.joins(f"m{number}@lawfirm.example")
    desk.case()
    assert refusals(desk, disk, desk.sends_the_round) > 3
    assert len([letter for letter in desk.letters() if letter.subject.startswith("Cases for")]) == 11
