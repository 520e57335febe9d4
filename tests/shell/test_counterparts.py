"""The counterparts themselves: a test that stands on them means something only if they do what they say."""

from __future__ import annotations

import smtplib
from datetime import UTC, datetime, timedelta, timezone

import psycopg
import pytest
from imapclient import IMAPClient

from tests.servers.certificate import Certificate
from tests.servers.dovecot import Dovecot
from tests.servers.ground import PATIENCE_SECONDS
from tests.servers.smtp_sink import SmtpSink

CASES = "cases@bot.ngo.example"
MAIL = b"From: ito@lawfirm.example\r\nSubject: CLAIM\r\n\r\n.dot\r\n..\r\n"


def client_of(sink: SmtpSink) -> smtplib.SMTP:
    return smtplib.SMTP(sink.host, sink.port, timeout=PATIENCE_SECONDS)


def test_dovecot_keeps_the_instant_of_an_arrival(dovecot: Dovecot) -> None:
    at = datetime(2026, 7, 1, 9, 2, 11, tzinfo=timezone(timedelta(hours=9)))
    dovecot.deliver(CASES, MAIL, at=at)
    assert [(stored.arrived_at, stored.raw) for stored in dovecot.messages(CASES)] == [(at, MAIL)]


def test_dovecot_refuses_an_arrival_without_an_offset(dovecot: Dovecot) -> None:
    with pytest.raises(ValueError, match="offset"):
        dovecot.deliver(CASES, MAIL, at=datetime(2026, 7, 1))


def test_looking_into_a_folder_sets_no_flag(dovecot: Dovecot) -> None:
    dovecot.deliver(CASES, MAIL)
    dovecot.messages(CASES)
    assert dovecot.messages(CASES)[0].flags == frozenset()


def test_a_moved_message_keeps_its_arrival_and_loses_its_uid(dovecot: Dovecot) -> None:
    at = datetime(2026, 7, 1, 9, 2, 11, tzinfo=UTC)
    dovecot.deliver(CASES, MAIL, folder="Junk")
    rescued = dovecot.deliver(CASES, MAIL, folder="Junk", at=at)
    dovecot.move(CASES, rescued, from_folder="Junk", to_folder="INBOX")
    assert [(stored.uid, stored.arrived_at) for stored in dovecot.messages(CASES)] == [(1, at)]


def test_a_folder_with_a_japanese_name_is_made_when_needed(dovecot: Dovecot) -> None:
    dovecot.deliver(CASES, MAIL, folder="既読")
    assert "既読" in dovecot.folders(CASES)


def test_mail_by_lmtp_gets_the_trace_fields_of_a_provider(dovecot: Dovecot) -> None:
    dovecot.receive(CASES, MAIL, sender="ito@lawfirm.example")
    assert dovecot.messages(CASES)[0].raw.startswith(b"Return-Path: <ito@lawfirm.example>")


def test_dovecot_keeps_mail_and_port_over_a_restart(dovecot: Dovecot) -> None:
    port, uid = dovecot.port, dovecot.deliver(CASES, MAIL)
    dovecot.restart()
    assert (dovecot.port, [stored.uid for stored in dovecot.messages(CASES)]) == (port, [uid])


def test_a_wrong_password_is_refused(dovecot: Dovecot) -> None:
    client = IMAPClient(dovecot.host, dovecot.port, ssl=False)
    with pytest.raises(client.Error, match="AUTHENTICATIONFAILED"):
        client.login(CASES, "wrong")


def test_dovecot_speaks_tls_with_a_certificate(certificate: Certificate) -> None:
    with Dovecot.start(certificate=certificate) as post:
        account = post.account(CASES)
        client = IMAPClient(post.host, post.tls_port, ssl_context=certificate.for_client())
        client.login(account.username, account.password)
        assert client.select_folder("INBOX")[b"EXISTS"] == 0


def test_the_sink_keeps_every_byte_and_the_envelope(sink: SmtpSink) -> None:
    client_of(sink).sendmail("", ["Ito@lawfirm.example"], MAIL)
    (letter,) = sink.to("ito@lawfirm.example")
    assert (letter.mail_from, letter.rcpt, letter.raw, letter.subject) == ("", ("Ito@lawfirm.example",), MAIL, "CLAIM")


def test_a_refused_recipient_is_refused_as_often_as_ordered(sink: SmtpSink) -> None:
    sink.script.refuse("RCPT", to="x@y.example", reply="550 5.1.1 no such user", times=1)
    client = client_of(sink)
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        client.sendmail("a@b.example", ["x@y.example"], MAIL)
    client.sendmail("a@b.example", ["x@y.example"], MAIL)
    assert len(sink.letters) == 1


