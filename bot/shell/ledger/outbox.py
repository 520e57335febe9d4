"""The outbox's page: every letter that is owed, with its state.

A letter is written here in the transaction that decided it. Sending moves it on: queued → sending → sent; `unknown` where the reply
to the final dot was lost; back to queued after a temporary refusal; failed after a permanent one. Its Message-ID never changes,
nor do its bytes once they may have left (see `unsent`).
The bytes lie sealed, under the keys of the cases that the letter is about. Who has which letter in hand is told in `leases`, what somebody
has been written in `correspondence`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, and_, func, text, update
from sqlmodel import col, select

from bot.shell.ledger import sending, wording
from bot.shell.ledger.codes import Codes
from bot.shell.ledger.correspondence import Correspondence
from bot.shell.ledger.leases import IN_ORDER, letter_place
from bot.shell.ledger.past import Past
from bot.shell.ledger.seal import Seal
from bot.shell.ledger.sending import in_turn
from bot.shell.ledger.session import BookSession
from bot.shell.ledger.wording import STAGE_KEPT, WAITS, in_places
from bot.shell.tables import IN_HAND, OWED, LetterRow, RawLetterRow


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A finished letter to be owed. `priority` 0 goes first; `about` are the cases that it tells of."""

    message_id: str
    code: str
    to: str
    kind: str
    priority: int
    content: bytes
    case_id: str | None = None
    member_id: int | None = None
    round_month: str | None = None
    question_id: int | None = None
    arrival_id: int | None = None
    changed_nothing: bool = False
    once: str | None = None
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Posted:
    """One row of the outbox listing."""

    id: int
    message_id: str
    to: str
    kind: str
    state: str
    attempts: int
    last_error: str
    created_at: datetime
    sent_at: datetime | None
    case_id: str | None
    arrival_id: int | None = None
    """The message that it answers or is about."""
    round_month: str | None = None


