"""A desk on the day before its December round."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import rounds
from tests.attacks.desk import ALICE, SUZUKI, Desk
from tests.story.people import Letter

NINE = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)
"""The hour of the December round: nine o'clock in Tokyo."""


def a_day_before(folder: Path) -> Desk:
    """Staff are shown the round now; the calendar has been kept for some days."""
    desk = Desk.open(folder, preview_hours="preview_hours = 24")
    desk.clock.began = NINE - timedelta(days=5)
    with desk.office.ledger.deciding() as ledger:
        ledger.marks.first("first_start", desk.now)
    desk.clock.began = NINE - timedelta(hours=23)
    return desk


def ticks(desk: Desk) -> None:
    rounds.preview_due(desk.office)
    rounds.open_due(desk.office)


def preview(desk: Desk, to: str = SUZUKI) -> Letter:
    ticks(desk)
    return desk.last_letter_to(to)


def rounds_to(desk: Desk, address: str = ALICE) -> list[Letter]:
    return [letter for letter in desk.letters_to(address) if letter.subject.startswith("Cases for")]
