"""Every kind of letter in each language, with Japanese cases in Japanese, scores next to nothing in SpamAssassin."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.core.mail import Letter
from bot.shell.letters import Typesetter
from tests.servers.spamassassin import scores_of
from tests.shell.letters_samples import APPEAL, HOUSE, INTERVIEW, ITO, MESSAGE_ID, MORI, once_a_kind

TOO_MUCH = 1.0
SPAM = b"From: <win@example.com>\r\nSubject: YOU WON\r\nDate: Mon, 2 Nov 2026 09:00:00 +0900\r\n\r\nDear winner, $1,000,000 viagra http://win.example\r\n"


def test_every_letter_scores_below_one(tmp_path: Path) -> None:
    now, typesetter = datetime.now(UTC), Typesetter(HOUSE)
    letters = {f"{language}-{name}": letter for language in ("en", "ja") for name, letter in letters_in(language)}
    messages = {
        name: typesetter.compose(letter, message_id=MESSAGE_ID, now=now, reader_name="Ito Hanako" if name.startswith("en") else MORI.name)
        for name, letter in letters.items()
    }
    scores = scores_of({**messages, "spam": SPAM}, now=now, folder=tmp_path)
    assert scores.pop("spam").points >= TOO_MUCH
    assert {name: score for name, score in scores.items() if score.points >= TOO_MUCH} == {} and len(scores) == len(letters)


def letters_in(language: str) -> list[tuple[str, Letter]]:
    letters = once_a_kind(language)
    return letters if language == "en" else [(name, replace(letter, facts=in_japanese(letter.facts))) for name, letter in letters]


def in_japanese(value: Any) -> Any:
    """The sample's English case and lawyer, wherever they stand in it, as Japanese ones."""
    if value == APPEAL:
        return replace(INTERVIEW, id=APPEAL.id, is_emergency=True, terms=APPEAL.terms)
    if value in (ITO, ITO.name):
        return MORI if value == ITO else MORI.name
    if isinstance(value, dict):
        return {key: in_japanese(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(in_japanese(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: in_japanese(getattr(value, field.name)) for field in fields(value)})
    return value
