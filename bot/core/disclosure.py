"""Small numbers are hidden, and so that no subtraction brings them back.

Given counts whose sum is shown with them, gives what may be shown of each and of the sum. One to four are hidden as such. Where the
rest of the table would still give one of them away, further ones are withheld until every hidden number could be at least two things
to a reader who knows the sum, the shown numbers and this rule. So it is with the sum of a year, whose parts the reports of its months have
told already. Names nothing and rounds nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from bot.core.model import Cell, Hidden

FEWEST_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Part:
    """What an earlier report has told of a part of a sum, None for nothing at all, and what the part really was."""

    told: Cell | None
    count: int


def conceal(counts: Sequence[int], *, withheld: Collection[int] = ()) -> tuple[tuple[Cell, ...], Cell]:
    """The cells and their sum as they may be shown; `withheld` are the places that something else forbids to show.

    >>> conceal([12, 3, 7])
    ((12, <Hidden.FEW: 'fewer than 5'>, <Hidden.WITHHELD: 'withheld'>), 22)
    """
    total = sum(counts)
    hidden = {number for number, count in enumerate(counts) if is_small(count)} | set(withheld)
    cells = tuple(_shown(count) for count in counts)
    if not hidden:
        return cells, total
    if is_small(total):
        return cells, Hidden.FEW
    for further in sorted(set(range(len(counts))) - hidden, key=lambda number: (not counts[number], counts[number])):
        if _stay_open([_Unknown.of(counts[number]) for number in hidden]):
            break
        hidden.add(further)
    shown = tuple(_shown(count) if number not in hidden or is_small(count) else Hidden.WITHHELD for number, count in enumerate(counts))
    return shown, total if _stay_open([_Unknown.of(counts[number]) for number in hidden]) else Hidden.WITHHELD


def gives_away(parts: Sequence[Part]) -> bool:
    """Whether the sum of these would let a reader work out a small part that was not told.

    >>> gives_away([Part(12, 12), Part(Hidden.FEW, 3)]), gives_away([Part(12, 12), Part(Hidden.FEW, 3), Part(None, 2)])
    (True, False)
    """
    unknowns = [_Unknown.of(part.count, is_named=part.told is not None) for part in parts if not isinstance(part.told, int)]
    return not _stay_open(unknowns, only_small=True)


def is_small(count: int) -> bool:
    return 0 < count < FEWEST_SHOWN


def _shown(count: int) -> Cell:
    return Hidden.FEW if is_small(count) else count


@dataclass(frozen=True, slots=True)
class _Unknown:
    """A hidden number, and the range that its reader must reckon with: `least` to `most`, or beside 0 at least five where `most` is None."""

    count: int
    least: int = 0
    most: int | None = None

    @classmethod
    def of(cls, count: int, *, is_named: bool = True) -> _Unknown:
        """What has no row of its own may be 0 to 4: so few are not named."""
        if is_small(count) or (count == 0 and not is_named):
            return cls(count, 1 if is_named else 0, FEWEST_SHOWN - 1)
        return cls(count)

    def values(self, limit: int) -> list[int]:
        if self.most is None:
            return [0, *range(FEWEST_SHOWN, limit + 1)]
        return [value for value in range(self.least, self.most + 1) if value <= limit]


def _stay_open(unknowns: Sequence[_Unknown], *, only_small: bool = False) -> bool:
    """Whether each of them, or each small one, has at least two possible values, given what they add up to."""
    total = sum(one.count for one in unknowns)
    return all(
        _is_open(one, [*unknowns[:number], *unknowns[number + 1 :]], total)
        for number, one in enumerate(unknowns)
        if is_small(one.count) or not only_small
    )


def _is_open(one: _Unknown, others: Sequence[_Unknown], total: int) -> bool:
    possible = (value for value in one.values(total) if _can_be(total - value, others))
    return len(list(islice(possible, 2))) == 2


def _can_be(total: int, others: Sequence[_Unknown]) -> bool:
    """Whether the other hidden numbers can add up to this. Bit n of `sums` stands for the sum n."""
    sums = 1
    for other in others:
        sums = _plus_each(sums, other.values(total))
    return bool(sums >> total & 1)


def _plus_each(sums: int, values: list[int]) -> int:
    reached = 0
    for value in values:
        reached |= sums << value
    return reached
