"""Disclosure: no number from one to four is shown, and none can be worked out from what is."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.disclosure import conceal
from bot.core.figures import CaseOutcome, Counted, figures
from bot.core.model import Cell, Figures, Hidden, Row

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


def a_month(name: str, placed: int, unplaced: int, kind: str = "Appeal") -> tuple[Figures, Counted]:
    was = Counted([CaseOutcome(kind, "Dari", number < placed) for number in range(placed + unplaced)])
    return figures(name, was, is_over=True), was


def a_year(months: list[tuple[Figures, Counted]]) -> Figures:
    return figures("2026-01/2026-12", Counted([one for _, was in months for one in was.outcomes]), is_over=True, told=months)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_the_sums_of_a_year_do_not_give_away_what_its_months_hide(counts: list[tuple[int, int]]) -> None:
    months = [a_month(f"2026-{number:02}", *pair) for number, pair in enumerate(counts, 1)]
    year = a_year(months)
    for of_year, of_months in (
        (year.placed, [month.placed for month, _ in months]),
        (year.unplaced, [month.unplaced for month, _ in months]),
        (year.cases, [month.cases for month, _ in months]),
    ):
        for cell, values in zip(of_months, possible(tuple(of_months), of_year), strict=True):
            assert cell is not Hidden.FEW or len(values) > 1 or of_year is Hidden.FEW


def test_a_year_names_what_its_months_were_too_small_to_name() -> None:
    months = [a_month(f"2026-{number:02}", 3, 2) for number in range(1, 7)]
    assert all(not month.kinds for month, _ in months)
    year = a_year(months)
    assert (year.cases, year.placed, year.unplaced) == (30, 18, 12) and year.kinds == (Row("Appeal", 18, 12),)


def test_one_month_that_hides_its_number_keeps_that_of_the_year_hidden() -> None:
    months = [a_month("2026-01", 20, 10), a_month("2026-02", 3, 10)]
    assert months[1][0].placed is Hidden.FEW and a_year(months).placed is Hidden.WITHHELD
