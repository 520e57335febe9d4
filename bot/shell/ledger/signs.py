"""The page that tells how the service is: what waits too long, by count and by its oldest. Reads only, and no word of any letter."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, text
from sqlmodel import Session, col, select

from bot.core.model import Disposition
from bot.shell.ledger.leases import IN_ORDER
from bot.shell.ledger.sending import in_turn
from bot.shell.ledger.wording import STAGE_KEPT
from bot.shell.tables import IN_HAND, OWED, ArrivalRow, LetterRow

_NOT_SENT = and_(or_(text(OWED), text(IN_HAND)), col(LetterRow.stage) != STAGE_KEPT)
"""What is kept back waits for a word of staff, not for the mail server."""


class Signs:
    def __init__(self, session: Session) -> None:
        self._session = session

    def due(self, now: datetime) -> tuple[int, datetime | None]:
        """How many letters are due or in hand, and since when the first of them. One that waits its turn is neither."""
        return self._counted(LetterRow.next_try_at, col(LetterRow.next_try_at) <= now, in_turn(now - IN_ORDER))

    def old(self, before: datetime) -> tuple[int, datetime | None]:
        """How many letters written before this are not sent yet. A round's letter counts from its first try: a slow pace is meant."""
        is_tried = or_(col(LetterRow.round_month).is_(None), col(LetterRow.attempts) > 0)
        return self._counted(LetterRow.created_at, col(LetterRow.created_at) <= before, is_tried)

    def in_doubt(self) -> int:
        """How many letters went out whose receipt was lost."""
        return self._session.exec(select(func.count()).select_from(LetterRow).where(_NOT_SENT, LetterRow.state == "unknown")).one()

    def lost(self, since: datetime, notices: Collection[str]) -> tuple[int, datetime | None, int, bool]:
        """How many letters were given up after this, since when, to how many readers; and whether one told staff of letters (`notices`)."""
        tells_of_letters = case((col(LetterRow.kind).in_(notices), 1), else_=0)
        figures = (func.count(), func.min(LetterRow.lost_at), func.count(col(LetterRow.to_address).distinct()), func.sum(tells_of_letters))
        counted = select(*figures).where(col(LetterRow.lost_at) > since, LetterRow.state == "failed")
        letters, first, readers, notes = self._session.exec(counted).one()
        return letters, first, readers, bool(notes)

    def set_aside(self, since: datetime) -> int:
        """How many messages in the inbox that arrived since then wait for a person and are from nobody on file, forged, or unreadable.

        Junk is full of strangers on any day.
        """
        counted = select(func.count()).select_from(ArrivalRow).where(ArrivalRow.disposition == Disposition.FOR_STAFF.value)
        counted = counted.where(ArrivalRow.folder_rank == 0, col(ArrivalRow.proof).in_(("", "failed")))
        return self._session.exec(counted.where(ArrivalRow.arrived_at >= since)).one()

    def last_entered(self) -> datetime | None:
        """When the last message was put on record."""
        return self._session.exec(select(ArrivalRow.entered_at).order_by(col(ArrivalRow.id).desc()).limit(1)).first()

    def _counted(self, by: datetime, *which: ColumnElement[bool]) -> tuple[int, datetime | None]:
        return self._session.exec(select(func.count(), func.min(by)).where(_NOT_SENT, *which)).one()
