"""A month that came and had nothing to send: what staff hear of it.

Given the transaction that found it so; says whether nothing was open at all, or what has ended since staff had the preview. Decides nothing.
"""

from __future__ import annotations

from datetime import datetime

from bot.core.model import Case, Lifecycle
from bot.office import Office
from bot.shell.ledger import Transaction


def tell(office: Office, ledger: Transaction, month: str, *, shown_at: datetime | None) -> None:
    """Once for each month. `shown_at` is when the preview of the month went to staff."""
    over = [case for case in ledger.cases.all() if _has_ended(case, shown_at, office.clock())] if shown_at else []
    office.tell_staff(ledger, "no_cases", {"month": month, "over": over}, once=f"no_cases:{month}")


def _has_ended(case: Case, since: datetime, now: datetime) -> bool:
    """Whether nobody took the case and its deadline has passed since then. An event that has closed is given, and no loss."""
    is_open = case.lifecycle in (Lifecycle.OPEN, Lifecycle.EXPIRED) and case.free_places > 0 and case.event is None
    return is_open and case.deadline is not None and since < case.deadline.at <= now
