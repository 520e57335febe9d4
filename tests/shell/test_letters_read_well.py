"""Every letter in every language: there, complete in both forms, and legible."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html import unescape

import pytest

from bot.core.mail import Letter
from bot.core.model import Awaited, Lifecycle
from bot.shell.letters import KINDS, OUTCOMES, Page, Typesetter, missing
from bot.shell.letters.layout import width
from bot.shell.resources import templates_dir
from tests.shell.letters_samples import APPEAL, CODE, HOUSE, NOW, answer, every_letter, letter, said

LANGUAGES = ("en", "ja")
NAMES = {"en": "Ito Hanako", "ja": "伊藤 花子"}
TYPESETTER = Typesetter(HOUSE)
LETTERS = [(f"{language}-{name}", letter) for language in LANGUAGES for name, letter in every_letter(language)]


def page_of(letter: Letter) -> Page:
    return TYPESETTER.preview(letter, now=NOW, reader_name=NAMES[letter.language], code=CODE)


@pytest.fixture(params=LETTERS, ids=[name for name, _ in LETTERS])
def page(request: pytest.FixtureRequest) -> Page:
    return page_of(request.param[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shipped_language_lacks_nothing(language: str) -> None:
    assert TYPESETTER.faults(language) == []


def test_a_third_language_is_told_all_that_it_lacks() -> None:
    lacking = missing("fr", [templates_dir()])
    assert len(lacking) == 1 + len(KINDS) + len(OUTCOMES) and "fr/lines/confirmed.j2" in lacking


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_belongs_to_a_kind_or_an_outcome(language: str) -> None:
    folder = templates_dir() / language
    there = {file.relative_to(folder).as_posix() for file in folder.rglob("*.j2")}
    assert there == {"phrases.j2", *(f"{kind}.j2" for kind in KINDS), *(f"lines/{outcome}.j2" for outcome in OUTCOMES)}


def test_every_kind_and_outcome_has_a_sample() -> None:
    names = {name for name, _ in every_letter("en")}
    assert names >= {kind for kind in KINDS if kind != "answer"} | {f"answer-{outcome}" for outcome in OUTCOMES}


def test_the_subject_is_one_line_that_says_something(page: Page) -> None:
    assert 8 <= width(page.subject) <= 170 and "\n" not in page.subject and "  " not in page.subject


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_a_template_of_ones_own_is_mended_is_not_promised_to_be_told(language: str) -> None:
    over = {"en": "once more when it is over", "ja": "解消したとき"}[language]
    flat = {
        name: "".join(page_of(letter("trouble", language, finding=name)).text.split()) for name in ("template_spoilt", "mailbox_unread")
    }
    assert [name for name, text in flat.items() if over.replace(" ", "") in text] == ["mailbox_unread"]


def test_one_mail_was_checked_and_several_were() -> None:
    senders = {"mails": 1, "checked": 1, "failed": 0}
    one, more = (page_of(answer("en", said("office_status", facts={"senders": {**senders, "mails": mails}}))).text for mails in (1, 2))
    assert "1 of 1 mail of people on file was checked" in " ".join(one.split())
    assert "1 of 2 mails of people on file were checked" in " ".join(more.split())


def test_several_previews_are_several() -> None:
    facts = {"awaited": Awaited(previews=("JAR-2026-001", "JAR-2026-002"))}
    assert "the previews of JAR-2026-001, JAR-2026-002" in " ".join(page_of(answer("en", said("office_status", facts=facts))).text.split())


def test_a_word_that_answers_nothing_stands_in_the_subject_without_its_reason() -> None:
    written = answer("en", replace(said("nothing_asked"), command="SEND WITH it is the number of the court"))
    assert page_of(written).subject == "We do not know what your SEND answers"


def test_nobody_will_claim_what_is_over() -> None:
    told = [
        page_of(answer("en", said("explained", case=replace(APPEAL, lifecycle=state), facts={"claims": [], "history": []}))).text
        for state in (Lifecycle.OPEN, Lifecycle.EXPIRED)
    ]
    assert "Nobody has claimed it yet." in told[0] and "Nobody has claimed it." in told[1]


def test_lines_of_text_keep_within_72_columns(page: Page) -> None:
    long = [line for line in page.text.split("\n")[1:] if width(line) > 72 and "mailto:" not in line]
    assert [line for line in long if len(line.split()) > 1 and width(line.split()[0]) < 40] == []


def test_no_japanese_date_is_broken_over_two_lines_of_text(page: Page) -> None:
    assert not re.search(r"\d\n *[年月日]|年\n *\d{1,2}月|月\n *\d{1,2}日|日\n *\([月火水木金土日]\)", page.text)


def test_a_link_stands_on_a_line_of_its_own(page: Page) -> None:
    assert all(line.strip().startswith("mailto:") for line in page.text.split("\n") if "mailto:" in line)


def test_what_the_text_says_the_html_says_too(page: Page) -> None:
    assert _letters_of(page.text) <= _letters_of(_shown(page.html))


def test_what_the_html_says_the_text_says_too(page: Page) -> None:
    """But for the name above the sheet, and labels of links that the text shows bare."""
    labels = "".join(re.findall(r"<a[^>]*>(.*?)</a>", page.html))
    assert _letters_of(_shown(page.html)) - _letters_of(HOUSE.name + labels) <= _letters_of(page.text)


def test_nothing_is_left_unset(page: Page) -> None:
    assert not re.search(r"\{\{|\}\}|\{%|None\b|Undefined|[\ue000-\uf8ff]|\x0c", page.text + page.subject + page.html)


def test_no_space_or_empty_line_is_left_over(page: Page) -> None:
    assert "\n\n\n" not in page.text and " \n" not in page.text and "。 " not in page.text


def test_no_words_of_our_own_are_marked_as_those_of_a_stranger(page: Page) -> None:
    """The mark keeps a stranger's words from reading as a command; a sentence of ours that needs it is to be said otherwise."""
    assert "（原文）" not in page.text and "(as written)" not in page.text


