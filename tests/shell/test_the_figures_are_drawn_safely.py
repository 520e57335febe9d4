"""The picture of the month: sound SVG that loads nothing, with every number beside its bar and hostile labels harmless."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from bot.core.model import Figures, Row
from bot.shell import pictures
from tests.shell.letters_samples import HOSTILE, MONTH, SMALL_MONTH, YEAR

HOSTILE_MONTH = replace(MONTH, kinds=(Row(HOSTILE, 17, 7), *MONTH.kinds))


@pytest.mark.parametrize("figures", [MONTH, SMALL_MONTH, HOSTILE_MONTH, YEAR], ids=["busy", "small", "hostile", "year"])
@pytest.mark.parametrize("language", list(pictures.WORDS))
def test_it_is_sound_xml_and_loads_nothing(figures: Figures, language: str) -> None:
    drawn = pictures.svg(figures, title="<b>October", by=HOSTILE, facts=[("<b>", HOSTILE)], language=language)
    ElementTree.fromstring(drawn)
    written = drawn + pictures.page(figures, title="<b>October", facts=[("Cases", "<41>")], language=language)
    assert not re.search(r"<script|<img|<b>|href|url\((?!#)|@import|src=|https?://(?!www\.w3\.org/2000/svg)", written)


def test_every_number_stands_beside_its_bar() -> None:
    drawn = pictures.svg(MONTH, title="October")
    assert all(f">{words}<" in drawn for words in ("placed: 17", "not placed: 7", "not placed: fewer than 5", "placed: withheld", "25"))


def test_the_longest_bar_is_the_largest_number_and_none_leaves_the_picture() -> None:
    widths = [int(width) for width in re.findall(r'<rect class="(?:one|two)" x="0" y="\d+" width="(\d+)"', pictures.svg(MONTH, title=""))]
    assert max(widths) < pictures.WIDTH and len(widths) == 14


def test_a_hidden_number_has_no_bar_to_measure() -> None:
    assert "<rect class=" in pictures.svg(MONTH, title="") and not pictures.charts(SMALL_MONTH, "en")
    (row,) = (row for row in pictures.charts(MONTH, "en")[0].rows if row[0] == "others")
    assert not any(isinstance(cell, int) for cell in row[1])


def test_one_sort_is_told_from_the_other_without_colour() -> None:
    assert "fill: url(#hatched)" in pictures.svg(MONTH, title="") and 'id="hatched"' in pictures.svg(MONTH, title="")
