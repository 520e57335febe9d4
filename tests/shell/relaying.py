"""Letters to hand over and accounts to hand them over under: what the relay's tests share."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeVar

from bot.core.mail import Envelope
from bot.shell.relay import Relay, SmtpAccount, Verdict
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


def sent_one_by_one(where: SmtpAccount, *letters: Envelope) -> list[Verdict]:
    async def story(relay: Relay) -> list[Verdict]:
        return [await relay.send(each) for each in letters]

    return with_relay(where, story)


def verdict_on(where: SmtpAccount, envelope: Envelope | None = None) -> Verdict:
    (verdict,) = sent_one_by_one(where, envelope or letter())
    return verdict


def commands(sink: SmtpSink, verb: str) -> list[str]:
    return [line.partition("C: ")[2] for line in sink.transcript if line.partition("C: ")[2].upper().startswith(verb)]
