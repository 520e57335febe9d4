"""One envelope, one verdict: what each reply, and each silence, of a real SMTP dialogue means for the letter."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from bot.shell.relay import Outcome, Relay, SmtpAccount, Verdict
from tests.servers.smtp_sink import SmtpSink
from tests.shell.relaying import ALICE, BOT, account, commands, letter, send, sent_one_by_one, verdict_on, with_relay

BEFORE_THE_LETTER_LEAVES = ["GREETING", "EHLO", "MAIL", "RCPT", "DATA"]


@pytest.fixture(params=[frozenset(), frozenset({"PIPELINING"})], ids=["several commands at once", "verb by verb"])
def sink(request: pytest.FixtureRequest) -> Iterator[SmtpSink]:
    """One server of each kind (RFC 2920)."""
    with SmtpSink.start(without=request.param) as server:
        yield server


def test_a_letter_taken_is_sent(sink: SmtpSink) -> None:
    verdict = verdict_on(account(sink))
    assert verdict == Verdict(Outcome.SENT, 250, "2.0.0 taken as 1")
    (received,) = sink.letters
    assert (received.mail_from, received.rcpt, received.raw) == (BOT, (ALICE,), letter().content)


def test_one_connection_serves_many_letters(sink: SmtpSink) -> None:
    verdicts = sent_one_by_one(account(sink), *(letter(number=number) for number in range(20)))
    assert [verdict.outcome for verdict in verdicts] == [Outcome.SENT] * 20
    assert (sink.connections, len(sink.letters)) == (1, 20)


def test_the_last_word_is_quit(sink: SmtpSink) -> None:
    verdict_on(account(sink))
    assert list(sink.transcript)[-1] == "1 S: 221 2.0.0 good bye"


def test_we_introduce_ourselves_by_the_name_given(sink: SmtpSink) -> None:
    verdict_on(account(sink))
    assert commands(sink, "EHLO") == ["EHLO bot.ngo.example"]


@pytest.mark.parametrize("station", [*BEFORE_THE_LETTER_LEAVES, "DOT"])
@pytest.mark.parametrize("reply", ["421 4.3.2 going down", "451 4.7.1 come back later"])
def test_a_temporary_refusal_defers(sink: SmtpSink, station: str, reply: str) -> None:
    """C-05."""
    sink.script.refuse(station, reply=reply)
    verdict = verdict_on(account(sink))
    assert (verdict.outcome, verdict.code, verdict.said) == (Outcome.DEFERRED, int(reply[:3]), reply[4:])


@pytest.mark.parametrize("station", ["RCPT", "DATA", "DOT"])
def test_a_final_refusal_refuses(sink: SmtpSink, station: str) -> None:
    """C-06, C-07."""
    sink.script.refuse(station, reply="550 5.1.1 no such user")
    assert verdict_on(account(sink)) == Verdict(Outcome.REFUSED, 550, "5.1.1 no such user")


@pytest.mark.parametrize("reply", ["554 5.7.1 account suspended", "550 5.1.8 sender refused", "553 5.7.1 not your address", "501 5.1.7 no"])
def test_C_07_a_server_that_takes_nothing_from_our_address_refuses_us_and_not_the_letter(sink: SmtpSink, reply: str) -> None:
    sink.script.refuse("MAIL", reply=reply)
    verdict = verdict_on(account(sink))
    assert verdict == Verdict(Outcome.DEFERRED, int(reply[:3]), reply[4:], is_sender=True, is_general=True)


@pytest.mark.parametrize("reply", ["552 5.3.4 too large", "552 message size exceeds maximum permitted", "555 5.5.4 BODY not known"])
def test_C_07_what_is_said_to_MAIL_about_a_letter_s_own_size_or_text_refuses_that_letter(sink: SmtpSink, reply: str) -> None:
    sink.script.refuse("MAIL", reply=reply)
    assert verdict_on(account(sink)) == Verdict(Outcome.REFUSED, int(reply[:3]), reply[4:])


@pytest.mark.parametrize("station", ["GREETING", "EHLO"])
def test_a_server_that_wants_nothing_from_us_defers(sink: SmtpSink, station: str) -> None:
    sink.script.refuse(station, reply="554 5.7.1 not you")
    assert verdict_on(account(sink)).outcome is Outcome.DEFERRED


@pytest.mark.parametrize("station", ["RCPT", "DATA", "DOT"])
def test_a_refused_letter_leaves_the_connection_to_the_next(sink: SmtpSink, station: str) -> None:
    """C-09."""
    sink.script.refuse(station, reply="550 5.7.1 no", times=1)
    first, second = sent_one_by_one(account(sink), letter(number=1), letter(number=2))
    assert (first.outcome, second.outcome, sink.connections) == (Outcome.REFUSED, Outcome.SENT, 1)
    assert [received.message_id for received in sink.letters] == ["<2.abc@bot.ngo.example>"]


def test_a_server_that_invites_a_letter_to_nobody_gets_none(sink: SmtpSink) -> None:
    """RFC 2920 3.1: it may say 354 behind a refused RCPT, and would take whatever comes next for a letter."""
    sink.script.refuse("RCPT", reply="550 5.1.1 no such user", nth=1)
    sink.script.refuse("DATA", reply="354 go on", nth=1)
    first, second = sent_one_by_one(account(sink), letter(number=1), letter(number=2))
    assert (first.outcome, second.outcome) == (Outcome.REFUSED, Outcome.SENT)
    assert [received.message_id for received in sink.letters] == ["<2.abc@bot.ngo.example>"]


def test_one_letter_s_verdict_is_never_another_s_where_envelopes_travel_behind_letters(sink: SmtpSink) -> None:
    sink.script.refuse("RCPT", reply="550 5.1.1 no such user", nth=2)
    sink.script.refuse("DOT", reply="451 4.3.0 try later", nth=3)
    sink.script.refuse("MAIL", reply="552 5.3.4 too large", nth=5)
    verdicts = sent_one_by_one(account(sink), *(letter(number=number) for number in range(1, 7)))
    codes = [verdict.code for verdict in verdicts]
    assert (codes, sink.connections) == ([250, 550, 451, 250, 552, 250], 1)
    assert [received.message_id[1] for received in sink.letters] == ["1", "4", "6"]


async def _speaks_unasked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 mad\r\n")
    while line := await reader.readline():
        writer.write(
            b"250 fine\r\n250 fine\r\n" if line.startswith(b"MAIL") else b"354 go on\r\n" if line.startswith(b"DATA") else b"250 fine\r\n"
        )
    writer.close()


def test_a_server_that_says_more_than_it_was_asked_is_left_before_a_letter_takes_the_wrong_reply() -> None:
    async def story() -> Verdict:
        async with await asyncio.start_server(_speaks_unasked, "127.0.0.1", 0) as server:
            relay = Relay(SmtpAccount("127.0.0.1", server.sockets[0].getsockname()[1], "none", timeout_seconds=2), helo="bot.ngo.example")
            return await send(relay, letter())

    verdict = asyncio.run(story())
    assert verdict.outcome is Outcome.DEFERRED and "spoke unasked" in verdict.said


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("station", BEFORE_THE_LETTER_LEAVES)
def test_a_connection_lost_before_the_letter_leaves_defers(sink: SmtpSink, station: str, moment: str) -> None:
    """C-03."""
    sink.script.drop(f"{moment} {station}", times=None)
    assert verdict_on(account(sink)).outcome is Outcome.DEFERRED
    assert sink.letters == []


@pytest.mark.parametrize(("moment", "copies"), [("before", 0), ("after", 1)])
def test_a_connection_lost_after_the_letter_left_is_unknown(sink: SmtpSink, moment: str, copies: int) -> None:
    """C-02: nobody can tell the two apart, and we do not pretend to."""
    sink.script.drop(f"{moment} DOT")
    assert verdict_on(account(sink)).outcome is Outcome.UNKNOWN
    assert len(sink.letters) == copies


def test_a_reply_to_the_dot_that_comes_too_late_is_unknown_and_never_another_letter_s(sink: SmtpSink) -> None:
    """C-04."""
    sink.script.delay("DOT", 0.6, times=1)
    sink.script.refuse("DOT", reply="550 5.7.1 no", nth=2)
    first, second = sent_one_by_one(account(sink, dot_seconds=0.2), letter(number=1), letter(number=2))
    assert (first.outcome, second.outcome) == (Outcome.UNKNOWN, Outcome.REFUSED)


def test_an_unintelligible_reply_to_the_dot_is_unknown(sink: SmtpSink) -> None:
    sink.script.refuse("DOT", reply="???")
    assert verdict_on(account(sink)).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("station", ["GREETING", "MAIL", "DATA"])
def test_a_server_that_falls_silent_defers(sink: SmtpSink, station: str) -> None:
    sink.script.delay(station, 1.0)
    verdict = verdict_on(account(sink, timeout_seconds=0.2))
    assert (verdict.outcome, sink.letters) == (Outcome.DEFERRED, [])


def test_nobody_at_the_port_defers() -> None:
    verdict = verdict_on(SmtpAccount("127.0.0.1", 1, "none"))
    assert (verdict.outcome, verdict.code) == (Outcome.DEFERRED, None)
    assert "127.0.0.1 port 1" in verdict.said


def test_a_name_that_does_not_resolve_defers() -> None:
    assert "cannot be resolved" in verdict_on(SmtpAccount("mail.nowhere.invalid", 25, "none")).said


@pytest.mark.parametrize("how", ["cut", "421"])
def test_a_kept_connection_that_the_server_gave_up_is_no_failure(sink: SmtpSink, how: str) -> None:
    async def story(relay: Relay) -> list[Outcome]:
        first = await send(relay, letter(number=1))
        if how == "421":
            sink.script.refuse("MAIL", reply="421 4.4.2 idle too long", times=1)
        else:
            sink.script.drop("before MAIL")
        return [first.outcome, (await send(relay, letter(number=2))).outcome]

    assert with_relay(account(sink), story) == [Outcome.SENT, Outcome.SENT]
    assert (sink.connections, len(sink.letters)) == (2, 2)


def test_a_server_that_was_restarted_meanwhile_is_no_failure(sink: SmtpSink) -> None:
    async def story(relay: Relay) -> list[Outcome]:
        first = await send(relay, letter(number=1))
        await asyncio.to_thread(sink.close)
        await asyncio.to_thread(sink.open)
        return [first.outcome, (await send(relay, letter(number=2))).outcome]

    assert with_relay(account(sink), story) == [Outcome.SENT, Outcome.SENT]


def test_a_fresh_connection_is_tried_once_only(sink: SmtpSink) -> None:
    sink.script.drop("before MAIL", times=None)
    assert verdict_on(account(sink)).outcome is Outcome.DEFERRED
    assert sink.connections == 1


def test_the_server_s_words_are_made_fit_to_print(sink: SmtpSink) -> None:
    sink.script.refuse("RCPT", reply="550-no\x1b[2J such\n550 user " + "x" * 400)
    said = verdict_on(account(sink)).said
    assert said.startswith("no [2J such user xxx")
    assert len(said) == 300
