"""Letters to hand over and accounts to hand them over under: what the relay's tests share."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from bot.core.mail import Envelope
from bot.shell.relay import Ended, Relay, SmtpAccount, Verdict
from tests.servers.ground import PATIENCE_SECONDS
from tests.servers.smtp_sink import SmtpSink

BOT = "cases@bot.ngo.example"
ALICE = "alice@lawfirm.example"
T = TypeVar("T")


def letter(*, to: str = ALICE, sender: str = BOT, text: bytes = b"Dear Alice\r\n", number: int = 1) -> Envelope:
    message_id = f"<{number}.abc@bot.ngo.example>"
    return Envelope(sender, to, b"To: you\r\nMessage-ID: %s\r\n\r\n%s" % (message_id.encode(), text), message_id)


def account(sink: SmtpSink, **more: Any) -> SmtpAccount:
    return replace(SmtpAccount(sink.host, sink.port, "none", timeout_seconds=PATIENCE_SECONDS, dot_seconds=PATIENCE_SECONDS), **more)


def with_relay(where: SmtpAccount, story: Callable[[Relay], Awaitable[T]]) -> T:
    async def told() -> T:
        relay = Relay(where, helo="bot.ngo.example")
        try:
            return await story(relay)
        finally:
            await relay.close()

    return asyncio.run(told())


@dataclass(slots=True)
class Pile:
    """Letters to send, in this order; notes what is told of them."""

    waiting: list[Envelope]
    before_dot: Callable[[], Awaitable[None]] | None = None
    ended: list[Ended] = field(default_factory=list)
    begun: list[Envelope] = field(default_factory=list)

    async def next(self, *, behind: Envelope | None) -> Envelope | None:
        return self.waiting.pop(0) if self.waiting else None

    async def note(self, ended: Sequence[Ended], *, begins: Envelope | None) -> bool:
        self.ended += ended
        if begins is not None:
            self.begun.append(begins)
            if self.before_dot is not None:
                await self.before_dot()
        return True


async def send(relay: Relay, envelope: Envelope, *, before_dot: Callable[[], Awaitable[None]] | None = None) -> Verdict:
    """One letter alone."""
    pile = Pile([envelope], before_dot)
    await relay.send(pile)
    ((_, verdict),) = pile.ended
    return verdict


def sent_one_by_one(where: SmtpAccount, *letters: Envelope) -> list[Verdict]:
    """All over one connection, in one go."""
    pile = Pile(list(letters))
    with_relay(where, lambda relay: relay.send(pile))
    assert [letter for letter, _ in pile.ended] == list(letters)
    return [verdict for _, verdict in pile.ended]


def verdict_on(where: SmtpAccount, envelope: Envelope | None = None) -> Verdict:
    (verdict,) = sent_one_by_one(where, envelope or letter())
    return verdict


def commands(sink: SmtpSink, verb: str) -> list[str]:
    return [line.partition("C: ")[2] for line in sink.transcript if line.partition("C: ")[2].upper().startswith(verb)]
