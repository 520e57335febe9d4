"""Group M of the attacks: malformed messages and bombs. Each is kept whole, costs its sender more than us, and the next claim is handled."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

import pytest
from sqlalchemy import text

from bot.reception import entering
from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk
from tests.attacks.malformed import CLAIM, attack, message, trace


def attached(name: str, content: bytes, *, media_type: str = "application/octet-stream", text: str = "", subject: str = "") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = ALICE, subject
    mail.set_content(text)
    maintype, _, subtype = media_type.partition("/")
    mail.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    return trace() + mail.as_bytes()


@pytest.fixture(autouse=True)
def and_the_next_good_claim_is_handled(desk: Desk) -> Iterator[None]:
    with attack(desk):
        yield


CRASHERS = ["From: <", 'From: "', "From: <a@", "From: a@[", "To: a:b:c;;;", "Message-ID: <>", "Message-ID: <[", 'Reply-To: "']


@pytest.mark.parametrize("field", CRASHERS)
def test_M_01_a_header_that_crashes_a_parser_is_kept_or_does_not_matter(desk: Desk, field: str) -> None:
    is_from = field.startswith("From")
    desk.arrives(message(field, sender=None if is_from else ALICE))
    desk.settles()
    assert desk.ending() == ("for_staff" if is_from else "answered")
    assert desk.standing("JUS-2026-001") == ({} if is_from else {ALICE: "confirmed"})


DEEP = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(2000))
BOMBS = {
    "M-03 multiparts in multiparts": message(DEEP + b"X: y"),
    "M-03 messages in messages": message(b"Content-Type: message/rfc822\r\n\r\n" * 2000 + b"X: y"),
    "M-04 a hundred thousand parts": message("Content-Type: multipart/mixed; boundary=b", body=b"--b\r\n\r\nx\r\n" * 100_000),
    "M-05 commas in From": message(sender="," * 32_000 + ALICE),
    "M-05 nested brackets in From": message(sender="(" * 2000 + ALICE),
    "M-05 eight thousand senders": message(sender=",".join(f"a{n}@lawfirm.example" for n in range(8000))),
    "M-07 parameters": message("Content-Type: text/plain" + "".join(f"; a{n}=b" for n in range(16_000))),
    "M-07 continuations": message("Content-Type: text/plain" + "".join(f";\r\n name*{n}=b" for n in range(16_000))),
    "M-08 a million fields": message(b"X-A: b\r\n" * 1_000_000 + b"X: y"),
}


@pytest.mark.parametrize("raw", BOMBS.values(), ids=BOMBS)
def test_M_03_to_M_08_a_bomb_is_shown_to_a_person_and_acts_on_nothing(desk: Desk, raw: bytes) -> None:
    desk.arrives(raw)
    desk.settles()
    assert (desk.ending(), desk.standing("JUS-2026-001")) == ("for_staff", {})


def test_M_06_of_a_hundred_thousand_references_the_nearest_count(desk: Desk) -> None:
    desk.arrives(message("References: " + " ".join(f"<{n}@x.example>" for n in range(20_000))))
    desk.settles()
    assert desk.standing("JUS-2026-001") == {ALICE: "confirmed"}


def test_M_09_an_honest_giant_is_answered_from_its_head_alone(desk: Desk) -> None:
    desk.arrives(message(body=""), size=60_000_000, is_whole=False)
    assert (desk.ending(), desk.standing("JUS-2026-001")) == ("for_staff", {})
    assert "too large" in desk.last_letter_to(ALICE).text
    assert desk.letters_to(SUZUKI)


def test_M_09_a_giant_in_japanese_is_answered_in_japanese(desk: Desk) -> None:
    mori = desk.joins("mori@houritsu.example", name="森 健", language="ja")
    head = message(body="", sender=mori).replace(b"lawfirm.example", b"houritsu.example")
    desk.arrives(head, size=60_000_000, is_whole=False)
    assert "本文だけ" in desk.last_letter_to(mori).text


DATES = [
    "Date: Thu, 1 Jan 1970 00:00:00 +0000",
    "Date: Fri, 31 Dec 9999 23:59:59 +0000",
    "Date: 32 Foo",
    "Date: Fri, 20 Nov 2026 03:00:00 +99999999",
    "X: y",
]


@pytest.mark.parametrize("field", DATES)
def test_M_18_an_absurd_date_has_no_influence_on_the_order(desk: Desk, field: str) -> None:
    desk.writes(BOB, CLAIM, at=5)
    desk.arrives(message(field), at=9)
    desk.settles()
    assert desk.standing("JUS-2026-001") == {BOB: "confirmed", ALICE: "waitlisted"}


def test_M_18_two_dates_are_shown_to_a_person(desk: Desk) -> None:
    date = f"Date: {format_datetime(desk.now)}"
    desk.arrives(message(date, date.replace("20", "19")))
    assert desk.ending() == "for_staff"


SLOW = {
    "an attribution that never ends": "On " + "x" * 200_000,
    "five thousand half attributions": " on a at b" * 5_000,
    "a hundred thousand quotation marks": ">" * 100_000,
    "Japanese attributions": "2026年11月20日(金) 12:00 " * 5_000 + "のメッセージ",
}


@pytest.mark.parametrize("text", SLOW.values(), ids=SLOW)
def test_M_20_text_made_to_choke_a_quotation_stripper_is_read(desk: Desk, text: str) -> None:
    desk.arrives(message(body=f"{CLAIM}\n\n{text}\n"))
    assert desk.ending() in ("answered", "pending", "for_staff")


def test_M_21_of_ten_thousand_commands_twenty_are_carried_out_and_the_answer_says_so(desk: Desk) -> None:
    desk.arrives(message(body="".join(f"CLAIM JUS-2026-{n:03}\n" for n in range(1, 10_001))))
    desk.settles()
    answer = desk.last_letter_to(ALICE).text
    assert desk.standing("JUS-2026-001") == {ALICE: "confirmed"}
    assert "20" in answer and "JUS-2026-020" in answer and "JUS-2026-021" not in answer


UNREADABLE = {
    "winmail.dat only": (attached("winmail.dat", b"\x78\x9f\x3e\x22", media_type="application/ms-tnef"), "winmail"),
    "PGP": (message("Content-Type: text/plain", body="-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----"), "unencrypted"),
    "S/MIME": (message("Content-Type: application/pkcs7-mime; smime-type=enveloped-data", body="MIIB"), "unencrypted"),
    "nothing": (message(body=""), "without any words"),
    "a picture": (attached("claim.jpg", b"\xff\xd8\xff", media_type="image/jpeg"), "picture"),
}


@pytest.mark.parametrize(("raw", "said"), UNREADABLE.values(), ids=UNREADABLE)
def test_M_23_an_unreadable_kind_is_answered_with_what_to_do(desk: Desk, raw: bytes, said: str) -> None:
    desk.arrives(raw)
    assert said in desk.last_letter_to(ALICE).text
    assert desk.ending() == ("answered" if said == "without any words" else "for_staff")


@pytest.mark.parametrize("subject", ["a\x00b", "a\x07b", "\x1b]0;pwn\x07", "🦊", "\u202eesrever"])
def test_M_24_control_characters_in_a_subject_reach_no_letter(desk: Desk, subject: str) -> None:
    encoded = base64.b64encode(subject.encode()).decode()
    desk.arrives(message(f"Subject: =?utf-8?B?{encoded}?="))
    desk.settles()
    assert desk.standing("JUS-2026-001") == {ALICE: "confirmed"}
    for letter in desk.letters():
        assert not set(letter.subject) & set("\x00\x07\x1b\u202e")


def test_M_22_an_archive_from_staff_is_never_opened(desk: Desk) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("cases.csv", "title,summary\nStolen,From the archive")
    raw = attached("cases.zip", packed.getvalue(), media_type="application/zip", subject="NEW CASE").replace(ALICE.encode(), SATO.encode())
    desk.arrives(raw.replace(b"lawfirm.example", b"ngo.example"))
    assert "From the archive" not in "".join(letter.text for letter in desk.letters())
    assert desk.letters_to(SATO)


def test_M_26_a_fault_that_shows_when_another_is_decided_sets_nobody_else_aside(desk: Desk) -> None:
    """Lines of several answers go on record together: here the database refuses that of one, whose claim stands before a mail that reads."""
    if not desk.office.ledger.is_sqlite:
        pytest.skip("the fault is a trigger in the words of SQLite")
    with desk.office.ledger.engine.begin() as connection:
        of_alice = f"(SELECT sender FROM arrival WHERE id = NEW.arrival_id) = '{ALICE}'"
        connection.execute(text(f"CREATE TRIGGER no BEFORE INSERT ON answer_line WHEN {of_alice} BEGIN SELECT RAISE(ABORT, 'no'); END"))
    desk.arrive(message(), message(body="LIST", sender=BOB))
    assert sorted(desk.endings()) == [("answered", "list"), ("for_staff", "could not be digested (IntegrityError)")]


def test_M_26_a_message_that_fails_every_time_is_tried_three_times_then_set_aside_whole(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault is injected where a defect of ours would be: in what is made of a message already read."""
    tries: list[int] = []
    apply = entering.applying.apply

    def poisoned(*arguments: Any, **named: Any) -> None:
        if named["mail"].stamp.uid == 101:
            tries.append(1)
            raise RuntimeError("QZX CANARY NAME")
        apply(*arguments, **named)

    monkeypatch.setattr(entering.applying, "apply", poisoned)
    desk.arrive(message(), message(body="LIST"))
    assert len(tries) == 3
    assert sorted(desk.endings()) == [("answered", "list"), ("for_staff", "could not be digested (RuntimeError)")]
    assert len(desk.letters_to(SUZUKI)) == 1
