"""Whether this process leads: reads the mailbox and decides, where several daemons share one PostgreSQL.

A leader works with an office of its term. When another takes over, every transaction of that office is refused; nothing has to be
noticed in time. On SQLite whoever has the daemon's lock leads, and there is nothing to beat.
"""

from __future__ import annotations

import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

import structlog

from bot.office import Office
from bot.shell.ledger import LedgerAway, Transaction, moment
from bot.shell.ledger.replicas import BEAT_SECONDS, Leader, Replica

__all__ = ["BEAT_SECONDS", "Crew", "Standing", "by_hand", "crew"]

log = structlog.get_logger()


class Standing:
    """`office` is the one to decide with, None while another replica leads. One thread beats, any may look."""

    def __init__(self, office: Office) -> None:
        self.name = _own_name()
        self._whole = office
        self._term: int | None = None
        self._is_told = False
        self._turn = threading.Lock()
        self.office: Office | None = office if office.ledger.is_sqlite else None

    @property
    def is_shared(self) -> bool:
        """Whether other daemons may work on this database too."""
        return not self._whole.ledger.is_sqlite

    def beat(self) -> bool:
        """Tell the others that this replica is there, and lead if nobody does; gives whether it has begun or ceased to."""
        if not self.is_shared:
            return False
        with self._turn:
            with self._whole.ledger.writing() as ledger:
                term = ledger.replicas.beat(self.name)
            has_changed = term != self._term
            if has_changed or not self._is_told:
                self._is_told = True
                log.info("leads" if term else "follows another replica", replica=self.name, term=term)
            if has_changed:
                self._term = term
                self.office = _under(self._whole, term) if term else None
            return has_changed

    def step_down(self) -> None:
        """At a clean stop: another may lead at once. Where the database is away, it will when the lease is over."""
        if self.is_shared:
            self.office = None
            with suppress(LedgerAway), self._whole.ledger.writing() as ledger:
                ledger.replicas.step_down(self.name)


@contextmanager
def by_hand(office: Office) -> Iterator[Office]:
    """For one pass by a command: leads for as long as it takes, or works beside the leader under its term.

    Either way a takeover meanwhile ends it, so that a command which was stopped for long decides nothing on what it had read before.
    """
    if office.ledger.is_sqlite:
        yield office
        return
    name = _own_name()
    with office.ledger.writing() as ledger:
        term = ledger.replicas.lead(name) or ledger.replicas.term()
    try:
        yield _under(office, term)
    finally:
        with suppress(LedgerAway), office.ledger.writing() as ledger:
            ledger.replicas.step_down(name)


@dataclass(frozen=True, slots=True)
class Crew:
    """The daemons on one database, as each of them tells with its beats; empty on SQLite."""

    leader: Leader | None
    is_led: bool
    """Whether the leader has beaten within its lease."""
    members: tuple[Replica, ...]

    @property
    def followers(self) -> tuple[Replica, ...]:
        return tuple(one for one in self.members if self.leader is None or one.name != self.leader.name)

    def document(self) -> dict[str, object]:
        """For a program."""
        leader = self.leader
        led = {"name": leader.name, "term": leader.term, "since": moment(leader.since), "is_alive": self.is_led} if leader else None
        replicas = [
            {"name": one.name, "since": moment(one.since), "last_seen": moment(one.seen_at), "is_alive": one.is_alive}
            for one in self.members
        ]
        return {"leader": led, "replicas": replicas}


def crew(ledger: Transaction) -> Crew:
    leader = ledger.replicas.leader()
    return Crew(leader, leader is not None and ledger.replicas.is_led(), tuple(ledger.replicas.all()))


def _under(office: Office, term: int) -> Office:
    return replace(office, ledger=office.ledger.under(term))


def _own_name() -> str:
    """Where it runs, for people; and a part by chance, so that no two ever share it."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(2)}"
