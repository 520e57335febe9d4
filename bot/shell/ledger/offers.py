"""The offers' page: which case went out in which circulation, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from bot.shell.tables import OfferRow


class Offers:
    def __init__(self, session: Session) -> None:
        self._session = session

    def note(self, case_ids: Iterable[str], occasion: str, at: datetime) -> None:
        """These cases go out now; `occasion` names the circulation, such as ``2026-11``."""
        self._session.add_all(OfferRow(case_id=case_id, occasion=occasion, at=at) for case_id in case_ids)
        self._session.flush()

    def until(self, end: datetime) -> dict[str, list[datetime]]:
        """When each case went out before this moment, the oldest first."""
        found: dict[str, list[datetime]] = {}
        for row in self._session.exec(select(OfferRow).where(col(OfferRow.at) < end).order_by(col(OfferRow.at))).all():
            found.setdefault(row.case_id, []).append(row.at)
        return found

    def last_bulletin(self, case_id: str) -> datetime | None:
        """When a bulletin about the case went out most recently."""
        rows = select(OfferRow.at).where(OfferRow.case_id == case_id, col(OfferRow.occasion).startswith("bulletin"))
        return self._session.exec(rows.order_by(col(OfferRow.at).desc())).first()
