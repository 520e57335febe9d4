"""The daemon's clock: what is to be done again and again begins at its intervals, never twice at a time, and is finished at a stop.

Knows nothing of what it is that it begins.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Work = Callable[[], Coroutine[Any, Any, None]]


class Clockwork:
    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._begun = set[asyncio.Task[None]]()

    def every(self, seconds: float, work: Work) -> None:
        """One that was missed is done once, however late."""
        how: dict[str, Any] = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler.add_job(self._begin, "interval", args=(work,), seconds=seconds, **how)

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> list[asyncio.Task[None]]:
        """Nothing begins any more; gives what has begun and is to be waited for."""
        self._scheduler.shutdown(wait=False)
        return list(self._begun)

    async def _begin(self, work: Work) -> None:
        """The scheduler cuts off what it has begun when it is shut down, and calls that a fault: so it only looks on."""
        begun = asyncio.create_task(work())
        self._begun.add(begun)
        begun.add_done_callback(self._begun.discard)
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.shield(begun)
