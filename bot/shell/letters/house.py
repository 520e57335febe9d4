"""What every letter knows of the organisation, and what a letter is before it has headers.

Given by the settings once; nothing here comes from a stranger.
"""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

MARKER = "##- この行より上に返信してください / Please type your reply above this line -##"
"""Stands on top of every letter, in both languages, so that what is quoted under it is never read as the sender's own words."""


class UnfitLetter(ValueError):
    """A letter that must not leave: its bytes break a rule that protects the reader or the server. The text says which."""


@dataclass(frozen=True, slots=True)
class House:
    """The organisation as its letters show it. `contact` is the human behind the bot, `address` the bot's own."""

    name: str
    contact: str
    address: str
    display_name: str
    zone: ZoneInfo
    case_prefix: str
    settle_seconds: int = 120
    """How long a decision waits for an earlier mail: the letters that explain the rule say it."""
    subaddressing: bool = False
    """Whether `address` is reached with anything behind a plus sign, too (RFC 5233)."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a letter addresses."""

    name: str
    language: str


@dataclass(frozen=True, slots=True)
class Page:
    """A letter set in type, both ways, without headers."""

    subject: str
    text: str
    html: str
