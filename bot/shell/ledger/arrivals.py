"""The arrivals' page: every message that was read, whole, with its one disposition and the cases that it is about.

A message's bytes and Subject are sealed when the transaction ends, for only then is it known which cases the message is about.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Select, bindparam, insert, text
from sqlalchemy import select as select_columns
from sqlmodel import SQLModel, col, select

from bot.core.mail import Arrival, Place, RawMail, Stamp
from bot.core.model import Disposition
from bot.shell.ledger.arrival_rows import ArrivalRows
from bot.shell.ledger.numbers import Numbers
from bot.shell.ledger.seal import Seal
from bot.shell.ledger.session import BookSession
from bot.shell.tables import PENDING, ArrivalCaseRow, ArrivalRow, RawMailRow


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the inbox listing."""

    id: int
    stamp: Stamp
    message_id: str
    sender: str
    subject: str
    disposition: Disposition
    reason: str
    entered_at: datetime
    proof: str = ""


@dataclass(frozen=True, slots=True)
class _Unsealed:
    """A message as it came, that is to be sealed: a new one, or one that is about more than was known."""

    subject: str
    content: bytes
    is_new: bool


class Arrivals:
    def __init__(self, session: BookSession, seal: Seal, numbers: Numbers) -> None:
        self._session, self._seal, self._numbers = session, seal, numbers
        self._rows = ArrivalRows(session)
        self._unsealed: dict[int, _Unsealed] = {}
        self._cases: dict[int, tuple[str, ...]] = {}

    def at(self, stamp: Stamp) -> Entry | None:
        """The message with this number in its folder, if it is on record."""
        return self.known([stamp]).get(stamp.place)

    def known(self, stamps: Iterable[Stamp]) -> dict[Place, Entry]:
        """Those of these messages that are on record."""
        wanted: dict[tuple[str, int], list[int]] = {}
        for stamp in stamps:
            if stamp.uid:
                wanted.setdefault((stamp.folder, stamp.uidvalidity), []).append(stamp.uid)
        found: dict[Place, Entry] = {}
        for (folder, uidvalidity), uids in wanted.items():
            for row in self._session.ask(_KNOWN, folder=folder, uidvalidity=uidvalidity, uids=uids).mappings():
                found[(folder, uidvalidity, row["uid"])] = self._read(row)
        return found

    def twins(self, content_keys: Iterable[str]) -> dict[str, str]:
        """By content key, the earliest copy that is on record, as ``folder/uid``: moved, delivered twice, or renumbered by the server."""
        wanted = set(content_keys) - {""}
        return {key: f"{folder}/{uid}" for key, folder, uid in self._session.ask(_TWINS, keys=list(wanted))} if wanted else {}

    def enter(self, mail: RawMail, arrival: Arrival | None, *, now: datetime) -> int:
        """Keep the message whole. `arrival` is None where it could not be read."""
        (arrival_id,) = self.enter_all([(mail, arrival)], now=now)
        return arrival_id

    def enter_all(self, mails: Sequence[tuple[RawMail, Arrival | None]], *, now: datetime) -> list[int]:
        """Keep messages whole; gives their numbers, which grow in the order given."""
        self._numbers.reserve("arrival", len(mails))
        ids = [self._numbers.take("arrival") for _ in mails]
        for arrival_id, (mail, arrival) in zip(ids, mails, strict=True):
            self._unsealed[arrival_id] = _Unsealed(arrival.subject[:1000] if arrival else "", mail.raw, is_new=True)
            self._cases[arrival_id] = ()
        self._rows.enter(_values(arrival_id, mail, arrival, now=now) for arrival_id, (mail, arrival) in zip(ids, mails, strict=True))
        return ids

    def concern(self, arrival_id: int, case_ids: Iterable[str]) -> None:
        """The message is about these cases, of those that there are: its words go when one of them is erased."""
        known = self.cases_of(arrival_id)
        new = [case_id for case_id in sorted(set(case_ids) - set(known)) if self._session.case(case_id)]
        if not new:
            return
        if arrival_id not in self._unsealed and (content := self.raw(arrival_id)) is not None:
            self._unsealed[arrival_id] = _Unsealed(self.get(arrival_id).subject, content, is_new=False)
        self._session.lay_by(_CONCERNS, *({"arrival_id": arrival_id, "case_id": case_id} for case_id in new))
        self._cases[arrival_id] = (*known, *new)

    def cases_of(self, arrival_id: int) -> tuple[str, ...]:
        """The cases that a message is about."""
        if arrival_id not in self._cases:
            self._cases[arrival_id] = tuple(row.case_id for row in self._session.ask(_ABOUT, arrivals=[arrival_id]))
        return self._cases[arrival_id]

    def seal(self) -> None:
        """Close the messages of this transaction; the ledger calls this as the last thing before a commit."""
        kept: list[dict[str, object]] = []
        for arrival_id, unsealed in self._unsealed.items():
            about = self.cases_of(arrival_id)
            content = self._seal.close(unsealed.content, where=content_place(arrival_id), about=about)
            if unsealed.is_new:
                kept.append({"arrival_id": arrival_id, "content": content})
            else:
                self._session.get_one(RawMailRow, arrival_id).content = content
            subject = self._seal.close_text(unsealed.subject, where=subject_place(arrival_id), about=about)
            self._rows.entitle(arrival_id, subject)
        if kept:
            self._session.lay_by(_KEEP, *kept)
        self._unsealed.clear()

    def dispose(self, arrival_id: int, disposition: Disposition, reason: str) -> None:
        self._rows.dispose(arrival_id, disposition.value, reason[:1000])

    def note_proof(self, arrival_id: int, level: str, *, bad_codes: int) -> None:
        """How far its sender, who is on file, was proven."""
        self._rows.prove(arrival_id, level, bad_codes)

    def evidence(self, arrival_id: int) -> tuple[str, str]:
        """The hash of its bytes as they came, and how far its sender was proven."""
        row = self._rows.of(arrival_id)
        return row["raw_sha256"], row["proof"]

    def get(self, arrival_id: int) -> Entry:
        return self._read(self._rows.of(arrival_id))

    def waiting(self, reason: str, senders: Iterable[str] | None = None) -> list[Entry]:
        """Pending messages that wait for this reason, from these addresses or from anybody, in order of arrival."""
        rows = _WAITING if senders is None else _WAITING.where(_TABLE.c.sender.in_(list(senders)))
        return self._read_all(rows, reason=reason)

    def raw(self, arrival_id: int) -> bytes | None:
        """The message as it came; None once retention has dropped it, or it was erased."""
        if arrival_id in self._unsealed:
            return self._unsealed[arrival_id].content
        row = self._session.get(RawMailRow, arrival_id)
        if row is None or not row.content:
            return row.content if row else None
        return self._seal.open(row.content, where=content_place(arrival_id)) or None

    def size(self, arrival_id: int) -> int:
        """As the server announced it."""
        return int(self._rows.of(arrival_id)["size"])

    def all(self) -> list[Entry]:
        """In the order of entry."""
        return self._read_all(select_columns(_TABLE).order_by(_TABLE.c.id))

    def for_staff(self, above: int) -> list[Entry]:
        """What was entered after the message with this number and left to a person."""
        rows = select_columns(_TABLE).where(_TABLE.c.id > above, _TABLE.c.disposition == Disposition.FOR_STAFF.value)
        return self._read_all(rows.order_by(_TABLE.c.id))

    def foresee(self, arrival_ids: Iterable[int]) -> None:
        """Read at once which messages will be asked about soon, without their bytes and cases."""
        self._rows.foresee(arrival_ids)

    def _read_all(self, rows: Select[Any], **values: Any) -> list[Entry]:
        return [self._read(row) for row in self._session.ask(rows, **values).mappings()]

    def _read(self, row: RowMapping | dict[str, Any]) -> Entry:
        arrival_id = row["id"]
        fresh = self._unsealed.get(arrival_id)
        return Entry(
            id=arrival_id,
            stamp=Stamp(row["folder"], row["uidvalidity"], row["uid"], row["arrived_at"], row["folder_rank"]),
            message_id=row["message_id"],
            sender=row["sender"],
            subject=fresh.subject if fresh else self._seal.open_text(row["subject"], where=subject_place(arrival_id)),
            disposition=Disposition(row["disposition"]),
            reason=row["reason"],
            entered_at=row["entered_at"],
            proof=row["proof"],
        )


