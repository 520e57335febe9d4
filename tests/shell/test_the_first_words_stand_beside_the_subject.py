"""What a list of mails and a telephone show beside the Subject is what the letter says, and not the line above which one answers."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from bot.core.mail import Letter
from bot.core.words.own import own_words
from bot.shell.letters import MARKER, Page, Typesetter
from bot.shell.letters.layout import width
from bot.shell.resources import templates_dir
from tests.shell.letters_samples import CODE, HOUSE, NOW, answer, every_letter, hostile, letter, said

TYPESETTER = Typesetter(HOUSE)
EVERY = [(f"{language}-{name}", one) for language in ("en", "ja") for name, one in every_letter(language)]
LEAD = re.compile(r'<div style="display:none;mso-hide:all">([^<]*)</div>')


def page_of(one: Letter) -> Page:
    return TYPESETTER.preview(one, now=NOW, reader_name="Ito Hanako", code=CODE)


def lead(page: Page) -> str:
    (words,) = LEAD.findall(page.html)
    return unescape(words)


@pytest.mark.parametrize(
    ("one", "begins"),
    [
        (letter("round", "en"), "3 cases are looking for a lawyer this month; what is urgent comes first."),
        (letter("round", "ja"), "いつもご協力いただき、ありがとうございます。"),
        (letter("bulletin", "en"), "This case cannot wait for the next monthly list."),
        (letter("bulletin", "ja"), "次の案件は、来月のご案内を待つことができません。"),
        (answer("en", said("confirmed")), "Thank you. Your mail reached us on Mon 2 Nov 2026, 09:02:11 JST"),
        (letter("placed", "en"), "Ito Hanako now has the case and is sent the file."),
    ],
)
def test_it_is_how_the_letter_begins(one: Letter, begins: str) -> None:
    assert lead(page_of(one)).startswith(begins)


def test_it_stands_before_all_else() -> None:
    body = page_of(letter("round", "en")).html.partition("<body")[2]
    assert body.index("mso-hide:all") < body.index(MARKER[:3])


def test_it_is_short_and_the_letters_own_words() -> None:
    for name, one in EVERY:
        page = page_of(one)
        words = lead(page)
        assert width(words) <= 120, name
        assert "".join(words.split()) in "".join(page.text.split()), name


def test_most_letters_have_one() -> None:
    """Those have none that begin with a table, with a stranger's words or with the number of a case."""
    assert sum(bool(lead(page_of(one))) for _, one in EVERY) > len(EVERY) * 0.6


def test_it_is_found_however_an_organisation_sets_its_paragraphs(tmp_path: Path) -> None:
    parts = (templates_dir() / "html" / "parts.j2").read_text(encoding="utf-8")
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "parts.j2").write_text(re.sub(r"margin:0 0 1[46]px", "margin:0 0 1em", parts), encoding="utf-8")
    own = Typesetter(HOUSE, overrides=tmp_path)
    for name, one in EVERY:
        assert lead(own.preview(one, now=NOW, reader_name="Ito Hanako", code=CODE)) == lead(page_of(one)), name


def test_no_lead_names_a_case_or_begins_like_a_command() -> None:
    for one in (one for _, plain in EVERY for one in (plain, hostile(plain))):
        words = lead(page_of(one))
        assert "JAR-" not in words and not TYPESETTER.is_command(words)


@pytest.mark.parametrize("one", [letter("round", "en"), letter("round", "ja"), answer("en", said("confirmed"))])
def test_an_answer_brings_nothing_back_that_could_be_its_senders(one: Letter) -> None:
    """Neither in a page, where it stays hidden, nor from a program that makes text of all and marks no quotation."""
    page = page_of(one)
    above = lead(page)
    text = f"CLAIM JAR-2026-014\n\n{above}\n{page.text}"
    html = f"<p>CLAIM JAR-2026-014</p>{page.html}"
    for words in (own_words(text, "", quoted=[page.text], marker=MARKER), own_words("", html, marker=MARKER)):
        assert (words.lines, words.doubt) == (("CLAIM JAR-2026-014",), "")
