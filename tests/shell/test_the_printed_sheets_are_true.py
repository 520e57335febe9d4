"""The one-page sheets for lawyers and staff, in both languages: every word on them acts, none that acts is missing, and one page is one page."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from bot.core.decide import lawyers, staff
from bot.core.intent import Vocabulary, read_line
from tests.servers.chromium import chromium

ROOT = Path(__file__).parents[2]
SHEETS = sorted((ROOT / "docs" / "sheets").glob("*.html"))
WORDS = Vocabulary(tomllib.loads((ROOT / "data" / "words.toml").read_text(encoding="utf-8"))["commands"], "JAR")
INTAKE = {"new_case", "new_event", "emergency"}
"""Words that stand in a Subject."""
BESIDE_A_WORD = {"WITH", "理由：", "Field: value"}

each_sheet = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)


def spoken(sheet: Path) -> list[str]:
    """What the sheet tells people to write."""
    return [node.text() for node in LexborHTMLParser(sheet.read_text(encoding="utf-8")).css("code")]


def verbs_of(said: str) -> set[str]:
    """What it asks for: a whole line, or a word by itself whose case or address the sheet names beside it."""
    alone = {verb for word, verb in WORDS.spoken if word == said.casefold()}
    return alone or {command.verb for command in read_line(said, WORDS)}


def test_there_is_a_sheet_for_each_reader_in_each_language() -> None:
    assert [sheet.stem for sheet in SHEETS] == ["lawyers.en", "lawyers.ja", "staff.en", "staff.ja"]


@each_sheet
def test_every_word_on_it_acts(sheet: Path) -> None:
    assert [said for said in spoken(sheet) if said not in BESIDE_A_WORD and not verbs_of(said)] == []


@each_sheet
def test_no_word_that_acts_is_missing(sheet: Path) -> None:
    verbs = set(lawyers.VERBS) if sheet.stem.startswith("lawyers") else set(staff.VERBS) | INTAKE | {"bulletin", "send", "hold"}
    named = {verb for said in spoken(sheet) for verb in verbs_of(said)}
    assert (verbs | {"yes", "no"}) - named == set()


@each_sheet
def test_its_words_are_those_of_its_language(sheet: Path) -> None:
    is_japanese = sheet.stem.endswith(".ja")
    assert [said for said in spoken(sheet) if said.isascii() == is_japanese] == []


@each_sheet
def test_it_prints_on_one_page(sheet: Path, tmp_path: Path) -> None:
    page = tmp_path / "sheet.pdf"
    chromium("--no-pdf-header-footer", f"--print-to-pdf={page}", sheet, profile=tmp_path / "profile")
    assert len(re.findall(rb"/Type\s*/Page\b", page.read_bytes())) == 1
