"""An answer that told of several cases and did not arrive: staff read each of them, and whose file went nowhere, at once and in the balance."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk
from tests.story.people import Letter
from tests.story.test_bounces_and_machines import report

STAFF = pytest.mark.parametrize(("reader", "confirmed"), [(SATO, "うち担当決定"), (SUZUKI, "Confirmed, with the file")], ids=["ja", "en"])


def lines_with(letter: Letter, case_id: str) -> list[str]:
    return [line for line in letter.text.splitlines() if case_id in line]


@STAFF
def test_staff_read_every_case_of_it_and_which_were_confirmed(tmp_path: Path, reader: str, confirmed: str) -> None:
    desk = Desk.open(tmp_path, daily='daily = "0 8 * * *"')
    first, second, third = desk.case("First"), desk.case("Second"), desk.case("Third")
    desk.ticks()
    desk.writes(BOB, f"CLAIM {third}", at=1)
    desk.writes(ALICE, f"CLAIM {first} {second} {third}", at=2)
    desk.settles()
    assert {desk.standing(case)[ALICE] for case in (first, second)} == {"confirmed"}
    desk.arrives(report(desk.last_letter_to(ALICE).message_id, ALICE))
    told = desk.last_letter_to(reader)
    assert ALICE in told.text and f"{first}, {second}, {third}" in told.text.replace("、", ", ")
    (shown,) = [line for line in told.text.splitlines() if confirmed in line]
    assert shown.replace("、", ", ").endswith(f"{first}, {second}") and third not in shown
    desk.passes(days=1)
    desk.ticks()
    balance = desk.last_letter_to(reader)
    assert balance.subject.startswith(("Today", "本日のまとめ")) and all(case in balance.text for case in (first, second, third))
    desk.office.ledger.close()


@STAFF
def test_a_letter_about_one_case_is_told_as_before(tmp_path: Path, reader: str, confirmed: str) -> None:
    desk = Desk.open(tmp_path)
    case = desk.case("First")
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.arrives(report(desk.last_letter_to(ALICE).message_id, ALICE))
    told = desk.last_letter_to(reader)
    assert len(lines_with(told, case)) == 1 and confirmed not in told.text
    desk.office.ledger.close()
