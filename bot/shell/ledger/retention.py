"""The page of what may be forgotten: which rows hold words of people longer than they are needed, and how these words go.

Given a moment for each class of data; gives numbers of rows, and empties them. Rows stay, with ids, states and times: who came when and what
was decided can be told for ever. Never touches what is still needed to decide: mail that waits, mail of an open question, claims on an open case.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, delete, or_, update
from sqlmodel import col, select

from bot.core.model import Disposition, Lifecycle
from bot.shell.ledger.marks import note_place
from bot.shell.ledger.seal import Seal
from bot.shell.ledger.session import BookSession
from bot.shell.tables import (
    AnswerLineRow,
    ArrivalRow,
    CaseRow,
    ClaimRow,
    LetterRow,
    MarkRow,
    ProposalRow,
    QuestionRow,
    RawLetterRow,
    RawMailRow,
    WordsRow,
)

_OVER = (Lifecycle.CLOSED.value, Lifecycle.WITHDRAWN.value, Lifecycle.EXPIRED.value, Lifecycle.DRAFT.value)
"""A draft that nobody opens holds as much of a client as a case does."""
_ON_ITS_WAY = ("queued", "sending", "unknown")
_EMPTIED = "title summary details conflict_names contact place time_frame interpreter gender region".split()
"""What is said of a client in a case's row. Kind, languages and days stay for the figures."""


@dataclass(frozen=True, slots=True)
class OldMail:
    """A message by what tells it from others wherever it lies in the mailbox; mostly one whose copy here is gone."""

    id: int
    folder: str
    uidvalidity: int
    uid: int
    is_filed: bool
    arrived_at: datetime
    size: int
    message_id: str

    def is_same(self, arrived_at: datetime | None, size: int | None, head: bytes) -> bool:
        """Whether what lies in a folder is this message, by what outlasts a move."""
        if (arrived_at, size) != (self.arrived_at, self.size):
            return False
        return self.message_id.encode() in head if self.message_id else b"message-id" not in head.lower()


