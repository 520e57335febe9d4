"""Who may come in: a link that is good once, then a session, and a token that every form carries.

Given now and chance from outside, gives secrets and sessions. All of it lives in memory and is gone when the board stops; of a link
and of a session only the hash is kept. Knows no web.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

LINK_LIVES = timedelta(minutes=15)
SESSION_LIVES = timedelta(hours=8)
BETWEEN_LINKS = timedelta(minutes=1)
"""Nobody's mailbox is filled from the log-in page."""


@dataclass(frozen=True, slots=True)
class Session:
    """A staff member who came in by their link. `form_token` stands in every form of theirs (CSRF)."""

    address: str
    until: datetime
    form_token: str

    def owns(self, form_token: str) -> bool:
        return hmac.compare_digest(self.form_token, form_token)


@dataclass(slots=True)
class Doorway:
    """`chance` gives an unguessable string that fits a link."""

    chance: Callable[[], str]
    _links: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    _sessions: dict[str, Session] = field(default_factory=dict)
    _last_link: dict[str, datetime] = field(default_factory=dict)

    def invite(self, address: str, now: datetime) -> str | None:
        """A fresh link's secret for somebody on file, and the end of any older one; None where one was made within the last minute."""
        last = self._last_link.get(address)
        if last is not None and now - last < BETWEEN_LINKS:
            return None
        self._last_link[address] = now
        self._links = {key: one for key, one in self._links.items() if one[0] != address and one[1] > now}
        secret = self.chance()
        self._links[_hashed(secret)] = (address, now + LINK_LIVES)
        return secret

    def is_good(self, secret: str, now: datetime) -> bool:
        """Whether this link would still let somebody in. Looking does not use it up: programs that check links look, too."""
        address, until = self._links.get(_hashed(secret), ("", now))
        return bool(address) and until > now

    def admit(self, secret: str, now: datetime) -> tuple[str, Session] | None:
        """Use the link up; gives the cookie and the session."""
        address, until = self._links.pop(_hashed(secret), ("", now))
        if not address or until <= now:
            return None
        cookie = self.chance()
        self._sessions = {key: one for key, one in self._sessions.items() if one.until > now}
        session = self._sessions[_hashed(cookie)] = Session(address, now + SESSION_LIVES, self.chance())
        return cookie, session

    def session(self, cookie: str, now: datetime) -> Session | None:
        found = self._sessions.get(_hashed(cookie))
        return found if found and found.until > now else None

    def leave(self, cookie: str) -> None:
        self._sessions.pop(_hashed(cookie), None)


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
