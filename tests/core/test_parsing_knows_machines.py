"""Machines are known by RFC 3834 and every mark before it; people who mention an absence are not taken for one."""

from __future__ import annotations

import pytest

from bot.core.parsing import read
from tests.core.mails import CLAIM, DESK, mail, multipart


@pytest.mark.parametrize(
    "value", ["auto-generated (rejected)", 'AUTO-REPLIED; owner-email="x"', "auto-notified", "auto-replied", "(x) auto-generated", "yes"]
)
def test_L_02_auto_submitted_is_a_machine(value: str) -> None:
    assert mail(f"Auto-Submitted: {value}").machine.startswith("auto-submitted")


def test_L_02_of_two_auto_submitted_fields_the_automatic_one_counts() -> None:
    assert mail("Auto-Submitted: no", "Auto-Submitted: auto-replied").machine


@pytest.mark.parametrize("value", ["no", "No ", "no (manual)", "(manual) no", "no; x=y"])
def test_L_02_auto_submitted_no_is_a_person(value: str) -> None:
    assert mail(f"Auto-Submitted: {value}").machine == ""


@pytest.mark.parametrize(
    "field",
    [
        "Precedence: bulk", "Precedence: junk", "Precedence: list", "Precedence: auto_reply", "precedence: Auto-Reply",
        "X-Autoreply: yes", "X-Autorespond: a",
        "X-Autoresponder: b", "Delivered-To: Autoresponder", "X-FC-Machinegenerated: true", "X-POST-MessageClass: 9; Autoresponder",
        "X-Mail-Autoreply: 1",
        "X-Failed-Recipients: a@b.example",
    ],
)  # fmt: skip
def test_L_03_older_marks_are_a_machine(field: str) -> None:
    assert mail(field).machine


@pytest.mark.parametrize(
    "field", ["X-Auto-Response-Suppress: All", "Precedence: first-class", "X-Autoreply: no", "X-Mailer: AutoMailer", "Importance: low"]
)
def test_marks_that_people_carry_are_no_machine(field: str) -> None:
    assert mail(field).machine == ""


ABSENT = [
    "自動返信: 不在のお知らせ", "【自動返信】ただいま不在にしております", "不在のお知らせ", "Automatic reply: Cases",
    "Abwesenheitsnotiz:", "Automatische Antwort: Fälle", "Out of Office: Cases",
    "Out of office", "OOO: back Monday", "Auto: Re: Cases", "[Auto-Reply] Cases", "I am out of the office until 5 May",
    "Réponse automatique : Dossiers",
    "Respuesta automática: Casos", "Risposta automatica: Casi", "Resposta automática: Casos", "Automatisch antwoord: Zaken",
    "Autosvar: Ärenden", "Automatiskt svar: x",
    "Automatyczna odpowiedź: Sprawy", "自动回复: 案件", "自動回覆: 案件", "자동 회신: 사건", "부재중 자동응답: 사건", "休暇中",
    "AUTO: Ito is out of the office (returning 05/01)",
]  # fmt: skip


@pytest.mark.parametrize("subject", ABSENT)
def test_L_05_where_headers_are_silent_the_subject_tells(subject: str) -> None:
    assert mail(subject=subject).machine == "subject says out of office"


@pytest.mark.parametrize(
    "subject",
    [
        "Re: Automatic reply: Cases", "CLAIM JUS-0042", "受任 JUS-0042", "Question about the automatic reply",
        "My office is out of paper", "Out of office hours meeting",
        "不在者の件", "自動車事故の件", "休暇中の連絡先を教えてください", "Absence of my client", "Vacation of the flat",
        "Auto insurance", "Thank you for your mail",
        "メールありがとうございます", "Re: 不在のお知らせ", "Undeliverable cases?", "Returned documents",
    ],
)  # fmt: skip
def test_a_person_who_mentions_an_absence_is_a_person(subject: str) -> None:
    assert mail(subject=subject).machine == ""


@pytest.mark.parametrize(
    "value",
    ["<>", "MAILER-DAEMON@x.example", "postmaster@x.example", "Mail Delivery Subsystem <noreply@x.example>", '"Mail Delivery System" <>'],
)
def test_L_08_null_and_daemon_senders_are_machines(value: str) -> None:
    assert mail(f"From: {value}").machine


def test_L_08_a_null_return_path_is_a_machine() -> None:
    assert mail("Return-Path: <>").machine == "null sender"


@pytest.mark.parametrize("value", [DESK, f"Desk <{DESK.upper()}>"])
def test_L_09_our_own_mail_is_a_machine(value: str) -> None:
    assert mail(f"From: {value}").machine == "our own mail"


def test_L_14_a_read_receipt_is_a_machine() -> None:
    kind = "Content-Type: multipart/report; report-type=disposition-notification; boundary=b0"
    _, body = multipart("report", "\nread", "Content-Type: message/disposition-notification\n\nDisposition: manual-action; displayed")
    assert mail(kind, body=body).machine == "receipt"


@pytest.mark.parametrize("kind", ["Content-Type: text/calendar; method=REPLY", "Content-Type: text/calendar"])
def test_L_14_a_calendar_answer_is_a_machine(kind: str) -> None:
    field, body = multipart("alternative", "\nAccepted", f"{kind}\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR")
    assert mail(field, body=body).machine == "calendar"


def test_L_14_a_signed_receipt_is_a_machine() -> None:
    assert mail("Content-Type: application/pkcs7-mime; smime-type=signed-receipt; name=smime.p7m", body="x").machine == "receipt"


def test_an_invitation_is_a_persons_mail() -> None:
    field, body = multipart("alternative", f"\n{CLAIM}", "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nEND:VCALENDAR")
    assert mail(field, body=body).machine == ""


@pytest.mark.parametrize(
    "body",
    [
        "To have your message delivered click here: https://x.example/1",
        "Your message is being held until you click the link below to verify yourself",
        "Please verify your address before your message is delivered. We use this to stop spam.",
    ],
)  # fmt: skip
def test_L_15_a_filter_that_wants_a_click_is_a_machine(body: str) -> None:
    assert mail(body=body).machine == "challenge-response filter"


LIST = ("From: Alice via Lawyers <lawyers@lawfirm.example>", "List-Id: <lawyers.lawfirm.example>", "X-Original-From: alice@lawfirm.example")


def test_L_16_a_list_that_wraps_a_person_is_set_before_a_person() -> None:
    assert ("list mail" in mail(*LIST).defects, mail(*LIST).machine) == (True, "")


def test_L_16_a_list_that_says_so_is_a_machine() -> None:
    assert mail(*LIST, "Precedence: list").machine == "precedence: list"


def test_S_31_a_code_from_a_service_is_no_command() -> None:
    assert mail("From: no-reply@service.example", body="Your verification code is 482913").report is None


@pytest.mark.parametrize("subject", ["Out of Office", "x"])
def test_a_machines_text_is_still_read(subject: str) -> None:
    """Staff are shown an automatic-looking mail that holds a claim."""
    raw = f"From: a@b.example\r\nAuto-Submitted: auto-replied\r\nSubject: {subject}\r\n\r\n{CLAIM}".encode()
    assert read(raw, own_address=DESK).text == CLAIM
