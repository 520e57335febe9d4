"""A month or a year in figures: how many cases found a lawyer, how long it took, when the claims came.

Given plain facts of each case and claim, gives figures fit for anybody's eyes: small numbers are hidden (see `disclosure`), sorts of
case that are too rare to name go together, and a table that could not be made safe is left out. Names no client, member or case.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.core.disclosure import FEWEST_SHOWN, Part, conceal, gives_away
from bot.core.model import Cell, Figures, Hidden, Hours, Row, Spread

HOURS: Final = ((0, 1), (1, 2), (2, 3), (3, 6), (6, 12), (12, 24), (24, 72), (72, None))
"""The steps in which the time after a circulation is told."""

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """One case of the period, and whether all its places have a confirmed lawyer."""

    kind: str
    language: str
    is_placed: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """What a period was, before anything is hidden."""

    outcomes: Sequence[CaseOutcome] = ()
    waits: Sequence[timedelta] = ()
    """From the first circulation to each confirmation."""
    delays: Sequence[timedelta] = ()
    """From the latest circulation to each claim."""

    @property
    def placed(self) -> int:
        return sum(one.is_placed for one in self.outcomes)

    @property
    def unplaced(self) -> int:
        return len(self.outcomes) - self.placed

    @property
    def steps(self) -> list[int]:
        return [sum(_is_within(delay, step) for delay in self.delays) for step in HOURS]


Told = Sequence[tuple[Figures, Counted]]
"""The months of a year as their own reports have told them, and what they were: no sum of the year may give away what those hide."""


def figures(period: str, counted: Counted, *, is_over: bool, told: Told = ()) -> Figures:
    """The figures of a month, or of a year after its months."""
    sums = [[Part(month.placed, was.placed) for month, was in told], [Part(month.unplaced, was.unplaced) for month, was in told]]
    (placed, unplaced), cases = conceal([counted.placed, counted.unplaced], withheld=_withheld(sums))
    cells, claims = conceal(counted.steps, withheld=_withheld([_step_told(told, number) for number in range(len(HOURS))]))
    can_be_parted = isinstance(placed, int) and isinstance(unplaced, int)
    return Figures(
        period=period,
        is_over=is_over,
        cases=_unless(cases, [Part(month.cases, len(was.outcomes)) for month, was in told]),
        placed=placed,
        unplaced=unplaced,
        kinds=_table(counted, KIND, told) if can_be_parted else (),
        languages=_table(counted, LANGUAGE, told) if can_be_parted else (),
        waits=_spread(counted.waits, [Part(month.waits.count if month.waits else None, len(was.waits)) for month, was in told]),
        claims=_unless(claims, [Part(month.claims, len(was.delays)) for month, was in told]),
        hours=tuple(Hours(*step, cell) for step, cell in zip(HOURS, cells, strict=True)) if counted.delays else (),
    )


def _withheld(rows: Sequence[Sequence[Part]]) -> set[int]:
    return {number for number, parts in enumerate(rows) if gives_away(parts)}


def _unless(cell: Cell, parts: Sequence[Part]) -> Cell:
    return Hidden.WITHHELD if isinstance(cell, int) and gives_away(parts) else cell


def _step_told(told: Told, number: int) -> list[Part]:
    return [Part(month.hours[number].claims if month.hours else 0, was.steps[number]) for month, was in told]


@dataclass(frozen=True, slots=True)
class Sort:
    """By what cases are told apart: how each one is labelled, and where a month's figures have the table of it."""

    label: Callable[[CaseOutcome], str]
    rows: Callable[[Figures], tuple[Row, ...]]


KIND: Final = Sort(lambda one: one.kind, lambda month: month.kinds)
LANGUAGE: Final = Sort(lambda one: one.language, lambda month: month.languages)


def _table(counted: Counted, sort: Sort, told: Told) -> tuple[Row, ...]:
    """Rows by label, the most frequent first, the rare ones together last; () where the sums would give small numbers away."""
    by_label = _by_label(counted, sort)
    rows = [(label, counts[0], counts[1]) for label, counts in by_label.items() if label and sum(counts) >= FEWEST_SHOWN]
    rows.sort(key=_by_size)
    named = {label for label, *_ in rows}
    rest = [counts for label, counts in by_label.items() if label not in named]
    if rest:
        rows.append(("", sum(counts[0] for counts in rest), sum(counts[1] for counts in rest)))
    parts = [_row_told(told, sort, label) for label, *_ in rows]
    placed, sum_placed = conceal([row[1] for row in rows], withheld=_withheld([of_placed for of_placed, _ in parts]))
    unplaced, sum_unplaced = conceal([row[2] for row in rows], withheld=_withheld([of_unplaced for _, of_unplaced in parts]))
    if not named or not isinstance(sum_placed, int) or not isinstance(sum_unplaced, int):
        return ()
    return tuple(Row(row[0], yes, no) for row, yes, no in zip(rows, placed, unplaced, strict=True))


def _by_label(counted: Counted, sort: Sort) -> dict[str, list[int]]:
    """Placed and not placed by label, as it was first spelled."""
    by_label: dict[str, list[int]] = {}
    spelled: dict[str, str] = {}
    for one in counted.outcomes:
        plain = " ".join(sort.label(one).split())
        counts = by_label.setdefault(spelled.setdefault(plain.casefold(), plain), [0, 0])
        counts[not one.is_placed] += 1
    return by_label


def _row_told(told: Told, sort: Sort, label: str) -> tuple[list[Part], list[Part]]:
    """What each month has told of a sort, placed and not placed; of the rare ones together where `label` is ""."""
    placed, unplaced = [], []
    for month, was in told:
        row = next((row for row in sort.rows(month) if row.label.casefold() == label.casefold()), None)
        named = {row.label.casefold() for row in sort.rows(month) if row.label}
        counts = [
            counts
            for found, counts in _by_label(was, sort).items()
            if (found.casefold() == label.casefold() if label else found.casefold() not in named)
        ]
        unnamed = 0 if month.cases == 0 else None
        placed.append(Part(row.placed if row else unnamed, sum(yes for yes, _ in counts)))
        unplaced.append(Part(row.unplaced if row else unnamed, sum(no for _, no in counts)))
    return placed, unplaced


def _by_size(row: tuple[str, int, int]) -> tuple[int, str]:
    return (-row[1] - row[2], row[0])


def _spread(waits: Sequence[timedelta], parts: Sequence[Part]) -> Spread | None:
    if len(waits) < FEWEST_SHOWN:
        return None
    lower, median, upper = statistics.quantiles((wait.total_seconds() for wait in waits), n=4, method="inclusive")
    return Spread(_unless(len(waits), parts), rounded(lower), rounded(median), rounded(upper))


def rounded(seconds: float) -> int:
    """To what one would say: minutes up to two hours, hours up to three days, then days.

    >>> rounded(3725), rounded(30 * 3600 + 900), rounded(5.4 * 86400)
    (3720, 108000, 432000)
    """
    unit = _MINUTE if seconds < 2 * _HOUR else _HOUR if seconds < 3 * _DAY else _DAY
    return round(seconds / unit) * unit


def _is_within(delay: timedelta, step: tuple[int, int | None]) -> bool:
    hours = delay / timedelta(hours=1)
    return step[0] <= hours and (step[1] is None or hours < step[1])
