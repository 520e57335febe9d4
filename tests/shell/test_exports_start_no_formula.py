"""What goes out as CSV may have come from strangers: it opens in a spreadsheet program as text, and reads back as it was."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shell.sheets import read, write_csv
from tests.shell.formulas import BREAK_OUT, FORMULAS


def opened(content: bytes) -> list[list[str]]:
    """As a spreadsheet program would see it."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("cell", [cell for cell in FORMULAS if cell != BREAK_OUT])
def test_i09_a_formula_is_written_as_text(cell: str) -> None:
    assert opened(write_csv(["name"], [[cell]]))[1][0].startswith("'")


@pytest.mark.parametrize("cell", FORMULAS)
def test_i10_a_cell_stays_one_cell(cell: str) -> None:
    assert [len(line) for line in opened(write_csv(["name", "firm"], [[cell, "x"]]))] == [2, 2]


@pytest.mark.parametrize(
    "cell", ["伊藤 明子", "O'Neil & Co.", "a-b", "2027-03-01", "x = y", "a,b;c\td", 'say "hi"', "line\nline", "'quoted'", ""]
)
def test_i09_a_harmless_cell_is_written_as_it_is(cell: str) -> None:
    assert opened(write_csv(["name", "x"], [[cell, "x"]]))[1][0] == cell


def test_excel_is_told_that_it_is_utf8() -> None:
    assert write_csv(["氏名"], []).startswith(b"\xef\xbb\xbf")


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")) | st.sampled_from(FORMULAS), min_size=1, max_size=4)
)
def test_whatever_is_written_reads_back_as_it_was(cells: list[str]) -> None:
    header = [f"column {number}" for number in range(len(cells) + 1)]
    assert list(read(write_csv(header, [[*cells, "end"]]), "x.csv").rows[0].cells.values()) == [*cells, "end"]
