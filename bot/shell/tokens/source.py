"""A token for the next log-in, and the sign-in behind it: kept, renewed at half its time, and told of while it still works.

Given a registration, the file of sign-ins and a clock. Raises `SignInRefused` where only a person can help, `SignInAway` where time may.
A token is renewed long before it ends: should the provider refuse that, there is time left to tell people by mail.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from bot.core.mail import SignInAway, SignInRefused
from bot.shell.tokens.nouns import Conversation, Registration, Screen, SignIn
from bot.shell.tokens.store import Store

MARGIN: Final = timedelta(seconds=60)
"""A token that ends within this is not worth a log-in."""
ASK_AGAIN: Final = timedelta(minutes=10)
"""So long a provider that has refused a renewal is left alone."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a sign-in stands: why it is refused, and when it ends, as far as is known."""

    refused: str = ""
    ends_at: datetime | None = None


class TokenSource:
    def __init__(self, registration: Registration, file: Path, now: Callable[[], datetime]) -> None:
        self.registration = registration
        self._store = Store(file)
        self._now = now

    def __call__(self, refused: str = "") -> str:
        """A token that is good now; another one than that which the mail server has refused."""
        with self._turn():
            return self._token(refused)

    def standing(self) -> Standing:
        """Renews where it is time, and says how it stands."""
        try:
            self()
        except SignInAway:
            pass  # the log-in will say so, if it matters
        except SignInRefused as refusal:
            return Standing(str(refusal))
        kept = self._store.read(self.registration.key)
        return Standing(kept.refused, kept.ends_at) if kept else Standing()

    def sign_in(self, person: Screen | Conversation) -> None:
        """Wait for a person until the provider has granted it. Microsoft has something to show; Google has something to ask, too."""
        granted: SignIn = self._library().sign_in(self.registration, person, self._now)
        with self._turn():
            self._store.write(self.registration.key, granted)

    def _token(self, refused: str) -> str:
        kept, now = self._store.read(self.registration.key), self._now()
        if kept is None and self.registration.service_account is None:
            raise SignInRefused(
                f"Nobody has signed in to {self.registration.name} for {self.registration.username} yet: run “firstreply login”."
            )
        is_good = kept is not None and kept.token != refused and now + MARGIN < kept.token_ends_at
        if kept and is_good and (now < kept.renewed_at + (kept.token_ends_at - kept.renewed_at) / 2 or _rests(kept, now)):
            return kept.token
        if kept and _rests(kept, now):
            raise SignInRefused(kept.refused)
        try:
            renewed = self._renewed(kept)
        except SignInRefused as refusal:
            if kept:
                self._store.write(self.registration.key, replace(kept, refused=str(refusal), refused_at=now))
            if kept and is_good:
                return kept.token
            raise
        except SignInAway:
            if kept and is_good:
                return kept.token
            raise
        self._store.write(self.registration.key, renewed)
        return renewed.token

    def _renewed(self, kept: SignIn | None) -> SignIn:
        renewed: SignIn = self._library().renewed(self.registration, kept, self._now())
        return renewed

    def _turn(self) -> Any:
        try:
            return self._store.turn()
        except OSError as error:
            raise SignInAway(f"{self._store.path} cannot be used: {error.strerror}.") from None

    def _library(self) -> Any:
        try:
            if self.registration.provider == "microsoft":
                from bot.shell.tokens import microsoft

                return microsoft
            from bot.shell.tokens import google

            return google
        except ImportError:
            raise SignInRefused("Signing in needs the extra “oauth”: pip install 'firstreply[oauth]'.", why="extra") from None


def _rests(kept: SignIn, now: datetime) -> bool:
    return kept.refused_at is not None and abs(now - kept.refused_at) < ASK_AGAIN
