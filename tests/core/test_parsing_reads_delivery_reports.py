"""A delivery report says who was not reached and for how long, and carries the ids of the letter that came back."""

from __future__ import annotations

import pytest

from bot.core.mail import Arrival, DeliveryReport
from tests.core.mails import mail, multipart

ID = "<k1.abc@bot.ngo.example>"


def dsn(groups: str, returned: str = f"Content-Type: message/rfc822\n\nFrom: cases@bot.ngo.example\nMessage-ID: {ID}\n\nhello") -> Arrival:
    _, body = multipart(
        "report", "\nSorry.", f"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n{groups}", returned
    )
    kind = 'Content-Type: multipart/report; report-type=delivery-status; boundary="b0"'
    return mail("From: MAILER-DAEMON@mx.example", "Return-Path: <>", kind, body=body)


FAILED = "Final-Recipient: rfc822; Alice@lawfirm.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 unknown"


def test_L_07_a_report_names_recipient_action_status_and_letter() -> None:
    assert dsn(FAILED).report == DeliveryReport("failed", "5.1.1", ("alice@lawfirm.example",), (ID,))


@pytest.mark.parametrize("media_type", ["message/rfc822", "text/rfc822-headers", "message/global-headers", "message/rfc822-headers"])
def test_the_letters_id_is_found_in_every_form_of_return(media_type: str) -> None:
    report = dsn(FAILED, f"Content-Type: {media_type}\n\nmessage-id:\n {ID}\nSubject: x\n").report
    assert report and report.message_ids == (ID,)


@pytest.mark.parametrize(
    ("action", "status", "is_permanent"),
    [("failed", "5.0.0", True), ("delayed", "4.4.1", False), ("failed", "4.7.1", False), ("delivered", "2.1.5", False)],
)
def test_a_report_says_whether_it_is_for_good(action: str, status: str, is_permanent: bool) -> None:
    report = dsn(f"Final-Recipient: rfc822;a@b.example\nAction: {action}\nStatus: {status}").report
    assert report and (report.action, report.status, report.is_permanent) == (action, status, is_permanent)


def test_the_worst_of_several_recipients_speaks() -> None:
    report = dsn(f"Final-Recipient: rfc822; b@c.example\nAction: delivered\nStatus: 2.0.0\n\n{FAILED}").report
    assert report and (report.action, report.status) == ("failed", "5.1.1")


def test_a_report_without_an_action_is_read_by_its_status() -> None:
    report = dsn("Final-Recipient: rfc822; a@b.example\nStatus: 5.2.2").report
    assert report and report.action == "failed"


def test_a_bounce_of_an_old_kind_is_read() -> None:
    text = "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the following"
    text += " addresses.\n\n<alice@lawfirm.example>:\nno such user\n"
    found = mail(
        "From: MAILER-DAEMON@mx.example",
        body=f"{text}\n--- Below this line is a copy of the message.\n\nMessage-ID: {ID}\n",
        subject="failure notice",
    )
    assert found.report == DeliveryReport("failed", "", ("alice@lawfirm.example",), (ID,))


def test_an_id_of_our_own_form_is_found_in_running_text() -> None:
    report = dsn(FAILED, f"\nyour message {ID} to alice").report
    assert report and ID in report.message_ids


def test_our_own_address_is_no_id() -> None:
    report = dsn(FAILED, "\nFrom: <cases@bot.ngo.example>").report
    assert report and report.message_ids == ()


def test_a_persons_mail_about_a_bounce_is_no_report() -> None:
    assert mail(body="Action: failed\nStatus: 5.1.1\nFinal-Recipient: rfc822; bob@bengo.example").report is None


@pytest.mark.parametrize("status", ["", "\x00\xff", "Action:", "Status: 5", "Final-Recipient: ;;;", "Action: failed\n" * 1000])
def test_a_broken_report_stops_nothing(status: str) -> None:
    assert dsn(status).machine == "delivery report"


def test_an_id_with_a_control_character_is_no_id() -> None:
    """Found by fuzzing: it would have been stored as it stands."""
    report = dsn(FAILED, "\n<abc\x0edef@bot.ngo.example> <abc\x85def@bot.ngo.example>\nMessage-ID: <abc\x0edef@bot.ngo.example>").report
    assert report and report.message_ids == ()


@pytest.mark.parametrize("address", ["bad user@aol.com", "bad\x85user@aol.com", "bad\x0euser@aol.com"])
def test_what_only_looks_like_a_failed_recipient_is_none(address: str) -> None:
    """Found by fuzzing: the library takes everything before the next bracket."""
    text = f"Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<{address}>:\nno\n"
    found = mail("From: MAILER-DAEMON@mx.example", body=text.encode("latin-1"), subject="failure notice")
    assert found.report is None
