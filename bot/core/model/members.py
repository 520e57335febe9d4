"""Who may claim, and who works for the organisation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class MemberState(StrEnum):
    APPLIED = "applied"
    ACTIVE = "active"
    PAUSED = "paused"
    SUSPENDED = "suspended"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a member when a case asks for somebody in particular; "" and () are unknown."""

    capacity: tuple[str, ...] = ()
    """Kinds of legal personnel, such as ``bengoshi``; an organisation's own as written."""
    languages: tuple[str, ...] = ()
    """Spoken, as written."""
    gender: str = ""
    """``female``, ``male`` or ``other``."""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A lawyer or other legal person who may claim. `email` is the canonical address on file."""

    id: int
    email: str
    name: str
    firm: str = ""
    language: str = "en"
    roles: tuple[str, ...] = ()
    state: MemberState = MemberState.ACTIVE
    aliases: tuple[str, ...] = ()
    paused_until: datetime | None = None
    most_open: int = 0
    """How many open cases the member will have at a time, at their own word; 0: as many as the organisation allows."""

    @property
    def may_claim(self) -> bool:
        """Whether this is somebody whom cases are shown and given to."""
        return self.state in (MemberState.ACTIVE, MemberState.PAUSED)

    @property
    def is_outside(self) -> bool:
        """Not let in yet, or gone: what the roster reads is not for them."""
        return self.state in (MemberState.APPLIED, MemberState.LEFT)

    def limit(self, everybodys: int) -> int:
        """How many open cases the member may have at a time: their own limit or everybody's, whichever is smaller; 0 is no limit."""
        return min((limit for limit in (self.most_open, everybodys) if limit), default=0)

    def is_bound_by_own(self, everybodys: int) -> bool:
        """Whether their own limit alone is in the way: without it they might have more."""
        return bool(self.most_open) and self.limit(everybodys) == self.most_open != everybodys

    profile: Profile = field(default_factory=Profile)


@dataclass(frozen=True, slots=True)
class Staff:
    """A person of the organisation, from the configuration."""

    address: str
    name: str
    language: str
