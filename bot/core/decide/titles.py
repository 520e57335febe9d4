"""A case by its title, as people name it who have the round before them: “the case ‘Asylum appeal’”, 「在留特別許可の相談」の件.

Given a message and cases, finds the one whose title it quotes letter by letter; large and small letters, full width and blanks do not matter.
Only ever asked about, or shown to staff.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.core import words as own
from bot.core.decide.message import Message
from bot.core.intent import bare_subject
from bot.core.model import Case
from bot.core.vocabulary import LONGEST_LINE

_SHORTEST = 4
"""Characters: what is shorter stands in any sentence."""
_TAKES = re.compile(
    r"\b(?:tak(?:e|ing)|accept(?:ing)?|claim(?:ing)?|handl(?:e|ing)|represent(?:ing)?|interested|volunteer|(?:glad|happy|willing|ready|able) to)\b"
    r"|引き?受け|お受け|受任|担当|希望|申し出|立候補|(?:やり|行い)(?:ます|たい)|お任せ",
    re.IGNORECASE,
)


def quoted(message: Message, cases: Iterable[Case]) -> str:
    """The id of the one case whose title stands in the Subject or the own words; "" where none does, or several have it."""
    text = _plain("\n".join((*_subject(message), *(line[:LONGEST_LINE] for line in message.intent.lines))))
    by_title: dict[str, list[str]] = {}
    for case in cases:
        by_title.setdefault(_plain(case.title), []).append(case.id)
    found: list[str] = []
    for title in sorted(by_title, key=len, reverse=True):
        if len(title) >= _SHORTEST and (place := _place(title, text)) is not None:
            text = text[:place] + "\0" + text[place + len(title) :]
            found += by_title[title]
    return found[0] if len(found) == 1 else ""


def speaks_of_taking(message: Message) -> bool:
    return any(_TAKES.search(own.fold(line[:LONGEST_LINE])) for line in (*_subject(message), *message.intent.lines))


def _subject(message: Message) -> tuple[str, ...]:
    """A Subject that answers one of ours repeats our words."""
    return () if message.arrival.answers else (bare_subject(message.arrival.subject),)


def _plain(text: str) -> str:
    return " ".join(own.fold(text).casefold().split())


def _place(title: str, text: str) -> int | None:
    """Where a title stands as words of its own: a Latin one is no part of a longer word."""
    if title not in text:
        return None
    before = r"(?<![a-z0-9])" if title[0].isascii() and title[0].isalnum() else ""
    after = r"(?![a-z0-9])" if title[-1].isascii() and title[-1].isalnum() else ""
    found = re.search(f"{before}{re.escape(title)}{after}", text)
    return found.start() if found else None
