"""What staff attach and is no table we read is named, with its size and hash or with what to do, and is never opened.

ATTACKS M-22.
"""

from __future__ import annotations

import pytest

from tests.attacks.desk import BOT, SATO, SUZUKI, Desk
from tests.attacks.tables import XLSX, sends, states
from tests.story.people import Post


@pytest.mark.parametrize(
    ("name", "media_type", "content"),
    [
        ("cases.zip", "application/zip", b"PK\x03\x04 42"),
        ("cases.xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12", b"PK\x03\x04 macros"),
        ("cases.pdf", "application/pdf", b"%PDF-1.7"),
        ("mail.eml", "message/rfc822", b"From: x@y.example\r\nSubject: NEW CASE\r\n\r\nTitle: A\r\nSummary: B\r\n"),
    ],
)
def test_M_22_what_is_no_table_is_listed_by_name_size_and_hash_and_never_opened(
    desk: Desk, name: str, media_type: str, content: bytes
) -> None:
    if media_type == "message/rfc822":
        desk.arrives(with_mail_inside(desk, content))
    else:
        sends(desk, name, content, media_type)
    letter = desk.last_letter_to(SUZUKI).flat
    assert states(desk) == [] and "SHA-256" in letter and "CSV, XLSX or YAML" in letter and (name in letter or "without a name" in letter)


def with_mail_inside(desk: Desk, content: bytes) -> bytes:
    outer = Post(SUZUKI, "Suzuki", BOT, "", desk.now, subject="NEW CASE").raw()
    head = outer.partition(b"\r\n\r\n")[0]
    head = b"\r\n".join(line for line in head.split(b"\r\n") if not line.lower().startswith((b"content-", b"mime-")))
    mixed = b"\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n\r\n"
    return (
        head
        + mixed
        + b"--x\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment; filename=mail.eml\r\n\r\n"
        + content
        + b"\r\n--x--\r\n"
    )


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cases.xlsx", b"\xd0\xcf\x11\xe0 locked", "locked by a password"),
        ("cases.xlsx", b"PK\x03\x04 no workbook", "damaged or locked"),
        ("cases.csv", b"PK\x03\x04\x00\x00", "not what its name says"),
        ("cases.csv", b"title,summary\n", "no row below it"),
        ("cases.csv", "title,summary\n" + "A,B\n" * 101, "more than 100 rows"),
        ("cases.csv", "title,summary\n" + "A" * 5_000_001 + ",B\n", "larger than mail brings in"),
    ],
)
def test_M_22_a_table_that_cannot_be_read_is_answered_with_what_to_do(desk: Desk, name: str, content: bytes, said: str) -> None:
    sends(desk, name, content)
    assert states(desk) == [] and said in desk.last_letter_to(SUZUKI).flat


def test_japanese_staff_hear_in_japanese_why_a_file_was_not_read(desk: Desk) -> None:
    sends(desk, "案件.xlsx", b"\xd0\xcf\x11\xe0 locked", XLSX, who=SATO, subject="新規案件")
    assert "パスワードで保護された" in "".join(desk.last_letter_to(SATO).text.split())


def test_papers_beside_the_fields_of_a_case_are_named_in_its_preview(desk: Desk) -> None:
    sends(desk, "evidence.zip", b"PK\x03\x04", "application/zip", text="Title: A hearing\nSummary: One visit.")
    preview = desk.last_letter_to(SUZUKI).text
    assert states(desk) == ["draft"] and "evidence.zip, 4 bytes" in preview


def test_the_logo_of_a_signature_is_not_worth_a_line(desk: Desk) -> None:
    sends(desk, "image001.png", b"\x89PNG", "image/png", text="Title: A hearing\nSummary: One visit.")
    assert states(desk) == ["draft"] and "image001" not in desk.last_letter_to(SUZUKI).text
