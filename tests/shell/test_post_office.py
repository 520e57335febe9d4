"""The demonstration's post office, asked by the same kinds of client that any mail program is."""

from __future__ import annotations

import smtplib
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes

import pytest
from imapclient import IMAPClient

from bot.demo.post_office import PostOffice
from tests.servers.ground import PATIENCE_SECONDS

ITO, CASES = "ito@lawfirm.example", "cases@ngo.example"
MAIL = b"From: Ito <ito@lawfirm.example>\r\nTo: cases@ngo.example\r\nSubject: CLAIM\r\n\r\nhello\r\n.\r\n"


@pytest.fixture
def post() -> Iterator[PostOffice]:
    with PostOffice() as office:
        office.add_account(ITO, "secret-i")
        office.add_account(CASES, "secret-c")
        yield office


def submit(post: PostOffice, raw: bytes = MAIL, *, to: str = CASES) -> None:
    with smtplib.SMTP("127.0.0.1", post.smtp_port, timeout=PATIENCE_SECONDS) as client:
        client.login(ITO, "secret-i")
        client.sendmail(ITO, [to], raw)


def reader(post: PostOffice) -> IMAPClient:
    client = IMAPClient("127.0.0.1", post.imap_port, ssl=False, timeout=PATIENCE_SECONDS)
    client.normalise_times = False
    client.login(CASES, "secret-c")
    client.select_folder("INBOX")
    return client


def test_submitted_mail_is_read_by_imap_with_its_arrival_time(post: PostOffice) -> None:
    submit(post)
    client = reader(post)
    (row,) = client.fetch(client.search(), ["BODY.PEEK[]", "INTERNALDATE"]).values()
    assert row[b"BODY[]"].endswith(MAIL)
    assert abs((datetime.now(UTC) - row[b"INTERNALDATE"]).total_seconds()) < PATIENCE_SECONDS


def test_mail_is_postmarked_above_what_the_sender_wrote(post: PostOffice) -> None:
    submit(post)
    names = message_from_bytes(post.inbox(CASES)[0].raw).keys()
    assert names[:4] == ["Return-Path", "Authentication-Results", "Received", "From"]


@pytest.mark.parametrize(("shown", "verdict"), [(ITO, "dmarc=pass"), ("mori@other.example", "dmarc=fail")])
def test_an_account_is_vouched_for_only_in_its_own_domain(post: PostOffice, shown: str, verdict: str) -> None:
    submit(post, MAIL.replace(ITO.encode(), shown.encode()))
    assert verdict in str(message_from_bytes(post.inbox(CASES)[0].raw)["Authentication-Results"])


def test_results_in_our_name_that_a_sender_wrote_are_removed(post: PostOffice) -> None:
    forged = b"Authentication-Results: MX.ngo.example;\r\n\tdmarc=pass header.from=bank.example\r\n"
    submit(post, forged + MAIL)
    assert b"bank.example" not in post.inbox(CASES)[0].raw


def test_results_of_another_server_are_left_alone(post: PostOffice) -> None:
    submit(post, b"Authentication-Results: mx.lawfirm.example; auth=pass\r\n" + MAIL)
    assert len(message_from_bytes(post.inbox(CASES)[0].raw).get_all("Authentication-Results", [])) == 2


def test_who_is_not_logged_in_hands_nothing_in(post: PostOffice) -> None:
    with (
        smtplib.SMTP("127.0.0.1", post.smtp_port, timeout=PATIENCE_SECONDS) as client,
        pytest.raises(smtplib.SMTPSenderRefused, match="530"),
    ):
        client.sendmail(ITO, [CASES], MAIL)


def test_nobody_sends_in_anothers_name(post: PostOffice) -> None:
    with (
        smtplib.SMTP("127.0.0.1", post.smtp_port, timeout=PATIENCE_SECONDS) as client,
        pytest.raises(smtplib.SMTPSenderRefused, match="553"),
    ):
        client.login(ITO, "secret-i")
        client.sendmail(CASES, [CASES], MAIL)


def test_a_wrong_password_opens_neither_door(post: PostOffice) -> None:
    with smtplib.SMTP("127.0.0.1", post.smtp_port, timeout=PATIENCE_SECONDS) as client, pytest.raises(smtplib.SMTPAuthenticationError):
        client.login(ITO, "wrong")
    client = IMAPClient("127.0.0.1", post.imap_port, ssl=False, timeout=PATIENCE_SECONDS)
    with pytest.raises(client.Error):
        client.login(ITO, "wrong")


def test_mail_to_an_unknown_address_is_kept_as_lost(post: PostOffice) -> None:
    submit(post, to="nobody@elsewhere.example")
    assert [(lost.address, lost.raw.endswith(MAIL)) for lost in post.lost] == [("nobody@elsewhere.example", True)]


def test_an_address_is_one_whatever_the_case_of_its_letters(post: PostOffice) -> None:
    submit(post, to="Cases@NGO.example")
    assert len(post.inbox("CASES@ngo.example")) == 1


def test_an_idling_reader_hears_of_new_mail_at_once(post: PostOffice) -> None:
    client = reader(post)
    client.idle()
    line = client.socket()
    submit(post)
    heard = b""
    while b"* 1 EXISTS" not in heard:
        heard += line.recv(1024)  # ends the test by its time-out where nothing comes


def test_stopping_does_not_wait_for_an_idling_reader() -> None:
    post = PostOffice().start()
    post.add_account(CASES, "secret-c")
    reader(post).idle()
    post.stop()  # pytest ends a test that waits


def test_the_post_office_says_nothing_on_the_terminal() -> None:
    program = (
        "import smtplib; from bot.demo.post_office import PostOffice\n"
        "with PostOffice() as post:\n"
        "    post.add_account('a@b.example', 'secret')\n"
        "    client = smtplib.SMTP('127.0.0.1', post.smtp_port)\n"
        "    client.login('a@b.example', 'secret')\n"
        "    client.sendmail('a@b.example', ['a@b.example'], b'Subject: x\\r\\n\\r\\ny\\r\\n')\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    assert (ended.stdout, ended.stderr, ended.returncode) == ("", "", 0)
