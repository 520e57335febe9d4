"""The page of erasures: one case's words go for good, from the database and, with their key, from every backup of it.

The key is destroyed first, in the key store: from then on nothing that it closed opens anywhere, and whatever a stop leaves half can be
done again. Who claimed, when it arrived and what was decided stays; it tells nothing about the client.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, delete, not_, or_, update
from sqlmodel import col, select

from bot.shell.ledger import wording
from bot.shell.ledger.case_rows import SEALED
from bot.shell.ledger.keys import Keys
from bot.shell.ledger.retention import OldMail, old_mail
from bot.shell.ledger.session import BookSession
from bot.shell.ledger.wording import STAGE_LEASED
from bot.shell.tables import (
    AnswerLineRow,
    ArrivalCaseRow,
    ArrivalRow,
    CaseRow,
    LetterRow,
    MarkRow,
    OfferRow,
    ProposalRow,
    QuestionRow,
    RawLetterRow,
    RawMailRow,
)

_DUE, _SENT_DUE = "expunge", "unsend"
COPIES_DUE = (_DUE, _SENT_DUE)
"""The words with which a mark begins that says what is still to be taken out of the mailbox."""
_IS_UNSENT = or_(
    col(LetterRow.state).in_(("queued", "unknown")), and_(col(LetterRow.state) == "sending", col(LetterRow.stage) == STAGE_LEASED)
)
"""Whoever has it in hand and has not begun finds the lease gone."""


@dataclass(frozen=True, slots=True)
class Erased:
    """How many mails were about the case; who will not get a letter that had not left, and who gets what it tells of other cases."""

    mails: int
    cancelled: tuple[str, ...]
    shortened: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SentOf:
    """The letters about a case, by their Message-IDs, and when the first of them was written."""

    case_id: str
    message_ids: frozenset[str]
    since: datetime | None


class Erasures:
    def __init__(self, session: BookSession, keys: Keys) -> None:
        self._session, self._keys = session, keys

    def erase(self, case_id: str, *, at: datetime) -> Erased:
        """The case must not be erased yet; its copies in the mailbox are due from now on."""
        row = self._session.get_one(CaseRow, case_id)
        if row.key_id:
            self._keys.destroy([row.key_id])
        for name in (*SEALED, "gender", "region"):
            setattr(row, name, "")
        row.key_id, row.log_salt, row.erased_at = "", None, at
        arrivals = self._session.exec(select(ArrivalCaseRow.arrival_id).where(ArrivalCaseRow.case_id == case_id)).all()
        self._erase_mail(case_id, arrivals)
        for name in (*(f"{_DUE} {arrival_id}" for arrival_id in arrivals), f"{_SENT_DUE} {case_id}"):
            # It is there where another case of the mail was erased, and the mailbox not met since.
            self._session.merge(MarkRow(name=name, at=at))
        self._session.execute(delete(MarkRow).where(col(MarkRow.name).startswith(f"case {case_id} ", autoescape=True)))
        asked = select(QuestionRow.id).where(QuestionRow.case_id == case_id)
        self._session.execute(delete(ProposalRow).where(col(ProposalRow.question_id).in_(asked)))
        waiting = update(QuestionRow).where(col(QuestionRow.case_id) == case_id, col(QuestionRow.answer) == "")
        self._session.execute(waiting.values(answer="erased", answered_at=at))
        shortened = self._hold_back(case_id)
        cancelled = self._erase_letters(case_id, arrivals, but=shortened)
        self._session.flush()
        return Erased(len(arrivals), cancelled, _readers(shortened.values()))

    def half(self) -> list[str]:
        """Cases whose key is destroyed while their row is still there: a stop came between, or an older backup was put back."""
        rows = self._session.exec(select(CaseRow.id, CaseRow.key_id).where(CaseRow.key_id != "")).all()
        return [case_id for case_id, key_id in rows if self._keys.is_destroyed(key_id)]

    def due_copies(self) -> list[OldMail]:
        """Messages whose copies are still to be looked for in the mailbox."""
        names = self._session.exec(select(MarkRow.name).where(col(MarkRow.name).startswith(f"{_DUE} "))).all()
        ids = [int(name.removeprefix(f"{_DUE} ")) for name in names]
        rows = self._session.exec(select(ArrivalRow).where(col(ArrivalRow.id).in_(ids)).order_by(col(ArrivalRow.id))).all() if ids else []
        return list(map(old_mail, rows))

    def due_sent(self) -> list[SentOf]:
        """Cases whose letters may still lie where the provider keeps what was sent."""
        names = self._session.exec(select(MarkRow.name).where(col(MarkRow.name).startswith(f"{_SENT_DUE} "))).all()
        return [self._sent_of(name.removeprefix(f"{_SENT_DUE} ")) for name in sorted(names)]

    def _sent_of(self, case_id: str) -> SentOf:
        arrivals = select(ArrivalCaseRow.arrival_id).where(ArrivalCaseRow.case_id == case_id)
        about = or_(col(LetterRow.case_id) == case_id, col(LetterRow.arrival_id).in_(arrivals))
        rows = self._session.exec(select(LetterRow.message_id, LetterRow.created_at).where(about)).all()
        return SentOf(case_id, frozenset(message_id for message_id, _ in rows), min((at for _, at in rows), default=None))

    def sent_expunged(self, case_id: str) -> None:
        """No copy is left there, or there is no such place."""
        self._session.execute(delete(MarkRow).where(col(MarkRow.name) == f"{_SENT_DUE} {case_id}"))

    def expunged(self, arrival_id: int) -> None:
        """No copy is left."""
        self._session.execute(update(ArrivalRow).where(col(ArrivalRow.id) == arrival_id).values(is_expunged=True))
        self._session.execute(delete(MarkRow).where(col(MarkRow.name) == f"{_DUE} {arrival_id}"))

    def _erase_mail(self, case_id: str, arrivals: Sequence[int]) -> None:
        """A line about another case of the same mail still waits for its answer, and stays."""
        self._session.execute(delete(RawMailRow).where(col(RawMailRow.arrival_id).in_(arrivals)))
        self._session.execute(update(ArrivalRow).where(col(ArrivalRow.id).in_(arrivals)).values(subject=""))
        lines = or_(col(AnswerLineRow.case_id) == case_id, col(AnswerLineRow.case_id).is_(None))
        about = update(AnswerLineRow).where(col(AnswerLineRow.arrival_id).in_(arrivals), lines)
        self._session.execute(about.values(command="", facts={}))

    def _hold_back(self, case_id: str) -> dict[int, str]:
        """The answers that tell of other cases, too, and are written anew for those; each with its reader. Their words go at once."""
        held = {row.id: row.to_address for row in self._session.ask(wording.ERASED_IN_PART, case=case_id)}
        self._session.execute(update(RawLetterRow).where(col(RawLetterRow.letter_id).in_(held)).values(content=b""))
        return held

    def _erase_letters(self, case_id: str, arrivals: Sequence[int], *, but: Collection[int]) -> tuple[str, ...]:
        """Those about the case or a mail about it, but no letter about another case alone; and the circulations that had it, once they have left."""
        is_of_another = and_(col(LetterRow.case_id) != case_id, col(LetterRow.kind).in_(wording.TELL_HOW_ONE_STANDS))
        of_its_mail = and_(col(LetterRow.arrival_id).in_(arrivals), or_(col(LetterRow.case_id).is_(None), not_(is_of_another)))
        about = and_(or_(col(LetterRow.case_id) == case_id, of_its_mail), col(LetterRow.id).not_in(but))
        cancelled = _readers(self._session.exec(select(LetterRow.to_address).where(about, _IS_UNSENT)).all())
        self._session.execute(
            update(LetterRow).where(about, _IS_UNSENT).values(state="cancelled", stage="", last_error="called off: the case was erased")
        )
        rounds = col(LetterRow.round_month).in_(select(OfferRow.occasion).where(OfferRow.case_id == case_id))
        has_left = col(LetterRow.state).not_in(("queued", "unknown", "sending"))
        gone = select(LetterRow.id).where(or_(about, rounds & has_left))
        self._session.execute(delete(RawLetterRow).where(col(RawLetterRow.letter_id).in_(gone)))
        return cancelled


def _readers(addresses: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(addresses)))
