"""G-21: signs that turn text round, hide in it or command a terminal reach no letter, no listing and no title.

ATTACKS I-12.
"""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from tests.attacks.desk import ALICE, SATO, SUZUKI, Desk
from tests.attacks.hostile_words import a_day_with
from tests.attacks.raw_mail import parts, raw
from tests.story import command

INVISIBLE = "\u202e\u2066\u200b"


def is_visible(text: str) -> bool:
    return not any(
        unicodedata.category(sign) in ("Cf", "Cs", "Co") or (unicodedata.category(sign) == "Cc" and sign != "\n") for sign in text
    )


def test_I_12_bidirectional_and_invisible_signs_reach_no_letter(desk: Desk) -> None:
    letters = a_day_with(desk, title=f"App{INVISIBLE}eal", name=f"Ali{INVISIBLE}ce", summary=f"An {INVISIBLE}appeal.")
    for letter in letters:
        assert is_visible(letter.text) and is_visible(letter.html) and is_visible(letter.subject) and is_visible(str(letter.headers["To"]))
    assert "Appeal" in letters[0].text and "Dear Alice," in letters[0].text


def test_I_12_an_attachment_cannot_turn_its_name_round(desk: Desk) -> None:
    name = "exe.\u202egpj"
    kind, mail_body = parts(
        "mixed",
        "Content-Type: text/plain\n\nA picture.",
        "Content-Type: image/jpeg\nContent-Disposition: attachment; filename*=utf-8''exe.%E2%80%AEgpj\n\nx",
    )
    desk.arrives(raw(f"From: =?utf-8?b?{'QWxpY2XigK5lY2Fs'}?= <{ALICE}>", kind, "MIME-Version: 1.0", sender=ALICE, body=mail_body))
    letter = desk.last_letter_to(SUZUKI)
    assert name not in letter.text and "exe.gpj" in letter.text and "Aliceecal" in letter.text and is_visible(letter.text)


@pytest.mark.parametrize(
    "words", [("case", "list"), ("roster", "list"), ("inbox", "list"), ("outbox", "list"), ("case", "show", "JUS-2026-001")]
)
def test_I_12_a_listing_shows_nothing_that_a_terminal_obeys(desk: Desk, tmp_path: Path, words: tuple[str, ...]) -> None:
    hostile_text = f"x{INVISIBLE}\x1b]0;pwn\x07\x9b31m\x7fy"
    desk.joins(ALICE, name=hostile_text, firm=hostile_text)
    desk.case(hostile_text, hostile_text)
    desk.arrives(raw(f"Subject: {hostile_text}", sender=ALICE, body="hello"))
    told = command.run(tmp_path, *words)
    document = command.run(tmp_path, *words, "--json")
    for outcome in (told, document):
        assert outcome.code == 0 and is_visible(outcome.out.replace("\u3000", ""))
    if words[0] in ("case", "roster"):
        assert hostile_text in everything(json.loads(document.out)), "a program that reads the document gets the very text"


def everything(document: object) -> list[object]:
    values = document.values() if isinstance(document, dict) else document if isinstance(document, list) else []
    return [document, *(deeper for value in values for deeper in everything(value))]


def test_I_12_a_title_that_staff_write_is_kept_without_its_invisible_signs(desk: Desk) -> None:
    desk.writes(SATO, f"Title: Asylum{INVISIBLE} appeal\nSummary: An appeal.", subject="NEW CASE")
    with desk.office.ledger.reading() as ledger:
        assert [case.title for case in ledger.cases.all()] == ["Asylum appeal"]
