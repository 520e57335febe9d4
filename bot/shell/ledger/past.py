"""The past's page: what had left before the database was put back, and the letters that are kept back for it.

Given what the post book remembers (`Posting`); a letter that is written once more is recognised by its fingerprint and stands as sent,
with the Message-ID it had, so that answers to it are understood. What stays unmet, and what may have left, is for staff.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, or_, update
from sqlmodel import col, select

from bot.shell.ledger import serverbook, wording
from bot.shell.ledger.session import BookSession
from bot.shell.ledger.wording import STAGE_KEPT
from bot.shell.postbook import Posting
from bot.shell.tables import ArrivalRow, LetterRow, PostedRow

_WHY_KEPT = "kept back: it may have been sent before the database went back"
UNSENT = ("queued", "sending", "unknown")
LOST = ("failed", "bounced")
_NUMBER_OF_ROW = re.compile(r"(?<=:)\d+(?=:|$)")


@dataclass(frozen=True, slots=True)
class Unsent:
    """A letter that is owed, with what says whether it may have left before."""

    id: int
    message_id: str
    kind: str
    to: str
    case_id: str | None
    created_at: datetime
    answers_mail_of: datetime | None
    """When the mail arrived that it answers."""


class Past:
    def __init__(self, session: BookSession) -> None:
        self._session = session
        self._waits: bool | None = None
        """Whether any letter waits to be recognised; None while nobody has asked in this transaction."""

    def note(self, postings: Iterable[Posting]) -> None:
        """Letters that have just left: where the post book is on this server they stand in it from here on."""
        if self._session.dialect != "sqlite":
            self._session.do_each(insert(serverbook.LINES), [{"content": json.dumps(one.entry())} for one in postings])

    def knows_sent(self, message_id: str) -> bool:
        state = self._session.ask(wording.STATE_OF, message_id=message_id).scalar()
        return state is not None and state not in UNSENT

    def remember(self, postings: Iterable[Posting]) -> int:
        """Letters that left: those on record stand as sent, the others are waited for. Gives how many these are."""
        waited_for, self._waits = 0, None
        for one in postings:
            known = update(LetterRow).where(col(LetterRow.message_id) == one.message_id, col(LetterRow.state).in_(UNSENT))
            self._session.execute(known.values(state="sent", stage="", sent_at=one.at, last_error=""))
            if self._session.exec(select(LetterRow.id).where(LetterRow.message_id == one.message_id)).first() is None:
                self._session.add(
                    PostedRow(
                        message_id=one.message_id,
                        fingerprint=one.fingerprint,
                        kind=one.kind,
                        case_id=one.case_id,
                        round_month=one.round_month,
                        at=one.at,
                    )
                )
                waited_for += 1
        self._session.flush()
        return waited_for

    def met(self, letter: Mapping[str, Any]) -> dict[str, Any]:
        """What else is true of a letter about to be owed that had left: its Message-ID and code are that one's, and it stands as sent."""
        if not self.is_waiting():
            return {}
        told = [letter[name] for name in ("kind", "to_address", "case_id", "round_month", "once")]
        mark = fingerprint(*told, self._content_key(letter["arrival_id"]))
        met = self._session.exec(select(PostedRow).where(PostedRow.fingerprint == mark).order_by(col(PostedRow.id))).first()
        if met is None:
            return {}
        self._session.delete(met)
        return {"message_id": met.message_id, "code": met.message_id.strip("<>").partition("@")[0], "state": "sent", "sent_at": met.at}

    def has_left(self, kind: str, to: str, case_id: str, arrival_id: int | None) -> bool:
        """Whether such an answer to this message had left, and has not been written once more yet."""
        if not self.is_waiting():
            return False
        mark = fingerprint(kind, to, case_id, None, None, self._content_key(arrival_id))
        return self._session.exec(select(PostedRow.id).where(PostedRow.fingerprint == mark)).first() is not None

    def is_waiting(self) -> bool:
        """Whether any letter that had left is not written once more yet."""
        if self._waits is None:
            self._waits = self._session.ask(_ANY).first() is not None
        return self._waits

    def unmet(self) -> list[Posting]:
        """Letters that had left and that nothing on record accounts for, the oldest first."""
        rows = self._session.exec(select(PostedRow).order_by(col(PostedRow.id))).all()
        return [Posting(row.message_id, row.fingerprint, row.kind, row.case_id, row.round_month, row.at) for row in rows]

    def account_for(self, month: str) -> int:
        """The letters of this round are waited for no more; gives how many they were."""
        rows = self._session.exec(select(PostedRow).where(PostedRow.round_month == month)).all()
        for row in rows:
            self._session.delete(row)
        return len(rows)

    def forget(self, *, but_of: Iterable[str] = ()) -> None:
        """Nothing more is waited for, but the letters of these rounds: whoever has had one gets no second."""
        self._waits = None
        of_round = col(PostedRow.round_month)
        self._session.execute(delete(PostedRow).where(or_(of_round.is_(None), of_round.not_in(list(but_of)))))

    def unsent(self) -> list[Unsent]:
        found = select(LetterRow, ArrivalRow.arrived_at)
        found = found.join(ArrivalRow, col(ArrivalRow.id) == LetterRow.arrival_id, isouter=True)
        rows = self._session.exec(found.where(col(LetterRow.state).in_(UNSENT)).order_by(col(LetterRow.id))).all()
        return [
            Unsent(row.id or 0, row.message_id, row.kind, row.to_address, row.case_id, row.created_at, arrived_at)
            for row, arrived_at in rows
        ]

    def keep_back(self, letter_ids: Iterable[int]) -> None:
        """Not to be sent by itself: whether it has left is unknown."""
        self._change(letter_ids, state="unknown", stage=STAGE_KEPT, last_error=_WHY_KEPT)

    def kept(self) -> list[Unsent]:
        kept = set(self._session.exec(select(LetterRow.id).where(LetterRow.stage == STAGE_KEPT)).all())
        return [letter for letter in self.unsent() if letter.id in kept] if kept else []

    def count_kept(self) -> int:
        return self._session.exec(select(func.count()).where(LetterRow.stage == STAGE_KEPT)).one()

    def send(self, letter_ids: Iterable[int], *, now: datetime) -> None:
        self._change(letter_ids, state="queued", stage="", last_error="", next_try_at=now)

    def drop(self, letter_ids: Iterable[int]) -> None:
        self._change(letter_ids, state="cancelled", stage="", last_error="dropped by hand")

    def _change(self, letter_ids: Iterable[int], **values: object) -> None:
        self._session.execute(update(LetterRow).where(col(LetterRow.id).in_(list(letter_ids))).values(**values))

    def _content_key(self, arrival_id: int | None) -> str:
        if arrival_id is None:
            return ""
        return self._session.exec(select(ArrivalRow.content_key).where(ArrivalRow.id == arrival_id)).first() or ""


_ANY = select(PostedRow.id).limit(1)


def fingerprint(*what: str | None) -> str:
    """The same for the same letter written once more. Numbers of rows may have become others and are left out."""
    told = json.dumps([_NUMBER_OF_ROW.sub("#", part) if part and ":" in part else part or "" for part in what])
    return hashlib.sha256(told.encode()).hexdigest()[:32]
