"""One pass over the outbox: who sends, over which connections, and how it has gone so far."""

from __future__ import annotations

import asyncio
import secrets
import threading
from dataclasses import dataclass, field
from datetime import timedelta

from bot.office import Office, signing_in
from bot.shell.relay import Door, Outcome, Relay, SmtpAccount, Verdict
from bot.stations import station


@dataclass(slots=True)
class Tally:
    """How a pass over the outbox went. `halt` says why it stopped with letters left: the server is away, or refuses us."""

    sent: int = 0
    deferred: int = 0
    failed: int = 0
    unknown: int = 0
    halt: str = ""
    is_login: bool = False
    is_sender: bool = False
    is_quota: bool = False
    barred: str = ""
    """Why nothing may be sent just now, though the server might take it. Asked again before every handful."""

    def count(self, verdict: Verdict) -> None:
        match verdict.outcome:
            case Outcome.SENT:
                self.sent += 1
            case Outcome.REFUSED:
                self.failed += 1
            case Outcome.UNKNOWN:
                self.unknown += 1
            case Outcome.DEFERRED:
                self.deferred += 1
                if verdict.code is None or verdict.is_general or verdict.is_quota:
                    self.halt, self.is_quota = verdict.said, verdict.is_quota
                    self.is_login, self.is_sender = verdict.is_login, verdict.is_sender


@dataclass(slots=True)
class Senders:
    """The kept connections, the name under which they lease letters, and the time between two where the provider allows only so many."""

    relays: list[Relay]
    door: Door = field(default_factory=Door)
    apart: timedelta = timedelta()
    name: str = field(default_factory=lambda: secrets.token_hex(8))
    one_by_one: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def close(self) -> None:
        await asyncio.gather(*(relay.close() for relay in self.relays))


@dataclass(frozen=True, slots=True)
class Pass:
    """What every step of a pass needs at hand."""

    office: Office
    using: Senders
    stopping: threading.Event
    tally: Tally = field(default_factory=Tally)

    @property
    def is_over(self) -> bool:
        return bool(self.tally.halt) or self.stopping.is_set()


def senders(office: Office) -> Senders:
    """Connections as configured; each opens when its first letter is due."""
    smtp = office.settings.smtp
    domain = office.settings.mailbox.address.rpartition("@")[2]
    password = smtp.password.get_secret_value() if smtp.password else ""
    token = signing_in.source(office, "smtp")
    account = SmtpAccount(smtp.host, smtp.port, smtp.security, smtp.username or None, password, token)
    apart = timedelta(minutes=1) / smtp.messages_per_minute if smtp.messages_per_minute else timedelta()
    door = Door()
    return Senders([Relay(account, helo=domain, door=door, passing=station) for _ in range(smtp.connections)], door, apart)
