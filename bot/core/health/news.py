"""What of the findings is told now, given what was told before: when one begins, once a day while it lasts, when it is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.core.health.words import WORDS
from bot.core.model import Finding

DAILY: Final = timedelta(days=1)


class Turn(StrEnum):
    """Why something is told now."""

    BEGUN = "begun"
    LASTS = "lasts"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class News:
    turn: Turn
    finding: Finding


@dataclass(frozen=True, slots=True)
class Known:
    """A finding that was told: since when it is there, and when it was told last."""

    since: datetime
    told_at: datetime


def news(found: Sequence[Finding], known: Mapping[str, Known], now: datetime) -> list[News]:
    """What to tell: once when it begins, once a day while it lasts, once when it is over."""
    told: list[News] = []
    for finding in found:
        before = known.get(finding.name)
        if before is None:
            told.append(News(Turn.BEGUN, finding))
        elif now - before.told_at >= DAILY:
            told.append(News(Turn.LASTS, replace(finding, since=before.since)))
    gone = [name for name in known if name in WORDS and name not in {finding.name for finding in found}]
    return told + [News(Turn.OVER, Finding(name, WORDS[name][0], known[name].since, "")) for name in gone]
