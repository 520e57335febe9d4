"""The page of letters in hand: who is sending which letter, and until when it is theirs.

Several processes may send. Each leases what it takes, on the database's clock, and looks again that the lease is its own before a body
leaves and before anything but success is written down. A lease that has run out is another's to take: so a sender that died keeps no
letter back, and one that was only halted sends none twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, text, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from bot.core.mail import Envelope
from bot.shell.ledger import clock
from bot.shell.ledger.past import STAGE_KEPT
from bot.shell.ledger.seal import Seal
from bot.shell.tables import IN_HAND, OWED, PUT_OFF, LetterRow

STAGE_LEASED = "leased"
STAGE_DATA = "data"
"""The body is about to be sent: from here on a lost connection leaves the outcome unknown."""

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
    leased_by: str = ""


def _is_due(now: datetime) -> ColumnElement[bool]:
    """By its time; or, where the clock was ahead when it was written or last tried, at once: no letter waits for what the clock once said."""
    is_fresh = and_(col(LetterRow.created_at) > now, col(LetterRow.attempts) == 0, col(LetterRow.last_error) == "")
    return or_(col(LetterRow.next_try_at) <= now, is_fresh, col(LetterRow.next_try_at) > now + LONGEST_WAIT)


def in_turn(now: datetime) -> ColumnElement[bool]:
    """What is told of a case is read in the order of its happening: "you have it" never comes after "it is free again".

    So a letter waits for an earlier one about its case to the same person that was put off. A bulletin waits for none, and nothing
    waits for a letter in doubt, given up or kept back.
    """
    earlier = aliased(LetterRow)
    to_same = (earlier.to_address == LetterRow.to_address, earlier.case_id == LetterRow.case_id, col(earlier.id) < col(LetterRow.id))
    put_off = select(earlier.id).where(text(PUT_OFF), *to_same, earlier.created_at > now - IN_ORDER)
    return or_(col(LetterRow.kind) == "bulletin", ~put_off.exists())


class Leases:
    def __init__(self, session: Session, seal: Seal) -> None:
        self._session, self._seal = session, seal

    def recover(self, *, now: datetime, in_doubt: timedelta, is_alone: bool) -> tuple[int, list[Owed]]:
        """Letters that a stopped process left in hand: owed again, or unknown where their body was on its way.

        Where others send too, only those whose lease has run out. Gives how many there were, and those whose reply was lost a second
        time, for the caller to give up.
        """
        in_hand = select(LetterRow).where(text(IN_HAND))
        if not is_alone:
            is_over = or_(col(LetterRow.leased_until).is_(None), col(LetterRow.leased_until) < clock.now(self._session))
            in_hand = in_hand.where(is_over).with_for_update(skip_locked=True)
        rows = self._session.exec(in_hand).all()
        lost_twice = [row for row in rows if row.stage == STAGE_DATA and row.doubts]
        for row in rows:
            is_doubtful = row.stage == STAGE_DATA
            row.state, row.stage = ("unknown", "") if is_doubtful else ("queued", "")
            if is_doubtful:
                row.doubts, row.next_try_at, row.last_error = row.doubts + 1, now + in_doubt, "stopped before the server's reply was read"
            self._session.add(row)
        self._session.flush()
        return len(rows), [self._owed(row, sender="") for row in lost_twice]

    def take(self, *, now: datetime, sender: str, limit: int, by: str, kind: str = "") -> list[Owed]:
        """The most urgent letters that are due, of one kind or of all, leased to this process. One in doubt is taken once more, never twice."""
        due = select(LetterRow).where(text(OWED), _is_due(now), LetterRow.stage != STAGE_KEPT, in_turn(now))
        due = due.where(LetterRow.kind == kind) if kind else due
        rows = self._session.exec(
            due.order_by(col(LetterRow.priority), col(LetterRow.next_try_at), col(LetterRow.id))
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()
        until = clock.now(self._session) + LEASE
        for row in rows:
            row.state, row.stage, row.attempts = "sending", STAGE_LEASED, row.attempts + 1
            row.leased_by, row.leased_until = by, until
            self._session.add(row)
        self._session.flush()
        return [self._owed(row, sender=sender) for row in rows]

    def keep(self, by: str) -> None:
        """This process is still at the letters that it has in hand."""
        mine = update(LetterRow).where(text(IN_HAND), col(LetterRow.leased_by) == by)
        self._session.execute(mine.values(leased_until=clock.now(self._session) + LEASE))

    def is_held(self, letter: Owed) -> bool:
        """Whether the lease is still this one's; if so, nobody else takes the letter before the transaction ends."""
        lease = (LetterRow.id == letter.id, LetterRow.leased_by == letter.leased_by, LetterRow.attempts == letter.attempts)
        return self._session.exec(select(LetterRow.id).where(*lease, text(IN_HAND)).with_for_update()).first() is not None

    def body_begins(self, letter_id: int) -> None:
        """To be written down before a byte of it leaves."""
        change = update(LetterRow).where(col(LetterRow.id) == letter_id)
        self._session.execute(change.values(stage=STAGE_DATA, leased_until=clock.now(self._session) + LEASE))

    def put_back(self, letter_id: int) -> None:
        """Taken but never tried: as if it had not been taken."""
        change = update(LetterRow).where(col(LetterRow.id) == letter_id)
        self._session.execute(change.values(state="queued", stage="", attempts=LetterRow.attempts - 1))

    def _owed(self, row: LetterRow, *, sender: str) -> Owed:
        content = self._seal.open(row.content or b"", where=letter_place(row.code))
        envelope = Envelope(sender, row.to_address, content, row.message_id)
        return Owed(row.id or 0, row.kind, envelope, row.attempts, row.doubts, row.created_at, row.case_id, row.leased_by)


def letter_place(code: str) -> str:
    return f"letter.content {code}"
