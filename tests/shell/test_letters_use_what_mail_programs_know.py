"""Every tag, property and rule in the HTML of a letter is known to the mail programs of our readers, or is one that they can do without."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from bot.shell.letters import Typesetter
from tests.shell.letters_samples import CODE, HOUSE, NOW, once_a_kind

KNOWN: dict[str, dict[str, dict[str, Any]]] = tomllib.loads((Path(__file__).parent / "mail_programs.toml").read_text(encoding="utf-8"))
PROGRAMS = {"outlook", "outlook.com", "gmail", "gmail-other"}
LARGEST_SHEET = 16_000
"""Gmail drops what a style sheet has beyond."""

TYPESETTER = Typesetter(HOUSE)
PAGES = [
    TYPESETTER.preview(one, now=NOW, reader_name="Ito Hanako", code=CODE).html
    for language in ("en", "ja")
    for _, one in once_a_kind(language)
]
ADDED = {"tbody", "-comment"}
"""Stands in the tree of a page without standing in the page, or is no tag."""
ELEMENTS = sorted(
    {
        (node.tag, node.attributes.get("style") or "")
        for html in PAGES
        for root in [LexborHTMLParser(html).root]
        if root
        for node in root.traverse()
    }
)
"""Every tag with every style that it has anywhere."""
SHEETS = sorted({sheet for html in PAGES for sheet in re.findall(r"<style>(.*?)</style>", html.partition("<!--[if mso]>")[0], re.DOTALL)})
FOR_WORD = sorted({sheet for html in PAGES for sheet in re.findall(r"<!--\[if mso\]><style>(.*?)</style>", html)})


def properties(rules: str) -> Iterator[str]:
    """The names of the declarations in a style attribute, or in the braces of a sheet."""
    for block in re.findall(r"\{([^{}]*)\}", rules) or [rules]:
        yield from (line.partition(":")[0].strip() for line in block.split(";") if line.strip())


def rules_of(sheet: str) -> tuple[set[str], set[str]]:
    """The at-rules of a sheet, and its selectors."""
    heads = {head.strip() for head in re.findall(r"([^{};]+)\{", sheet)}
    return {head for head in heads if head.startswith("@")}, {part.strip() for head in heads if head[0] != "@" for part in head.split(",")}


def sorts(selector: str) -> set[str]:
    """What a program must know for a selector; anything but the plainest is named as it stands."""
    plain = re.fullmatch(r"(\.[\w-]+|\w*)((?::\w+)?)(?:\([a-z]+\))?", selector)
    if plain is None:
        return {selector}
    return {name for name in ("class" if plain[1][:1] == "." else "type" if plain[1] else "", plain[2]) if name}


USED: dict[str, set[str]] = {
    "tags": {tag for tag, _ in ELEMENTS} - ADDED,
    "properties": {name for rules in [*(style for _, style in ELEMENTS), *SHEETS, *FOR_WORD] for name in properties(rules)},
    "at_rules": {rule for sheet in SHEETS for rule in rules_of(sheet)[0]},
    "selectors": {sort for sheet in SHEETS for selector in rules_of(sheet)[1] for sort in sorts(selector)},
}
EACH = [(sort, name, one) for sort, table in KNOWN.items() for name, one in table.items()]


@pytest.mark.parametrize("sort", list(USED))
def test_what_a_letter_uses_is_in_the_table_and_nothing_else_is(sort: str) -> None:
    assert USED[sort] == set(KNOWN[sort])


@pytest.mark.parametrize(("sort", "name", "one"), EACH, ids=[f"{sort}-{name}" for sort, name, _ in EACH])
def test_who_does_without_is_named_and_told_of(sort: str, name: str, one: dict[str, Any]) -> None:
    assert set(one) <= {"unknown_to", "then", "beside"} and set(one.get("unknown_to", ())) <= PROGRAMS
    assert ("unknown_to" in one) == bool(one.get("then"))


@pytest.mark.parametrize(("name", "beside"), [(name, one["beside"]) for _, name, one in EACH if "beside" in one])
def test_what_a_letter_brings_instead_stands_in_it(name: str, beside: str) -> None:
    assert any(beside in html for html in PAGES)


def test_no_style_sheet_is_larger_than_gmail_reads() -> None:
    assert len(SHEETS) == 2 and all(len(sheet.encode()) < LARGEST_SHEET for sheet in SHEETS)


def test_what_is_important_has_a_space_before_it_and_stands_in_no_attribute() -> None:
    """Word and Gmail read it nowhere else."""
    assert not any("!important" in style for _, style in ELEMENTS)
    assert not any(re.search(r"\S!important", sheet) for sheet in [*SHEETS, *FOR_WORD])


def test_bold_is_a_weight_that_word_knows() -> None:
    """It takes any number from 600 on for bold, and all below for plain."""
    assert {found for _, style in ELEMENTS for found in re.findall(r"font-weight:(\w+)", style)} == {"600"}


def test_lists_keep_their_bullets_in_word() -> None:
    """It heeds the margin of a list and ignores its padding."""
    assert {style for tag, style in ELEMENTS if tag == "ul"} == {"margin:0 0 16px 22px;padding:0"}


def test_a_button_has_its_room_in_word_too() -> None:
    """It gives none to a link; the cell round it is told in Word's own words."""
    cells, links = ({style for tag, style in ELEMENTS if tag == sort and "border-radius:6px" in style} for sort in ("td", "a"))
    (room,) = {found for style in links for found in re.findall(r"padding:([^;]+)", style)}
    assert any(f"mso-padding-alt:{room}" in style for style in cells)
