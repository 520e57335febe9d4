"""M-20: bodies made to be slow are read in less than a second each."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from bot.core.courtesies import substance
from bot.core.words import decode_bytes, decode_header, own_words

GOES = 3


def is_done_within(seconds: float, work: Callable[[], object]) -> bool:
    """In CPU time, at one go of three: what else runs on the machine only ever adds to it."""
    return any(_seconds_of(work) < seconds for _ in range(GOES))


def _seconds_of(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


BODIES = {
    "an attribution that never ends": "On " + "x" * 200_000,
    "many beginnings": " on a at b" * 5_000,
    "only quote marks": ">\n" * 100_000,
    "one line of quote marks": ">" * 200_000,
    "Japanese prefixes": "2026/11/02 9:00、あのメッセージ" * 10_000,
    "attributions": "2026/11/02 9:00、あ <a@b.c>のメール:\n" * 11_000,
    "nearly attributions": "on 2026 a@b.c x schrieb 12:30 y\n" * 11_000,
    "labels": "to: a\ncc: b\n" * 5_900,
    "rules": "x\n" + "-----\n\n" * 5_900,
    "flat headers": ("from: " + "to: " * 70 + "\n") * 2_000,
    "spaces": " " * 500_000,
    "letters that unfold": "\ufdfa" * 200_000,
}
PAGES = {
    "deep": "<div>" * 100_000 + "x",
    "deep with false ends": "<div></x>" * 50_000,
    "wide": "<p>x</p>" * 100_000,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">x",
    "comments": "<!--" * 100_000,
    "brackets": "<" * 300_000,
    "unclosed": "<a " * 100_000,
    "tables": "<table><tr><td>x" * 20_000,
    "quotes": "<div class=gmail_quote>" * 900 + "x",
    "a sheet without braces": "<style>" + "a" * 190_000 + "</style>x",
    "a sheet of open braces": "<style>" + "{" * 190_000 + "</style>x",
    "a sheet of comments": "<style>" + "/*" * 95_000 + "</style>x",
    "a sheet of attributes": "<style>" + "[a=" * 60_000 + "{display:none}</style>x",
    "a sheet of calls": "<style>" + ":not(" * 38_000 + "{display:none}</style>x",
    "a sheet of blanks": "<style>a" + " " * 190_000 + "{display:none}</style>x",
    "a sheet of names": "<style>" + ".a" * 90_000 + "{display:none}</style>x",
    "a sheet of selectors": "<style>" + "a," * 90_000 + "b{display:none}</style>x",
    "many hiding rules": "<style>" + "".join(f".a{n}{{display:none}}" for n in range(9_000)) + "</style>" + "<p class=a1>x" * 9_000,
    "many classes": "<style>.a{display:none}</style>" + ("<p class='" + "b " * 30 + "'>x</p>") * 9_000,
    "many sheets": "<style>" * 50_000 + "x",
    "sheets without end": "<style " * 50_000 + "x",
    "long styles": ("<p style='" + "color:white;" * 300 + "'>x") * 250,
    "overflowing styles": "<p style='" + "height:0;" * 440 + "'>x" * 100,
    "struck": "<s>" * 900 + "x" * 900 + "CLAIM JAR-2026-014",
}


@pytest.mark.parametrize("text", BODIES.values(), ids=BODIES)
def test_M_20_a_text_made_to_be_slow_is_read_at_once(text: str) -> None:
    assert is_done_within(
        1.5,
        lambda: own_words(
            text, "", quoted=["JAR-2026-014 a case in Tokyo that is long enough"] * 300, marker="##- write above this line -##"
        ),
    )


@pytest.mark.parametrize("html", PAGES.values(), ids=PAGES)
def test_M_20_a_page_made_to_be_slow_is_read_at_once(html: str) -> None:
    assert is_done_within(1.5, lambda: own_words("", html))


@pytest.mark.parametrize(
    "raw", [" " * 200_000, "=?" * 50_000, "=?utf-8?q?" * 20_000, "=?utf-8?b?" + "=" * 100_000 + "?=", "=?utf-8?q?a?= " * 20_000]
)
def test_a_header_made_to_be_slow_is_read_at_once(raw: str) -> None:
    assert is_done_within(1.0, lambda: decode_header(raw))


@pytest.mark.parametrize("raw", [b"\x1b$B" * 100_000, b"\x1b$B" + b'$"\n' * 100_000, b"\xa4\xa2" * 200_000 + b"\xff"])
def test_bytes_made_to_be_slow_are_decoded_at_once(raw: bytes) -> None:
    assert is_done_within(1.0, lambda: decode_bytes(raw, "euc-jp"))


@pytest.mark.parametrize("piece", ["A", "A-", "Aa ", "1-", "0 ", "市1", "弁護士 ", "Law of ", "お手数", "何卒"])
@pytest.mark.parametrize("above", ["", "1-1, ", "〒 123-4567 ", "Tel 03 "])
def test_M_20_what_might_be_a_signature_takes_no_time(above: str, piece: str) -> None:
    line = (above + piece * 60)[:59]
    assert is_done_within(1, lambda: substance((line, line + "=", "Ito Akiko"), names=("Ito Akiko",)))


@pytest.mark.parametrize("word", ["以上", "恐れ入りますが", "お手数ですが", "何卒", "いつも", "下記のとおり", "ご確認のほど"])
def test_M_20_what_might_be_a_courtesy_takes_no_time(word: str) -> None:
    assert is_done_within(1, lambda: substance((word + "、" * 390 + "x",), names=("Ito Akiko",)))