def test_the_nth_message_alone_is_put_off(sink: SmtpSink) -> None:
    sink.script.refuse("DOT", nth=2, reply="451 4.3.0 later")
    client, refused = client_of(sink), []
    for number in (1, 2, 3):
        try:
            client.sendmail("a@b.example", [f"{number}@y.example"], MAIL)
        except smtplib.SMTPDataError as error:
            refused.append((number, error.smtp_code))
    assert (refused, [letter.rcpt for letter in sink.letters]) == ([(2, 451)], [("1@y.example",), ("3@y.example",)])


@pytest.mark.parametrize(("when", "taken"), [("before DATA", 0), ("after DATA", 0), ("before DOT", 0), ("after DOT", 1)])
def test_a_dropped_connection_leaves_what_was_taken(sink: SmtpSink, when: str, taken: int) -> None:
    sink.script.drop(when)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        client_of(sink).sendmail("a@b.example", ["x@y.example"], MAIL)
    assert len(sink.letters) == taken


def test_a_connection_dropped_after_the_last_reply_has_sent_it(sink: SmtpSink) -> None:
    sink.script.drop("after DOT reply")
    client = client_of(sink)
    client.sendmail("a@b.example", ["x@y.example"], MAIL)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        client.noop()


def test_a_late_reply_comes_after_the_message_was_taken(sink: SmtpSink) -> None:
    sink.script.delay("DOT", 30)
    with pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"):
        smtplib.SMTP(sink.host, sink.port, timeout=0.3).sendmail("a@b.example", ["x@y.example"], MAIL)
    assert len(sink.letters) == 1


def test_a_421_greeting_ends_the_connection(sink: SmtpSink) -> None:
    sink.script.refuse("GREETING", reply="421 4.3.2 closing")
    with pytest.raises(smtplib.SMTPConnectError, match="421"):
        client_of(sink)


@pytest.mark.parametrize(
    ("raw", "words"),
    [(b"a: b\n\nc\r\n", b"bare"), (b"a: b\r\n\r\n" + b"x" * 999 + b"\r\n", b"998"), ("a: b\r\n\r\n案\r\n".encode(), b"8-bit")],
)
def test_the_sink_is_as_strict_as_the_strictest_server(sink: SmtpSink, raw: bytes, words: bytes) -> None:
    client = client_of(sink)
    client.ehlo()
    client.mail("a@b.example")
    client.rcpt("x@y.example")
    client.docmd("DATA")
    client.send(raw + b".\r\n")
    code, reply = client.getreply()
    assert code in (550, 554) and words in reply


def test_a_sink_that_was_closed_and_opened_has_its_port_and_letters(sink: SmtpSink) -> None:
    client_of(sink).sendmail("a@b.example", ["x@y.example"], MAIL)
    sink.close()
    with pytest.raises(ConnectionRefusedError):
        client_of(sink)
    sink.open()
    client_of(sink).sendmail("a@b.example", ["x@y.example"], MAIL)
    assert [letter.order for letter in sink.letters] == [1, 2]


def test_waiting_for_letters_that_do_not_come_says_what_came(sink: SmtpSink) -> None:
    client_of(sink).sendmail("a@b.example", ["x@y.example"], MAIL)
    with pytest.raises(AssertionError, match=r"1 letters of 2 came.*x@y\.example: CLAIM"):
        sink.wait_for(2, 0.05)


@pytest.mark.parametrize("mechanism", ["auth_plain", "auth_login"])
def test_without_the_right_password_nothing_is_taken(mechanism: str) -> None:
    with SmtpSink.start(credentials=("cases", "secret")) as sink:
        client = client_of(sink)
        client.ehlo()
        client.user, client.password = "cases", "wrong"
        with pytest.raises(smtplib.SMTPAuthenticationError):
            client.auth(mechanism.removeprefix("auth_"), getattr(client, mechanism))
        assert client.mail("a@b.example")[0] == 530
        client.login("cases", "secret")
        assert client.mail("a@b.example")[0] == 250


def test_starttls_comes_before_the_log_in(certificate: Certificate) -> None:
    with SmtpSink.start(credentials=("cases", "secret"), certificate=certificate, security="starttls") as sink:
        client = smtplib.SMTP("localhost", sink.port, timeout=PATIENCE_SECONDS)
        client.ehlo()
        assert not client.has_extn("auth")
        client.starttls(context=certificate.for_client())
        client.login("cases", "secret")
        client.sendmail("a@b.example", ["x@y.example"], MAIL)
        assert (sink.letters[0].username, sink.letters[0].is_over_tls) == ("cases", True)


def test_every_test_gets_an_empty_database_of_its_own(postgres_url: str) -> None:
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE firstreply_was_here ()")
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert tables == (1,)
