"""The clock that everything goes by: the machine's, but for a while deaf to its leaps.

A clock that is set while we work leaps; a settlement window would be over before it began, or never end. So a leap counts only after the
time in which every window that was open has closed by the old reckoning. A clock that had not been set at all is believed at once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.core.mail import FIRST_DAY

DEAF_FOR = timedelta(minutes=15)
_SINCE_THE_START = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
_DRIFT = timedelta(seconds=5)
"""What the two may differ by without a leap: a clock that is slewed."""


def machine_clock() -> datetime:
    return datetime.now(UTC)


def elapsed() -> timedelta:
    """Since the machine was started, its sleep included where the system can tell."""
    return timedelta(seconds=time.clock_gettime(_SINCE_THE_START))


class SteadyClock:
    """Call it for the time (UTC). Thread-safe."""

    def __init__(self, wall: Callable[[], datetime] = machine_clock, ticks: Callable[[], timedelta] = elapsed) -> None:
        self._wall, self._ticks = wall, ticks
        self._lock = threading.Lock()
        self._offset = wall() - ticks()
        self._leapt_at: timedelta | None = None

    def __call__(self) -> datetime:
        with self._lock:
            wall, ticks = self._wall(), self._ticks()
            told = self._offset + ticks
            if abs(wall - told) <= _DRIFT:
                self._offset, self._leapt_at = wall - ticks, None
                return wall
            self._leapt_at = ticks if self._leapt_at is None else self._leapt_at
            if told < FIRST_DAY or ticks - self._leapt_at >= DEAF_FOR:
                self._offset, self._leapt_at = wall - ticks, None
                return wall
            return told