@pytest.mark.parametrize("name", [f"{language}-{kind}" for language in LANGUAGES for kind in ("placed", "daily_balance", "round_preview")])
def test_no_number_of_a_case_is_broken_over_two_lines_of_html(name: str) -> None:
    body = page_of(dict(LETTERS)[name]).html.partition("<body")[2]
    alone = r"<p [^>]*>JAR-2026-\d+(?=</p>| <b )"  # the head of a card: nothing stands before it
    loose = re.sub(
        rf'<(span|b) style="white-space:nowrap">[^<]*</\1>|{alone}|<blockquote.*?</blockquote>|<[^>]*>', "", body, flags=re.DOTALL
    )
    assert "JAR-2026-" in body and "JAR-2026-" not in loose


@pytest.mark.parametrize("name", ["en-answer-not_for_colleague", "ja-answer-for_colleague", "ja-misfit", "ja-colleague_answered"])
def test_no_name_in_a_heading_is_broken_over_two_lines_of_html(name: str) -> None:
    title = re.search(r"<h1 [^>]*>(.*?)</h1>", page_of(dict(LETTERS)[name]).html)
    assert title and re.search("(?:森\xa0太郎|Kim\xa0Soraさん|Taroさん.*Ito\xa0Hanakoさん)", title[1])


@pytest.mark.parametrize(("language", "begins", "no"), [("en", "Your answer", "“NO”"), ("ja", "お返事のしかた", "「いいえ」")])
def test_no_empty_line_parts_the_ways_to_answer_a_preview(language: str, begins: str, no: str) -> None:
    previews = [page_of(letter).text for name, letter in every_letter(language) if re.match("answer-preview_", name)]
    assert len(previews) > 8 and all(no in text.split(f"\n{begins}\n")[1].split("\n\n")[1] for text in previews)


def test_in_japanese_a_case_is_anken() -> None:
    texts = {name: page_of(letter).text for name, letter in LETTERS if name.startswith("ja")}
    assert not any("ケース" in text for text in texts.values())
    assert all("案件" in texts[f"ja-{name}"] for name in ("round", "bulletin", "placed", "answer-confirmed", "answer-refused"))


def _shown(html: str) -> str:
    unseen = r"<style.*?</style>|<title>.*?</title>|<!--.*?-->|<div style=\"display:none.*?</div>"
    return unescape(re.sub(rf"{unseen}|<[^>]+>", "", html, flags=re.DOTALL))


def _letters_of(text: str) -> Counter[str]:
    """How often each letter and digit stands in it, links left out."""
    return Counter(re.sub(r"mailto:\S+|[\W_]+", "", text))
