"""What a sweep counts: how much was tried, and what came of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Figures:
    """Of one play, or the sum of many. Losses and wrong holders fail a play at once and are never counted here."""

    plays: int = 1
    messages: int = 0
    letters: int = 0
    duplicates: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    """How often each fault, or crash at each station, came to pass."""

    def __iadd__(self, other: Figures) -> Figures:
        self.plays += other.plays
        self.messages += other.messages
        self.letters += other.letters
        self.duplicates += other.duplicates
        self.faults += other.faults
        return self

    def __str__(self) -> str:
        told = ", ".join(f"{name} {count}" for name, count in sorted(self.faults.items()))
        sums = f"{self.plays} plays, {self.messages} messages in, {self.letters} letters out, {self.duplicates} duplicates, 0 lost, 0 wrong holders"
        return f"{sums}; faults: {told or 'none'}"
