"""The page of letters that have not left, and shall not leave as they are.

What a decision on a claim makes untrue is held back by the outbox itself (`standing_changed`); what else there is to it stands here. What
is withheld stays on record as cancelled; what is redirected is owed to another address; an answer to several commands of which a part is
withheld or no longer so stays owed, under its number and in its turn, until it is written anew. Each holds for what a sender has in hand
and has not begun, too. Knows no rule; who says so knows why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, update
from sqlmodel import col, select

from bot.core.model import Claim
from bot.shell.ledger import wording
from bot.shell.ledger.leases import letter_place
from bot.shell.ledger.outbox import Posted, posted
from bot.shell.ledger.seal import Seal
from bot.shell.ledger.session import BookSession
from bot.shell.letters import redirected
from bot.shell.tables import LetterRow, RawLetterRow


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A letter that failed for good, and what bears on whether it may leave once more."""

    posted: Posted
    member_id: int | None
    may_have_arrived: bool
    """The reply to its final dot was lost."""
    has_words: bool


class Unsent:
    def __init__(self, session: BookSession, seal: Seal) -> None:
        self._session, self._seal = session, seal

    def withhold_file(self, case_id: str) -> None:
        """The case has been withdrawn: whoever had a place and has not been sent the file, or a change of it, is not sent it now."""
        self._session.ask(wording.WITHHELD, case=case_id)
        self._session.ask(wording.WITHHELD_IN_PART, case=case_id)

    def is_file_owed(self, claim: Claim) -> bool:
        """Whether its holder was to have the file, or a change of it, and that was withheld; not where a later one is on its way or has left."""
        told = {"member": claim.member_id, "case": claim.case_id, "since": claim.decided_at}
        state = self._session.ask(wording.LAST_FILE, **told).scalar()
        return state == "cancelled" or (state is None and self._session.ask(wording.FILE_OVERTAKEN, **told).first() is not None)

    def to_write_anew(self) -> list[tuple[int, int | None]]:
        """Answers to several commands that leave only when they are written anew, the oldest first; each with its member, if it is a member's."""
        return [(row.id, row.member_id) for row in self._session.ask(wording.TO_WRITE_ANEW)]

    def write_anew(self, letter_id: int, content: bytes, *, of: str | None, about: Iterable[str]) -> None:
        """Its new bytes, in place of those that nobody has had; it may leave, in the turn of the case that it is filed with (`of`)."""
        (letter,) = self._session.ask(wording.CODE_OF, letter=letter_id)
        self._session.ask(
            wording.REWRITTEN, letter=letter_id, bytes=self._seal.close(content, where=letter_place(letter.code), about=about)
        )
        self._session.ask(wording.WRITTEN_ANEW, letter=letter_id, of=of)

    def are_names(self, *, member_id: int, case_id: str) -> bool:
        """Whether the names for a conflict check are still to leave for the first time. What was lost for good is told to staff, who may have called."""
        shown = self._session.ask(wording.NAMES_SHOWN, member=member_id, case=case_id).scalars().all()
        return bool(shown) and all(shown)

    def spare(self, member_id: int) -> None:
        """Its reader takes no circulations any more: those that have not left never do."""
        self._session.ask(wording.SPARED, member=member_id)

    def supersede(self, about: str) -> None:
        """The letters whose key (`once`) begins so: a newer one says what is true now."""
        self._session.ask(wording.SUPERSEDED, about=about)

    def given_up(self, message_ids: Iterable[str]) -> list[GivenUp]:
        """Those of these letters that failed, the oldest first."""
        found = select(LetterRow, RawLetterRow).join(RawLetterRow, col(RawLetterRow.letter_id) == LetterRow.id, isouter=True)
        found = found.where(LetterRow.state == "failed", col(LetterRow.message_id).in_(list(message_ids))).order_by(col(LetterRow.id))
        return [
            GivenUp(posted(row), row.member_id, row.doubts > 0, bool(raw and self._seal.open(raw.content, where=letter_place(row.code))))
            for row, raw in self._session.exec(found).all()
        ]

    def send_again(self, letter_ids: Iterable[int], *, now: datetime) -> None:
        """What failed is owed anew, under its Message-ID; the tries begin from the first."""
        anew = {"state": "queued", "last_error": "", "attempts": 0, "next_try_at": now, "lost_at": None}
        failed = update(LetterRow).where(col(LetterRow.id).in_(list(letter_ids)), col(LetterRow.state) == "failed")
        self._session.execute(failed.values(**anew))

    def redirect(self, member_id: int, *, old: str, new: str, now: datetime) -> int:
        """What waits to go to a member's former address goes to the new one, at once; gives how many letters."""
        waiting = self._session.ask(wording.WAITING_AT, member=member_id, address=old).all()
        return sum(self._redirect(row, new, now) for row in waiting)

    def _redirect(self, letter: Row[Any], new: str, now: datetime) -> bool:
        """Not one that has begun to leave meanwhile, nor one whose case was erased; what is to be written anew is addressed then."""
        content = self._seal.open(letter.content, where=letter_place(letter.code))
        if not (content or letter.is_to_be_written):
            return False
        if self._session.ask(wording.REDIRECTED, letter=letter.id, to=new, now=now).first() is None:
            return False
        if content:
            written = self._seal.alter(letter.content, redirected(content, new), where=letter_place(letter.code))
            self._session.ask(wording.REWRITTEN, letter=letter.id, bytes=written)
        return True
