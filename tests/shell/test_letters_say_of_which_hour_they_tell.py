"""A letter may be read hours after it was written, behind newer news: whatever tells how things stand says when that was so."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.core.mail import Letter
from bot.shell.letters import Typesetter
from tests.shell.letters_samples import CODE, HOUSE, NOW, every_letter

TYPESETTER = Typesetter(HOUSE)

TELLS_HOW_THINGS_STAND = frozenset(
    """
    checkin_notice conflict_notice deadline_near event_decided expired_notice lapsed_notice late_letters late_surfaced left_notice misfit
    offer_passed overturned placed released_notice suspended_notice
    answer-explained answer-explained_member answer-listed answer-office_status answer-shown answer-standing
    """.split()
)
"""Notices to staff about who has what, and the answers to those who ask how it is."""


def written(letter: Letter, *, hours: int) -> str:
    return TYPESETTER.preview(letter, now=NOW + timedelta(hours=hours), reader_name="Ito", code=CODE).text


@pytest.mark.parametrize("language", ["en", "ja"])
def test_written_at_another_hour_it_says_so(language: str) -> None:
    letters = [(name, letter) for name, letter in every_letter(language) if re.sub(r"-\d+$", "", name) in TELLS_HOW_THINGS_STAND]
    assert {name for name, _ in letters} >= TELLS_HOW_THINGS_STAND
    assert [name for name, letter in letters if written(letter, hours=1) == written(letter, hours=2)] == []
