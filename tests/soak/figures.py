"""What the sweeps count: how much was tried, and what came of it, by sweep and by fault.

Given what each play did, gives two tables for people and one document for programs. A play that breaks a promise is counted as what it broke.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field


class Lost(AssertionError):
    """A message or a letter that is not where it must be."""


class WrongHolder(AssertionError):
    """Somebody stands otherwise with a case than the order of arrival says."""


@dataclass(slots=True)
class Figures:
    """Of one play."""

    messages: int = 0
    letters: int = 0
    duplicates: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    """How often each fault, or kill at each station, came to pass."""


@dataclass(frozen=True, slots=True)
class Played:
    """One sweep with one seed, to its end or to what it failed by."""

    sweep: str
    seed: int
    figures: Figures
    failure: Exception | None = None

    def __str__(self) -> str:
        told = ", ".join(f"{fault} {times}" for fault, times in sorted((+self.figures.faults).items()))
        return f"{self.figures.messages} messages in, {self.figures.letters} letters out, {self.figures.duplicates} twice; {told or 'no fault'}"


COLUMNS = ("Seeds", "Failed", "Faults", "Messages", "Letters", "Duplicates", "Lost", "Wrong holders")
Row = tuple[str, *tuple[int, ...]]


def by_sweep(plays: Sequence[Played]) -> list[Row]:
    """A row for each sweep, and one for all."""
    sweeps = list(dict.fromkeys(play.sweep for play in plays))
    return [_row(name, [play for play in plays if play.sweep == name]) for name in sweeps] + [_row("all", plays)]


def by_fault(plays: Sequence[Played]) -> list[Row]:
    """A row for each fault: the plays in which it came to pass. One with several faults counts for each of them."""
    faults = sorted({fault for play in plays for fault in +play.figures.faults})
    return [_row(fault, [play for play in plays if play.figures.faults[fault]], fault=fault) for fault in faults]


def document(plays: Sequence[Played]) -> dict[str, object]:
    names = [column.lower().replace(" ", "_") for column in COLUMNS]
    tables = (("sweep", by_sweep(plays)), ("fault", by_fault(plays)))
    told: dict[str, object] = {
        f"{what}s": [{what: name, **dict(zip(names, counts, strict=True))} for name, *counts in rows] for what, rows in tables
    }
    return told | {"failed": [{"sweep": play.sweep, "seed": play.seed, "why": str(play.failure)} for play in plays if play.failure]}


def _row(name: str, plays: Sequence[Played], *, fault: str = "") -> Row:
    figures = [play.figures for play in plays]
    return (
        name,
        len({(play.sweep, play.seed) for play in plays}),
        sum(play.failure is not None for play in plays),
        sum(one.faults[fault] if fault else one.faults.total() for one in figures),
        sum(one.messages for one in figures),
        sum(one.letters for one in figures),
        sum(one.duplicates for one in figures),
        sum(isinstance(play.failure, Lost) for play in plays),
        sum(isinstance(play.failure, WrongHolder) for play in plays),
    )
