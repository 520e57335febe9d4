"""One page a language for a whole circulation: each print is the letter that would have been set for its reader alone."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.mail import Letter
from bot.shell.letters import CIRCULATIONS, Page, Press, Typesetter
from tests.shell.letters_samples import HOUSE, NOW, every_letter, hostile

TYPESETTER = Typesetter(HOUSE)
SAMPLES = [(f"{language}-{name}", one) for language in ("en", "ja") for name, one in every_letter(language) if one.kind in CIRCULATIONS]
LETTERS = [(name + more, letter) for name, one in SAMPLES for more, letter in (("", one), ("-hostile", hostile(one)))]
NAMES = [
    *(
        "Ito Akiko",
        "伊藤 花子",
        "",
        " spaced   out ",
        "O’Neill & <b>Söhne</b>",
        "佐" * 19,
        "佐" * 30,
        "LIST",
        "CLAIM JAR-2026-001",
        "受任 JAR-2026-001",
    ),
    *(
        "担当",
        "\ue010",
        "x\ue010y",
        "{{ code }}",
        "=?utf-8?Q?x?=",
        "A\r\nBcc: x@y.example",
        "\u202egnp",
        "Dear",
        "aaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbb",
    ),
]


def message_id(number: int) -> str:
    return f"<{number:a>16}.{number:b>26}@desk.example>".translate({ord(digit): chr(ord("c") + int(digit)) for digit in "0123456789"})


def both(press: Press, letter: Letter, name: str, number: int) -> tuple[bytes, bytes]:
    facts: dict[str, Any] = {"message_id": message_id(number), "now": NOW, "reader_name": name}
    return press.compose(letter, **facts), TYPESETTER.compose(letter, **facts)


@pytest.fixture(params=LETTERS, ids=[name for name, _ in LETTERS])
def letter(request: pytest.FixtureRequest) -> Letter:
    one: Letter = request.param[1]
    return one


def test_every_print_is_the_letter_set_for_its_reader_alone(letter: Letter) -> None:
    press = Press(TYPESETTER)
    for number, name in enumerate(NAMES):
        printed, alone = both(press, letter, name, number)
        assert printed == alone, name


@settings(deadline=None)
@given(names=st.lists(st.text(max_size=60), min_size=2, max_size=4))
def test_whatever_the_readers_are_called(names: list[str]) -> None:
    press, numbers = Press(TYPESETTER), count()
    for name in names:
        printed, alone = both(press, SAMPLES[0][1], name, next(numbers))
        assert printed == alone


def test_no_print_holds_anything_of_another_reader(letter: Letter) -> None:
    press = Press(TYPESETTER)
    press.compose(letter, message_id=message_id(1), now=NOW, reader_name="Qzxname")
    second = press.compose(letter, message_id=message_id(2), now=NOW, reader_name="Ito Akiko")
    assert b"Qzxname" not in second and message_id(1).partition("@")[0].encode() not in second.replace(b"=\r\n", b"")


class _Counting(Typesetter):
    """Notes the language of each page that it sets."""

    def page(self, letter: Letter, *, now: datetime, name: str, code: str) -> Page:
        pages_set.append(letter.language)
        return super().page(letter, now=now, name=name, code=code)


pages_set: list[str] = []


def test_the_page_is_set_once_for_a_language(letter: Letter) -> None:
    pages_set.clear()
    press = Press(_Counting(HOUSE))
    for number in range(20):
        press.compose(letter, message_id=message_id(number), now=NOW, reader_name=f"Reader {number}")
    assert pages_set == [letter.language]
