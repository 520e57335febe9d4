"""The database's clock: what leases are measured by, so that the clocks of several hosts need not agree."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import text
from sqlmodel import Session


def now(session: Session) -> datetime:
    """The moment itself, not the beginning of the transaction. SQLite has the clock of its one host."""
    if session.get_bind().dialect.name == "sqlite":
        return datetime.now(UTC)
    told: datetime = session.execute(text("SELECT clock_timestamp()")).scalar_one()
    return told.astimezone(UTC)
