"""When each part of the daemon made its last step, by a clock that nobody can set. Kept in this process, and by no other."""

from __future__ import annotations

import time
from datetime import timedelta


class Pulse:
    def __init__(self) -> None:
        self._beats: dict[str, float] = {}

    def beat(self, part: str) -> None:
        """The part has made a step: reader, sender or clock."""
        self._beats[part] = time.monotonic()

    def ages(self) -> dict[str, timedelta]:
        """How long ago, by part; nothing of a part that has not begun."""
        now = time.monotonic()
        return {part: timedelta(seconds=now - beat) for part, beat in list(self._beats.items())}
