"""The page of letters in hand: who is sending which letter, and until when it is theirs.

Several processes may send. Each leases what it takes, on the database's clock, and looks again that the lease is its own before bodies
leave and before anything but success is written down. A lease that has run out is another's to take: so a sender that died keeps no
letter back, and one that was only halted sends none twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, text, update
from sqlmodel import col

from bot.core.mail import Envelope
from bot.shell.ledger import clock, sending
from bot.shell.ledger.past import fingerprint
from bot.shell.ledger.seal import Seal
from bot.shell.ledger.session import BookSession
from bot.shell.ledger.wording import STAGE_DATA, in_places
from bot.shell.postbook import Posting
from bot.shell.tables import IN_HAND, LetterRow

LONGEST_WAIT = timedelta(hours=12)
"""Nobody puts a letter off for longer."""
IN_ORDER = timedelta(hours=4)
"""For so long a letter that was put off goes first; then staff hear that it is late, and the others go."""
LEASE = timedelta(seconds=60)
"""How long a letter is its taker's without a further word."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A letter taken for sending: the lease is its taker's name and the count of attempts, which no later lease shares."""

    id: int
    kind: str
    envelope: Envelope
    attempts: int
    doubts: int
    created_at: datetime
    case_id: str | None
    round_month: str | None
    fingerprint: str
    """By which the post book knows it should it be written once more."""
    leased_by: str

    def posted(self, at: datetime) -> Posting:
        """What the post book shall remember of it, now that it has left."""
        return Posting(self.envelope.message_id, self.fingerprint, self.kind, self.case_id, self.round_month, at)


class Leases:
    def __init__(self, session: BookSession, seal: Seal) -> None:
        self._session, self._seal = session, seal

    def recover(self, *, now: datetime, in_doubt: timedelta, is_alone: bool) -> tuple[int, list[int]]:
        """Letters that a stopped process left in hand: owed again, or unknown where their body was on its way.

        Where others send too, only those whose lease has run out. Gives how many there were, and those whose reply was lost a second
        time, for the caller to give up.
        """
        if is_alone:
            rows = self._session.ask(sending.LEFT_IN_HAND).all()
        else:
            rows = self._session.ask(sending.LEASE_RUN_OUT, now=clock.now(self._session)).all()
        if unsent := [{"letter": row.id} for row in rows if row.stage != STAGE_DATA]:
            self._session.do_each(sending.OWED_AGAIN, unsent)
        if doubtful := [row for row in rows if row.stage == STAGE_DATA]:
            self._session.do_each(sending.IN_DOUBT, [{"letter": row.id, "again": now + in_doubt} for row in doubtful])
        return len(rows), [row.id for row in doubtful if row.doubts]

    def take(self, *, now: datetime, sender: str, limit: int, by: str, kind: str = "") -> list[Owed]:
        """The most urgent letters that are due, of one kind or of all, leased to this process. One in doubt is taken once more, never twice."""
        open_values = {"now": now, "far": now + LONGEST_WAIT, "since": now - IN_ORDER, "most": limit}
        if kind:
            rows = self._session.ask(sending.DUE_OF_KIND, **open_values, kind=kind).all()
        else:
            rows = self._session.ask(sending.DUE, **open_values).all()
        if rows:
            until = clock.now(self._session) + LEASE
            self._session.ask(sending.taken(len(rows)), **in_places("letter", (row.id for row in rows)), by=by, until=until)
        return [self._owed(row, sender=sender, by=by) for row in rows]

    def keep(self, by: str) -> None:
        """This process is still at the letters that it has in hand."""
        mine = update(LetterRow).where(text(IN_HAND), col(LetterRow.leased_by) == by)
        self._session.execute(mine.values(leased_until=clock.now(self._session) + LEASE))

    def is_held(self, letter: Owed) -> bool:
        """Whether the lease is still this one's; if so, nobody else takes the letter before the transaction ends."""
        return self._session.ask(sending.HELD, **_lease(letter)).first() is not None

    def bodies_begin(self, letters: Sequence[Owed]) -> set[int]:
        """To be written down before a byte of them leaves; gives those whose lease is still their taker's: the others must not leave."""
        until = clock.now(self._session) + LEASE
        are_all_held = self._session.do_each(sending.BODY_BEGINS, [{**_lease(one), "until": until} for one in letters]) == len(letters)
        return {letter.id for letter in letters if are_all_held or self.is_held(letter)}

    def put_back(self, letters: Sequence[Owed]) -> None:
        """Taken but never tried: as if they had not been taken. What another has taken meanwhile is left to it."""
        self._session.do_each(sending.PUT_BACK, [_lease(letter) for letter in letters])

    def _owed(self, row: Row[Any], *, sender: str, by: str) -> Owed:
        content = self._seal.open(row.content or b"", where=letter_place(row.code))
        envelope = Envelope(sender, row.to_address, content, row.message_id)
        mark = fingerprint(row.kind, row.to_address, row.case_id, row.round_month, row.once, row.content_key)
        return Owed(row.id, row.kind, envelope, row.attempts + 1, row.doubts, row.created_at, row.case_id, row.round_month, mark, by)


def _lease(letter: Owed) -> dict[str, object]:
    return {"letter": letter.id, "tries": letter.attempts, "by": letter.leased_by}


def letter_place(code: str) -> str:
    return f"letter.content {code}"
