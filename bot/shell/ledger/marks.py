"""Single moments worth keeping: the first start, the last contact with each server, a word of staff about a round or a case."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, func, or_
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from bot.shell.ledger import clock, wording
from bot.shell.ledger.dialect import insert_into
from bot.shell.ledger.seal import Seal
from bot.shell.ledger.session import BookSession
from bot.shell.ledger.wording import in_places, places
from bot.shell.tables import MarkRow

_FILTER = "filter"
_TURN = "turn to send"


class Noted(NamedTuple):
    """A mark with its note, read at once: another process may drop the mark at any moment."""

    at: datetime
    note: str


class Marks:
    def __init__(self, session: BookSession, seal: Seal) -> None:
        self._session, self._seal = session, seal
        self._filters: frozenset[str] | None = None
        self._foreseen: dict[str, Noted | None] = {}
        """As they stand in the table, until this transaction writes them."""

    def foresee(self, *names: str) -> None:
        """Read all of these at once; each is looked for among them from now on."""
        wanted = [name for name in names if name not in self._foreseen]
        if wanted:
            found = {name: Noted(at, note) for name, at, note in self._session.ask(_noted_all(len(wanted)), **in_places("name", wanted))}
            self._foreseen |= {name: found.get(name) for name in wanted}

    def at(self, name: str) -> datetime | None:
        noted = self._noted(name)
        return noted.at if noted else None

    def note(self, name: str) -> str:
        noted = self.noted(name)
        return noted.note if noted else ""

    def noted(self, name: str) -> Noted | None:
        noted = self._noted(name)
        return Noted(noted.at, self._opened(name, noted.note)) if noted else None

    def _noted(self, name: str) -> Noted | None:
        """With its note as it is kept, which may be sealed."""
        if name in self._foreseen:
            return self._foreseen[name]
        row = self._session.ask(_NOTED, name=name).one_or_none()
        return Noted(*row) if row else None

    def put(self, name: str, at: datetime, *, note: str = "") -> None:
        """Over what was there: two connections that send may note the same moment for the first time."""
        self._foreseen.pop(name, None)
        closed = self._seal.close_text(note[:300], where=note_place(name), about=[about]) if (about := _case_in(name)) else note[:300]
        self._session.lay_by(wording.mark(self._session.dialect), {"name": name, "at": at, "note": closed})

    def turn(self, *, apart: timedelta) -> timedelta:
        """How long until one's turn, where the turns of all processes together are to be this far apart."""
        now = clock.now(self._session)
        first = insert_into(self._session, MarkRow).values(name=_TURN, at=now, note="")
        self._session.execute(first.on_conflict_do_nothing(index_elements=["name"]))
        turn = max(now, self._session.exec(select(MarkRow.at).where(MarkRow.name == _TURN).with_for_update()).one())
        self.put(_TURN, turn + apart)
        return turn - now

    def note_filter(self, address: str, at: datetime, *, is_there: bool) -> None:
        """A filter before this member's mailbox keeps our letters back, or does so no more."""
        self._filters = None
        if is_there:
            self.first(f"{_FILTER} {address}", at)
        else:
            self.drop(f"{_FILTER} {address}")

    def is_filtered(self, address: str) -> bool:
        return address in self.foresee_filters()

    def foresee_filters(self) -> frozenset[str]:
        """All of `filtered`, read once; whether this or that address is one of them is asked soon."""
        if self._filters is None:
            self._filters = frozenset(self.filtered())
        return self._filters

    def filtered(self) -> list[str]:
        """The addresses on file behind such a filter."""
        return sorted(name.removeprefix(f"{_FILTER} ") for name in self.names(_FILTER))

    def drop(self, name: str) -> None:
        self._foreseen.pop(name, None)
        self._session.execute(delete(MarkRow).where(col(MarkRow.name) == name))

    def drop_before(self, prefix: str, moment: datetime) -> None:
        """Those that begin with this word and are older."""
        self._foreseen.clear()
        old = (self._begins(prefix), col(MarkRow.at) < moment)
        self._session.execute(delete(MarkRow).where(*old))

    def notes(self, prefix: str) -> list[tuple[datetime, str]]:
        """When and what, of all marks that begin with this word, the oldest first."""
        return [(noted.at, noted.note) for noted in self.noted_under(prefix).values()]

    def noted_under(self, prefix: str) -> dict[str, Noted]:
        """All marks that begin with this word, by what comes after it, the oldest first."""
        found = select(MarkRow.at, MarkRow.name, MarkRow.note).where(self._begins(prefix))
        rows = self._session.exec(found.order_by(col(MarkRow.at), col(MarkRow.name))).all()
        return {name.removeprefix(f"{prefix} "): Noted(at, self._opened(name, note)) for at, name, note in rows}

    def latest(self, prefix: str) -> datetime | None:
        """The last moment of all marks that begin with this word; None where there are none."""
        return self._session.exec(select(func.max(MarkRow.at)).where(self._begins(prefix))).one()

    def names(self, prefix: str) -> set[str]:
        """The names of all marks that begin with this word, one of our own."""
        return set(self._session.ask(_named(self._session.dialect, prefix)).scalars())

    def has_any(self, *prefixes: str) -> bool:
        """Whether there is a mark that begins with one of these words, which are our own."""
        return self._session.ask(_named(self._session.dialect, *prefixes)).first() is not None

    def _begins(self, prefix: str) -> ColumnElement[bool]:
        return _begins(self._session.dialect, prefix)

    def first(self, name: str, at: datetime) -> datetime:
        """The moment on record, which is `at` where there was none."""
        known = self.at(name)
        if known is None:
            self.put(name, at)
        return known or at

    def _opened(self, name: str, note: str) -> str:
        return self._seal.open_text(note, where=note_place(name)) if note and _case_in(name) else note


@lru_cache(maxsize=32)
def _named(dialect: str, *prefixes: str) -> Select[str]:
    return select_columns(col(MarkRow.name)).where(or_(*(_begins(dialect, prefix) for prefix in prefixes)))


def _begins(dialect: str, prefix: str) -> ColumnElement[bool]:
    """SQLite looks up a span of its index, and PostgreSQL a pattern, for its collation may pass over the blank."""
    if dialect == "sqlite":
        return and_(col(MarkRow.name) >= f"{prefix} ", col(MarkRow.name) < f"{prefix}!")
    return col(MarkRow.name).startswith(f"{prefix} ", autoescape=True)


def note_place(name: str) -> str:
    return f"mark.note {name}"


_NOTED = select(MarkRow.at, MarkRow.note).where(MarkRow.name == bindparam("name"))


@lru_cache(maxsize=8)
def _noted_all(count: int) -> Select[str, datetime, str]:
    noted = select_columns(col(MarkRow.name), col(MarkRow.at), col(MarkRow.note))
    return noted.where(col(MarkRow.name).in_(places("name", count)))


def _case_in(name: str) -> str:
    """The case whose history a note belongs to, in words that staff chose; "" for any other mark."""
    kind, _, rest = name.partition(" ")
    return rest.partition(" ")[0] if kind == "case" else ""
