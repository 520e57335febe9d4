"""G-16: no password before verified TLS, none to a stranger, none in a reason or a log (C-13, C-16, C-17)."""

from __future__ import annotations

import base64
import logging
import re
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.shell.mailbox import Folder, ImapAccount, Mailbox, MailboxAway, MailboxRefused
from bot.shell.mailbox.nouns import Security
from tests.servers.certificate import Certificate, make_certificate
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.outward import outward_address as outward_address
from tests.servers.scripted_imap import Script, ScriptedImap, Talk, answers

BOT = "cases@bot.ngo.example"
SECRET = "correct-horse"
CAPABLE = b"* CAPABILITY IMAP4rev1 STARTTLS"


@pytest.fixture
def believed(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> Certificate:
    """The operator's own certificate, as SSL_CERT_FILE names it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.cert))
    return certificate


@pytest.fixture
def tls_dovecot(believed: Certificate) -> Iterator[Dovecot]:
    with Dovecot.start(certificate=believed) as post:
        yield post


def login(port: int, *, security: Security = "starttls", host: str = "127.0.0.1", password: str = SECRET, **more: object) -> Mailbox:
    token = more.get("token")
    return Mailbox(
        ImapAccount(host, port, security, BOT, password, oauth_token=(lambda refused: str(token)) if token else None),
        connect_seconds=2,
        read_seconds=2,
    )


def refused_by(*parts: Script, security: Security = "starttls") -> tuple[str, bytes]:
    """Why the mailbox did not open, and what the server had been told by then."""

    def script(talk: Talk) -> None:
        for part in parts:
            part(talk)
        talk.silence()

    with ScriptedImap(script) as server:
        with pytest.raises(MailboxAway) as away:
            login(server.port, security=security).open()
        return away.value.reason, server.received


def greets(talk: Talk) -> None:
    talk.say(b"* OK at your service")


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_mail_is_read_over_verified_tls(tls_dovecot: Dovecot, security: Security) -> None:
    tls_dovecot.deliver(BOT, b"Subject: CLAIM\r\n\r\n" + b"x" * 100_000)
    port = tls_dovecot.tls_port if security == "tls" else tls_dovecot.port
    inbox = Folder("INBOX")
    with login(port, security=security, password=PASSWORD) as mailbox:
        news = mailbox.news(inbox, uidvalidity=None, above=0)
        assert len(list(mailbox.fetch(news, news.uids))) == 1
        assert not mailbox.wait(inbox, seconds=0.2)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_C_17_a_certificate_that_nobody_vouches_for_is_refused(certificate: Certificate, security: Security) -> None:
    with Dovecot.start(certificate=certificate) as dovecot, pytest.raises(MailboxAway, match=r"not valid.*nothing was sent"):
        login(dovecot.tls_port if security == "tls" else dovecot.port, security=security, password=PASSWORD).open()


def test_C_17_a_certificate_for_another_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = make_certificate(tmp_path, names=("DNS:mail.elsewhere.example",))
    monkeypatch.setenv("SSL_CERT_FILE", str(other.cert))
    with Dovecot.start(certificate=other) as dovecot, pytest.raises(MailboxAway, match="not valid"):
        login(dovecot.tls_port, security="tls", password=PASSWORD).open()


def test_C_17_old_tls_is_refused(believed: Certificate) -> None:
    context = believed.for_server()
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
        context.minimum_version = ssl.TLSVersion.TLSv1
    reason, received = refused_by(lambda talk: talk.secure(context), security="tls")
    assert "TLS" in reason
    assert received == b""


def test_C_16_without_starttls_no_password_is_sent() -> None:
    reason, received = refused_by(greets, answers(b"CAPABILITY", b"* CAPABILITY IMAP4rev1"))
    assert "does not offer STARTTLS" in reason
    assert b"LOGIN" not in received


def test_C_16_starttls_that_is_refused_ends_the_session() -> None:
    _, received = refused_by(greets, answers(b"CAPABILITY", CAPABLE), answers(b"STARTTLS", done=b"NO not now"))
    assert b"LOGIN" not in received


def test_C_16_plain_text_behind_the_consent_to_tls_ends_the_session() -> None:
    def injects(talk: Talk) -> None:
        tag = talk.hear(b"STARTTLS")
        talk.say(tag + b" OK begin", b"* PREAUTH you are in")

    reason, received = refused_by(greets, answers(b"CAPABILITY", CAPABLE), injects)
    assert "tampering" in reason
    assert b"LOGIN" not in received


def test_what_was_offered_before_tls_is_forgotten(believed: Certificate) -> None:
    def encrypts(talk: Talk) -> None:
        talk.answer(b"STARTTLS", b"* CAPABILITY IMAP4rev1 AUTH=PLAIN")
        talk.secure(believed.for_server())

    disabled = answers(b"CAPABILITY", b"* CAPABILITY IMAP4rev1 LOGINDISABLED")
    reason, received = refused_by(greets, answers(b"CAPABILITY", CAPABLE), encrypts, disabled, disabled)
    assert "allows no log-in" in reason
    assert SECRET.encode() not in received


def test_C_16_a_session_opened_by_somebody_else_is_refused() -> None:
    def preauth(talk: Talk) -> None:
        talk.say(b"* PREAUTH welcome back")

    reason, received = refused_by(preauth, answers(b"CAPABILITY", CAPABLE))
    assert "before we said who we are" in reason
    assert b"LOGIN" not in received


def test_a_busy_server_is_away_and_not_refusing() -> None:
    reason, _ = refused_by(lambda talk: talk.say(b"* BYE too many connections"))
    assert reason


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (b"NO [AUTHENTICATIONFAILED] no such user", MailboxRefused),
        (b"NO [UNAVAILABLE] try again later", MailboxAway),
        (b"NO Request is throttled. Suggested Backoff Time: 299961 milliseconds", MailboxAway),
        (b"NO Account exceeded command or bandwidth limits. (Failure)", MailboxAway),
        (b"BAD what?", MailboxRefused),
    ],
)
def test_C_13_only_refused_credentials_are_a_refusal(answer: bytes, kind: type[MailboxAway]) -> None:
    """C-13."""

    def script(talk: Talk) -> None:
        greets(talk)
        talk.answer(b"CAPABILITY", b"* CAPABILITY IMAP4rev1")
        talk.answer(b"LOGIN", done=answer)
        talk.silence()

    with ScriptedImap(script) as server, pytest.raises(MailboxAway) as away:
        login(server.port, security="none").open()
    assert type(away.value) is kind


@pytest.mark.parametrize("end", [lambda talk: talk.line.close(), lambda talk: talk.say(b"* BYE going down"), Talk.silence])
def test_a_connection_lost_while_logging_in_is_no_refusal(end: Callable[[Talk], None]) -> None:
    def script(talk: Talk) -> None:
        greets(talk)
        talk.answer(b"CAPABILITY", b"* CAPABILITY IMAP4rev1")
        talk.hear(b"LOGIN")
        end(talk)

    with ScriptedImap(script) as server, pytest.raises(MailboxAway) as away:
        login(server.port, security="none").open()
    assert type(away.value) is MailboxAway


def test_an_echoed_password_is_blotted_out() -> None:
    echo = answers(b"LOGIN", done=b"NO wrong password " + SECRET.encode())
    reason, _ = refused_by(greets, answers(b"CAPABILITY", b"* CAPABILITY IMAP4rev1"), echo, security="none")
    assert SECRET not in reason
    assert "wrong password" in reason


def test_no_secret_and_no_mail_is_logged(dovecot: Dovecot, caplog: pytest.LogCaptureFixture) -> None:
    dovecot.deliver(BOT, b"Subject: QZX CANARY NAME\r\n\r\nQZX CANARY NAME\r\n")
    with caplog.at_level(logging.DEBUG), login(dovecot.port, security="none", password=PASSWORD) as mailbox:
        news = mailbox.news(Folder("INBOX"), uidvalidity=None, above=0)
        list(mailbox.fetch(news, news.uids))
    assert PASSWORD not in caplog.text
    assert "CANARY" not in caplog.text


def test_an_account_prints_without_its_password() -> None:
    assert SECRET not in repr(ImapAccount("host", 993, "tls", BOT, SECRET))


@pytest.mark.parametrize("password", ["a\r\nX1 DELETE INBOX", "a\x00b"])
def test_a_password_is_never_a_command(dovecot: Dovecot, password: str) -> None:
    with pytest.raises(MailboxRefused, match="line break"):
        login(dovecot.port, security="none", password=password).open()


def test_a_password_in_japanese_is_sent_as_plain() -> None:
    def script(talk: Talk) -> None:
        greets(talk)
        talk.answer(b"CAPABILITY", b"* CAPABILITY IMAP4rev1 AUTH=PLAIN")
        tag = talk.hear(b"AUTHENTICATE PLAIN")
        talk.say(b"+ ")
        assert base64.b64decode(talk.command()) == f"\0{BOT}\0合言葉".encode()
        talk.say(tag + b" OK [CAPABILITY IMAP4rev1] welcome")
        talk.until_closed()

    with ScriptedImap(script) as server, login(server.port, security="none", password="合言葉"):
        pass


def test_a_refused_token_is_answered_with_an_empty_line() -> None:
    def script(talk: Talk) -> None:
        greets(talk)
        talk.answer(b"CAPABILITY", b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2")
        tag = talk.hear(b"AUTHENTICATE XOAUTH2")
        talk.say(b"+ ")
        assert b"auth=Bearer t0ken" in base64.b64decode(talk.command())
        talk.say(b"+ " + base64.b64encode(b'{"status":"401"}'))
        assert talk.command() == b"\r\n"
        talk.say(tag + b" NO [AUTHENTICATIONFAILED] expired")
        talk.silence()

    with ScriptedImap(script) as server, pytest.raises(MailboxRefused, match="expired"):
        login(server.port, security="none", token="t0ken").open()


def test_without_tls_only_this_machine_is_spoken_to(outward_address: str) -> None:
    with ScriptedImap(greets, host=outward_address) as server, pytest.raises(MailboxAway, match="without TLS"):
        login(server.port, security="none", host=outward_address).open()
    assert server.received == b""


def test_a_port_where_nobody_listens_is_away() -> None:
    with pytest.raises(MailboxAway, match="refused"):
        login(1, security="none").open()


def test_what_is_wrong_is_told_in_one_sentence() -> None:
    with pytest.raises(MailboxAway, match=re.escape("127.0.0.1 port 1")):
        login(1, security="none").open()
