"""Nouns of signing in: who asks, what was granted, and the talk with the person who grants it.

Holds values only. Never prints a secret, a token or a grant.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

NAMES = {"microsoft": "Microsoft", "google": "Google"}


@dataclass(frozen=True, slots=True)
class Registration:
    """As what we are known to the provider, and whose mailbox it is."""

    provider: Literal["microsoft", "google"]
    username: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    tenant: str = "organizations"
    authority: str = ""
    """Where the provider's sign-in is, if not at its usual address."""
    service_account: Path | None = None
    """Google's file for a program that needs no person to sign in."""

    @property
    def name(self) -> str:
        return NAMES[self.provider]

    @property
    def key(self) -> str:
        """Under which its sign-in is kept: [imap] and [smtp] of one mailbox share it."""
        return f"{self.provider} {self.client_id or self.service_account} {self.username}"


@dataclass(frozen=True, slots=True)
class SignIn:
    """What a person has granted, and the token that was made from it last."""

    grant: str = field(repr=False)
    """What new tokens are had for; only the provider's library reads it."""
    token: str = field(repr=False)
    token_ends_at: datetime
    renewed_at: datetime
    ends_at: datetime | None = None
    """When a person must sign in again, where the provider says so."""
    refused: str = ""
    """Why the provider no longer renews it."""
    refused_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """What a person enters at an address, in any browser, to sign in (RFC 8628)."""

    address: str
    code: str
    username: str
    minutes: int
    """So long it is waited for."""


class Screen(Protocol):
    """Where a person sees what to enter in a browser."""

    def show(self, code: DeviceCode) -> None: ...


class Conversation(Screen, Protocol):
    """The person at the terminal, who can be asked, too."""

    def say(self, text: str) -> None: ...

    def ask(self, question: str) -> str: ...
