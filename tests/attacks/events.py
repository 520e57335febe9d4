"""An event of the organisation, and its closing date."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.core.model import Deadline, Event
from tests.attacks.desk import Desk


def event(desk: Desk, *, places: int = 2, per_firm: int = 0, days: int = 5, **more: Any) -> str:
    closes = Deadline(desk.now + timedelta(days=days), is_day=False)
    return desk.case("Trauma-informed interviews", places=places, event=Event(closes, per_firm), **more)


def closes(desk: Desk, *, days: int = 5) -> None:
    desk.passes(days=days)
    desk.settles()
