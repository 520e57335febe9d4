"""What staff did, in the history of a case or a member, which EXPLAIN tells: who, what, why. What members do stands in their claims."""

from __future__ import annotations

from datetime import datetime

from bot.core.reasons import because
from bot.shell.ledger import Transaction


class History:
    """The notes that one message leaves, in the order in which it leaves them.

    Each has the hour at which the message came, but none stands before what was on record by then.
    """

    def __init__(self, ledger: Transaction, arrival_id: int, now: datetime, *, came: datetime) -> None:
        self._ledger, self._arrival_id, self._now, self._came = ledger, arrival_id, now, came
        self._notes = 0

    def of_case(self, case_id: str, what: str, *, why: str = "") -> None:
        self._put(f"case {case_id}", what + because(why))

    def of_words(self, case_id: str, what: str, *, why: str = "") -> None:
        """In that of the case whose words were changed or sent: with the hour at which that was done, for what has left since then is asked by it."""
        self._put(f"case {case_id}", what + because(why), at=self._now)

    def of_claim(self, claim_id: int, what: str, *, why: str = "") -> None:
        """In that of its case, with whose claim it is."""
        claim = self._ledger.claims.get(claim_id)
        self.of_case(claim.case_id, f"{what} for {self._ledger.roster.by_id(claim.member_id).email}", why=why)

    def of_member(self, member_id: int, what: str) -> None:
        """And in that of every case that it bears on."""
        self._put(f"member {member_id}", what)
        for case_id in {claim.case_id for claim in self._ledger.claims.of_member(member_id)}:
            self.of_case(case_id, what)

    def _put(self, about: str, what: str, *, at: datetime | None = None) -> None:
        self._notes += 1
        at = at or max(self._came, self._ledger.marks.latest(about) or self._came)
        self._ledger.marks.put(f"{about} {self._arrival_id:09}.{self._notes:03}", at, note=what)
