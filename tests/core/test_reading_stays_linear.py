"""M-20: four times as much mail is four times as much work, counted in steps of the program and not in seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

import pytest

from bot.core.intent import Vocabulary, understand
from bot.core.parsing import read
from bot.office.tongues import command_words
from tests.core.clients import LETTER
from tests.core.quoting import ATTRIBUTIONS, HEADERS, PAGES

WORDS = Vocabulary(command_words(), "JAR")
QUOTED = "".join(f"> {line}\n" for line in LETTER)

TEXTS: dict[str, Callable[[int], str]] = {
    "lines": lambda size: "a line of words\n" * size,
    "commands": lambda size: "".join(f"CLAIM JAR-2026-{number:03d}\n" for number in range(size)),
    "blank lines": lambda size: "\n" * size,
    "quoted lines": lambda size: QUOTED * (size // 4),
    "our own letter, unmarked": lambda size: "\n".join(LETTER * (size // 4)),
    "our own letter in pieces": lambda size: "\n".join(
        line[at : at + 7] for line in LETTER * (size // 20) for at in range(0, len(line), 7)
    ),
    "attributions": lambda size: "\n> x\n".join([*ATTRIBUTIONS.values()] * (size // 40)),
    "attributions that break off": lambda size: "On Mon, Nov 2, 2026 at 9:00 AM Desk <cases@example.org>\n" * size,
    "labels": lambda size: "To: a\nCc: b\nImportance: c\n" * (size // 3),
    "headers": lambda size: "\n\n".join(header.partition("\n")[0] for header in [*HEADERS.values()] * (size // 40)),
    "rules": lambda size: "x\n-----\n" * (size // 2),
    "signatures": lambda size: "x\n-- \ny\n> z\n" * (size // 4),
    "numbers": lambda size: "no. 14 case 15 第16号 " * 20 + "\n" + "take 014\n" * size,
}


def answered_by(page: Callable[[str, tuple[str, ...]], str], size: int) -> str:
    """A claim above a long letter, as this mail program quotes it."""
    return page("CLAIM JAR-2026-014", LETTER * (size // 10))


FORMS: dict[str, Callable[[int], str]] = {
    "paragraphs": lambda size: "<p class=a style='color:#222'>x</p>" * size,
    "quotations": lambda size: "<blockquote>x</blockquote>y" * size,
    "cells": lambda size: "<table><tr><td>x<td>y</table>" * (size // 3),
    "hidden": lambda size: (
        "<style>.a{display:none} #b{color:#fff}</style>" + "<p class=a>x<s>y</s><font color=white>z</font></p>" * (size // 3)
    ),
    "rules of a sheet": lambda size: "<style>" + ".a{display:none}" * size + "</style>x",
    "preformatted": lambda size: "<pre>" + "x\n" * size + "</pre>",
    **{f"an answer by {name}": partial(answered_by, page) for name, page in PAGES.items()},
}


def steps(raw: bytes) -> int:
    """How many lines of Python ran, and how many built-in functions were called, until the message was understood."""
    counted = 0

    def traced(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal counted
        counted += 1
        return traced

    def profiled(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal counted
        counted += event == "c_call"

    before = sys.gettrace()
    sys.settrace(traced)
    sys.setprofile(profiled)
    try:
        found = read(raw, own_address="cases@bot.ngo.example")
        understand(found.text, found.html, WORDS, subject=found.subject, quoted=LETTER, marker="##- write above this line -##")
    finally:
        sys.settrace(before)
        sys.setprofile(None)
    return counted


def mail(kind: str, body: str) -> bytes:
    return f"From: taro@example.com\r\nSubject: x\r\nContent-Type: text/{kind}; charset=utf-8\r\n\r\n{body}".encode()


def assert_linear(kind: str, of_size: Callable[[int], str]) -> None:
    steps(mail(kind, of_size(40)))  # fills the caches, so that both sizes find them full
    small, large = steps(mail(kind, of_size(200))), steps(mail(kind, of_size(800)))
    assert large < small * 4.4 + 2_000, f"{large / small:.1f} times the work for four times the mail"


@pytest.mark.parametrize("of_size", TEXTS.values(), ids=TEXTS)
def test_M_20_the_work_of_a_text_grows_with_its_length_only(of_size: Callable[[int], str]) -> None:
    assert_linear("plain", of_size)


@pytest.mark.parametrize("of_size", FORMS.values(), ids=FORMS)
def test_M_20_the_work_of_a_page_grows_with_its_length_only(of_size: Callable[[int], str]) -> None:
    assert_linear("html", of_size)


@pytest.mark.parametrize(
    "field",
    ["References: {}", "Subject: {}", "From: {}", "Content-Type: text/plain; {}", "Authentication-Results: x; {}"],
)
def test_M_20_the_work_of_a_field_grows_with_its_length_only(field: str) -> None:
    def of_size(size: int) -> bytes:
        return f"{field.format('<a@b.example> a=b; =?utf-8?q?x?= ' * size)}\r\n\r\nx".encode()

    steps(of_size(40))
    assert steps(of_size(800)) < steps(of_size(200)) * 4.4 + 2_000


@pytest.mark.parametrize("line", ["--bb", "--b -", "x--b", "--b--x", "-" * 40])
def test_M_20_the_work_of_lines_that_look_like_a_boundary_grows_with_their_number_only(line: str) -> None:
    def of_size(size: int) -> bytes:
        head = "From: taro@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nCLAIM JAR-2026-014\r\n"
        return f"{head}{line}\r\n".encode() + f"{line}\r\n".encode() * size

    steps(of_size(40))
    assert steps(of_size(800)) < steps(of_size(200)) * 4.4 + 2_000
