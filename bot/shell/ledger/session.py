"""The database session of one transaction: members, addresses and cases that were read stay at hand until it ends.

SQLAlchemy lets go of a row that nobody holds, and would read it again for every question about it. What is kept is the row itself, so that
whatever this transaction writes is seen by who reads next. Nothing outlives the transaction.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import event
from sqlmodel import Session, SQLModel

from bot.shell.tables import AddressRow, CaseRow, MemberRow

_KEPT: Final = (AddressRow, CaseRow, MemberRow)


class BookSession(Session):
    def __init__(self, bind: Any) -> None:
        super().__init__(bind=bind, expire_on_commit=False, autoflush=True)
        self.at_hand: list[SQLModel] = []


@event.listens_for(BookSession, "loaded_as_persistent")
@event.listens_for(BookSession, "pending_to_persistent")
def _keep(session: BookSession, row: SQLModel) -> None:
    if isinstance(row, _KEPT):
        session.at_hand.append(row)
