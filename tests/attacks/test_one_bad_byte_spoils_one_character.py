"""A byte that was damaged on the way is marked where it stands; the words around it stay what they are."""

from __future__ import annotations

import pytest

from bot.core.words import decode_bytes

TEXT = "受任 JUS-2026-001\nよろしくお願いします。\n山田太郎"


@pytest.mark.parametrize("charset", ["utf-8", "", "us-ascii", "iso-2022-jp", "euc-jp", "shift_jis", "iso-8859-1"])
def test_a_stray_byte_in_japanese_utf8(charset: str) -> None:
    assert decode_bytes(TEXT.encode() + b"\nhello \xff\n", charset) == f"{TEXT}\nhello 〓\n"


def test_a_text_that_is_cut_inside_its_last_character() -> None:
    assert decode_bytes(TEXT.encode()[:-1], "utf-8") == f"{TEXT[:-1]}〓"


def test_a_stray_byte_below_one_short_line() -> None:
    assert decode_bytes("受任 JUS-2026-001\n\nhello ".encode() + b"\xff", "utf-8") == "受任 JUS-2026-001\n\nhello 〓"


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
def test_another_encoding_under_the_wrong_name_is_still_found(encoding: str) -> None:
    assert decode_bytes(TEXT.encode(encoding), "utf-8") == TEXT


def test_western_text_is_not_taken_for_utf8() -> None:
    assert decode_bytes("déjà vu, señor".encode("cp1252"), "utf-8") == "déjà vu, señor"
