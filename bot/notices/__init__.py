"""What time brings to staff and holders: drafts near a deadline, reminders, check-ins, late letters, the day's balance, the month's figures.

Each asks the ledger what is due and not yet done, so a second pass, another process or a long sleep brings nothing twice. What the
calendar changes by itself (lapses, expiry) is housekeeping's; here only letters are owed. Sends nothing itself.
"""

from __future__ import annotations

from bot.notices import accounts, checkins, holds, ladder, lateness
from bot.office import Office

__all__ = ["bring"]


def bring(office: Office) -> None:
    """Every letter that is due by now."""
    holds.remind(office)
    ladder.draft(office)
    checkins.ask(office)
    checkins.report_silence(office)
    lateness.tell(office)
    accounts.daily(office)
    accounts.monthly(office)
