"""The questions' page: what the bot asked, whom, and who answered what. A change of a case that waits for its YES lies sealed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, delete, func, text
from sqlalchemy import select as select_columns
from sqlmodel import SQLModel, col, select

from bot.core.model import Asked, Question
from bot.shell.ledger.codes import Codes
from bot.shell.ledger.dialect import in_pieces
from bot.shell.ledger.offers import Offers
from bot.shell.ledger.seal import Seal
from bot.shell.ledger.session import BookSession
from bot.shell.tables import UNANSWERED, ApprovalRow, LetterRow, ProposalRow, QuestionCaseRow, QuestionRow

_ABOUT_THE_CASE_ALONE = frozenset({Question.OPEN_CASE, Question.SEND_BULLETIN})
"""Asked twice of one case, these are one question; two changes that wait, or two lawyers who may have meant a claim, are not."""


class Questions:
    def __init__(self, session: BookSession, seal: Seal, codes: Codes, offers: Offers) -> None:
        self._session, self._seal, self._codes, self._offers = session, seal, codes, offers
        self._open: dict[str, list[Row[Any]]] = {}
        """By address, the questions without an answer that were read in this transaction."""

    def ask(self, asked: Asked, *, now: datetime) -> int:
        row = QuestionRow(
            question=asked.question.value,
            to_address=asked.to,
            case_id=asked.case_id,
            content_key=asked.content_key,
            arrival_ids=list(asked.arrival_ids),
            asked_at=now,
            expires_at=asked.expires_at,
            bulletins=self._offers.bulletins(asked.case_id) if asked.case_id else 0,
        )
        self._open.pop(asked.to, None)
        self._session.add(row)
        self._session.flush()
        assert row.id is not None
        self._session.add_all(
            QuestionCaseRow(question_id=row.id, case_id=case_id, position=position) for position, case_id in enumerate(asked.case_ids)
        )
        if asked.proposed:
            texts = self._seal.close_facts(dict(asked.proposed), where=texts_place(row.id), about=[asked.case_id or ""])
            self._session.add(ProposalRow(question_id=row.id, texts=texts))
        self._session.flush()
        return row.id

    def get(self, question_id: int) -> Asked:
        return self._read(self._session.get_one(QuestionRow, question_id))

    def by_codes(self, codes: tuple[str, ...]) -> Asked | None:
        """The question that a letter of ours with one of these codes asked; the nearest letter counts."""
        asking = {letter.code: letter.question_id for letter in self._codes.letters(codes) if letter.question_id is not None}
        nearest = next((code for code in codes if code in asking), None)
        return self._read(self._session.get_one(QuestionRow, asking[nearest])) if nearest else None

    def open_to(self, address: str, question: Question, now: datetime) -> list[Asked]:
        """Questions of one kind to one address that are neither answered nor too old."""
        self.foresee([address])
        return self._read_all([row for row in self._open[address] if row.question == question.value and _runs(row, now)])

    def foresee(self, addresses: Iterable[str]) -> None:
        """Read at once which questions these addresses have not answered; each is asked about soon."""
        new = set(addresses).difference(self._open)
        if new:
            self._open |= {address: [] for address in new}
            for row in self._session.ask(_OPEN_TO, addresses=list(new)):
                self._open[row.to_address].append(row)

    def open(self, now: datetime) -> list[Asked]:
        """Every question that is neither answered nor too old."""
        rows = select(QuestionRow).where(text(UNANSWERED)).order_by(col(QuestionRow.id))
        return self._read_all([row for row in self._session.exec(rows).all() if _runs(row, now)])

    def asked_of(self, address: str, now: datetime) -> list[tuple[Asked, str]]:
        """Every question that waits in a letter to this address, with the Message-ID of that letter; the newest letter first."""
        letters = (
            select(QuestionRow, LetterRow.message_id)
            .join(LetterRow, col(LetterRow.question_id) == QuestionRow.id)
            .where(LetterRow.to_address == address, QuestionRow.answer == "")
            .order_by(col(LetterRow.id).desc())
        )
        found = [(row, message_id) for row, message_id in self._session.exec(letters).all() if _runs(row, now)]
        return list(zip(self._read_all([row for row, _ in found]), [message_id for _, message_id in found], strict=True))

    def last_answered(self, case_id: str, question: Question) -> datetime | None:
        """When a question of this kind about the case was answered most recently."""
        rows = select(func.max(QuestionRow.answered_at)).where(
            QuestionRow.case_id == case_id, QuestionRow.question == question.value, QuestionRow.answer != ""
        )
        return self._session.exec(rows).one()

    def last_asked(self, to: str, case_id: str, question: Question) -> datetime | None:
        """When this person was asked this about the case most recently."""
        rows = select(func.max(QuestionRow.asked_at)).where(
            QuestionRow.to_address == to, QuestionRow.case_id == case_id, QuestionRow.question == question.value
        )
        return self._session.exec(rows).one()

    def unanswered(self, question: Question, asked_until: datetime) -> list[tuple[Asked, datetime]]:
        """Questions of one kind asked up to this moment that nobody has answered, each with when it was asked."""
        rows = select(QuestionRow).where(QuestionRow.question == question.value, text(UNANSWERED), col(QuestionRow.asked_at) <= asked_until)
        found = self._session.exec(rows.order_by(col(QuestionRow.id))).all()
        return list(zip(self._read_all(found), [row.asked_at for row in found], strict=True))

    def approve(self, question_id: int, staff: str, now: datetime) -> int:
        """One more person is for it; gives how many are now."""
        self._session.merge(ApprovalRow(question_id=question_id, staff=staff, at=now))
        self._session.flush()
        return len(self._by_question(_APPROVALS, [question_id])[question_id])

    def prolong(self, to: str, case_id: str, question: Question, *, until: datetime) -> Asked | None:
        """The newest question of this kind about the case that waits for their answer waits until a new hour; None where none does."""
        rows = select(QuestionRow).where(QuestionRow.to_address == to, QuestionRow.case_id == case_id, text(UNANSWERED))
        row = self._session.exec(rows.where(QuestionRow.question == question.value).order_by(col(QuestionRow.id).desc())).first()
        if row is None:
            return None
        row.expires_at = until
        self._open.pop(to, None)
        self._session.add(row)
        self._session.flush()
        return self._read(row)

    def close(self, question_id: int, *, answer: str, by: str, now: datetime) -> None:
        row = self._session.get_one(QuestionRow, question_id)
        row.answer, row.answered_by, row.answered_at = answer, by, now
        self._open.pop(row.to_address, None)
        self._session.add(row)
        self._session.execute(delete(ProposalRow).where(col(ProposalRow.question_id) == question_id))

    def close_twins(self, question_id: int, *, answer: str, by: str, now: datetime) -> None:
        """The same question about the same case, asked in other letters, is over with it; whoever answers one of them hears by whom."""
        answered = self._session.get_one(QuestionRow, question_id)
        if answered.case_id is None or Question(answered.question) not in _ABOUT_THE_CASE_ALONE:
            return
        self.close_all(answered.case_id, Question(answered.question), answer=answer, by=by, now=now)

    def close_all(self, case_id: str, question: Question, *, answer: str, by: str, now: datetime) -> None:
        """Whoever still has a question of this kind about the case before them hears by whom it was settled, and when."""
        rows = select(QuestionRow.id).where(
            QuestionRow.case_id == case_id, QuestionRow.question == question.value, QuestionRow.answer == ""
        )
        for question_id in self._session.exec(rows).all():
            self.close(question_id or 0, answer=answer, by=by, now=now)

    def _read(self, row: QuestionRow) -> Asked:
        (asked,) = self._read_all([row])
        return asked

    def _read_all(self, rows: Sequence[QuestionRow | Row[Any]]) -> list[Asked]:
        """With the cases, changes and approvals of all of them asked for at once."""
        if not rows:
            return []
        ids = [row.id or 0 for row in rows]
        case_ids, approvals, proposals = (self._by_question(which, ids) for which in (_CASE_IDS, _APPROVALS, _PROPOSALS))
        return [
            Asked(
                id=question_id,
                question=Question(row.question),
                to=row.to_address,
                arrival_ids=tuple(row.arrival_ids),
                case_id=row.case_id,
                case_ids=tuple(case_ids[question_id]),
                content_key=row.content_key,
                proposed=self._proposed(question_id, proposals[question_id]),
                asked_at=row.asked_at,
                expires_at=row.expires_at,
                answer=row.answer,
                answered_by=row.answered_by,
                answered_at=row.answered_at,
                bulletins=row.bulletins,
                approvals=tuple(approvals[question_id]),
            )
            for question_id, row in zip(ids, rows, strict=True)
        ]

    def _by_question(self, which: Any, ids: Iterable[int]) -> dict[int, list[Any]]:
        """The values that a statement finds for each of these questions."""
        found: dict[int, list[Any]] = {question_id: [] for question_id in ids}
        for some in in_pieces(found):
            for question_id, value in self._session.execute(which, {"ids": some}):
                found[question_id].append(value)
        return found

    def _proposed(self, question_id: int, texts: Sequence[Any]) -> dict[str, str]:
        return self._seal.open_facts(texts[0], where=texts_place(question_id)) if texts else {}


def _runs(row: QuestionRow | Row[Any], now: datetime) -> bool:
    """Whether it is not too old."""
    return not row.expires_at or row.expires_at > now


def texts_place(question_id: int) -> str:
    return f"proposal.texts {question_id}"


_THESE: BindParameter[Any] = bindparam("ids", expanding=True)
_CASE_IDS = select(QuestionCaseRow.question_id, QuestionCaseRow.case_id).order_by(col(QuestionCaseRow.position))
_CASE_IDS = _CASE_IDS.where(col(QuestionCaseRow.question_id).in_(_THESE))
_TABLE = SQLModel.metadata.tables["question"]
_OPEN_TO = select_columns(_TABLE).where(_TABLE.c.to_address.in_(bindparam("addresses", expanding=True)), text(UNANSWERED))
_OPEN_TO = _OPEN_TO.order_by(_TABLE.c.id)
_APPROVALS = select(ApprovalRow.question_id, ApprovalRow.staff).where(col(ApprovalRow.question_id).in_(_THESE))
_PROPOSALS = select(ProposalRow.question_id, ProposalRow.texts).where(col(ProposalRow.question_id).in_(_THESE))
