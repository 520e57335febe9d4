"""A colleague's word that was undone, put into sentences of the language of whoever hears of it."""

from __future__ import annotations

from dataclasses import replace

from bot.core.mail import Letter
from bot.core.reasons import sentence
from bot.office import Office


def in_words(office: Office, letter: Letter) -> Letter:
    """The letter with what stood on record before and what stands there now as people say it."""
    tongue = office.tongue(letter.language)
    said = {name: sentence(str(letter.facts[name]), tongue) for name in ("before", "after")}
    return replace(letter, facts={**letter.facts, **said})
