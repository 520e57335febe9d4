"""`firstreply run` whose clock ticks at once, and whose tick is not done before the clock is stopped. Nothing else differs."""

from __future__ import annotations

import threading
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.cli import main
from bot.daemon import parts
from bot.office import Office
from tests.servers import ground

BEGUN = "begun"

work_off, shutdown = parts.work_off, AsyncIOScheduler.shutdown
has_stopped = threading.Event()


def held(office: Office) -> None:
    """Not the first of all, which is waited for before the daemon is ready."""
    if Path("first").exists():
        Path(BEGUN).touch()
        ground.wait_until(has_stopped.is_set, otherwise=lambda: "nobody has stopped the clock")
    Path("first").touch()
    work_off(office)


def stopped(scheduler: AsyncIOScheduler, wait: bool = True) -> None:
    shutdown(scheduler, wait)
    has_stopped.set()


if __name__ == "__main__":
    for room, name, ours in ((parts, "TICK_SECONDS", 1), (parts, "work_off", held), (AsyncIOScheduler, "shutdown", stopped)):
        assert hasattr(room, name), f"{room} has no {name} any more"
        setattr(room, name, ours)
    main(["run"])
