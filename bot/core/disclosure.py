"""Small numbers are hidden, and so that no subtraction brings them back.

Given counts whose sum is shown with them, gives what may be shown of each and of the sum. One to four are hidden as such. Where the
rest of the table would still give one of them away, further ones are withheld until every hidden number could be at least two things
to a reader who knows the sum, the shown numbers and this rule. Names nothing and rounds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final

from bot.core.model import Cell, Hidden

FEWEST_SHOWN: Final = 5


def conceal(counts: Sequence[int]) -> tuple[tuple[Cell, ...], Cell]:
    """The cells and their sum as they may be shown.

    >>> conceal([12, 3, 7])
    ((12, <Hidden.FEW: 'fewer than 5'>, <Hidden.WITHHELD: 'withheld'>), 22)
    """
    total = sum(counts)
    hidden = {number for number, count in enumerate(counts) if is_small(count)}
    cells = tuple(_shown(count) for count in counts)
    if not hidden:
        return cells, total
    if is_small(total):
        return cells, Hidden.FEW
    for further in sorted(set(range(len(counts))) - hidden, key=lambda number: (not counts[number], counts[number])):
        if _tells_nothing(counts, hidden):
            break
        hidden.add(further)
    shown = tuple(_shown(count) if number not in hidden or is_small(count) else Hidden.WITHHELD for number, count in enumerate(counts))
    return shown, total if _tells_nothing(counts, hidden) else Hidden.WITHHELD


def is_small(count: int) -> bool:
    return 0 < count < FEWEST_SHOWN


def _shown(count: int) -> Cell:
    return Hidden.FEW if is_small(count) else count


def _tells_nothing(counts: Sequence[int], hidden: set[int]) -> bool:
    """Whether every hidden number has at least two possible values, given what the hidden ones add up to."""
    total = sum(counts[number] for number in hidden)
    return all(_is_open(counts[number], [counts[other] for other in hidden if other != number], total) for number in hidden)


def _is_open(count: int, others: list[int], total: int) -> bool:
    possible = (value for value in _values(count, total) if _can_be(total - value, others))
    return len(list(islice(possible, 2))) == 2


def _values(count: int, most: int) -> list[int]:
    """What a reader must reckon with behind a hidden number: one to four, or anything but those."""
    return [value for value in range(1, FEWEST_SHOWN) if value <= most] if is_small(count) else [0, *range(FEWEST_SHOWN, most + 1)]


def _can_be(total: int, others: list[int]) -> bool:
    """Whether the other hidden numbers can add up to this. Bit n of `sums` stands for the sum n."""
    sums = 1
    for other in others:
        sums = _plus_each(sums, _values(other, total))
    return bool(sums >> total & 1)


def _plus_each(sums: int, values: list[int]) -> int:
    reached = 0
    for value in values:
        reached |= sums << value
    return reached