class Outbox:
    def __init__(self, session: BookSession, seal: Seal, past: Past, codes: Codes, correspondence: Correspondence) -> None:
        self._session, self._seal, self._past, self._codes, self._correspondence = session, seal, past, codes, correspondence

    def owe(self, letter: NewLetter, *, now: datetime) -> str | None:
        """Its code on record, now that it is owed; None where the same letter (`once`) is on record already."""
        return None if self.is_on_record(letter.once) else self._enter(letter, now)

    def owe_all(self, letters: Sequence[NewLetter], *, now: datetime) -> list[NewLetter]:
        """Those of a circulation that are owed now; not what is on record already. Each has its key."""
        known = set(self._session.exec(select(LetterRow.once).where(col(LetterRow.once).in_([letter.once for letter in letters]))).all())
        fresh = [letter for letter in letters if letter.once not in known]
        for letter in fresh:
            self._enter(letter, now)
        return fresh

    def _enter(self, letter: NewLetter, now: datetime) -> str:
        """The letter and, sealed, its bytes; one that could not be written has none. Gives its code on record."""
        values = _values(letter, now)
        values |= self._past.met(values)
        code = str(values["code"])
        self._codes.owed(code)
        self._correspondence.owed(code, to=letter.to)
        self._session.lay_by(wording.NEW, values)
        if letter.content:
            content = self._seal.close(letter.content, where=letter_place(code), about=letter.about)
            self._session.lay_by(wording.KEPT, {"of": code, "content": content})
        return code

    def standing_changed(self, claim_ids: Sequence[int]) -> None:
        """Members stand differently with a case now: what told them how they stood and has not left never does, with the file in it.

        The answer to several commands is held back, and written anew: where a place only begins anew it tells the new hour as well.
        """
        self._session.ask(wording.STANDING_CHANGED, claims=list(claim_ids))
        self._session.ask(wording.STANDING_CHANGED_IN_PART, claims=list(claim_ids))

    def called_off(self, case_id: str) -> int:
        """The case is over: its bulletins that have not left never do. Gives how many."""
        return self._session.ask(wording.CALLED_OFF, case=case_id).rowcount

    def concern(self, letter_id: int, case_ids: Iterable[str]) -> None:
        """The letter turns out to be about these cases: its bytes go when one of them is erased."""
        row = self._session.get(RawLetterRow, letter_id)
        if row is not None:
            place = letter_place(self._session.get_one(LetterRow, letter_id).code)
            row.content = self._seal.close(self._seal.open(row.content, where=place), where=place, about=case_ids) or row.content

    def is_on_record(self, once: str | None) -> bool:
        """Whether the letter with this key was owed before."""
        return once is not None and self._session.exec(select(LetterRow.id).where(LetterRow.once == once)).first() is not None

    def sent(self, letter_ids: Sequence[int], now: datetime) -> None:
        self._session.ask(sending.sent(len(letter_ids)), **in_places("letter", letter_ids), now=now)

    def deferred(self, letter_id: int, *, error: str, next_try_at: datetime | None, counts: bool = True) -> None:
        """To be tried again, without a moment as due as it has been; what was no fault of this letter does not count as a try of it."""
        attempts, again = LetterRow.attempts - (0 if counts else 1), next_try_at or LetterRow.next_try_at
        self._set(letter_id, state="queued", stage="", last_error=error, next_try_at=again, attempts=attempts)

    def in_doubt(self, letter_id: int, *, error: str, next_try_at: datetime, doubts: int) -> None:
        self._set(letter_id, state="unknown", stage="", last_error=error, next_try_at=next_try_at, doubts=doubts)

    def failed(self, letter_id: int, *, error: str, now: datetime) -> None:
        self._set(letter_id, state="failed", stage="", last_error=error, lost_at=now)

    def bounced(self, letter_id: int, *, error: str, now: datetime) -> None:
        self._set(letter_id, state="bounced", last_error=error, lost_at=now)

    def get(self, letter_id: int) -> Posted:
        return posted(self._session.exec(select(LetterRow).where(LetterRow.id == letter_id)).one())

    def by_code(self, code: str) -> Posted | None:
        return next(iter(self.by_codes([code])), None)

    def by_codes(self, codes: Iterable[str]) -> list[Posted]:
        """The letters with these codes, the oldest first."""
        return [Posted(*row[: len(wording.POSTED)]) for row in self._codes.letters(codes)]

    def about(self, arrival_id: int, kinds: Iterable[str]) -> list[Posted]:
        """The letters of these kinds about one message, the oldest first."""
        return self._some(and_(col(LetterRow.arrival_id) == arrival_id, col(LetterRow.kind).in_(list(kinds))))

    def _some(self, which: ColumnElement[bool]) -> list[Posted]:
        rows = select(LetterRow).where(which)
        return [posted(row) for row in self._session.exec(rows.order_by(col(LetterRow.id))).all()]

    def next_due(self, now: datetime) -> datetime | None:
        """When the next letter wants to be sent, of those that wait for no other."""
        owed = (text(OWED), col(LetterRow.stage).not_in(WAITS), in_turn(now - IN_ORDER))
        return self._session.exec(select(func.min(LetterRow.next_try_at)).where(*owed)).one()

    def count_by_state(self) -> dict[str, int]:
        return dict(self._session.exec(select(LetterRow.state, func.count()).group_by(LetterRow.state)).all())

    def count_written(self, since: datetime) -> dict[str, int]:
        """The letters written after this moment, by their state now."""
        counted = select(LetterRow.state, func.count()).where(LetterRow.created_at > since).group_by(LetterRow.state)
        return dict(self._session.exec(counted).all())

    def lost(self, since: datetime) -> list[Posted]:
        """The letters that failed or came back after this moment."""
        return self._some(col(LetterRow.lost_at) > since)

    def late(self, before: datetime) -> list[Posted]:
        """What has been owed since then and has not been told to staff as late; the oldest first."""
        untold = (LetterRow.created_at <= before, col(LetterRow.is_told_late).is_(False), LetterRow.stage != STAGE_KEPT)
        found = (select(LetterRow).where(text(unsent), *untold) for unsent in (OWED, IN_HAND))
        return sorted((posted(row) for rows in found for row in self._session.exec(rows).all()), key=lambda letter: letter.id)

    def told_late(self, letter_ids: Iterable[int]) -> None:
        self._session.execute(update(LetterRow).where(col(LetterRow.id).in_(list(letter_ids))).values(is_told_late=True))

    def all(self) -> list[Posted]:
        """In the order in which they came to be owed."""
        rows = self._session.exec(select(LetterRow).order_by(col(LetterRow.id))).all()
        return [posted(row) for row in rows]

    def _set(self, letter_id: int, **values: object) -> None:
        self._codes.changed(letter_id)
        self._session.execute(update(LetterRow).where(col(LetterRow.id) == letter_id).values(**values))


_UNTOUCHED = {name: field.default for name, field in LetterRow.model_fields.items() if not field.is_required() and name != "id"}
_TOLD = tuple(name for name in NewLetter.__slots__ if name not in ("to", "about", "content"))
_told = attrgetter(*_TOLD)


def _values(letter: NewLetter, now: datetime) -> dict[str, Any]:
    """The row of a letter that nobody has tried to send."""
    told = dict(zip(_TOLD, _told(letter), strict=True))
    return {**_UNTOUCHED, **told, "to_address": letter.to, "state": "queued", "created_at": now, "next_try_at": now}


def posted(row: LetterRow) -> Posted:
    return Posted(
        row.id or 0,
        row.message_id,
        row.to_address,
        row.kind,
        row.state,
        row.attempts,
        row.last_error,
        row.created_at,
        row.sent_at,
        row.case_id,
        row.arrival_id,
        row.round_month,
    )