class Retention:
    def __init__(self, session: BookSession, seal: Seal) -> None:
        self._session, self._seal = session, seal

    def mail(self, before: datetime, *, set_aside: bool, asked_since: datetime) -> list[int]:
        """Messages that are kept whole and were entered before; those left to a person, or the others.

        `asked_since` bounds for how long a question that nobody answers keeps the mail it is about.
        """
        found = select(ArrivalRow.id).join(RawMailRow, col(RawMailRow.arrival_id) == ArrivalRow.id)
        found = found.where(ArrivalRow.entered_at < before, ArrivalRow.disposition != Disposition.PENDING.value)
        is_left = col(ArrivalRow.disposition) == Disposition.FOR_STAFF.value
        found = found.where(is_left if set_aside else ~is_left).where(col(ArrivalRow.id).not_in(self._claims_on_open_cases()))
        needed = self._asked_about(asked_since) | (set() if set_aside else self._unanswered())
        return [
            number for number in self._session.exec(found.order_by(col(ArrivalRow.id))).all() if number is not None and number not in needed
        ]

    def letters(self, before: datetime, *, kinds: Iterable[str], but: bool = False) -> list[int]:
        """Letters that are over and whose bytes are kept: of these kinds, or of all others."""
        is_kind = col(LetterRow.kind).in_(list(kinds))
        found = select(LetterRow.id).join(RawLetterRow, col(RawLetterRow.letter_id) == LetterRow.id)
        found = found.where(LetterRow.created_at < before, col(LetterRow.state).not_in(_ON_ITS_WAY), ~is_kind if but else is_kind)
        return [number for number in self._session.exec(found.order_by(col(LetterRow.id))).all() if number is not None]

    def cases(self, before: datetime) -> list[str]:
        """Cases that are over, hold words still, and about which nothing has happened since."""
        rows = self._session.exec(select(CaseRow).where(col(CaseRow.lifecycle).in_(_OVER), self._says_something())).all()
        lately = [self._last_events(before, [row.id for row in rows[at : at + 500]]) for at in range(0, len(rows), 500)]
        busy = set().union(*lately)
        return [row.id for row in rows if row.id not in busy and all(moment < before for moment in _moments(row))]

    def drop_mail(self, arrival_ids: Iterable[int]) -> None:
        """The bytes, the Subject and what the answer quoted; that it came, when and from whom stays."""
        numbers = list(arrival_ids)
        self._session.execute(delete(RawMailRow).where(col(RawMailRow.arrival_id).in_(numbers)))
        self._session.execute(update(ArrivalRow).where(col(ArrivalRow.id).in_(numbers)).values(subject=""))
        over = col(AnswerLineRow.outcome) != ""
        self._session.execute(update(AnswerLineRow).where(col(AnswerLineRow.arrival_id).in_(numbers), over).values(facts={}))

    def drop_letters(self, letter_ids: Iterable[int]) -> None:
        self._session.execute(delete(RawLetterRow).where(col(RawLetterRow.letter_id).in_(list(letter_ids))))

    def forget_case(self, case_id: str, *, now: datetime) -> None:
        """Every word about it, and its key: backups lose it too. Should it be opened again, staff are shown first how little is left."""
        marks = self._session.exec(select(MarkRow).where(col(MarkRow.name).startswith(f"case {case_id} ", autoescape=True))).all()
        history = [self._seal.open_text(mark.note, where=note_place(mark.name)) for mark in marks]
        self._seal.destroy(case_id)
        empty = {**dict.fromkeys(_EMPTIED, ""), "key_id": "", "approved_at": None, "erased_at": now}
        self._session.execute(update(CaseRow).where(col(CaseRow.id) == case_id).values(empty))
        self._session.cases_at_hand.pop(case_id, None)
        over = select(LetterRow.id).where(LetterRow.case_id == case_id, col(LetterRow.state).not_in(_ON_ITS_WAY))
        self._session.execute(delete(RawLetterRow).where(col(RawLetterRow.letter_id).in_(over)))
        self._session.execute(update(AnswerLineRow).where(col(AnswerLineRow.case_id) == case_id).values(facts={}, command=""))
        asked = select(QuestionRow.id).where(QuestionRow.case_id == case_id)
        self._session.execute(delete(ProposalRow).where(col(ProposalRow.question_id).in_(asked)))
        for mark, note in zip(marks, history, strict=True):
            mark.note = self._seal.close_text(note.partition(" because ")[0], where=note_place(mark.name))
            self._session.add(mark)
        self._session.flush()

    def holds(self, since: datetime, until: datetime) -> bool:
        """Whether mail or letters of this time are kept still."""
        mail = select(RawMailRow.arrival_id).join(ArrivalRow, col(ArrivalRow.id) == RawMailRow.arrival_id)
        mail = mail.where(ArrivalRow.entered_at >= since, ArrivalRow.entered_at < until)
        letters = select(RawLetterRow.letter_id).join(LetterRow, col(LetterRow.id) == RawLetterRow.letter_id)
        letters = letters.where(LetterRow.created_at >= since, LetterRow.created_at < until)
        return any(self._session.exec(found.limit(1)).first() is not None for found in (mail, letters))

    def in_mailbox(self, before: datetime) -> list[OldMail]:
        """Messages that are kept no more and have not been taken out of the mailbox yet."""
        kept = select(RawMailRow.arrival_id)
        found = select(ArrivalRow).where(ArrivalRow.entered_at < before, col(ArrivalRow.is_expunged).is_(False), ArrivalRow.uid > 0)
        rows = self._session.exec(found.where(col(ArrivalRow.id).not_in(kept)).order_by(col(ArrivalRow.id))).all()
        return [old_mail(row) for row in rows]

    def arrived_since(self, moment: datetime) -> list[OldMail]:
        """Every message on record that arrived since then."""
        rows = self._session.exec(select(ArrivalRow).where(ArrivalRow.arrived_at >= moment).order_by(col(ArrivalRow.id))).all()
        return [old_mail(row) for row in rows]

    def expunged(self, arrival_ids: Iterable[int]) -> None:
        change = update(ArrivalRow).where(col(ArrivalRow.id).in_(list(arrival_ids)))
        self._session.execute(change.values(is_expunged=True))

    def _claims_on_open_cases(self) -> Any:
        """Who was first may have to be decided again: a place comes free."""
        is_open = select(CaseRow.id).where(CaseRow.lifecycle == Lifecycle.OPEN.value)
        return select(ClaimRow.arrival_id).where(col(ClaimRow.case_id).in_(is_open))

    def _asked_about(self, since: datetime) -> set[int]:
        asked = self._session.exec(select(QuestionRow.arrival_ids).where(QuestionRow.answer == "", QuestionRow.asked_at >= since)).all()
        return {number for numbers in asked for number in numbers}

    def _unanswered(self) -> set[int]:
        """A member's words that staff have not answered."""
        answered = select(WordsRow.answers_id).where(col(WordsRow.answers_id).is_not(None), col(WordsRow.sent_at).is_not(None))
        return set(
            self._session.exec(select(WordsRow.arrival_id).where(WordsRow.staff == "", col(WordsRow.arrival_id).not_in(answered))).all()
        )

    def _says_something(self) -> ColumnElement[bool]:
        return or_(*(cast(ColumnElement[bool], getattr(CaseRow, name) != "") for name in _EMPTIED))

    def _last_events(self, since: datetime, case_ids: list[str]) -> set[str]:
        """Those of the cases with a letter, a claim or a word of staff since then."""
        lately: set[str] = set()
        of_letters = select(LetterRow.case_id).where(col(LetterRow.case_id).in_(case_ids), LetterRow.created_at >= since)
        lately |= {case_id for case_id in self._session.exec(of_letters.distinct()).all() if case_id}
        of_claims = select(ClaimRow.case_id).where(col(ClaimRow.case_id).in_(case_ids))
        lately |= set(self._session.exec(of_claims.where(or_(col(ClaimRow.entered_at) >= since, col(ClaimRow.decided_at) >= since))).all())
        names = self._session.exec(select(MarkRow.name).where(MarkRow.at >= since, col(MarkRow.name).startswith("case "))).all()
        return lately | {name.split(" ")[1] for name in names}


def old_mail(row: ArrivalRow) -> OldMail:
    return OldMail(row.id or 0, row.folder, row.uidvalidity, row.uid, row.is_filed, row.arrived_at, row.size, row.message_id)


def _moments(row: CaseRow) -> list[datetime]:
    return [moment for moment in (row.created_at, row.approved_at, row.deadline_at, row.closes_at) if moment is not None]
