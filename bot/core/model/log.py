"""Nouns of the decision log: what one entry holds, as it is written down and hashed for good.

An entry is plain JSON in one canonical form; its hash covers the hash of the entry before it, so none can be changed, taken out or moved
alone. It names nobody: members and staff appear as references, keyed with a salt of the case, which no one can resolve once the salt is gone.
The form of what is on record never changes: a later version may add keys, and reads those that it does not know as absent.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from bot.core.mail import Stamp
from bot.core.model.cases import Lifecycle
from bot.core.model.claims import ClaimState

RULE: Final = 4
"""The version of the rule by which places are given now; an entry names the one that it was decided by."""

BEGINS, FOUND = "log begins", "found"
"""The kinds of the first entries: the log itself, and each case that was there before it, as it stood then."""

CLAIMED = "claimed"
"""A claim was made: the one kind that neither gives nor takes a place."""

SETTLED, LATE_SURFACED, ALLOTTED = "settled", "late-surfaced", "allotted"
BY_RULE = frozenset({SETTLED, LATE_SURFACED, ALLOTTED})
"""The kinds that the rule decided: whoever has the log can decide them again."""

ROUND_OPENED, REOPENED = "round opened", "reopened"
COUNTED, PURGED = "arrivals counted", "purged"
"""How many messages there were, once a night; how much of each class of data was let go."""
NEW_REFERENCES = "new_references"
"""The fact of a case that is opened again after it was erased: from there on the log names its people anew."""

_BY = " by "


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry's number and hash: who has them from a letter can tell whether the log up to there is still the same."""

    number: int
    digest: str

    @property
    def short(self) -> str:
        """The beginning of the hash, in groups that can be read aloud: ``3f2a 9c1e 77b0 1d4e``."""
        return " ".join(self.digest[start : start + 4] for start in range(0, 16, 4))


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the rule looks at of a case, beside its claims."""

    lifecycle: Lifecycle
    places: int
    checks_conflicts: bool = False
    closes_at: datetime | None = None
    per_firm: int = 0


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """A claim as it was looked at, and what became of it. `sha256` is that of the raw mail, `proof` how far its sender was proven."""

    number: int
    ref: str
    stamp: Stamp
    sha256: str
    proof: str
    state: ClaimState
    reason: str = ""
    place_no: int | None = None
    is_offer: bool = False
    agreed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """What the rule was told beside case and claims, by member: enough to decide once more."""

    passed_over: frozenset[int] = frozenset()
    misfits: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    firms: Mapping[int, str] = field(default_factory=dict)
    """Which firm each belongs to, where firms count."""
    served: frozenset[str] = frozenset()
    """The firms that have their case of the month."""
    groups: Mapping[int, int] = field(default_factory=dict)
    """Of an event: in which order of people each comes."""
    left_out: frozenset[int] = frozenset()
    """Claims, by number, that were not looked at: on the way back to a backup, when somebody else has been told already."""
    deadline: str = ""
    """How near the deadline is, as far as the rule cares (`core.chain.nearness`); the day itself stays out of the log."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something decided that is to be written down. `by` is who of staff, `has_reason` whether they said why; the words stay elsewhere."""

    kind: str
    at: datetime
    case_id: str | None = None
    claims: tuple[int, ...] = ()
    by: str = ""
    has_reason: bool = False
    basis: Basis | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry. `basis` are kept with references in the place of members and firms."""

    number: int
    previous: str
    at: datetime
    kind: str
    case_id: str | None = None
    case: CaseFacts | None = None
    claims: tuple[ClaimFacts, ...] = ()
    basis: Mapping[str, Any] | None = None
    places: Mapping[int, str] = field(default_factory=dict)
    """Where the rule decided: whose each place was afterwards."""
    waiting: tuple[str, ...] = ()
    """And who waited then, in order."""
    staff: str = ""
    has_reason: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)
    rule: int = RULE


def reference(salt: bytes | None, whom: str) -> str:
    """Somebody as the log names them: the same in one case, another in every other; "" once the case's salt is gone."""
    return hmac.digest(salt, whom.encode("utf-8"), hashlib.sha256).hex()[:32] if salt else ""


def coded(reason: str) -> str:
    """A reason on record without whose word it was: ``assigned by sato@ngo.example`` is ``assigned by``."""
    word, by, _ = reason.partition(_BY)
    return f"{word}{by.rstrip()}" if by else reason


def by_whom(reason: str) -> str:
    """Whose word a reason on record names; "" where it was nobody's."""
    return reason.partition(_BY)[2]
