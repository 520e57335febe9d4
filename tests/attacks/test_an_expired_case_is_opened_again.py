"""What the letter about an expired case says is what opens it again, in the words of its reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.model import Lifecycle
from tests.attacks.desk import SATO, SUZUKI, Desk


@pytest.mark.parametrize(
    ("reader", "edit", "field", "reopen"),
    [(SUZUKI, "EDIT", "Deadline: 2027-02-01", "REOPEN"), (SATO, "変更", "期限：2027-02-01", "再募集")],
    ids=["en", "ja"],
)
def test_a_new_deadline_and_then_the_word_open_it_again(tmp_path: Path, reader: str, edit: str, field: str, reopen: str) -> None:
    desk = Desk.open(tmp_path)
    case = desk.case()
    desk.writes(reader, f"{edit} {case}\n{field.replace('2027-02-01', '2026-12-10')}")
    desk.writes(reader, "YES", answering=desk.last_letter_to(reader))
    desk.passes(days=30)
    desk.ticks()
    told = "".join(desk.last_letter_to(reader).text.split())
    assert f"{edit}{case}" in told and f"{reopen}{case}" in told
    desk.writes(reader, f"{edit} {case}\n{field}")
    desk.writes(reader, f"{reopen} {case}")
    desk.writes(reader, "YES", answering=desk.last_letter_to(reader))  # this desk's cases were opened without anybody's approval
    with desk.office.ledger.reading() as ledger:
        assert ledger.cases.by_id(case).lifecycle is Lifecycle.OPEN
    desk.office.ledger.close()
