"""A Japanese heading breaks where one would take a breath, in every mail program, and never in the middle of a word."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shell.letters import Typesetter
from bot.shell.letters.phrasing import phrased, phrases
from bot.shell.letters.scrub import SIGNS
from tests.shell.letters_samples import CODE, HOUSE, NOW, every_letter

HEADINGS = {
    "引き続き取り置いています": "引き続き|取り置いています",
    "順番待ち1番目となりました": "順番待ち|1番目となりました",
    "その後いかがでしょうか": "その後|いかがでしょうか",
    "もう一度ご覧いただきたい点": "もう一度|ご覧いただきたい|点",
    "2026年11月のご案内（送信前の確認）": "2026年11月の|ご案内|（送信前の|確認）",
    "お申し込みを受け付けました": "お申し込みを|受け付けました",
    "お申し込みありがとうございます": "お申し込み|ありがとうございます",
    "お返事ありがとうございます": "お返事|ありがとうございます",
    "まだ送信していません": "まだ|送信していません",
    "名簿への登録が済みました。ようこそ": "名簿への|登録が|済みました。|ようこそ",
    "Cases for November": "Cases for November",
}


@pytest.mark.parametrize(("words", "parted"), HEADINGS.items())
def test_a_heading_is_parted_between_phrases(words: str, parted: str) -> None:
    assert phrases(words) == parted.split("|")


def test_what_stands_in_a_tag_or_an_entity_is_left_alone() -> None:
    marked = phrased("<b> & その案件を引き続き取り置き")
    assert marked == "&lt;b&gt; &amp; その案件を<wbr>引き続き取り置き" and phrased(marked).count("&lt;b&gt;") == 1


def test_a_heading_is_parted_into_as_few_even_lines_as_a_phone_needs() -> None:
    assert phrased("引き続き取り置いています") == "引き続き取り置いています"
    assert phrased("先に届いていたメールが、決定の後に見つかりました") == "先に届いていたメールが、<wbr>決定の後に見つかりました"
    assert phrased("もう一度ご覧いただきたい点") == "もう一度<wbr>ご覧いただきたい点"


@given(
    words=st.lists(st.sampled_from([*"0123456789待ち順番目とな、。（）おご", "となりました", "その後", "JAR-"]), max_size=30).map("".join)
)
def test_signs_for_digits_break_no_heading_elsewhere(words: str) -> None:
    signs = {ord(str(digit)): SIGNS[digit] for digit in range(10)}
    assert phrased(words).translate(signs) == phrased(words.translate(signs))


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_heading_keeps_its_phrases_together(language: str) -> None:
    typesetter = Typesetter(HOUSE)
    for name, letter in every_letter(language):
        html = typesetter.preview(letter, now=NOW, reader_name="", code=CODE).html
        headings = re.findall(r"<h([123])( style=\"[^\"]*\")>(.*?)</h[123]>", html, re.DOTALL)
        # An English title may hold a Japanese name; only the title of a case breaks there as it likes.
        assert all("keep-all" in style for level, style, _ in headings if language == "ja" or level == "1"), name
        assert language == "ja" or not any("<wbr>" in words for *_, words in headings), name
