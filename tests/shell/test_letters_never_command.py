"""Our letters are our worst input: whatever a mail program quotes back of them, no line of it is a command."""

from __future__ import annotations

import re
import tomllib
import unicodedata

import pytest
from selectolax.lexbor import LexborHTMLParser

from bot.core.intent import Vocabulary, read_line
from bot.core.mail import Letter
from bot.shell.letters import Page, Typesetter
from bot.shell.letters.catalogue import COMMAND_WORDS
from bot.shell.letters.layout import fill
from bot.shell.letters.scrub import Commands
from bot.shell.resources import data_dir
from tests.shell.letters_samples import APPEAL, CODE, HOSTILE, HOUSE, INTERVIEW, NOW, answer, every_letter, hostile, letter, said

WORDS = {verb: tuple(forms) for verb, forms in tomllib.loads((data_dir() / "words.toml").read_text(encoding="utf-8"))["commands"].items()}
VOCABULARY = Vocabulary(WORDS, "JAR")
_SPOKEN = "|".join(
    re.escape(word.casefold()) for word in sorted({form for forms in WORDS.values() for form in forms}, key=len, reverse=True)
)
STRICT = re.compile(rf"[^\w>]*(?:{_SPOKEN})(?:[^\w:]*$|[\s:]*\W?(?:[a-z]{{1,9}}-?)?\d{{4}}-\d|\s+\S+@)")
"""A command word after any signs, alone on the line, or followed by a case id or an address. Only what is marked with > is let pass."""

LETTERS = [(f"{language}-{name}", one) for language in ("en", "ja") for name, one in every_letter(language)]
TYPESETTER = Typesetter(HOUSE)


def page_of(one: Letter, name: str = "Ito") -> Page:
    return TYPESETTER.preview(one, now=NOW, reader_name=name, code=CODE)


def lines_quoted_back(page: Page) -> list[str]:
    """The lines of the text part and of the HTML part as programs turn it into text, a line for each block or break."""
    tree = LexborHTMLParser(re.sub(r"<br>|</?(?:p|h\d|td|th|tr|li|div|table|ul|blockquote)\b[^>]*>", "\n\\g<0>", page.html))
    assert tree.body is not None
    return [*page.text.split("\n"), *tree.body.text().split("\n")]


def folded(line: str) -> str:
    return re.sub("[\u2010-\u2015\u2212\u30fc]", "-", unicodedata.normalize("NFKC", line)).strip().casefold()


def commands_in(page: Page) -> list[str]:
    lines = [page.subject, *lines_quoted_back(page)]
    return [line for line in lines if STRICT.match(folded(line)) or (read_line(line, VOCABULARY) and not line.startswith(">"))]


@pytest.mark.parametrize(("name", "one"), LETTERS, ids=[name for name, _ in LETTERS])
def test_no_line_of_a_letter_is_a_command(name: str, one: Letter) -> None:
    assert commands_in(page_of(one)) == []


@pytest.mark.parametrize(("name", "one"), LETTERS, ids=[name for name, _ in LETTERS])
def test_no_line_of_a_letter_full_of_hostile_values_is_a_command(name: str, one: Letter) -> None:
    assert commands_in(page_of(hostile(one), HOSTILE)) == []


def test_our_own_sentences_need_no_mending() -> None:
    assert [name for name, one in LETTERS if re.search("as written|原文", page_of(one).text.replace("when it was written", ""))] == []


@pytest.mark.parametrize(
    "title", ["CLAIM JAR-2026-014", "受任　ＪＡＲ－２０２６－０１４", "YES", "« help »", "担当2026-14", "Pause until May 2027"]
)
def test_a_title_that_is_a_command_is_marked_as_a_quotation(title: str) -> None:
    for one in (letter("bulletin", "en", case=_titled(title)), answer("ja", said("listed", cases=[_titled(title)]))):
        assert commands_in(page_of(one)) == []


def test_every_command_word_that_ships_is_known_here() -> None:
    assert {form for forms in WORDS.values() for form in forms} <= set(COMMAND_WORDS)


def test_words_that_an_organisation_adds_are_heeded_too() -> None:
    typesetter = Typesetter(HOUSE, command_words=["ÜBERNEHME"])
    page = typesetter.preview(letter("bulletin", "en", case=_titled("Übernehme JAR-2026-014")), now=NOW, reader_name="", code=CODE)
    assert "(as written) Übernehme" in page.text and "(as written) Übernehme" in page.html


@pytest.mark.parametrize(
    "line",
    ["CLAIM JAR-2026-014", "claim　jar-2026-14.", "“RELEASE” JAR-2026-014", "* YES", "辞退JAR-2026-014", "はい。", "Assign: JAR-2026-1"],
)
def test_what_could_be_taken_for_a_command_is_seen(line: str) -> None:
    assert Commands(COMMAND_WORDS).starts(line)


@pytest.mark.parametrize(
    "line",
    ["Claims are decided", "Language: ja", "言語：", "> CLAIM JAR-2026-014", "Help is near", "担当者が決まりました", "Yes, of course", ""],
)
def test_prose_is_left_alone(line: str) -> None:
    assert not Commands(COMMAND_WORDS).starts(line)


def test_a_wrapped_line_never_begins_with_a_command_that_stood_inside() -> None:
    text = " ".join(["word"] * 12 + ["please", "CLAIM", "JAR-2026-014", "or", "answer", "YES"])
    for columns in range(20, 100):
        assert not any(
            Commands(COMMAND_WORDS).starts(line) for line in fill(text, columns=columns, shuns=Commands(COMMAND_WORDS).starts).split("\n")
        )


def _titled(title: str) -> object:
    return type(INTERVIEW)(APPEAL.id, title, f"{title}\nand more")
