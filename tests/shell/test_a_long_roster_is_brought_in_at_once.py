"""While a roster is brought in nothing is decided: what a member more costs there is counted, and what is on file is kept as one by one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import IntegrityError

from bot.core.model import ChangeMember, Member, MemberState
from bot.shell.ledger import dialect
from tests.shell.books import NOW, open_ledger

FEW, MANY = 20, 40


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements of the block."""
    said: list[str] = []

    def execute(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", execute)
    yield said
    event.remove(engine, "before_cursor_execute", execute)


def people(how_many: int, *, firm: str = "") -> list[Member]:
    """Each with an address more than the main one."""
    return [
        Member(0, f"m{number}@lawfirm.example", f"Member {number}", firm, aliases=(f"m{number}@mobile.example",))
        for number in range(how_many)
    ]


@pytest.mark.parametrize("is_known", [False, True])
def test_a_member_more_is_no_statement_more(database_url: str, is_known: bool) -> None:
    found = list[int]()
    for how_many in (FEW, MANY):
        with open_ledger(database_url) as ledger:
            if is_known:
                with ledger.deciding() as book:
                    book.roster.enter_all(people(how_many), now=NOW)
            with counted(ledger.engine) as said, ledger.deciding() as book:
                addresses = [member.email for member in people(how_many)]
                assert len(book.roster.owners(addresses)) == (how_many if is_known else 0)
                book.roster.foresee(addresses=addresses)
                assert all((book.roster.by_address(address) is not None) == is_known for address in addresses)
                book.roster.enter_all(people(how_many, firm="Ito Law"), now=NOW)
            found.append(len(said))
            with ledger.deciding() as book:
                assert [member.firm for member in book.roster.all()] == ["Ito Law"] * how_many
                for table in ("member_address", "member"):
                    book.session.connection().exec_driver_sql(f"DELETE FROM {table}")
    assert found[0] == found[1]


def test_of_a_roster_that_is_brought_in_again_only_what_has_changed_is_written(database_url: str) -> None:
    changed = replace(people(FEW)[3], aliases=("m3@home.example",))
    with open_ledger(database_url) as ledger:
        with ledger.deciding() as book:
            book.roster.enter_all(people(FEW), now=NOW)
        with counted(ledger.engine) as again, ledger.deciding() as book:
            book.roster.enter_all(people(FEW), now=NOW)
        with counted(ledger.engine) as otherwise, ledger.deciding() as book:
            book.roster.enter_all([*people(3), changed], now=NOW)
            member = book.roster.by_address("m3@home.example")
            assert member is not None and member.aliases == changed.aliases
    assert [one.split()[0] for one in again if not one.startswith("SELECT")] == []
    assert [one.split()[0] for one in otherwise if not one.startswith("SELECT")] == ["DELETE", "INSERT"]


def test_what_is_brought_in_piece_by_piece_is_as_if_it_came_at_once(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialect, "VALUES_AT_ONCE", 3)
    with open_ledger(database_url) as ledger:
        with ledger.deciding() as book:
            book.roster.enter_all(people(7), now=NOW)
            known = book.roster.by_address("m5@mobile.example")
            assert known is not None
            book.roster.change(ChangeMember(known.id, MemberState.PAUSED, "by a word of hers"))
            told = [replace(member, aliases=(f"{member.email[:2]}@home.example",), language="ja") for member in people(9)]
            book.roster.enter_all(told, now=NOW)
        with ledger.reading() as book:
            members = book.roster.all()
            assert [member.email for member in members] == [member.email for member in told]
            assert [member.state for member in members if member.state is not MemberState.ACTIVE] == [MemberState.PAUSED]
            assert all(member.aliases == one.aliases and member.language == "ja" for member, one in zip(members, told, strict=True))
            assert book.roster.owners(["m5@mobile.example", "m5@home.example", "m8@home.example"]) == {
                "m5@home.example": "m5@lawfirm.example",
                "m8@home.example": "m8@lawfirm.example",
            }
            book.roster.foresee(addresses=[member.email for member in told])
            assert [book.roster.by_address(member.email) for member in told] == members


def test_an_address_of_somebody_else_is_refused_by_the_database_and_nobody_is_entered(database_url: str) -> None:
    with open_ledger(database_url) as ledger:
        with ledger.deciding() as book:
            book.roster.enter_all(people(1), now=NOW)
        with pytest.raises(IntegrityError), ledger.deciding() as book:
            book.roster.enter_all([*people(3)[1:], Member(0, "new@lawfirm.example", "New", aliases=("m0@mobile.example",))], now=NOW)
        with ledger.reading() as book:
            assert [member.email for member in book.roster.all()] == ["m0@lawfirm.example"]
