"""Disclosure: no number from one to four is shown, and none can be worked out from what is."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.disclosure import conceal
from bot.core.model import Cell, Hidden

COUNTS = st.lists(st.integers(0, 12), min_size=1, max_size=5)


def possible(cells: tuple[Cell, ...], total: Cell) -> list[set[int]]:
    """Every value that each cell can have, found by trying all tables that would print like this."""
    most = total if isinstance(total, int) else 20
    choices = [
        [cell] if isinstance(cell, int) else range(1, 5) if cell is Hidden.FEW else [0, *range(5, most + 1)] for cell in map(plain, cells)
    ]
    tables = [table for table in itertools.product(*choices) if fits(sum(table), total)]
    return [{table[number] for table in tables} for number in range(len(cells))]


def plain(cell: Cell) -> Cell:
    return cell if isinstance(cell, Hidden) else int(cell)


def fits(found: int, total: Cell) -> bool:
    if isinstance(total, int):
        return found == total
    return 0 < found < 5 if total is Hidden.FEW else True


@given(COUNTS)
@settings(max_examples=150, deadline=None)
def test_every_hidden_number_could_be_another(counts: list[int]) -> None:
    cells, total = conceal(counts)
    if Hidden.FEW not in cells:
        assert list(cells) == counts and total == sum(counts)
        return
    for cell, values in zip(cells, possible(cells, total), strict=True):
        assert isinstance(cell, int) or len(values) > 1 or total is Hidden.FEW


@given(COUNTS)
def test_no_small_number_is_shown(counts: list[int]) -> None:
    cells, total = conceal(counts)
    assert not {1, 2, 3, 4} & {cell for cell in (*cells, total) if isinstance(cell, int)}


def test_what_is_large_stays_as_it_is() -> None:
    assert conceal([12, 0, 7]) == ((12, 0, 7), 19)


def test_one_small_number_takes_a_second_along() -> None:
    assert conceal([20, 3, 9]) == ((20, Hidden.FEW, Hidden.WITHHELD), 32)


def test_two_fours_of_eight_would_give_each_other_away() -> None:
    assert conceal([4, 4, 9]) == ((Hidden.FEW, Hidden.FEW, Hidden.WITHHELD), 17)


def test_where_nothing_else_could_hide_it_the_sum_is_withheld() -> None:
    assert conceal([3, 4])[1] in (Hidden.WITHHELD, 7)
    assert conceal([4, 4]) == ((Hidden.FEW, Hidden.FEW), Hidden.WITHHELD)
