"""What logs in to the mailbox: asked of the person, and for a provider that takes no passwords a sign-in, held in the same talk.

Given a talk and a provider, gives a user name and a password, or where tokens come from. Shows no password, and keeps none itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.talk import Talk
from bot.core.mail import Obstacle, SignInAway, SignInRefused
from bot.shell.settings import Provider
from bot.shell.tokens import Registration, TokenSource

if TYPE_CHECKING:
    from bot.shell.tokens import DeviceCode


@dataclass(slots=True)
class Login:
    """How to log in to both servers; a password, or where tokens come from."""

    username: str
    password: str = ""
    tokens: Callable[[str], str] | None = None
    """None also where nobody has signed in yet."""
    oauth2: dict[str, str] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        return self.tokens is not None if self.oauth2 else bool(self.password)


def ask(talk: Talk, provider: Provider, login: Login, sign_in_file: Path, *, is_tried: bool) -> Obstacle | None:
    """What does not let the person sign in. Where nothing can be tried now, each answer may be left for later."""
    if not is_tried:
        talk.say("may_be_left")
    if not provider.signs_in:
        login.username = talk.ask("username", default=login.username)
        login.password = talk.ask("password", is_hidden=True, may_be_empty=not is_tried)
        return None
    login.oauth2 = {
        "provider": "microsoft",
        "client_id": talk.ask("client_id", default=login.oauth2.get("client_id", ""), may_be_empty=not is_tried),
        "tenant": talk.ask("tenant", default=login.oauth2.get("tenant") or login.username.rpartition("@")[2]),
    }
    return _sign_in(talk, login, sign_in_file) if is_tried else None


def _sign_in(talk: Talk, login: Login, sign_in_file: Path) -> Obstacle | None:
    registration = Registration("microsoft", login.username, login.oauth2["client_id"], tenant=login.oauth2["tenant"])
    source = TokenSource(registration, sign_in_file, lambda: datetime.now(UTC))
    try:
        source.sign_in(CodeScreen(talk))
    except (SignInAway, SignInRefused) as failure:
        return failure.obstacle
    login.tokens = source
    return None


@dataclass(slots=True)
class CodeScreen:
    """Where a person who signs in reads the code to enter, in the same talk."""

    talk: Talk

    def show(self, code: DeviceCode) -> None:
        self.talk.say("device_open", address=code.address)
        self.talk.show("device_code", code=code.code)
        self.talk.say("device_wait", username=code.username, minutes=code.minutes)
