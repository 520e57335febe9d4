"""The page of words: what members and staff write to each other through the desk, a row a mail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from bot.core.model import NOTHING_ASKED, Disposition, NoteWords
from bot.shell.tables import ArrivalCaseRow, ArrivalRow, ClaimRow, MemberRow, QuestionRow, WordsRow

_Answer = aliased(WordsRow)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One mail: of the member where `by` is "", else of that staff member in answer to `answers`."""

    arrival_id: int
    member_id: int
    by: str
    answers: int | None


class Words:
    def __init__(self, session: Session) -> None:
        self._session = session

    def note(self, words: NoteWords, *, now: datetime) -> None:
        """Enter a mail, or that words of staff which waited have gone."""
        sent_at = now if words.is_sent else None
        row = WordsRow(arrival_id=words.arrival_id, member_id=words.member_id, staff=words.by, answers_id=words.answers, sent_at=sent_at)
        self._session.merge(row)
        self._session.flush()

    def some(self, arrival_ids: Iterable[int]) -> dict[int, Spoken]:
        """Those of these messages that are part of a conversation."""
        wanted = list(arrival_ids)
        rows = self._session.exec(select(WordsRow).where(col(WordsRow.arrival_id).in_(wanted))).all() if wanted else []
        return {row.arrival_id: _spoken(row) for row in rows}

    def answered_by(self, arrival_id: int) -> str:
        """Who of staff was the first to answer a member's mail; "" where nobody has."""
        sent = select(WordsRow.staff).where(WordsRow.answers_id == arrival_id, col(WordsRow.sent_at).is_not(None))
        return self._session.exec(sent.order_by(col(WordsRow.sent_at), col(WordsRow.arrival_id))).first() or ""

    def unanswered(self) -> int:
        """How many members have written last, so that staff owe them an answer; thanks alone want none."""
        return len(self.waiting())

    def waiting(self, *, unread_above: int | None = None) -> list[Spoken]:
        """The last mail of each member to whom staff owe an answer, in order of arrival; not where something later has settled it.

        Those are left out whose mail came after the one with the number `unread_above`, and was left to a person whole: it is named by itself.
        """
        last = select(func.max(WordsRow.arrival_id)).join(ArrivalRow, col(ArrivalRow.id) == WordsRow.arrival_id)
        last = last.where(col(WordsRow.sent_at).is_not(None), ArrivalRow.disposition != Disposition.IGNORED.value)
        last = last.group_by(col(WordsRow.member_id))
        waiting = select(WordsRow).join(ArrivalRow, col(ArrivalRow.id) == WordsRow.arrival_id).order_by(col(WordsRow.arrival_id))
        waiting = waiting.where(col(WordsRow.arrival_id).in_(last), WordsRow.staff == "", not_(_settled()))
        if unread_above is not None:
            named = select(ArrivalRow.id).where(col(ArrivalRow.id) > unread_above, ArrivalRow.disposition == Disposition.FOR_STAFF.value)
            waiting = waiting.where(col(WordsRow.arrival_id).not_in(named))
        return [_spoken(row) for row in self._session.exec(waiting).all()]

    def seen_to(self, above: int) -> set[int]:
        """Members' mails after the one with this number that staff have answered, or that something later has settled."""
        answered = exists().where(col(_Answer.answers_id) == col(WordsRow.arrival_id), col(_Answer.sent_at).is_not(None))
        rows = select(WordsRow.arrival_id).join(ArrivalRow, col(ArrivalRow.id) == WordsRow.arrival_id)
        return set(self._session.exec(rows.where(WordsRow.arrival_id > above, WordsRow.staff == "", or_(answered, _settled()))).all())

    def count_apart(self, since: datetime, *, up_to: int) -> int:
        """How many messages from `since` on, up to the one with this number, were left to a person and are no part of a conversation."""
        spoken = select(WordsRow.arrival_id)
        apart = (ArrivalRow.disposition == Disposition.FOR_STAFF.value, col(ArrivalRow.id) <= up_to, col(ArrivalRow.id).not_in(spoken))
        return self._session.exec(select(func.count()).where(ArrivalRow.arrived_at >= since, *apart)).one()


def _settled() -> ColumnElement[bool]:
    """Whether what a member wrote is settled since: staff gave or took back the place it is about; or, where nothing was asked, the
    question that ran when it came has had its answer, or a claim on its case was made or ended."""
    is_about = and_(col(ArrivalCaseRow.arrival_id) == col(WordsRow.arrival_id), col(ArrivalCaseRow.case_id) == col(ClaimRow.case_id))
    since = or_(col(ClaimRow.decided_at) > col(ArrivalRow.arrived_at), col(ClaimRow.entered_at) > col(ArrivalRow.arrived_at))
    claim = exists().where(col(ClaimRow.member_id) == col(WordsRow.member_id), since, exists().where(is_about))
    by_staff = or_(col(ClaimRow.reason).startswith("assigned by "), col(ClaimRow.reason).startswith("released by "))
    answered = exists().where(
        col(MemberRow.id) == col(WordsRow.member_id),
        col(QuestionRow.to_address) == col(MemberRow.email),
        col(QuestionRow.answer).in_(("yes", "no")),
        col(QuestionRow.asked_at) <= col(ArrivalRow.arrived_at),
        col(QuestionRow.answered_at) > col(ArrivalRow.arrived_at),
    )
    asked_nothing = col(ArrivalRow.reason).endswith(NOTHING_ASKED)
    return or_(claim.where(by_staff), and_(asked_nothing, or_(claim, answered)))


def _spoken(row: WordsRow) -> Spoken:
    return Spoken(row.arrival_id, row.member_id, row.staff, row.answers_id)
