"""The offers' page: which case went out in which circulation, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from bot.shell.tables import OfferRow


class Offers:
    def __init__(self, session: Session) -> None:
        self._session = session

    def note(self, case_ids: Iterable[str], occasion: str, at: datetime) -> None:
        """These cases go out now; `occasion` names the circulation, such as ``2026-11``."""
        self._session.add_all(OfferRow(case_id=case_id, occasion=occasion, at=at) for case_id in case_ids)
        self._session.flush()

    def note_bulletin(self, case_id: str, number: int, at: datetime) -> None:
        """The bulletin of this number goes out about the case; raises IntegrityError where it has gone before."""
        self.note([case_id], f"bulletin {number}", at)

    def bulletins(self, case_id: str) -> int:
        """How many bulletins have gone out about the case."""
        return self._session.exec(select(func.count()).select_from(OfferRow).where(*_bulletins_of(case_id))).one()

    def until(self, end: datetime) -> dict[str, list[datetime]]:
        """When each case went out before this moment, the oldest first."""
        found: dict[str, list[datetime]] = {}
        for row in self._session.exec(select(OfferRow).where(col(OfferRow.at) < end).order_by(col(OfferRow.at))).all():
            found.setdefault(row.case_id, []).append(row.at)
        return found

    def last_bulletin(self, case_id: str) -> datetime | None:
        """When a bulletin about the case went out most recently."""
        return self._session.exec(select(OfferRow.at).where(*_bulletins_of(case_id)).order_by(col(OfferRow.at).desc())).first()


def _bulletins_of(case_id: str) -> tuple[ColumnElement[bool], ...]:
    return col(OfferRow.case_id) == case_id, col(OfferRow.occasion).startswith("bulletin")
