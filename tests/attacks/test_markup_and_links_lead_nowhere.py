"""G-21: markup in a mail is shown and never obeyed, and every link of a letter of ours is a mail that a person sends.

ATTACKS I-07, I-08, I-15, I-16.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from bot.shell.letters import Typesetter
from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk
from tests.attacks.hostile_words import a_day_with, is_sound
from tests.attacks.raw_mail import parts, raw
from tests.shell.letters_samples import HOUSE, MESSAGE_ID, NOW, every_letter, hostile

MARKUP = "<img src=//evil.example/p.png><style>*{display:none}</style><a href=javascript:1>x</a>"


class Tags(HTMLParser):
    """Every element, and every value that could lead out of a letter."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.names: list[str] = []
        self.leads: list[str] = []
        self.attributes: set[str] = set()
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.leads += [value or "" for name, value in attrs if name in ("href", "src", "action", "background", "poster", "data")]


HARMLESS_TAGS = set("html head meta title style body table tr td p div span b br h1 h2 h3 ul ol li a i small th blockquote wbr".split())


def is_harmless_page(source: str) -> None:
    tags = Tags(source)
    assert set(tags.names) <= HARMLESS_TAGS, set(tags.names) - HARMLESS_TAGS
    assert tags.names.count("style") <= 2 and not re.search(r"url\(|@import|expression\(", source)
    assert all(lead.startswith("mailto:") for lead in tags.leads) and not {name for name in tags.attributes if name.startswith("on")}


def test_I_07_markup_in_a_title_is_shown_and_not_obeyed(desk: Desk) -> None:
    letters = a_day_with(desk, title=MARKUP, name=f"Alice {MARKUP}", summary=MARKUP)
    for letter in letters:
        is_harmless_page(letter.html)
    assert "<img src=//evil.example/p.png>" in letters[0].flat
    assert "&lt;img src=//evil.example/p.png&gt;" in letters[0].html and "<img" not in "".join(letter.html for letter in letters)


FILE = '"><img src=x onerror=1>.txt'


@pytest.mark.parametrize(
    ("fields", "ending"),
    [((), "no command found"), (("Subject: a", "Subject: b"), "it has two Subject fields")],
    ids=["prose", "set aside"],
)
def test_I_08_a_hostile_name_and_attachment_are_shown_to_staff_as_text(desk: Desk, fields: tuple[str, ...], ending: str) -> None:
    quoted = FILE.replace('"', '\\"')
    kind, mail_body = parts(
        "mixed",
        "Content-Type: text/plain\n\nPlease see the attached.",
        f'Content-Type: text/plain\nContent-Disposition: attachment; filename="{quoted}"\n\nx',
    )
    desk.arrives(
        raw(f'From: "<script>1</script> {MARKUP[:30]}" <{ALICE}>', kind, "MIME-Version: 1.0", *fields, sender=ALICE, body=mail_body)
    )
    assert desk.endings() == [("for_staff", ending)]
    for staff in (SATO, SUZUKI):
        letter = desk.last_letter_to(staff)
        is_harmless_page(letter.html)
        is_sound(letter)
        assert FILE in letter.flat and "<script>1</script>" in letter.text
        assert "&lt;img src=x onerror=1&gt;" in letter.html and "&lt;script&gt;" in letter.html


def test_I_08_few_attachments_are_named_however_many_there_are(desk: Desk) -> None:
    files = [f'Content-Type: image/png\nContent-Disposition: attachment; filename="{number}.png"\n\nx' for number in range(30)]
    kind, mail_body = parts("mixed", "Content-Type: text/plain\n\nSee here.", *files)
    desk.arrives(raw(kind, "MIME-Version: 1.0", sender=ALICE, body=mail_body))
    assert "9.png" in desk.last_letter_to(SUZUKI).text and "10.png" not in desk.last_letter_to(SUZUKI).text


LETTERS = [(f"{language}-{name}", one) for language in ("en", "ja") for name, one in every_letter(language)]
LINK = re.compile(r"mailto:[A-Za-z0-9%@._~+-]+(?:\?subject=[A-Za-z0-9%._~-]+(?:&body=[A-Za-z0-9%._~-]+)?)?")


def test_I_15_I_16_every_link_of_every_letter_is_a_mailto_in_which_all_is_encoded() -> None:
    """No page, no picture, nothing that a scanner could call up: what happens, happens by a mail that a person sends."""
    typesetter = Typesetter(HOUSE)
    for name, one in LETTERS:
        for letter in (one, hostile(one)):
            page = typesetter.preview(letter, now=NOW, reader_name="Ito", code=MESSAGE_ID.strip("<>").partition("@")[0])
            is_harmless_page(page.html)
            for link in Tags(page.html).leads:
                assert LINK.fullmatch(link), (name, link)
                assert not re.search(r"[\r\n]", unquote(link.partition("&body=")[0])), (name, link)


def test_I_16_to_unsubscribe_is_a_mail_and_never_takes_a_case_away(desk: Desk) -> None:
    held, waiting = desk.case("Held"), desk.case("Waiting")
    desk.writes(BOB, f"CLAIM {waiting}", at=0)
    desk.writes(ALICE, f"CLAIM {held} {waiting}", at=5)
    desk.settles()
    desk.case("Third")
    desk.sends_the_round()
    the_round = desk.last_letter_to(ALICE)
    target = str(the_round.headers["List-Unsubscribe"])
    assert re.fullmatch(rf"<{LINK.pattern}>", target) and the_round.headers["List-Unsubscribe-Post"] is None
    desk.writes(ALICE, "", subject=unquote(target.partition("?subject=")[2].rstrip(">")), proven=None)
    assert desk.members()[ALICE] == "active" and desk.standing(held) == {ALICE: "confirmed"}
    assert held in desk.last_letter_to(ALICE).text, "who holds a case is asked what becomes of it"
