"""Mail that is read late is decided as if it had been read as it came.

Before a mail that is more than a claim is decided, everything is settled that looks before its arrival would have settled: each window that
had closed by then, the earliest first, on the claims that had arrived by its close; places whose time to answer was over lapse; and places
that had come free go to who waits. So a CLOSE of noon, read in the evening together with a claim of the morning, meets a case that is placed.
All in the transaction of that mail. So it is before a mail that only claims, too, where its member waits for that very case already or it is
kept for them, or has a limit and a claim that is still undecided or a place that is kept.

A YES that stands by an earlier mail, or says that a claim was meant, is a claim as of that mail: nothing is settled before it, so that it
counts from that arrival where nobody has been told anything else.

It wants all mail of before on record. Where a message does not come or is tried again behind the others, and where mail surfaces in a folder
later, that cannot be had: what comes to light then is late, as ever. A deadline is held against each mail's own arrival, and who pauses may
claim all the same: neither wants to be brought forward.
"""

from __future__ import annotations

from datetime import datetime

from bot.core.model import Change, EnterClaim, Look, NoteWords
from bot.office import Office, lapsing
from bot.reception import settling
from bot.shell.ledger import Transaction

_CHANGES_NO_PLACE = (EnterClaim, NoteWords, Look)


class Meanwhile:
    """How far time has come among the mails of one transaction.

    `scanned_from` is when the look began that these mails are of, in whose order they come; None where nothing shall be settled among them.
    """

    def __init__(self, office: Office, ledger: Transaction, *, scanned_from: datetime | None) -> None:
        self._office, self._ledger, self._scanned_from = office, ledger, scanned_from
        self._reached: datetime | None = None
        self._over: list[datetime] | None = None
        """When the time of the places is over that were kept when these mails began to be read; None before it is asked."""
        self._may_move_up = True
        """Whether a place may have come free since somebody was last moved up."""

    def passes(self, arrived_at: datetime) -> bool:
        """Settle what was due before a mail arrived; gives whether anything was decided. Within one second no time has passed."""
        moment = min(arrived_at, self._scanned_from) if self._scanned_from is not None else None
        if moment is None or (self._reached is not None and moment <= self._reached):
            return False
        self._reached = moment
        return sum(map(self._lapse, self._hours_over(moment))) + self._settle_all(moment) > 0

    def took(self, changes: tuple[Change, ...]) -> None:
        """A mail has brought these changes."""
        self._may_move_up = self._may_move_up or any(not isinstance(change, _CHANGES_NO_PLACE) for change in changes)

    def _hours_over(self, moment: datetime) -> list[datetime]:
        """When the time of places was over that were kept, each hour once. What begins among these mails is over for none of them."""
        if self._over is None:
            ends = {claim.hold_until for claim in self._ledger.places.kept() if claim.hold_until is not None}
            self._over = sorted(ends)
        reached = [hour for hour in self._over if hour <= moment]
        self._over = self._over[len(reached) :]
        return reached

    def _lapse(self, hour: datetime) -> int:
        """What was due before that is decided before."""
        decided = self._settle_all(hour)
        lapsed = lapsing.lapse(self._office, self._ledger, by=hour, before_deadlines=True)
        self._may_move_up = self._may_move_up or lapsed > 0
        return decided + lapsed

    def _settle_all(self, moment: datetime) -> int:
        return (self._move_up(moment) if self._may_move_up else 0) + self._settle(moment)

    def _move_up(self, moment: datetime) -> int:
        """A free place goes to who waits at the look that finds it free, unless a window is open over it."""
        self._may_move_up = False
        waiting = self._ledger.undecided.in_line()
        closings = self._ledger.undecided.closings(settle=self._office.rules.settle) if waiting else {}
        free = [case_id for case_id in waiting if case_id not in closings]
        return sum(settling.settle_early(self._office, self._ledger, case_id, arrived_by=moment) for case_id in free)

    def _settle(self, moment: datetime) -> int:
        verdicts, passed = 0, set[tuple[datetime, str]]()
        while True:
            closings = self._ledger.undecided.closings(settle=self._office.rules.settle)
            closed = sorted({(closes, case_id) for case_id, closes in closings.items() if closes < moment} - passed)
            if not closed:
                return verdicts
            passed.add(closed[0])
            closes, case_id = closed[0]
            verdicts += settling.settle_early(self._office, self._ledger, case_id, arrived_by=closes)
