"""When each part made its last step, by a clock that nobody can set, and how far it is. Kept in this process, and by no other."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

Watch = Callable[[str, int, int], None]
"""Part, how much of its work is done, and how much there is; 0 is not known."""


class Pulse:
    def __init__(self) -> None:
        self._beats: dict[str, float] = {}
        self.watch: Watch = lambda part, done, total: None
        """Whoever wants to show how far the work is."""

    def beat(self, part: str) -> None:
        """The part has made a step: reader, sender or clock."""
        self._beats[part] = time.monotonic()

    def step(self, part: str, done: int, total: int = 0) -> None:
        """So much of the work at hand is done. No beat: what is not always at work may rest."""
        self.watch(part, done, total)

    def ages(self) -> dict[str, timedelta]:
        """How long ago, by part; nothing of a part that has not begun."""
        now = time.monotonic()
        return {part: timedelta(seconds=now - beat) for part, beat in list(self._beats.items())}
