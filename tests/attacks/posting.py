"""A desk and the server that takes its letters: what is owed is handed over for real, while the clock stays the test's own."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from bot import outbox
from bot.shell.ledger.leases import Owed
from bot.shell.relay import Door, Relay, SmtpAccount
from bot.shell.tables import LetterRow
from tests.attacks.desk import ALICE, BOT, Desk
from tests.servers.ground import PATIENCE_SECONDS
from tests.servers.smtp_sink import SmtpSink

DOMAIN = BOT.partition("@")[2]


@dataclass(slots=True)
class PostRoom:
    """Each pass is that of a process of its own: nothing is remembered but what stands in the ledger."""

    desk: Desk
    sink: SmtpSink
    connections: int = 4
    apart: timedelta = timedelta()
    """Between two letters, where the provider allows only so many."""

    def __post_init__(self) -> None:
        self.desk.has_post = True

    def drains(self, *, stopping: threading.Event | None = None, **account: Any) -> outbox.Tally:
        """One pass over the outbox; `account` as `SmtpAccount` has it."""
        told: dict[str, Any] = {"security": "none", "timeout_seconds": PATIENCE_SECONDS, "dot_seconds": PATIENCE_SECONDS, **account}
        where = SmtpAccount(self.sink.host, self.sink.port, **told)

        async def passes() -> outbox.Tally:
            door = Door()
            using = outbox.Senders([Relay(where, helo=DOMAIN, door=door) for _ in range(self.connections)], door, self.apart)
            try:
                return await outbox.drain(self.desk.office, using, stopping=stopping)
            finally:
                await using.close()

        return asyncio.run(passes())

    def waits_until_due(self) -> timedelta:
        """The clock moves on to the next try; gives by how much."""
        due = outbox.next_due(self.desk.office)
        assert due is not None, "nothing is owed"
        span = max(due - self.desk.now, timedelta())
        self.desk.clock.after += span
        return span

    def in_other_hands(self, kind: str) -> Owed:
        """Another sender takes all that is due; gives the one letter of this kind, which it has not begun."""
        with self.desk.office.ledger.writing() as ledger:
            taken = ledger.leases.take(now=self.desk.now, sender="", limit=9, by="another sender")
        (letter,) = (one for one in taken if one.kind == kind)
        return letter

    def begins(self, letter: Owed) -> set[int]:
        """The other sender would begin with it now, and puts it back where it may not; gives what it may."""
        with self.desk.office.ledger.writing() as ledger:
            begun = ledger.leases.bodies_begin([letter])
            if not begun:
                ledger.leases.put_back([letter])
        return begun

    def rows(self, kind: str = "") -> list[LetterRow]:
        """The outbox as it stands, in the order in which letters came to be owed."""
        with self.desk.office.ledger.reading() as ledger:
            rows = ledger.session.exec(select(LetterRow).order_by(col(LetterRow.id))).all()
        return [row for row in rows if kind in ("", row.kind)]

    def states(self, kind: str = "") -> list[str]:
        return [row.state for row in self.rows(kind)]


def confirms(room: PostRoom, sender: str = ALICE, **case: object) -> str:
    """Somebody has the case, and the letter that says so is owed."""
    case_id = room.desk.case(**case)
    room.desk.writes(sender, f"CLAIM {case_id}")
    room.desk.settles()
    return case_id


def roster(room: PostRoom, members: int) -> list[str]:
    return [room.desk.joins(f"m{number:03}@lawfirm.example") for number in range(members)]
