"""`firstreply run` with short leases, so that a pause of seconds does what one of minutes does in earnest. Nothing else differs."""

from __future__ import annotations

from datetime import timedelta
from types import ModuleType

from bot.cli import main
from bot.office import leading
from bot.outbox import draining, hand
from bot.shell.ledger import engine, leases, replicas

LEASE_SECONDS = 2.5


def shorten(lease: float = LEASE_SECONDS) -> None:
    """In proportion: the server ends the transactions of a stopped process before its lease is over."""
    _set("IDLE_SECONDS", int(lease * 0.8), engine)
    _set("LEASE", timedelta(seconds=lease), replicas, leases, hand)
    _set("BEAT_SECONDS", 0.5, leading)
    _set("KEEP_SECONDS", 0.5, draining)


def _set(name: str, value: object, *rooms: ModuleType) -> None:
    """By name, as these are final in earnest, and no assignment to them would pass the type checker."""
    for room in rooms:
        assert hasattr(room, name), f"{room.__name__} has no {name} any more"
        setattr(room, name, value)


if __name__ == "__main__":
    shorten()
    main(["run"])
