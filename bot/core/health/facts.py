"""What is known of the service, and from where on it is wrong: values only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

_MINUTES: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on it is wrong."""

    silent: timedelta = 8 * _MINUTES
    """A daemon without a sign of life, a mailbox not looked at, a letter that is due and is not tried, a case that could be decided.

    Somebody is to hear within ten (O-07): the daemon looks after itself once a minute, and what that finds is told at once.
    """
    silent_under_cron: timedelta = timedelta(hours=2)
    """A mailbox not looked at, where no daemon works and cron runs us."""
    unled: timedelta = 2 * _MINUTES
    """Nobody leads of several machines; another takes over within half a minute."""
    letter_age: timedelta = timedelta(hours=2)
    in_doubt: int = 5
    lost_readers: int = 3
    """Whose letters were given up one after the other, while none was taken."""
    set_aside: int = 50
    """Messages a day that neither a person on file sent nor a program could read."""
    filling: int = 90
    full: int = 95
    """Of 100 of a disk or of the mailbox."""
    signin_near: timedelta = timedelta(days=14)
    signin_close: timedelta = timedelta(days=3)


LIMITS: Final = Limits()

PATIENCE: Final = {"reader": 25 * _MINUTES, "sender": 15 * _MINUTES, "clock": 5 * _MINUTES}
"""How long each part of the daemon may be without a step. The reader may wait so long for one large mail on a slow line, the sender for
the reply to a final dot (RFC 5321 4.5.3.2.6). What stands still that long does not come back; a restart loses nothing."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What the daemon, or a command, met and has not seen pass: `detail` is what a server said, for the operator's eyes only."""

    name: str
    since: datetime
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are, and since when the first of them waits."""

    count: int = 0
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """Letters given up since the mail server last took one, and since when; to how many readers, and whether word to staff of such is among them."""

    count: int = 0
    since: datetime | None = None
    readers: int = 0
    has_notice: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What the ledger, the disk and the daemon know. None is: not known, or never yet."""

    now: datetime
    poll: timedelta = timedelta(seconds=60)
    beat: datetime | None = None
    """The daemon's last sign of life."""
    is_stopped: bool = False
    """It was ended on purpose."""
    back: datetime | None = None
    """Its first sign of life behind a silence: what waits since before waits for it only from here on."""
    moved: Mapping[str, datetime] = field(default_factory=dict)
    """When each part of the daemon made its last step."""
    unled_since: datetime | None = None
    """Several machines are there, and none has led since then."""
    begun: datetime | None = None
    """The very first start."""
    looked: datetime | None = None
    """When the last look began that read every folder to its end."""
    entered: datetime | None = None
    """When the last message was entered."""
    sent: datetime | None = None
    due: Counted = Counted()
    """Letters that are due, or in hand, by when they were due."""
    old: Counted = Counted()
    """Letters not yet sent that are older than `Limits.letter_age`."""
    in_doubt: int = 0
    lost: Lost = Lost()
    set_aside: int = 0
    undecided: Counted = Counted()
    """Cases whose settlement window is over, by when."""
    disk: int | None = None
    """Of 100, used."""
    quota: int | None = None
    is_drifting: bool = False
    clock_ahead: timedelta | None = None
    """Of the mail server's, by more than is tolerated; less than nothing: behind."""
    signin_ends: datetime | None = None
    """When a person must sign in with the mail provider again, where that is known."""
    troubles: Sequence[Trouble] = ()


def patience(part: str, poll: timedelta) -> timedelta:
    """How long a part of the daemon may be without a step; the reader sleeps between two looks."""
    return PATIENCE[part] + (poll if part == "reader" else timedelta())


def stalled(ages: Mapping[str, timedelta], poll: timedelta) -> list[str]:
    """The parts that have been without a step for too long, by how long ago each made its last."""
    return [part for part, age in ages.items() if age > patience(part, poll)]
