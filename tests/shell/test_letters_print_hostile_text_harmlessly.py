"""What strangers and staff wrote is printed as it stands and does nothing (ATTACKS I-02, I-06, I-07, I-12, I-17, P-13, P-14)."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape

import pytest
from selectolax.lexbor import LexborHTMLParser

from bot.core.mail import Letter
from bot.shell.letters import Page, Typesetter, check_outgoing
from tests.shell.letters_samples import APPEAL, CODE, HOSTILE, HOUSE, MESSAGE_ID, NOW, every_letter, hostile, letter

TYPESETTER = Typesetter(HOUSE)
LETTERS = [(f"{language}-{name}", one) for language in ("en", "ja") for name, one in every_letter(language)]
POISONED = [(name, hostile(one)) for name, one in LETTERS]


KNOWN_TAGS = {
    *"html head meta title style body table tbody tr td th div p h1 h2 h3 b a ul li br wbr span blockquote".split(),
    *("-comment", "-text", "-doctype"),
}


def page_of(one: Letter) -> Page:
    return TYPESETTER.preview(one, now=NOW, reader_name=HOSTILE, code=CODE)


def message_of(one: Letter) -> EmailMessage:
    content = TYPESETTER.compose(one, message_id=MESSAGE_ID, now=NOW, reader_name=HOSTILE)
    check_outgoing(content, one.to)
    message = message_from_bytes(content, policy=policy.default.clone(raise_on_defect=True))
    assert isinstance(message, EmailMessage)
    return message


def titled(title: str) -> Letter:
    return letter("bulletin", "en", case=type(APPEAL)(APPEAL.id, title, f"First\n{title}\nlast"))


@pytest.mark.parametrize(("name", "one"), POISONED, ids=[name for name, _ in POISONED])
def test_html_of_any_letter_loads_and_runs_nothing(name: str, one: Letter) -> None:
    tree = LexborHTMLParser(page_of(one).html)
    tags = {node.tag for node in tree.root.traverse()} if tree.root else set()
    assert tags <= KNOWN_TAGS
    assert len(tree.css("style")) == 2
    links = [node.attributes.get("href") or "" for node in tree.css("a")]
    assert all(re.fullmatch(r"mailto:[A-Za-z0-9@._~%-]+(\?subject=[A-Za-z0-9._~%-]+(&body=[A-Za-z0-9._~%-]*)?)?", link) for link in links)


@pytest.mark.parametrize(("name", "one"), POISONED, ids=[name for name, _ in POISONED])
def test_no_attribute_holds_more_than_we_wrote(name: str, one: Letter) -> None:
    for node in LexborHTMLParser(page_of(one).html).css("*"):
        assert not [name for name in node.attributes if name.startswith("on") or name in ("src", "srcset", "background", "action")]


@pytest.mark.parametrize(("name", "one"), POISONED, ids=[name for name, _ in POISONED])
def test_a_letter_of_hostile_values_is_one_sound_message_to_one_person(name: str, one: Letter) -> None:
    message = message_of(one)
    assert len(message.get_all("To", [])) == 1 and message["To"].addresses[0].addr_spec == one.to
    assert message["Bcc"] is None and [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize(
    "payload", ["{{7*7}}", "{{cycler.__init__.__globals__.os.environ}}", "{% for x in range(10**9) %}", "${7*7}", "{0.__class__}", "%s%n"]
)
def test_I_06_a_template_in_a_value_is_printed_literally(payload: str) -> None:
    page = page_of(titled(payload))
    assert payload in page.text and payload in unescape(page.html) and payload in page.subject


def test_I_07_markup_in_a_value_is_shown_as_text() -> None:
    markup = "<img src=//evil.example/p.png><style>*{display:none}</style><a href=javascript:1>x</a>"
    page = page_of(titled(markup))
    assert "<img" not in page.html and "&lt;img src=//evil.example/p.png&gt;" in page.html and "<img" in page.text


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_I_02_a_newline_in_a_title_or_name_makes_no_header(newline: str) -> None:
    one = titled(f"Appeal{newline}Bcc: m@e.example")
    content = TYPESETTER.compose(one, message_id=MESSAGE_ID, now=NOW, reader_name=f"Ito{newline}Bcc: m@e.example")
    check_outgoing(content, one.to)
    message = message_from_bytes(content, policy=policy.default)
    assert message["Bcc"] is None and message["Subject"].endswith("Appeal Bcc: m@e.example")


@pytest.mark.parametrize(
    "sign", ["\u202e", "\u2066", "\u200b", "\u200f", "\ufeff", "\u00ad", "\U000e0041", "\ue000", "\x1b", "\x07", "\x00", "\udc80"]
)
def test_I_12_invisible_and_unprintable_signs_are_gone(sign: str) -> None:
    page = page_of(titled(f"exe{sign}gpj"))
    assert "exegpj" in page.subject and sign not in page.text + page.html + page.subject


def test_signs_that_show_are_kept() -> None:
    title = "𠮷田・髙橋 ①㈱ 辻\U000e0100 Żółć 🕊 « »"
    page = page_of(titled(title))
    assert title in page.text and title in unescape(page.html) and title in page.subject


@pytest.mark.parametrize("text", ["\r\n.\r\nMAIL FROM:<e@e>\r\n", "\n.\n", "\r.\r", "x" * 100_000, "案" * 50_000])
def test_I_17_smuggling_and_endless_lines_stay_inside_the_letter(text: str) -> None:
    body = message_of(titled(text)).get_body(("plain",))
    assert body is not None
    lines = body.get_content().split("\n")
    assert max(map(len, lines)) <= 998 and re.sub(r"\s", "", text) in re.sub(r"\s", "", "".join(lines))


@pytest.mark.parametrize(("name", "one"), LETTERS, ids=[name for name, _ in LETTERS])
def test_P_14_nothing_in_a_letter_is_fetched(name: str, one: Letter) -> None:
    """The address of the board is the one that a reader may open: on the machine itself, as words, and never fetched for showing the letter."""
    assert not re.search(
        r"https?:(?!//127\.0\.0\.1:\d+/enter/)|<a [^>]*http|url\(|@import|<img|<link|<script|<iframe|<form", page_of(one).html
    )
