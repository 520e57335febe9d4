"""O-10, G-20, G-26: three machines find the same round due in the same moment; it is opened once, and each member is owed one letter."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from bot import rounds
from bot.office import Office
from tests.attacks.desk import ALICE, BOB, CHIKA, Desk

MACHINES = 3


def test_O_10_G_26_of_three_machines_that_find_it_due_together_one_opens_the_round(tmp_path: Path, postgres_url: str) -> None:
    """None of them leads, so nothing but the database keeps them apart."""
    desk = Desk.open(tmp_path, database_url=postgres_url)
    desk.case()
    rounds.open_due(desk.office)  # the first start
    desk.passes(days=14)
    machines = [desk.office, *(Desk.reopened(tmp_path, desk.clock) for _ in range(MACHINES - 1))]
    together = Barrier(MACHINES)

    def opens(office: Office) -> int | None:
        together.wait()
        return rounds.open_due(office)

    with ThreadPoolExecutor(MACHINES) as pool:
        made = list(pool.map(opens, machines))
    for office in machines[1:]:
        office.ledger.close()
    assert sorted(one or 0 for one in made) == [0, 0, 3]
    with desk.office.ledger.reading() as ledger:
        assert [(one.month, one.letters) for one in ledger.rounds.all()] == [("2026-12", 3)]
    assert [sum(letter.headers["List-Id"] is not None for letter in desk.letters_to(to)) for to in (ALICE, BOB, CHIKA)] == [1, 1, 1]
