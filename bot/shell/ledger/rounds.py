"""The rounds' page: which months were opened. The month is the key, so a second try is refused by the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from bot.core.model import Act
from bot.core.model.log import ROUND_OPENED
from bot.shell.ledger.decisions import Decisions
from bot.shell.ledger.dialect import insert_into
from bot.shell.tables import RoundRow


@dataclass(frozen=True, slots=True)
class Round:
    month: str
    opened_at: datetime
    opened_by: str
    cases: int
    letters: int


class Rounds:
    def __init__(self, session: Session, decisions: Decisions) -> None:
        self._session, self._decisions = session, decisions

    def open(self, month: str, *, now: datetime, by: str, cases: int, letters: int) -> bool:
        """Whether the month is ours to send; False where somebody has opened it before."""
        entry = insert_into(self._session, RoundRow).values(month=month, opened_at=now, opened_by=by, cases=cases, letters=letters)
        won = self._session.execute(entry.on_conflict_do_nothing(index_elements=["month"]).returning(col(RoundRow.month)))
        is_ours = won.first() is not None
        if is_ours:
            self._decisions.write(Act(ROUND_OPENED, now, by=by, facts={"month": month, "cases": cases, "letters": letters}))
        return is_ours

    def get(self, month: str) -> Round | None:
        return next((one for one in self.all() if one.month == month), None)

    def months(self) -> set[str]:
        return set(self._session.exec(select(RoundRow.month)).all())

    def all(self) -> list[Round]:
        rows = self._session.exec(select(RoundRow).order_by(col(RoundRow.month))).all()
        return [Round(row.month, row.opened_at, row.opened_by, row.cases, row.letters) for row in rows]
