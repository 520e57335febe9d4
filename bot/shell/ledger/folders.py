"""The folders' page: how far each watched folder has been read, what in it is not on record yet, and what is still to be filed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import Insert, and_, bindparam, text, update
from sqlmodel import col, select

from bot.shell.ledger.dialect import insert_for
from bot.shell.ledger.session import BookSession
from bot.shell.tables import TO_FILE, ArrivalRow, FolderRow


class Known(NamedTuple):
    """How far a folder has been read, and when the last full look into it began (UTC)."""

    uidvalidity: int
    last_uid: int
    scanned_from: datetime


class Reached(NamedTuple):
    """How far a folder has been read, and which UIDs above that are on record all the same: their look was cut off, or one of them did not come."""

    known: Known
    above: frozenset[int]


class Folders:
    def __init__(self, session: BookSession) -> None:
        self._session = session

    def known(self, names: Iterable[str]) -> dict[str, Known]:
        """Those of these folders that have been looked at, by name."""
        return {name: Known(*read) for name, *read in self._session.ask(_FOLDERS, names=list(names))}

    def reached(self, names: Iterable[str]) -> dict[str, Reached]:
        """Those of these folders that have been looked at, by name."""
        found: dict[str, tuple[Known, set[int]]] = {}
        for name, uidvalidity, last_uid, scanned_from, uid in self._session.ask(_REACHED, names=list(names)):
            _, above = found.setdefault(name, (Known(uidvalidity, last_uid, scanned_from), set()))
            above |= {uid} - {None}
        return {name: Reached(known, frozenset(above)) for name, (known, above) in found.items()}

    def looked(self, name: str, *, uidvalidity: int, last_uid: int, scanned_from: datetime) -> None:
        values = {"uidvalidity": uidvalidity, "last_uid": last_uid, "scanned_from": scanned_from}
        self._session.lay_by(_looked(self._session.dialect), {"name": name, **values})

    def scanned_from(self, folders: Iterable[str]) -> datetime | None:
        """When the last full look began that covered every one of `folders`; None before there was one."""
        names = list(folders)
        moments = [one.scanned_from for one in self.known(names).values()]
        return min(moments, default=None) if len(moments) == len(names) else None

    def unseen(self, folder: str, uidvalidity: int, uids: Iterable[int]) -> list[int]:
        """Those of `uids` that have no row yet."""
        wanted = sorted(uids)
        if not wanted:
            return []
        span = {"first": wanted[0], "last": wanted[-1]}
        seen = set(self._session.ask(_SEEN, folder=folder, uidvalidity=uidvalidity, **span).scalars())
        return [uid for uid in wanted if uid not in seen]

    def to_file(self, folder: str, uidvalidity: int) -> list[int]:
        """UIDs that are on record and decided to be read, while the message still lies in its folder."""
        found = select(ArrivalRow.uid).where(ArrivalRow.folder == folder, ArrivalRow.uidvalidity == uidvalidity, text(TO_FILE))
        return list(self._session.exec(found.order_by(col(ArrivalRow.uid))).all())

    def filed(self, folder: str, uidvalidity: int, uids: Iterable[int]) -> None:
        change = update(ArrivalRow).where(
            col(ArrivalRow.folder) == folder, col(ArrivalRow.uidvalidity) == uidvalidity, col(ArrivalRow.uid).in_(list(uids))
        )
        self._session.execute(change.values(is_filed=True))


_SEEN = select(ArrivalRow.uid).where(ArrivalRow.folder == bindparam("folder"), ArrivalRow.uidvalidity == bindparam("uidvalidity"))
_SEEN = _SEEN.where(col(ArrivalRow.uid).between(bindparam("first"), bindparam("last")))
_FOLDERS = select(FolderRow.name, FolderRow.uidvalidity, FolderRow.last_uid, FolderRow.scanned_from)
_FOLDERS = _FOLDERS.where(col(FolderRow.name).in_(bindparam("names", expanding=True)))
_IS_ABOVE = and_(
    col(ArrivalRow.folder) == FolderRow.name,
    col(ArrivalRow.uidvalidity) == FolderRow.uidvalidity,
    col(ArrivalRow.uid) > FolderRow.last_uid,
)
_REACHED = _FOLDERS.add_columns(col(ArrivalRow.uid)).join(ArrivalRow, _IS_ABOVE, isouter=True)


@cache
def _looked(dialect: str) -> Insert:
    """How far a folder was read, in place of what was known."""
    entry = insert_for(dialect, FolderRow)
    changed = {name: entry.excluded[name] for name in ("uidvalidity", "last_uid", "scanned_from")}
    return entry.on_conflict_do_update(index_elements=["name"], set_=changed)
