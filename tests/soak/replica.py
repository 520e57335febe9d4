"""`firstreply run` with short leases, so that a pause of seconds does what one of minutes does in earnest. Nothing else differs."""

from __future__ import annotations

from datetime import timedelta

from bot.cli import main
from bot.office import leading
from bot.outbox import draining, hand
from bot.shell.ledger import engine, leases, replicas

LEASE_SECONDS = 2.5


def shorten(lease: float = LEASE_SECONDS) -> None:
    """In proportion: the server ends the transactions of a stopped process before its lease is over."""
    engine.IDLE_SECONDS = int(lease * 0.8)  # type: ignore[misc]  # final in earnest
    replicas.LEASE = leases.LEASE = hand.LEASE = timedelta(seconds=lease)  # type: ignore[misc]  # as above
    leading.BEAT_SECONDS = draining.KEEP_SECONDS = 0.5  # type: ignore[misc,assignment]  # as above


if __name__ == "__main__":
    shorten()
    main(["run"])
