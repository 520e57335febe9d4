"""`check` hears from the server whether it takes mail from our address, before the first letter fails; it hands over nothing."""

from __future__ import annotations

import pytest

from bot.core.mail import Obstacle
from tests.servers.smtp_sink import SmtpSink
from tests.shell.relaying import BOT, account, commands, with_relay


def checked(sink: SmtpSink, *, sender: str = BOT) -> Obstacle | None:
    return with_relay(account(sink), lambda relay: relay.check(sender=sender))


def test_an_address_that_may_send_is_asked_for_and_taken_back(sink: SmtpSink) -> None:
    assert checked(sink) is None
    assert [line.upper() for verb in ("MAIL", "RSET", "QUIT") for line in commands(sink, verb)] == [
        f"MAIL FROM:<{BOT}>".upper(),
        "RSET",
        "QUIT",
    ]
    assert commands(sink, "RCPT") == commands(sink, "DATA") == [] and sink.letters == []


def test_an_address_that_is_refused_is_told_with_the_servers_words(sink: SmtpSink) -> None:
    sink.script.refuse("MAIL", reply="550 5.7.60 SMTP; Client does not have permissions to send as this sender")
    met = checked(sink)
    assert met is not None and met.is_sender and not met.is_login
    assert BOT in met.sentence and "550 5.7.60" in met.sentence and str(sink.port) in met.sentence
    assert commands(sink, "RCPT") == commands(sink, "DATA") == []


def test_what_is_put_off_is_no_refusal_of_the_address(sink: SmtpSink) -> None:
    sink.script.refuse("MAIL", reply="451 4.7.1 try again later")
    met = checked(sink)
    assert met is not None and not met.is_sender and "451 4.7.1 try again later" in met.sentence


def test_a_server_that_wants_a_log_in_first_says_so(sink: SmtpSink) -> None:
    sink.script.refuse("MAIL", reply="530 5.7.0 Authentication required")
    met = checked(sink)
    assert met is not None and met.is_login and "530 5.7.0" in met.sentence


@pytest.mark.parametrize("moment", ["before MAIL", "after MAIL", "before RSET"])
def test_a_server_that_hangs_up_is_told_and_not_waited_for(sink: SmtpSink, moment: str) -> None:
    sink.script.drop(moment)
    met = checked(sink)
    assert (met is None) == (moment == "before RSET"), "once it has taken the address, nothing is in the way"


def test_an_address_that_smtp_cannot_carry_is_told_and_not_said(sink: SmtpSink) -> None:
    met = checked(sink, sender="受付@ngo.example")
    assert met is not None and "SMTP cannot carry" in met.sentence and commands(sink, "MAIL") == []