def content_place(arrival_id: int) -> str:
    return f"raw_mail.content {arrival_id}"


def subject_place(arrival_id: int) -> str:
    return f"arrival.subject {arrival_id}"


def _values(arrival_id: int, mail: RawMail, arrival: Arrival | None, *, now: datetime) -> dict[str, Any]:
    return {
        "id": arrival_id,
        "folder": mail.stamp.folder,
        "folder_rank": mail.stamp.folder_rank,
        "uidvalidity": mail.stamp.uidvalidity,
        "uid": mail.stamp.uid,
        "arrived_at": mail.stamp.arrived_at,
        "entered_at": now,
        "message_id": arrival.message_id if arrival else "",
        "sender": arrival.sender if arrival else "",
        "content_key": arrival.content_key if arrival else "",
        "size": mail.size,
        "raw_sha256": hashlib.sha256(mail.raw).hexdigest(),
        "disposition": Disposition.PENDING.value,
    }


_TABLE = SQLModel.metadata.tables["arrival"]
_CONCERNS, _KEEP = (insert(SQLModel.metadata.tables[name]) for name in ("arrival_case", "raw_mail"))
_KNOWN = select_columns(_TABLE).where(_TABLE.c.folder == bindparam("folder"), _TABLE.c.uidvalidity == bindparam("uidvalidity"))
_KNOWN = _KNOWN.where(_TABLE.c.uid.in_(bindparam("uids", expanding=True)))
_WAITING = select_columns(_TABLE).where(text(PENDING), _TABLE.c.reason == bindparam("reason"))
_WAITING = _WAITING.order_by(_TABLE.c.arrived_at, _TABLE.c.uid)
_TWINS = select(ArrivalRow.content_key, ArrivalRow.folder, ArrivalRow.uid).order_by(col(ArrivalRow.id).desc())
_TWINS = _TWINS.where(col(ArrivalRow.content_key).in_(bindparam("keys", expanding=True)))
_ABOUT = select(ArrivalCaseRow.arrival_id, ArrivalCaseRow.case_id)
_ABOUT = _ABOUT.where(col(ArrivalCaseRow.arrival_id).in_(bindparam("arrivals", expanding=True)))
