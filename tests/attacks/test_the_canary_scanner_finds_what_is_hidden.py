"""The scanner by which other tests say that nothing leaked: it must be able to find."""

from __future__ import annotations

import base64
import gzip
import quopri
from email.message import EmailMessage
from urllib.parse import quote

import pytest

from tests.attacks.leaks import CHARSETS, found_in, found_in_letter

NAMES = ("QZX CANARY NAME", "+81-90-0000-4242", "験証 漏子")


@pytest.mark.parametrize("canary", NAMES)
@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("before", ["", "a", "ab", "abc 案"])
def test_in_every_charset_plain_in_base64_and_quoted_printable(canary: str, charset: str, before: str) -> None:
    plain = f"{before}{canary} and more".encode(charset)
    for content in (
        plain,
        base64.b64encode(plain),
        base64.encodebytes(b"x" * 50 + plain),
        quopri.encodestring(plain),
        gzip.compress(plain),
    ):
        assert found_in(b"noise " + content + b" noise", NAMES) == {canary}


@pytest.mark.parametrize("canary", NAMES)
def test_in_links_markup_and_json(canary: str) -> None:
    for content in (quote(canary), quote(canary, safe=""), "".join(f"&#x{ord(sign):x};" for sign in canary), ascii(canary)[1:-1]):
        assert found_in(content.encode(), NAMES) == {canary}


@pytest.mark.parametrize("canary", NAMES)
@pytest.mark.parametrize("charset", ["utf-8", "iso-2022-jp"])
def test_in_a_letter_its_subject_its_parts_and_its_files(canary: str, charset: str) -> None:
    for where in ("subject", "text", "file", "name"):
        message = EmailMessage()
        message["Subject"] = canary if where == "subject" else "x"
        message.set_content(canary if where == "text" else "x", charset=charset)
        message.add_attachment(
            (canary if where == "file" else "x").encode(),
            maintype="application",
            subtype="pdf",
            filename=canary if where == "name" else "x",
        )
        assert found_in_letter(message.as_bytes(), NAMES) == {canary}


def test_nothing_where_nothing_is() -> None:
    assert found_in(base64.b64encode(bytes(range(256)) * 40) + "漏子 QZX CANARY".encode(), NAMES) == set()
