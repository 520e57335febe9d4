"""G-21: what strangers wrote starts no formula in an exported table, is imported again as it was, and nothing confidential is in it unasked.

ATTACKS I-09, I-10.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.attacks.desk import Desk
from tests.shell.formulas import BREAK_OUT, FORMULAS
from tests.story import command

HARMLESS = ["O'Neil & Co.", "伊藤 明子", "a-b, c;d", "2027-03-01", 'say "hi"', "x = y"]


def table(content: bytes) -> list[dict[str, str]]:
    """As a spreadsheet program takes it in."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(("noun", "column"), [("roster", "name"), ("case", "title")])
def test_I_09_I_10_an_export_starts_no_formula_and_keeps_each_cell_one_cell(desk: Desk, tmp_path: Path, noun: str, column: str) -> None:
    for number, text in enumerate([*FORMULAS, *HARMLESS]):
        if noun == "roster":
            desk.joins(f"m{number}@lawfirm.example", name=text)
        else:
            desk.case(text, summary=text)
    outcome = command.run(tmp_path, noun, "export", "out.csv")
    rows = table((tmp_path / "out.csv").read_bytes())[-len(FORMULAS) - len(HARMLESS) :]
    assert outcome.code == 0 and all(None not in row and None not in row.values() for row in rows)
    cells = [row[column] for row in rows]
    assert cells == [*(formula if formula == BREAK_OUT else f"'{formula}" for formula in FORMULAS), *HARMLESS]


def test_I_09_what_is_exported_is_imported_again_as_it_was(desk: Desk, tmp_path: Path) -> None:
    for number, text in enumerate(["=1+1 Ltd", "+81 office", *HARMLESS]):
        desk.joins(f"m{number}@lawfirm.example", name=text, firm=text, aliases=(f"also{number}@lawfirm.example",))
        desk.case(text, f"{text}\nsecond line", details=f"Details of {text}", contact=text, places=2)
    other = tmp_path / "other"
    other.mkdir()
    Desk.open(other).office.ledger.close()
    for noun, words in (("roster", ()), ("case", ("--with-details",))):
        assert command.run(tmp_path, noun, "export", "out.csv", *words).code == 0
        assert (tmp_path / "out.csv").stat().st_mode & 0o077 == 0, "only its owner may read it"
        outcome = command.run(other, noun, "import", str(tmp_path / "out.csv"))
        assert outcome.code == 0, outcome.err
        (tmp_path / "out.csv").rename(tmp_path / f"first {noun}.csv")
        assert command.run(other, noun, "export", str(tmp_path / "out.csv"), *words).code == 0
        assert (tmp_path / "out.csv").read_bytes() == (tmp_path / f"first {noun}.csv").read_bytes()
        (tmp_path / "out.csv").unlink()


def test_I_09_without_being_asked_an_export_holds_nothing_confidential(desk: Desk, tmp_path: Path) -> None:
    desk.case("Appeal", details="QZX CANARY NAME", conflict_names="QZX CANARY NAME", contact="+81-90-0000-4242")
    out = command.run(tmp_path, "case", "export").out
    assert "Appeal" in out and "CANARY" not in out and "4242" not in out
    columns = out.lstrip("\ufeff").splitlines()[0].replace('"', "").split(",")
    assert columns[:2] == ["title", "kind"] and not {"details", "contact", "conflict_check", "conflict_names"} & set(columns)
