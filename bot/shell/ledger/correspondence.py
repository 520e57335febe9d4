"""What somebody has been written: the letters of the outbox that bear on how the next mail to or from them is answered.

Only reads. What it foresees is known for the transaction; the outbox tells it of each letter that comes to be owed meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, func, or_
from sqlmodel import col, select

from bot.core.model import Claim, HoldLetter
from bot.shell.ledger import wording
from bot.shell.ledger.leases import letter_place
from bot.shell.ledger.past import LOST, UNSENT
from bot.shell.ledger.seal import Seal
from bot.shell.ledger.session import BookSession
from bot.shell.tables import AnswerLineRow, ArrivalRow, LetterRow

_PROVEN = ("domain", "letter", "both")
_LONG = timedelta(hours=2)
"""Two tries at least of a letter that is put off: at the slowest they come hourly."""


class Correspondence:
    def __init__(self, session: BookSession, seal: Seal) -> None:
        self._session, self._seal = session, seal
        self._idle: dict[str, list[tuple[datetime, bool]]] = {}
        self._idle_since: datetime | None = None
        """By address, when an answer to mail that had changed nothing was written, and whether its sender was proven."""
        self._sealed: dict[str, bytes] = {}
        """The bytes of letters that were asked for in this transaction, by code; b"" where there are none."""

    def owed(self, code: str, *, to: str) -> None:
        """What was foreseen of this letter and its reader is so no more."""
        self._idle.pop(to, None)
        self._sealed.pop(code, None)

    def answers_since(self, address: str, since: datetime, *, is_proven: bool) -> int:
        """How many letters to this address answered mail that had changed nothing, of a sender that was proven, or of one that was not."""
        self.foresee([address], since)
        return sum(at >= since and to_proven is is_proven for at, to_proven in self._idle[address])

    def foresee(self, addresses: Iterable[str], since: datetime) -> None:
        """Read at once which answers these addresses had from `since` on to mail that had changed nothing; each is asked about soon."""
        if self._idle_since is None or since < self._idle_since:
            self._idle, self._idle_since = {}, since
        new = set(addresses).difference(self._idle)
        if not new:
            return
        self._idle |= {address: [] for address in new}
        for address, at, proof in self._session.ask(_IDLE, addresses=list(new), since=self._idle_since):
            self._idle[address].append((at, proof in _PROVEN))

    def bounces_since(self, address: str, since: datetime) -> int:
        """How many letters to this address came back for good."""
        counted = select(func.count()).where(LetterRow.to_address == address, LetterRow.state == "bounced", LetterRow.created_at >= since)
        return self._session.exec(counted).one()

    def first_sent(self, address: str, case_id: str, kinds: Iterable[str], since: datetime) -> datetime | None:
        """When the first of these letters about the case that were written from `since` on was sent."""
        about = (
            LetterRow.to_address == address,
            LetterRow.case_id == case_id,
            LetterRow.created_at >= since,
            col(LetterRow.kind).in_(kinds),
        )
        return self._session.exec(select(func.min(col(LetterRow.sent_at))).where(*about)).one()

    def hold_letter(self, claim: Claim, *, now: datetime) -> HoldLetter | None:
        """What told the claim's member until when the place is kept; None where none was written, or staff dropped it by hand: they know better.

        It is lost too where it is put off while the server has long taken what was written later: it is this address that takes no mail.
        """
        kind = "offer" if claim.is_offer else "hold"
        told = {"member": claim.member_id, "case": claim.case_id, "kind": kind, "since": claim.decided_at}
        row = self._session.ask(wording.HOLD_LETTER, **told).first()
        if row is None or row.state == "cancelled":
            return None
        if row.state in LOST:
            return HoldLetter(row.created_at, None, is_lost=True)
        if row.state not in UNSENT:
            return HoldLetter(row.created_at, row.sent_at or row.created_at)
        is_put_off = row.state == "queued" and row.attempts > 0 and row.last_error != ""
        is_lost = is_put_off and self._session.ask(wording.LATER_ONE_SENT, letter=row.id, since=now - _LONG).first() is not None
        return HoldLetter(row.created_at, None, is_leaving=row.state == "sending", is_lost=is_lost)

    def is_file_lost(self, member_id: int, case_id: str) -> bool:
        """Whether the last letter that gave this member the file of the case is known not to have arrived."""
        return self._session.ask(_FILE_LETTER, member=member_id, case=case_id).scalar() in LOST

    def newest(self, kind: str, *, to: str) -> str:
        """The Message-ID of the last letter of a kind that was owed to an address; "" where there was none."""
        found = select(LetterRow.message_id).where(LetterRow.kind == kind, LetterRow.to_address == to).order_by(col(LetterRow.id).desc())
        return self._session.exec(found.limit(1)).first() or ""

    def last_kind(self, to: str, kinds: Iterable[str]) -> str:
        """Which of these kinds the newest such letter to an address is; "" for none."""
        newest = select(LetterRow.kind).where(LetterRow.to_address == to, col(LetterRow.kind).in_(list(kinds)))
        return self._session.exec(newest.order_by(col(LetterRow.id).desc())).first() or ""

    def count_since(self, kind: str, since: datetime, *, to: str = "") -> int:
        """How many letters of a kind came to be owed, to one address or to anybody."""
        counted = select(func.count()).where(LetterRow.kind == kind, LetterRow.created_at >= since)
        return self._session.exec(counted.where(LetterRow.to_address == to) if to else counted).one()

    def contents(self, codes: Iterable[str]) -> list[bytes]:
        """The bytes of letters of ours, by their codes: what a reply may be quoting."""
        wanted = list(codes)
        self.foresee_contents(wanted)
        opened = (self._seal.open(self._sealed[code], where=letter_place(code)) for code in wanted)
        return [content for content in opened if content]

    def foresee_contents(self, codes: Iterable[str]) -> None:
        """Read at once the bytes of letters that will be asked for soon; they are opened only then."""
        new = set(codes).difference(self._sealed)
        if new:
            rows = self._session.ask(wording.CONTENTS, codes=list(new))
            self._sealed |= dict.fromkeys(new, b"") | {row.code: row.content for row in rows}


_IDLE = select(LetterRow.to_address, LetterRow.created_at, ArrivalRow.proof)
_IDLE = _IDLE.join(ArrivalRow, col(ArrivalRow.id) == LetterRow.arrival_id, isouter=True)
_IDLE = _IDLE.where(col(LetterRow.to_address).in_(bindparam("addresses", expanding=True)))
_IDLE = _IDLE.where(col(LetterRow.changed_nothing).is_(True), LetterRow.created_at >= bindparam("since"))
_CONFIRMED_IN_MANY = select(AnswerLineRow.arrival_id).where(
    AnswerLineRow.case_id == bindparam("case"), AnswerLineRow.outcome == "confirmed"
)
_FILE_LETTER = select(LetterRow.state).where(LetterRow.member_id == bindparam("member"))
_FILE_LETTER = _FILE_LETTER.where(
    or_(
        and_(col(LetterRow.case_id) == bindparam("case"), col(LetterRow.kind) == "confirmation"),
        and_(col(LetterRow.kind) == "transcript", col(LetterRow.arrival_id).in_(_CONFIRMED_IN_MANY)),
    )
)
_FILE_LETTER = _FILE_LETTER.order_by(col(LetterRow.id).desc()).limit(1)
