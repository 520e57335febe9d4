"""The nouns of the bench: a plan, a pair of measurements, a figure with its target.

Given rates or times that were taken turn by turn, gives ratios. Measures nothing itself.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

Ours = TypeVar("Ours")
Theirs = TypeVar("Theirs")


class Wrong(Exception):
    """Something was left undone, so its time would tell nothing."""


class Absent(Exception):
    """A counterpart is not on this machine; the sentence says how to get it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured, and how often."""

    letters: int = 1_000
    claims: int = 1_000
    claimants: int = 10_000
    """Who all ask for the same case."""
    cases: int = 4
    turns: int = 3
    starts: int = 9
    moments: int = 20
    """Single claims whose time is taken, in each turn."""
    is_large: bool = False
    """Growth is followed to a hundred times as many members, not to ten times."""


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of the clock, and those of them in which this process, with all its threads, had the processor: these know of no neighbour."""

    passed: float
    busy: float


QUICK = Plan(letters=2, claims=8, claimants=2, turns=1, starts=1, moments=1)
"""Whether it runs, not how fast."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One turn: the product, and right before or after it the reference."""

    ours: float
    reference: float

    @property
    def ratio(self) -> float:
        return self.ours / self.reference


@dataclass(frozen=True, slots=True)
class Spread:
    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: list[float]) -> Spread:
        return cls(median(values), min(values), max(values))


@dataclass(frozen=True, slots=True)
class Target:
    """What the median ratio is to reach; a ceiling where less is better. A stretch is what would be better still."""

    ratio: float
    is_ceiling: bool = False
    is_stretch: bool = False

    def is_met_by(self, ratio: float) -> bool:
        return ratio <= self.ratio if self.is_ceiling else ratio >= self.ratio

    def __str__(self) -> str:
        return f"{'≤' if self.is_ceiling else '≥'} {self.ratio:.2f}{', stretch' if self.is_stretch else ''}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. Without a target it only tells where the time of its neighbours goes."""

    what: str
    unit: str
    reference: str
    pairs: tuple[Pair, ...]
    target: Target | None = None
    note: str = ""

    @property
    def ours(self) -> Spread:
        return Spread.of([pair.ours for pair in self.pairs])

    @property
    def theirs(self) -> Spread:
        return Spread.of([pair.reference for pair in self.pairs])

    @property
    def ratio(self) -> Spread:
        return Spread.of([pair.ratio for pair in self.pairs])

    @property
    def is_met(self) -> bool | None:
        return self.target.is_met_by(self.ratio.median) if self.target else None


def interleaved(ours: Callable[[], Ours], reference: Callable[[], Theirs], *, turns: int) -> list[tuple[Ours, Theirs]]:
    """Both in every turn, and each goes first in every other one: the machine's mood strikes them alike."""
    taken: list[tuple[Ours, Theirs]] = []
    for turn in range(turns):
        if turn % 2:
            theirs = reference()
            taken.append((ours(), theirs))
        else:
            mine = ours()
            taken.append((mine, reference()))
    return taken


def in_turn(works: Mapping[str, Callable[[], float]], *, turns: int) -> dict[str, list[float]]:
    """Several of them in every turn, and in each another one goes first."""
    names = list(works)
    taken: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(turns):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            taken[name].append(works[name]())
    return taken


def pairs(ours: list[float], references: list[float]) -> tuple[Pair, ...]:
    """Turn by turn."""
    return tuple(Pair(own, theirs) for own, theirs in zip(ours, references, strict=True))


def seconds_of(work: Callable[[], object]) -> float:
    """How long it took, begun with the rubbish of others swept out."""
    return times_of(work).passed


def times_of(work: Callable[[], object]) -> Times:
    gc.collect()
    start, busy = time.perf_counter(), time.process_time()
    work()
    return Times(time.perf_counter() - start, time.process_time() - busy)


def expect(what: str, found: object, wanted: object) -> None:
    """Nothing counts unless all of it was done."""
    if found != wanted:
        raise Wrong(f"{what}: {wanted} were expected, not {found}")
