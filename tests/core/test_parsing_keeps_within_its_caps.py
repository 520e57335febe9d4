"""Bombs and rubbish: every message is read within its caps, in a bounded time, and what is over a cap goes to a person."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.parsing import Caps, read
from bot.core.words import own_words
from tests.core.mails import DESK, mail, parsed

HEAD = b"From: Alice <alice@lawfirm.example>\r\nSubject: hi\r\n"


def nested(depth: int) -> bytes:
    return HEAD + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth)) + b"\r\nx"


BOMBS = {
    "M-03 multiparts in multiparts": (nested(2000), "nested"),
    "M-03 messages in messages": (HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 2000, "nested"),
    "M-04 parts": (HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 100_000, "too many parts"),
    "M-05 commas": (b"From: " + b"," * 32_000 + b"a@b.c\r\n\r\nx", "From field is too long"),
    "M-05 brackets": (b"From: " + b"(" * 2_000 + b"a@b.c\r\n\r\nx", "From field"),
    "M-05 addresses": (b"From: " + b",".join(b"a%d@b.c" % n for n in range(8_000)) + b"\r\n\r\nx", "From field is too long"),
    "M-07 parameters": (HEAD + b"Content-Type: text/plain" + b"".join(b"; a%d=b" % n for n in range(16_000)) + b"\r\n\r\nx", "parameters"),
    "M-07 continuations": (
        HEAD + b"Content-Type: text/plain" + b"".join(b";\r\n name*%d=b" % n for n in range(16_000)) + b"\r\n\r\nx",
        "parameters",
    ),
    "M-08 fields": (HEAD + b"X-A: b\r\n" * 1_000_000 + b"\r\nx", "header"),
    "a giant text": (HEAD + b"\r\n" + b"x\r\n" * 1_000_000, "too long"),
}


@pytest.mark.parametrize(("raw", "defect"), BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_a_defect_and_costs_little(raw: bytes, defect: str) -> None:
    started = time.process_time()
    found = parsed(raw)
    assert any(defect in said for said in found.defects)
    assert time.process_time() - started < 2


SLOW = {
    "spaces in quoted-printable": HEAD + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + b" " * 900_000 + b"x",
    "padding in base64": HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"QQ==" * 225_000,
    "quotes in From": b"From: " + b'"a\\' * 1300 + b"a@b.c\r\n\r\nx",
    "half encoded words in From": b"From: " + b"=?a?q?" * 600 + b"a@b.c\r\n\r\nx",
    "a bounce of addresses": b"From: mailer-daemon@x.y\r\nSubject: failure notice\r\n\r\n" + b"<a@b.c> " * 100_000,
    "a bounce of empty ids": b"From: mailer-daemon@x.y\r\nSubject: failure notice\r\n\r\n" + b"Message-ID:" + b" \n" * 300_000,
    "a bounce of fields": b"From: mailer-daemon@x.y\r\nSubject: failure notice\r\n\r\n" + b"status:\n" * 100_000,
    "flowed": HEAD + b"Content-Type: text/plain; format=flowed\r\n\r\n" + b"x \n" * 300_000,
    "meta": HEAD + b"Content-Type: text/html\r\n\r\n" + b"<meta " * 100_000,
    "nearly a challenge": HEAD + b"\r\n" + b"please verify your message " * 40_000,
    "a long Subject": b"From: a@b.c\r\nSubject: " + b"=?utf-8?q?" * 6_000 + b"\r\n\r\nx",
}


@pytest.mark.parametrize("raw", SLOW.values(), ids=SLOW)
def test_a_message_made_to_be_slow_is_read_at_once(raw: bytes) -> None:
    started = time.process_time()
    parsed(raw)
    assert time.process_time() - started < 2


def test_M_09_of_a_giant_only_the_head_is_read() -> None:
    found = read(HEAD + b"\r\nCLAIM JUS-0042", own_address=DESK, is_whole=False)
    assert (found.sender, found.text, found.defects) == ("alice@lawfirm.example", "", ("it is too large",))


def test_caps_can_be_set() -> None:
    assert "its text is too long" in read(HEAD + b"\r\n" + b"x" * 100, own_address=DESK, caps=Caps(body_bytes=10)).defects


def test_M_21_ten_thousand_lines_are_read() -> None:
    found = mail(body="".join(f"CLAIM JUS-{n:04d}\n" for n in range(10_000)))
    assert len(own_words(found.text, found.html).lines) == 10_000


@given(st.binary(max_size=2000))
def test_no_bytes_whatever_stop_the_reading(raw: bytes) -> None:
    found = parsed(raw)
    assert own_words(found.text, found.html) is not None and "\ufffd" not in found.text + found.subject


FRAGMENTS = [
    b"From: a@b.c\r\n", b"From: \"", b"Subject: =?iso-2022-jp?B?", b"=?utf-8?q?", b"?=", b"\r\n\r\n", b"\n",
    b"Content-Type: multipart/mixed; boundary=b\r\n", b"--b\r\n", b"--b--",
    b"Content-Type: text/html; charset=utf-7\r\n", b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n",
    b"Content-Type: message/delivery-status\r\n",
    b"Content-Transfer-Encoding: base64\r\n", b"Content-Transfer-Encoding: quoted-printable\r\n", b"filename*0*=iso-2022-jp'ja'%1b$B",
    b"Content-Disposition: attachment; ", b"\x1b$B<u",
    b"\x1b(B", b"\xff\xfe\x80", b"> quoted\n", b"<blockquote>", b"<div style=", b"Status: 5.1.1\r\n", b"Action: failed\r\n",
    b"On 2026-11-02, a@b.c wrote:\r\n", b"=3D=\r\n", b"\x00",
    b"Content-Type: message/rfc822\r\n", b"Auto-Submitted: ", b"format=flowed; delsp=yes", b"References: <a@b> ", b";;;;\"\\",
    b"Return-Path: <>\r\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40))
def test_no_mixture_of_mail_fragments_stops_the_reading(fragments: list[bytes]) -> None:
    found = parsed(b"".join(fragments))
    assert own_words(found.text, found.html, quoted=["quoted"], marker="marker here") is not None
