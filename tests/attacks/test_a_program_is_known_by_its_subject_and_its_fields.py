"""Answers of absent people, receipts, calendars and bounces are known without their standard marks; people's words like them are not lost."""

from __future__ import annotations

import pytest

from tests.attacks.desk import ALICE, BOB, Desk
from tests.attacks.raw_mail import raw

SUBJECTS = [
    *("Frånvaro: Cases", "Assente dal servizio", "Absent : Cases", "外出", "休暇中です Re: Cases", "Away from office until Monday"),
    *("Read: Cases", "Lu : Cases", "Gelesen: Cases", "開封済み: Cases", "開封確認: Cases", "Undelivered Mail Returned to Sender"),
    *(
        "Mail delivery failed: returning message to sender",
        "Undeliverable: Cases",
        "配信不能: Cases",
        "Unzustellbar: Cases",
        "Non remis : Cases",
    ),
]
FIELDS = [
    *("X-Auto-Response: 1", "X-MS-Exchange-Inbox-Rules-Loop: x", "X-Amazon-Auto-Reply: true"),
    "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent",
]
PEOPLES = [
    "Out of office next week, but interested",
    "Read the case",
    "Accepted!",
    "Absent father: which law applies?",
    "外出先からですが",
    "辞退：JUS-2026-001",
]


def test_no_program_is_answered_and_none_has_a_case(desk: Desk) -> None:
    mails = [(f"Subject: {subject}",) for subject in SUBJECTS] + [(field, "Subject: Cases") for field in FIELDS]
    cases = [desk.case(str(number)) for number in range(len(mails))]
    desk.arrive(*(raw(*fields, sender=ALICE, body=f"CLAIM {case}") for fields, case in zip(mails, cases, strict=True)))
    desk.settles()
    assert [fields for fields, case in zip(mails, cases, strict=True) if desk.standing(case)] == []
    assert desk.letters_to(ALICE) == [] and {disposition for disposition, _ in desk.endings()} == {"for_staff"}


def test_answers_to_invitations_are_not_answered(desk: Desk) -> None:
    desk.arrive(*(raw(f"Subject: {word}: 会議", sender=ALICE) for word in ("Accepted", "Declined", "承諾", "辞退")))
    assert desk.letters_to(ALICE) == []


@pytest.mark.parametrize("subject", PEOPLES)
def test_what_people_write_is_answered(desk: Desk, subject: str) -> None:
    desk.case()
    desk.arrive(raw(f"Subject: {subject}", sender=BOB, body="What about this?"))
    assert len(desk.letters_to(BOB)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "CLAIM {case}\n\nI am away until Monday.",
        "I am out of the office until Monday.\n\nCLAIM {case}",
        "受任 {case}\n只今不在にしております。",
    ],
)
def test_a_claim_beside_a_note_of_absence_is_shown_and_asked_about(desk: Desk, text: str) -> None:
    case = desk.case()
    desk.writes(ALICE, text.format(case=case))
    desk.settles()
    assert desk.standing(case) == {} and desk.ending() == "for_staff" and desk.letters_to("suzuki@ngo.example")
    assert f"Did you mean to take {case}" in desk.last_letter_to(ALICE).subject
