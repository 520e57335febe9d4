"""G-16: no credential and no letter without the TLS that was asked for; one log-in that fails, and no second (C-08, C-16, C-17)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.shell.relay import Outcome, SmtpAccount
from tests.servers.certificate import Certificate, make_certificate
from tests.servers.outward import outward_address as outward_address
from tests.servers.smtp_sink import SmtpSink
from tests.shell.relaying import account, commands, letter, verdict_on, with_relay

KNOWN = ("cases@bot.ngo.example", "correct-horse")
WAYS = ["tls", "starttls"]


@pytest.fixture
def believed(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> Certificate:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.cert))
    return certificate


@contextmanager
def secured(certificate: Certificate | None, *, security: str) -> Iterator[tuple[SmtpSink, SmtpAccount]]:
    with SmtpSink.start(credentials=KNOWN, certificate=certificate, security=security) as sink:
        yield sink, account(sink, security=security, username=KNOWN[0], password=KNOWN[1])


@pytest.mark.parametrize("security", WAYS)
def test_a_letter_goes_over_verified_tls_under_our_name(believed: Certificate, security: str) -> None:
    with secured(believed, security=security) as (sink, login):
        assert verdict_on(login).outcome is Outcome.SENT
        (received,) = sink.letters
    assert (received.username, received.is_over_tls) == (KNOWN[0], True)


@pytest.mark.parametrize("security", WAYS)
def test_C_17_a_certificate_that_nobody_vouches_for_defers(certificate: Certificate, security: str) -> None:
    with secured(certificate, security=security) as (sink, login):
        verdict = verdict_on(login)
    assert verdict.outcome is Outcome.DEFERRED
    assert "TLS" in verdict.said and "nothing was sent" in verdict.said
    assert commands(sink, "AUTH") == commands(sink, "MAIL") == []


@pytest.mark.parametrize("security", WAYS)
def test_C_17_a_certificate_for_another_name_defers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, security: str) -> None:
    other = make_certificate(tmp_path, names=("DNS:mail.elsewhere.example",))
    monkeypatch.setenv("SSL_CERT_FILE", str(other.cert))
    with secured(other, security=security) as (sink, login):
        assert verdict_on(login).outcome is Outcome.DEFERRED
    assert commands(sink, "AUTH") == []


def test_C_16_without_starttls_nothing_is_sent(sink: SmtpSink) -> None:
    verdict = verdict_on(account(sink, security="starttls", username=KNOWN[0], password=KNOWN[1]))
    assert verdict.outcome is Outcome.DEFERRED
    assert "STARTTLS" in verdict.said
    assert commands(sink, "AUTH") == commands(sink, "MAIL") == []


def test_C_16_starttls_that_fails_sends_nothing(believed: Certificate) -> None:
    with secured(believed, security="starttls") as (sink, login):
        sink.script.refuse("STARTTLS", reply="454 4.7.0 TLS not available")
        assert verdict_on(login).outcome is Outcome.DEFERRED
    assert commands(sink, "AUTH") == commands(sink, "MAIL") == []


def test_C_08_refused_credentials_are_tried_once(believed: Certificate) -> None:
    """C-08: the sink offers several ways of logging in; trying each would count as several failures."""
    with secured(believed, security="tls") as (sink, _):
        verdict = verdict_on(account(sink, security="tls", username=KNOWN[0], password="wrong-horse"))
    assert (verdict.outcome, verdict.code, verdict.is_login) == (Outcome.DEFERRED, 535, True)
    assert "wrong-horse" not in verdict.said
    assert len(commands(sink, "AUTH")) == 1


def test_a_log_in_that_fails_for_now_is_no_refusal_of_credentials(believed: Certificate) -> None:
    with secured(believed, security="tls") as (sink, login):
        sink.script.refuse("AUTH", reply="454 4.7.0 directory is down")
        verdict = verdict_on(login)
    assert (verdict.outcome, verdict.is_login) == (Outcome.DEFERRED, False)


def test_a_server_that_wants_a_log_in_is_a_matter_of_log_in(believed: Certificate) -> None:
    with secured(believed, security="tls") as (sink, _):
        verdict = verdict_on(account(sink, security="tls"))
    assert (verdict.outcome, verdict.code, verdict.is_login) == (Outcome.DEFERRED, 530, True)


def test_a_server_without_log_in_gets_no_credentials(sink: SmtpSink) -> None:
    verdict = verdict_on(account(sink, username=KNOWN[0], password=KNOWN[1]))
    assert "no log-in" in verdict.said
    assert commands(sink, "AUTH") == commands(sink, "MAIL") == []


def test_a_password_in_japanese_is_accepted(believed: Certificate) -> None:
    with SmtpSink.start(credentials=("bot", "合言葉"), certificate=believed, security="tls") as sink:
        assert verdict_on(account(sink, security="tls", username="bot", password="合言葉")).outcome is Outcome.SENT


def test_without_tls_only_this_machine_is_spoken_to(sink: SmtpSink, outward_address: str) -> None:
    with SmtpSink.start() as abroad:
        abroad.close()
        abroad.host, abroad.port = outward_address, 0
        abroad.open()
        verdict = verdict_on(account(abroad, username=KNOWN[0], password=KNOWN[1]))
    assert verdict.outcome is Outcome.DEFERRED
    assert "without TLS" in verdict.said
    assert [line for line in abroad.transcript if "C:" in line] == []


def test_an_account_prints_without_its_password() -> None:
    assert "correct-horse" not in repr(SmtpAccount("host", 465, "tls", *KNOWN))


def test_check_finds_nothing_wrong_and_leaves_nothing_open(sink: SmtpSink) -> None:
    assert with_relay(account(sink), lambda relay: relay.check()) is None
    assert sink.transcript[-1] == "1 S: 221 2.0.0 good bye"


def test_check_tells_what_is_wrong_in_one_sentence(believed: Certificate) -> None:
    with secured(believed, security="tls") as (sink, _):
        wrong = account(sink, security="tls", username=KNOWN[0], password="wrong-horse")
        problem = with_relay(wrong, lambda relay: relay.check())
    assert problem is not None and problem.is_login
    assert "535" in problem.sentence and str(sink.port) in problem.sentence


def test_a_letter_is_not_lost_to_a_log_in_that_works_again(believed: Certificate) -> None:
    with secured(believed, security="tls") as (sink, login):
        sink.script.refuse("AUTH", reply="535 5.7.8 no", times=1)
        assert verdict_on(login).is_login
        assert verdict_on(login, letter()).outcome is Outcome.SENT
