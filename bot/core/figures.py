"""A month in figures: how many cases found a lawyer, how long it took, when the claims came.

Given plain facts of each case and claim, gives figures fit for anybody's eyes: small numbers are hidden (see `disclosure`), sorts of
case that are too rare to name go together, and a table that could not be made safe is left out. Names no client, member or case.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.core.disclosure import FEWEST_SHOWN, conceal
from bot.core.model import Figures, Hours, Row, Spread

HOURS: Final = ((0, 1), (1, 2), (2, 3), (3, 6), (6, 12), (12, 24), (24, 72), (72, None))
"""The steps in which the time after a circulation is told."""

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """One case of the month, and whether all its places have a confirmed lawyer."""

    kind: str
    language: str
    is_placed: bool


def figures(
    month: str, outcomes: Sequence[CaseOutcome], *, waits: Sequence[timedelta], delays: Sequence[timedelta], is_over: bool
) -> Figures:
    """`waits`: from the first circulation to each confirmation; `delays`: from the latest circulation to each claim."""
    placed = sum(one.is_placed for one in outcomes)
    (shown_placed, shown_unplaced), total = conceal([placed, len(outcomes) - placed])
    can_be_parted = isinstance(shown_placed, int) and isinstance(shown_unplaced, int)
    in_steps = [sum(_is_within(delay, step) for delay in delays) for step in HOURS]
    cells, claims = conceal(in_steps)
    return Figures(
        month=month,
        is_over=is_over,
        cases=total,
        placed=shown_placed,
        unplaced=shown_unplaced,
        kinds=_table((one.kind, one.is_placed) for one in outcomes) if can_be_parted else (),
        languages=_table((one.language, one.is_placed) for one in outcomes) if can_be_parted else (),
        waits=_spread(waits),
        claims=claims,
        hours=tuple(Hours(*step, cell) for step, cell in zip(HOURS, cells, strict=True)) if delays else (),
    )


def _table(cases: Iterable[tuple[str, bool]]) -> tuple[Row, ...]:
    """Rows by label, the most frequent first, the rare ones together last; () where the sums would give small numbers away."""
    by_label: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    spelled: dict[str, str] = {}
    for label, is_placed in cases:
        plain = " ".join(label.split())
        name = spelled.setdefault(plain.casefold(), plain)
        by_label[name][not is_placed] += 1
    rows = [(name, counts[0], counts[1]) for name, counts in by_label.items() if name and sum(counts) >= FEWEST_SHOWN]
    rows.sort(key=_by_size)
    named = {name for name, *_ in rows}
    rest = [counts for name, counts in by_label.items() if name not in named]
    if rest:
        rows.append(("", sum(counts[0] for counts in rest), sum(counts[1] for counts in rest)))
    placed, sum_placed = conceal([row[1] for row in rows])
    unplaced, sum_unplaced = conceal([row[2] for row in rows])
    if not named or not isinstance(sum_placed, int) or not isinstance(sum_unplaced, int):
        return ()
    return tuple(Row(row[0], yes, no) for row, yes, no in zip(rows, placed, unplaced, strict=True))


def _by_size(row: tuple[str, int, int]) -> tuple[int, str]:
    return (-row[1] - row[2], row[0])


def _spread(waits: Sequence[timedelta]) -> Spread | None:
    if len(waits) < FEWEST_SHOWN:
        return None
    lower, median, upper = statistics.quantiles((wait.total_seconds() for wait in waits), n=4, method="inclusive")
    return Spread(len(waits), rounded(lower), rounded(median), rounded(upper))


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
