"""The roster's page: members and every address they write from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func
from sqlalchemy import select as select_rows
from sqlmodel import SQLModel, col, select

from bot.core.model import ChangeMember, Member, MemberState, Profile
from bot.shell.ledger.dialect import in_pieces
from bot.shell.ledger.numbers import Numbers
from bot.shell.ledger.session import BookSession
from bot.shell.tables import AddressRow, MemberRow

_TABLE, _ADDRESS = (SQLModel.metadata.tables[name] for name in ("member", "member_address"))
_SOME = 500


class Roster:
    def __init__(self, session: BookSession, numbers: Numbers) -> None:
        self._session, self._numbers = session, numbers
        self._aliases: dict[int, tuple[str, ...]] = {}
        self._owners: dict[str, int | None] = {}
        """The aliases of the members that were read in this transaction, and whose the addresses are that were asked about; None for nobody."""
        self._members: dict[int, Member] = {}
        """Members as they are now, as far as they were asked for."""

    def enter(self, member: Member, *, now: datetime) -> Member:
        """A new member, or new facts about the one with this address; its standing (active, paused …) is kept."""
        self.enter_all([member], now=now)
        entered = self.by_address(member.email)
        assert entered is not None, "it has just been entered"
        return entered

    def enter_all(self, members: Iterable[Member], *, now: datetime) -> None:
        """The same for many with different addresses, some at a time: while a long roster is brought in, no mail is decided."""
        for some in in_pieces(members):
            found = self._session.exec(select(MemberRow).where(col(MemberRow.email).in_([member.email for member in some]))).all()
            known = {row.email: row for row in found}
            self._numbers.reserve("member", len(some) - len(known))
            rows = [_told(known.get(member.email) or self._new(member, now), member) for member in some]
            self._session.add_all(rows)
            self._session.flush()
            self._set_addresses({row.id or 0: (member.email, *member.aliases) for row, member in zip(rows, some, strict=True)})

    def owners(self, addresses: Iterable[str]) -> dict[str, str]:
        """Address → main address of the member it belongs to, for those that belong to one."""
        found = select(AddressRow.address, MemberRow.email).join(MemberRow, col(MemberRow.id) == AddressRow.member_id)
        pieces = (self._session.exec(found.where(col(AddressRow.address).in_(some))).all() for some in in_pieces(addresses))
        return {address: owner for piece in pieces for address, owner in piece}

    def by_address(self, address: str) -> Member | None:
        """Whose address this is, main or alias; `address` is canonical."""
        if address not in self._owners:
            found = self._session.get(AddressRow, address)
            self._owners[address] = found.member_id if found else None
        owner = self._owners[address]
        return self.by_id(owner) if owner is not None else None

    def by_id(self, member_id: int) -> Member:
        return self._members.get(member_id) or self._member(self._session.get_one(MemberRow, member_id))

    def foresee(self, member_ids: Iterable[int] = (), *, addresses: Iterable[str] = ()) -> None:
        """Read at once these members, and those to whom these addresses belong; each is asked for soon."""
        for few in in_pieces(set(addresses)):
            self._owners |= dict.fromkeys(few)
            self._learn(self._session.ask(_BEHIND, addresses=few).all())
        for some in in_pieces(set(member_ids).difference(self._aliases)):
            self._learn(self._session.ask(_THESE, members=some).all())

    def _learn(self, rows: Iterable[Row[Any]]) -> None:
        """Members, each with one of their addresses, in the order of these."""
        members, aliases = dict[int, Row[Any]](), dict[int, list[str]]()
        for row in rows:
            members[row.id] = row
            own = aliases.setdefault(row.id, [])
            if row.address is not None:
                self._owners[row.address] = row.id
                own += [row.address] if row.position else []
        self._aliases |= {member_id: tuple(own) for member_id, own in aliases.items()}
        self._members |= {member_id: _read(row, self._aliases[member_id]) for member_id, row in members.items()}

    def all(self) -> list[Member]:
        rows = self._session.exec(select(MemberRow).order_by(col(MemberRow.id))).all()
        aliases: dict[int, list[str]] = {}
        for entry in self._session.exec(select(AddressRow).where(AddressRow.position > 0).order_by(col(AddressRow.position))):
            aliases.setdefault(entry.member_id, []).append(entry.address)
        return [_read(row, tuple(aliases.get(row.id or 0, ()))) for row in rows]

    def addresses_in(self, state: MemberState) -> tuple[str, ...]:
        """Who stands like this, by main address, in the order of joining."""
        rows = select(MemberRow.email).where(MemberRow.state == state.value).order_by(col(MemberRow.id))
        return tuple(self._session.exec(rows).all())

    def active(self) -> Iterator[Member]:
        """Who is sent circulations, in the order of joining; some at a time, for a roster may be longer than memory is wide."""
        self._session.flush()
        some = select_rows(_TABLE).where(_TABLE.c.state == MemberState.ACTIVE.value).order_by(_TABLE.c.id).limit(_SOME)
        last = 0
        while rows := self._session.ask(some.where(_TABLE.c.id > last)).all():  # no entities, which the session would keep
            last = rows[-1].id
            yield from (_read(row, ()) for row in rows)

    def active_by_language(self) -> dict[str, int]:
        """How many are sent circulations, by the language of their letters."""
        counted = select(MemberRow.language, func.count()).where(MemberRow.state == MemberState.ACTIVE.value)
        return dict(self._session.exec(counted.group_by(MemberRow.language)).all())

    def count_active(self) -> int:
        return sum(self.active_by_language().values())

    def not_active(self, among: Iterable[int], *, but_applicants: bool = False) -> set[int]:
        """Those of these members who may be given nothing now: left, suspended or, `but_applicants` apart, not yet approved."""
        gone = {MemberState.LEFT, MemberState.SUSPENDED, *(() if but_applicants else (MemberState.APPLIED,))}
        return {member_id for member_id in among if self.by_id(member_id).state in gone}

    def change(self, change: ChangeMember) -> None:
        row = self._session.get_one(MemberRow, change.member_id)
        self._members.pop(change.member_id, None)
        if change.state is not None:
            row.state = change.state.value
            row.paused_until = change.paused_until
        if change.language is not None:
            row.language = change.language
        if change.most_open is not None:
            row.most_open = change.most_open
        if change.email is not None:
            known = self._member(row)
            row.email = change.email
            self._set_addresses({known.id: tuple(dict.fromkeys((change.email, known.email, *known.aliases)))})
        self._session.add(row)

    def waking(self, now: datetime) -> list[Member]:
        """Members whose pause is over."""
        rows = select(MemberRow).where(MemberRow.state == MemberState.PAUSED.value, col(MemberRow.paused_until).is_not(None))
        return [self._member(row) for row in self._session.exec(rows.where(col(MemberRow.paused_until) <= now)).all()]

    def _member(self, row: MemberRow) -> Member:
        member_id = row.id or 0
        if member_id not in self._aliases:
            found = select(AddressRow.address).where(AddressRow.member_id == member_id, AddressRow.position > 0)
            self._aliases[member_id] = tuple(self._session.exec(found.order_by(col(AddressRow.position))).all())
        member = self._members[member_id] = _read(row, self._aliases[member_id])
        return member

    def _new(self, member: Member, now: datetime) -> MemberRow:
        """With its number, so that all are written together."""
        return MemberRow(
            id=self._numbers.take("member"),
            email=member.email,
            name=member.name,
            language=member.language,
            state=member.state.value,
            joined_at=now,
        )

    def _set_addresses(self, addresses: Mapping[int, Sequence[str]]) -> None:
        """By member, the main address first: these and no others. Where they are so already nothing is written."""
        for member_id in addresses:
            self._aliases.pop(member_id, None)
            self._members.pop(member_id, None)
        self._owners.clear()
        known: dict[int, list[AddressRow]] = {member_id: [] for member_id in addresses}
        for row in self._session.exec(select(AddressRow).where(col(AddressRow.member_id).in_(addresses))).all():
            known[row.member_id].append(row)
        others = [one for one, own in addresses.items() if {row.address: row.position for row in known[one]} != _positions(own)]
        for row in (row for member_id in others for row in known[member_id]):
            self._session.delete(row)
        self._session.flush()
        self._session.add_all(
            AddressRow(address=address, member_id=member_id, position=position)
            for member_id in others
            for address, position in _positions(addresses[member_id]).items()
        )
        self._session.flush()


def _positions(addresses: Sequence[str]) -> dict[str, int]:
    return {address: position for position, address in enumerate(addresses)}


def _told(row: MemberRow, member: Member) -> MemberRow:
    """With the facts that are told of a member."""
    row.name, row.firm, row.language, row.roles = member.name, member.firm, member.language, ";".join(member.roles)
    row.capacity, row.languages = ";".join(member.profile.capacity), ";".join(member.profile.languages)
    row.gender, row.region = member.profile.gender, member.profile.region
    return row


def _read(row: MemberRow | Row[Any], aliases: tuple[str, ...]) -> Member:
    return Member(
        id=row.id or 0,
        email=row.email,
        name=row.name,
        firm=row.firm,
        language=row.language,
        roles=_several(row.roles),
        state=MemberState(row.state),
        aliases=aliases,
        paused_until=row.paused_until,
        most_open=row.most_open,
        profile=Profile(_several(row.capacity), _several(row.languages), row.gender, row.region),
    )


_PEOPLE = select_rows(_TABLE, _ADDRESS.c.address, _ADDRESS.c.position).order_by(_ADDRESS.c.position)
_PEOPLE = _PEOPLE.join(_ADDRESS, _ADDRESS.c.member_id == _TABLE.c.id, isouter=True)
_THESE = _PEOPLE.where(_TABLE.c.id.in_(bindparam("members", expanding=True)))
_OWNERS = select_rows(_ADDRESS.c.member_id).where(_ADDRESS.c.address.in_(bindparam("addresses", expanding=True)))
_BEHIND = _PEOPLE.where(_TABLE.c.id.in_(_OWNERS))


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)
