"""The replicas' page: who works on this database, and who of them leads.

Where several daemons share one PostgreSQL, exactly one reads the mailbox and decides. It leads by a lease on the database's clock, which
it renews with each beat; who finds the lease run out takes over, under the next term. Every transaction of a leader looks, inside
itself, whether its term is still the newest, and holds that so until it ends: one that was stopped for long and goes on writes nothing.
On SQLite nobody is on this page: there a lock beside the file keeps the daemon alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete
from sqlmodel import Session, col, select

from bot.shell.ledger import clock
from bot.shell.ledger.away import TermOver
from bot.shell.tables import LeaderRow, ReplicaRow

LEASE: Final = timedelta(seconds=20)
"""How long a leader leads without a beat. Longer than PostgreSQL leaves a transaction of a stopped process open (`IDLE_SECONDS`)."""
BEAT_SECONDS: Final = 3
ALIVE: Final = timedelta(seconds=30)
"""Who has not beaten for so long is gone, or cut off."""
FORGOTTEN_AFTER: Final = timedelta(minutes=10)
"""Who has not been seen for this long is no more spoken of."""


@dataclass(frozen=True, slots=True)
class Leader:
    """Who leads, since when, and until when without another beat."""

    name: str
    term: int
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Replica:
    """A daemon on this database, whether it leads or not."""

    name: str
    since: datetime
    seen_at: datetime
    is_alive: bool = True


class Replicas:
    def __init__(self, session: Session) -> None:
        self._session = session

    def beat(self, name: str) -> int | None:
        """Still here. Gives the term under which this replica leads, now or already; None while another does."""
        now = clock.now(self._session)
        known = self._session.get(ReplicaRow, name)
        self._session.add(known or ReplicaRow(name=name, since=now, seen_at=now))
        if known:
            known.seen_at = now
        self._session.execute(delete(ReplicaRow).where(col(ReplicaRow.seen_at) < now - FORGOTTEN_AFTER))
        self._session.flush()
        return self.lead(name)

    def lead(self, name: str) -> int | None:
        """Renew the lease, or take one that has run out. A leader in the middle of a transaction is alive and is not asked."""
        row = self._row(waits=self._row_now().name == name)
        if row is None:
            return None
        now = clock.now(self._session)
        if row.name != name:
            if row.until > now:
                return None
            row.term, row.name, row.since = row.term + 1, name, now
        row.until = now + LEASE
        self._session.add(row)
        self._session.flush()
        return row.term

    def step_down(self, name: str) -> None:
        """Nobody leads any more, if this one did; the next beat of another takes over."""
        row = self._row(waits=True)
        if row is not None and row.name == name:
            row.name, row.until = "", clock.now(self._session)
            self._session.add(row)
        self._session.execute(delete(ReplicaRow).where(col(ReplicaRow.name) == name))
        self._session.flush()

    def hold_term(self, term: int, *, is_writing: bool) -> None:
        """Raises `TermOver` unless this is the newest term; where something is written it stays so until the transaction ends."""
        newest = select(LeaderRow.term).where(LeaderRow.id == 1)
        if self._session.exec(newest.with_for_update(read=True) if is_writing else newest).one() != term:
            raise TermOver(f"another replica has taken over since term {term}")

    def leader(self) -> Leader | None:
        """Who leads, or did until its lease ran out; None where the last one stepped down."""
        row = self._row_now()
        return Leader(row.name, row.term, row.since, row.until) if row.name else None

    def is_led(self) -> bool:
        """Whether the lease of whoever leads has not run out."""
        return self._row_now().until > clock.now(self._session)

    def term(self) -> int:
        return self._row_now().term

    def all(self) -> list[Replica]:
        """The daemons lately seen, the oldest first."""
        rows = self._session.exec(select(ReplicaRow).order_by(col(ReplicaRow.since), col(ReplicaRow.name))).all()
        now = clock.now(self._session)
        return [Replica(row.name, row.since, row.seen_at, now - row.seen_at <= ALIVE) for row in rows]

    def unled_for(self) -> timedelta | None:
        """How long nobody has led although somebody is there; None where somebody leads, or nobody is there to lead."""
        over = clock.now(self._session) - self._row_now().until
        return over if over > timedelta() and any(one.is_alive for one in self.all()) else None

    def _row_now(self) -> LeaderRow:
        return self._session.exec(select(LeaderRow).execution_options(populate_existing=True)).one()

    def _row(self, *, waits: bool) -> LeaderRow | None:
        """The one row, locked; None where another transaction has it and we do not wait."""
        locked = select(LeaderRow).with_for_update(skip_locked=not waits).execution_options(populate_existing=True)
        return self._session.exec(locked).one_or_none()
