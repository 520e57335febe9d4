"""Fields: ids fit to be quoted, a Subject that is text and nothing else, and one key for every delivery of one message."""

from __future__ import annotations

import pytest

from tests.core.mails import mail, parsed


@pytest.mark.parametrize("value", ["<1@x.example>", "<c=US%a=_%p=msft%l=RED-99@mail2.microsoft.com>"])
def test_a_sound_message_id_is_kept_as_written(value: str) -> None:
    assert mail(f"Message-ID: {value}").message_id == value


@pytest.mark.parametrize(
    "value",
    ["", "<>", "<[", "<[>", "<a b@c>", "<" + "x" * 5000 + "@y>", "<é@x>", "x@y", "<x@y> <z@w>", "<x@y>\r\n Bcc: m@e.example", "<a<b@c>>"],
)
def test_I_04_an_unfit_message_id_is_none(value: str) -> None:
    assert mail(f"Message-ID: {value}").message_id == ""


def test_I_05_no_id_carries_a_line_break() -> None:
    found = mail('Message-ID: <x"\r\n X1 STORE 1:* +FLAGS (\\Deleted)\r\n X2 EXPUNGE>', "In-Reply-To: <a\r\n b@c> <d@e>")
    assert (found.message_id, found.answers) == ("", ("<d@e>",))


def test_answers_come_nearest_first_and_once() -> None:
    found = mail("In-Reply-To: <c@x>", "References: <a@x> <b@x>\r\n <c@x>")
    assert found.answers == ("<c@x>", "<b@x>", "<a@x>")


def test_ids_without_their_brackets_are_understood() -> None:
    assert mail("In-Reply-To: a.1@x.example").answers == ("<a.1@x.example>",)


def test_M_06_of_many_references_the_nearest_are_read() -> None:
    ids = "\r\n ".join(f"<{n}@x.example>" for n in range(100_000))
    found = mail(f"References: {ids}")
    assert (len(found.answers), found.answers[0], found.defects) == (50, "<99999@x.example>", ())


@pytest.mark.parametrize(
    "subject", ["a\x00b", "a\x07\x1b]0;pwn\x07b", "=?utf-8?q?x=0D=0A{=22event=22}?=", "=?utf-8?q?=1B[31m?=x", "a\u202eb"]
)
def test_I_11_a_subject_is_printable(subject: str) -> None:
    assert mail(f"Subject: {subject}").subject.isprintable()


def test_M_24_emoji_and_right_to_left_text_stay() -> None:
    assert mail("Subject: 🙂 שלום").subject == "🙂 שלום"


def test_a_subject_in_raw_iso_2022_jp_is_read() -> None:
    assert parsed(b"From: a@b.example\r\nSubject: \x1b$B<uG$\x1b(B 14\r\n\r\nx").subject == "受任 14"


def test_a_subject_in_raw_utf_8_is_read() -> None:
    assert mail("Subject: 受任 14").subject == "受任 14"


def test_headers_are_kept_in_order_and_unfolded() -> None:
    found = mail("Received: a\r\n\tby b", "Received: c")
    assert [pair for pair in found.headers if pair[0] == "Received"] == [("Received", "a\tby b"), ("Received", "c")]


def test_a_control_character_in_a_header_does_not_vanish() -> None:
    """`mx.ngo.exam\\0ple` is not `mx.ngo.example`."""
    found = mail("Authentication-Results: mx.ngo.exam\x00ple; dmarc=pass")
    assert dict(found.headers)["Authentication-Results"] != "mx.ngo.example; dmarc=pass"


def test_an_escape_sequence_does_not_vanish_from_an_address() -> None:
    assert parsed(b"From: \x1b(Jalice@lawfirm.example\r\n\r\nx").sender == ""


MESSAGE = b"From: a@b.example\r\nDate: now\r\nSubject: s\r\nMessage-ID: <1@b>\r\n\r\nCLAIM\r\n"


def test_S_28_a_second_delivery_has_the_same_key() -> None:
    again = b"Return-Path: <x@y>\r\nReceived: by z\r\nResent-From: c@d\r\nX-Spam: no\r\n" + MESSAGE.replace(b"\r\n", b"\n") + b"\n"
    assert parsed(MESSAGE).content_key == parsed(again).content_key


@pytest.mark.parametrize("change", [(b"CLAIM", b"CLAIMS"), (b"a@b", b"c@b"), (b"now", b"then"), (b": s", b": t"), (b"<1", b"<2")])
def test_another_message_has_another_key(change: tuple[bytes, bytes]) -> None:
    assert parsed(MESSAGE).content_key != parsed(MESSAGE.replace(*change)).content_key


@pytest.mark.parametrize("date", ["1 Jan 1970 00:00", "9999", "32 Foo", "+99999999", ""])
def test_M_18_no_date_disturbs_reading(date: str) -> None:
    assert mail(f"Date: {date}").defects == ()
