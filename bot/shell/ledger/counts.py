"""The counts' page: how many messages have come, how they ended, and how far their senders were proven.

Reads only; what each of them was stands on the arrivals' page.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from bot.core.model import Disposition
from bot.shell.ledger.session import BookSession
from bot.shell.tables import ArrivalRow


class Counts:
    def __init__(self, session: BookSession) -> None:
        self._session = session

    def entered_since(self, since: datetime) -> int:
        return self._session.exec(select(func.count()).where(ArrivalRow.entered_at >= since)).one()

    def ended_since(self, reason: str, since: datetime) -> int:
        """How many messages that were entered since then ended for this reason."""
        counted = select(func.count()).where(ArrivalRow.reason == reason, ArrivalRow.entered_at >= since)
        return self._session.exec(counted).one()

    def by_disposition(self) -> dict[str, int]:
        counted = select(ArrivalRow.disposition, func.count()).group_by(ArrivalRow.disposition)
        return dict(self._session.exec(counted).all())

    def by_reason(self, above: int) -> list[tuple[Disposition, str, int]]:
        """How the messages that were entered after the one with this number ended, and why, with how many there are of each."""
        columns = (ArrivalRow.disposition, ArrivalRow.reason)
        counted = select(*columns, func.count()).where(col(ArrivalRow.id) > above).group_by(*columns)
        return [(Disposition(disposition), reason, count) for disposition, reason, count in self._session.exec(counted).all()]

    def up_to(self, last: int) -> int:
        """How many messages have this number or one before it."""
        return self._session.exec(select(func.count()).where(col(ArrivalRow.id) <= last)).one()

    def last_id(self) -> int:
        """The number of the message that was entered last; 0 before the first."""
        return self._session.exec(select(func.max(ArrivalRow.id))).one() or 0

    def proofs(self, since: datetime, until: datetime) -> dict[str, int]:
        """How many messages of people on file arrived in this time, by how far their sender was proven."""
        counted = select(ArrivalRow.proof, func.count()).where(ArrivalRow.proof != "")
        counted = counted.where(col(ArrivalRow.arrived_at) >= since, col(ArrivalRow.arrived_at) < until)
        return dict(self._session.exec(counted.group_by(ArrivalRow.proof)).all())

    def bad_codes(self, since: datetime) -> int:
        """How many codes came since then that we did not write to their sender."""
        return self._session.exec(select(func.coalesce(func.sum(ArrivalRow.bad_codes), 0)).where(ArrivalRow.arrived_at >= since)).one()
