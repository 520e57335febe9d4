"""How the senders of late could be proven, counted from the ledger: what warns of forgers, and of results that stay away.

Given a transaction; gives figures. Changes nothing and remembers nothing: a restart counts the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.trust import Share, share
from bot.shell.ledger import Transaction

_HOUR, _DAY, _FORTNIGHT = timedelta(hours=1), timedelta(days=1), timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Vigil:
    """`lately` and `failed` are of the last 24 hours by arrival, `before` of the 14 days before those, `bad_codes` of the last hour."""

    lately: Share
    before: Share
    failed: int
    """Mails in the name of somebody on file that our mail server found not to be theirs."""
    bad_codes: int


def look_back(ledger: Transaction, *, now: datetime) -> Vigil:
    # An arrival may be a little ahead of our clock; it is of today all the same.
    today = ledger.counts.proofs(now - _DAY, now + _DAY)
    before = ledger.counts.proofs(now - _DAY - _FORTNIGHT, now - _DAY)
    return Vigil(share(today), share(before), today.get("failed", 0), ledger.counts.bad_codes(now - _HOUR))
