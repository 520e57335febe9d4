"""Nouns of the relay: the account that letters are handed in under, where they come from, and what became of one.

Given to and taken from the callers of `Relay`; holds values only. Reads nothing from strangers. Never shows a password.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol

from bot.core.mail import Envelope, Obstacle

# RFC 5321 4.5.3.2.6: a server may think this long about a whole message, and giving up earlier makes duplicates.
DOT_SECONDS = 600.0


class Outcome(StrEnum):
    SENT = "sent"
    DEFERRED = "deferred"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`said` holds the server's words, or ours where it said nothing; `is_login` that our credentials were refused.

    `is_sender` that it takes no mail from our address. `is_general`: we did not get as far as this letter, any other would have met the
    same. `is_quota`: the server wants less mail from us.
    """

    outcome: Outcome
    code: int | None
    said: str
    is_login: bool = False
    is_sender: bool = False
    is_general: bool = False
    is_quota: bool = False
    obstacle: Obstacle | None = None
    """Where no server was got to, or none that let us in: what is in the way."""


@dataclass(frozen=True, slots=True)
class SmtpAccount:
    """Without a username nobody logs in; `oauth_token`, where given, is asked for a token at each log-in: "" for any, one that was refused
    for another."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    username: str | None = None
    password: str = field(default="", repr=False)
    oauth_token: Callable[[str], str] | None = field(default=None, repr=False)
    timeout_seconds: float = 60
    connect_seconds: float = 15
    """For each address that the server's name has."""
    dot_seconds: float = DOT_SECONDS


Ended = tuple[Envelope, Verdict]


class Source(Protocol):
    """Where a relay's letters come from, and who hears of them."""

    async def next(self, *, behind: Envelope | None) -> Envelope | None:
        """The next letter; None where there is none now, or none before the letter `behind` which it would go has left."""

    async def note(self, ended: Sequence[Ended], *, begins: Envelope | None) -> bool:
        """What became of letters; and whether the one whose body is about to leave, may. All of it is on record when this returns."""


class Halt(Exception):
    """The dialogue about this letter cannot go on; the verdict says why."""

    def __init__(self, verdict: Verdict, *, is_at_first_verb: bool = False) -> None:
        super().__init__(verdict.said)
        self.verdict = verdict
        self.is_at_first_verb = is_at_first_verb
