"""Nouns of the mailbox: the account, a folder, what is new in it, and the ways in which it can say no.

Given to and taken from the callers of `Mailbox`; holds values only. Reads nothing from strangers.
Never shows a password: accounts print without their secrets, and exceptions carry one plain sentence and nothing from a message.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from bot.core.mail import Obstacle, Why

Security = Literal["tls", "starttls", "none"]

_QUOTED_BYTES = re.compile(r"\bb(['\"])(.*)\1")
"""How imaplib shows what a server said."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
BUSY = re.compile(r"\bthrottled\b|\bbandwidth limits\b", re.IGNORECASE)
"""Microsoft 365 and Gmail, to whoever has asked too much of late: whatever was asked, it is to be asked again later."""
SESSION_OVER = re.compile(rf"{BUSY.pattern}|AccessTokenExpired|\bauthenticated but not connected\b|\[EXPIRED\]", re.IGNORECASE)
"""Said of us and of no message or folder: too much was asked, or the token that we logged in with has ended. A new log-in helps."""


class Wakes(Protocol):
    """Anything whose becoming readable ends a wait: a socket, a pipe's end."""

    def fileno(self) -> int: ...


@dataclass(frozen=True, slots=True)
class ImapAccount:
    """Where the mailbox is and who we are there. `oauth_token`, where given, is asked for a token at each log-in: "" for any, one that was
    refused for another."""

    host: str
    port: int
    security: Security
    username: str
    password: str = field(repr=False)
    idle: bool = True
    oauth_token: Callable[[str], str] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Folder:
    """A watched folder; `rank` breaks a tie inside one second (0 the inbox, 1 Junk)."""

    name: str
    rank: int = 0

    def __post_init__(self) -> None:
        refuse_control_characters(self.name)


@dataclass(frozen=True, slots=True)
class News:
    """UIDs not seen before, ascending, valid under this `uidvalidity` only (RFC 3501 2.3.1.1)."""

    folder: Folder
    uidvalidity: int
    uids: tuple[int, ...]
    next_uid: int = 0
    """Every number below it was given by the time the folder was opened, as the server says (UIDNEXT); 0 where it does not."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A UID whose message did not come, and why: the others go on without it."""

    uid: int
    reason: str


@dataclass(frozen=True, slots=True)
class Lying:
    """A message as it lies in a folder, by what tells it from others: when it arrived, how large it is, its Message-ID field."""

    uid: int
    uidvalidity: int
    arrived_at: datetime | None
    size: int | None
    head: bytes


class MailboxAway(Exception):
    """The mailbox cannot be spoken to now; the connection is closed, try again later."""

    def __init__(self, reason: str, *, why: Why = "other", said: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.obstacle = Obstacle(reason, why, said)


class MailboxRefused(MailboxAway):
    """The log-in was refused: trying again with the same credentials may lock the account."""


class FolderRefused(MailboxAway):
    """This one folder cannot be opened; the connection stays, other folders can be read."""


class FilingRefused(Exception):
    """Mail could not be filed and is where it was; worth a quiet retry."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def refuse_control_characters(name: str) -> None:
    """A line break in a folder name would begin a command of its own (I-05), and imaplib lets it pass."""
    if not name or _CONTROL.search(name):
        raise ValueError("A folder name may not be empty nor hold control characters.")


def words(said: object, *, hide: str = "") -> str:
    """A server's words, fit for a log line: printable, one line, bounded, without our secret should it be echoed."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    text = _QUOTED_BYTES.sub(r"\2", text)
    if hide:
        text = text.replace(hide, "…")
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:200]
