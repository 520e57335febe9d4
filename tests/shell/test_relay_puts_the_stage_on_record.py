"""`before_dot` runs when the server has agreed to take the letter and before a byte of it has left; nothing else may come between."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from bot.shell.relay import Outcome, Relay
from tests.servers.smtp_sink import SmtpSink
from tests.shell.relaying import account, commands, letter, send, with_relay


@pytest.fixture(params=[frozenset(), frozenset({"PIPELINING"})], ids=["several commands at once", "verb by verb"])
def sink(request: pytest.FixtureRequest) -> Iterator[SmtpSink]:
    """One server of each kind (RFC 2920)."""
    with SmtpSink.start(without=request.param) as server:
        yield server


class Ledger:
    """Notes what the server had heard when the stage was put on record."""

    def __init__(self, sink: SmtpSink, *, fails: bool = False) -> None:
        self._sink, self._fails = sink, fails
        self.heard: list[list[str]] = []

    async def note(self) -> None:
        self.heard.append(list(self._sink.transcript))
        if self._fails:
            raise RuntimeError("the disk is full")


def outcome(sink: SmtpSink, ledger: Ledger) -> Outcome:
    async def story(relay: Relay) -> Outcome:
        return (await send(relay, letter(), before_dot=ledger.note)).outcome

    return with_relay(account(sink), story)


def test_the_stage_is_on_record_after_354_and_before_the_letter(sink: SmtpSink) -> None:
    ledger = Ledger(sink)
    assert outcome(sink, ledger) is Outcome.SENT
    ((*_, last),) = ledger.heard
    assert last.startswith("1 S: 354")


@pytest.mark.parametrize(("station", "becomes"), [("MAIL", Outcome.DEFERRED), ("RCPT", Outcome.REFUSED), ("DATA", Outcome.REFUSED)])
def test_a_letter_that_is_not_wanted_needs_no_record(sink: SmtpSink, station: str, becomes: Outcome) -> None:
    sink.script.refuse(station, reply="550 no")
    ledger = Ledger(sink)
    assert outcome(sink, ledger) is becomes
    assert ledger.heard == []


def test_where_the_record_fails_the_letter_does_not_leave(sink: SmtpSink) -> None:
    """C-20."""
    ledger = Ledger(sink, fails=True)
    with pytest.raises(RuntimeError, match="disk"):
        outcome(sink, ledger)
    assert sink.letters == []


def test_after_a_failed_record_the_relay_starts_afresh(sink: SmtpSink) -> None:
    async def story(relay: Relay) -> Outcome:
        with pytest.raises(RuntimeError):
            await send(relay, letter(number=1), before_dot=Ledger(sink, fails=True).note)
        return (await send(relay, letter(number=2))).outcome

    assert with_relay(account(sink), story) is Outcome.SENT
    assert [received.message_id for received in sink.letters] == ["<2.abc@bot.ngo.example>"]


def test_a_server_gone_while_the_stage_was_put_on_record_defers(sink: SmtpSink) -> None:
    async def story(relay: Relay) -> Outcome:
        async def restarts() -> None:
            await asyncio.to_thread(sink.close)

        return (await send(relay, letter(), before_dot=restarts)).outcome

    assert with_relay(account(sink), story) is Outcome.DEFERRED


def test_a_send_that_is_cancelled_shifts_no_reply_to_the_next_letter(sink: SmtpSink) -> None:
    """The late reply to the first letter must not become the second letter's."""
    sink.script.delay("RCPT", 0.4, nth=1)
    sink.script.refuse("RCPT", reply="550 5.1.1 no such user", nth=2)

    async def story(relay: Relay) -> Outcome:
        first = asyncio.create_task(send(relay, letter(number=1)))
        while not commands(sink, "RCPT"):
            await asyncio.sleep(0.005)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        return (await send(relay, letter(number=2))).outcome

    assert with_relay(account(sink), story) is Outcome.REFUSED
    assert sink.letters == []
