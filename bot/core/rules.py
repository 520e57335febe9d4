"""The organisation's own choices, from the configuration: what every decision is taken by. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.core.model import Staff
from bot.core.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Rules:
    zone: ZoneInfo
    vocabulary: Vocabulary
    staff: tuple[Staff, ...]
    languages: tuple[str, ...] = ("ja", "en")
    settle: timedelta = timedelta(seconds=120)
    hold: timedelta = timedelta(hours=48)
    offer: timedelta = timedelta(hours=24)
    most_open_per_member: int = 0
    one_per_firm: bool = False
    approvals: int = 1
    idle_answers_per_day: int = 5
    bounces_to_suspend: int = 3
    question_lives: timedelta = timedelta(hours=24)
    preview_lives: timedelta = timedelta(days=7)
    organisation: str = ""
    """Its name, which stands in the signatures of its staff."""
    own_address: str = ""
    """The desk's own, which is nobody else's."""
