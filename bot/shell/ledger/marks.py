"""Single moments worth keeping: the first start, the last contact with each server."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bot.shell.tables import MarkRow


class Marks:
    def __init__(self, session: Session) -> None:
        self._session = session

    def at(self, name: str) -> datetime | None:
        row = self._session.get(MarkRow, name)
        return row.at if row else None

    def note(self, name: str) -> str:
        row = self._session.get(MarkRow, name)
        return row.note if row else ""

    def set(self, name: str, at: datetime, *, note: str = "") -> None:
        self._session.merge(MarkRow(name=name, at=at, note=note[:300]))

    def first(self, name: str, at: datetime) -> datetime:
        """The moment on record, which is `at` where there was none."""
        known = self.at(name)
        if known is None:
            self.set(name, at)
        return known or at
