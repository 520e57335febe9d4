"""The page of letters that have not left, and shall not leave as they are, beside those that a decision on a claim overtakes.

What is withheld stays on record as cancelled; what is redirected is owed to another address. Either holds for what a sender has in hand
and has not begun, too. Knows no rule; who says so knows why.
"""

from __future__ import annotations

from datetime import datetime

from bot.core.model import Claim
from bot.shell.ledger import wording
from bot.shell.ledger.leases import letter_place
from bot.shell.ledger.seal import Seal
from bot.shell.ledger.session import BookSession
from bot.shell.letters import redirected


class Unsent:
    def __init__(self, session: BookSession, seal: Seal) -> None:
        self._session, self._seal = session, seal

    def withhold_file(self, case_id: str) -> None:
        """The case has been withdrawn: whoever had a place and has not been sent the file, or a change of it, is not sent it now."""
        self._session.ask(wording.WITHHELD, case=case_id)

    def is_file_owed(self, claim: Claim) -> bool:
        """Whether its holder was to have the file, or a change of it, and that was withheld; not where a later one is on its way or has left."""
        told = {"member": claim.member_id, "case": claim.case_id, "since": claim.decided_at}
        return self._session.ask(wording.LAST_FILE, **told).scalar() == "cancelled"

    def are_names(self, *, member_id: int, case_id: str) -> bool:
        """Whether the names for a conflict check are still to leave for the first time. What was lost for good is told to staff, who may have called."""
        shown = self._session.ask(wording.NAMES_SHOWN, member=member_id, case=case_id).scalars().all()
        return bool(shown) and all(shown)

    def supersede(self, about: str) -> None:
        """The letters whose key (`once`) begins so: a newer one says what is true now."""
        self._session.ask(wording.SUPERSEDED, about=about)

    def redirect(self, member_id: int, *, old: str, new: str, now: datetime) -> int:
        """What waits to go to a member's former address goes to the new one, at once; gives how many letters."""
        waiting = self._session.ask(wording.WAITING_AT, member=member_id, address=old).all()
        return sum(self._redirect(row.id, row.code, row.content, new, now) for row in waiting)

    def _redirect(self, letter_id: int, code: str, sealed: bytes, new: str, now: datetime) -> bool:
        """Not one that has begun to leave meanwhile, nor one whose case was erased."""
        content = self._seal.open(sealed, where=letter_place(code))
        if not content or self._session.ask(wording.REDIRECTED, letter=letter_id, to=new, now=now).first() is None:
            return False
        written = self._seal.alter(sealed, redirected(content, new), where=letter_place(code))
        self._session.ask(wording.REWRITTEN, letter=letter_id, bytes=written)
        return True
