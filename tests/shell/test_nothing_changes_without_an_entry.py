"""Whoever changes a claim, a case or a round by the ledger's pages has written an entry of the decision log by that very call."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.core.model import (
    AgreeClaim,
    AmendCase,
    AssignClaim,
    Basis,
    CaseFields,
    ClaimState,
    EndClaim,
    EnterClaim,
    Lifecycle,
    TakeOffer,
    Verdict,
)
from bot.office import audit
from bot.shell.ledger import Ledger, Transaction
from bot.shell.ledger.cases import Cases
from bot.shell.ledger.claims import Claims
from bot.shell.ledger.places import Places
from bot.shell.ledger.rounds import Rounds
from bot.shell.ledger.undecided import Undecided
from tests.shell.books import NOW, add_arrival, add_case, add_claim, add_member, open_ledger, stamp_of

READS = {
    Claims: "of get foresee reserve of_member made_by from_arrivals cases_touched",
    Places: "holds_until offers_until kept held confirmed_until given members_at_limit",
    Undecided: "cases in_line counts awaiting_staff closings",
    Cases: "get by_id foresee some all open not_over confidential overdue",
    Rounds: "get months all",
}
TOUCHES_NO_STATE = {Cases: "approve skip_numbers"}
"""Whether staff have agreed to the words of a case goes with a `move` or an `amend`, and says nothing of who gets it; a number that is
left out has no case."""

CASE, CLAIM, MEMBER = "JAR-2026-001", 1, 1


def _held(book: Transaction, *, is_offer: bool = False) -> None:
    verdict = Verdict(CLAIM, MEMBER, ClaimState.HELD, "offered" if is_offer else "first", 1, is_offer=is_offer)
    book.claims.give(CASE, [verdict], Basis(), now=NOW, kept_until=lambda _: NOW)


def _enter(book: Transaction) -> None:
    change = EnterClaim(add_member(book, 2).id, CASE, ClaimState.QUEUED, line=0)
    book.claims.enter(change, arrival_id=add_arrival(book, 2), stamp=stamp_of(2), now=NOW)


def _assign(book: Transaction) -> None:
    change = AssignClaim(CASE, MEMBER, CLAIM, ClaimState.CONFIRMED, 1, "sato@ngo.example")
    book.claims.assign(change, arrival_id=1, arrived_at=NOW, now=NOW, hold_until=NOW)


def _amend(book: Transaction) -> None:
    change = AmendCase(CASE, CaseFields("Appeal", "An appeal", places=3), ("places",), "sato@ngo.example", is_approved=True)
    book.cases.amend(change, now=NOW)


def _nothing(_: Transaction) -> None:
    """No need to bring anything about first."""


WRITES: dict[type, dict[str, tuple[Callable[[Transaction], None], Callable[[Transaction], object]]]] = {
    # what has to be the case before, and the change
    Claims: {
        "enter": (_nothing, _enter),
        "verify": (_nothing, lambda book: book.claims.verify(CLAIM, NOW)),
        "end": (_nothing, lambda book: book.claims.end(EndClaim(CLAIM, ClaimState.RELEASED, "by_member"), NOW)),
        "confirm": (_held, lambda book: book.claims.confirm(CLAIM, NOW)),
        "restart_hold": (_held, lambda book: book.claims.restart_hold(CLAIM, hold_until=NOW, now=NOW)),
        "agree": (_nothing, lambda book: book.claims.agree(AgreeClaim(CLAIM, "sato@ngo.example"), NOW, NOW)),
        "take_offer": (
            lambda book: _held(book, is_offer=True),
            lambda book: book.claims.take_offer(TakeOffer(CLAIM, ClaimState.CONFIRMED, None), now=NOW),
        ),
        "give": (_nothing, _held),
        "assign": (_nothing, _assign),
    },
    Places: {},
    Undecided: {},
    Cases: {
        "add": (_nothing, add_case),
        "move": (_nothing, lambda book: book.cases.move(CASE, Lifecycle.CLOSED, now=NOW)),
        "amend": (_nothing, _amend),
        "mark_emergency": (_nothing, lambda book: book.cases.mark_emergency(CASE, now=NOW, by="sato@ngo.example")),
    },
    Rounds: {"open": (_nothing, lambda book: book.rounds.open("2026-12", now=NOW, by="schedule", cases=1, letters=1))},
}


@pytest.mark.parametrize("page", WRITES, ids=lambda page: page.__name__)
def test_every_method_of_a_page_is_known_to_read_or_to_write(page: type) -> None:
    public = {name for name, _ in inspect.getmembers(page, inspect.isfunction) if not name.startswith("_")}
    assert public == {*WRITES[page], *READS[page].split(), *TOUCHES_NO_STATE.get(page, "").split()}


@pytest.mark.parametrize(("page", "name"), [(page, name) for page, methods in WRITES.items() for name in methods])
def test_one_change_is_one_entry(tmp_path: Path, page: type, name: str) -> None:
    before, change = WRITES[page][name]
    with open_ledger(f"sqlite:///{tmp_path / 'firstreply.db'}") as ledger, ledger.deciding() as book:
        add_claim(book, add_case(book), add_member(book, 1), 1)
        before(book)
        known = book.decisions.head().number
        change(book)
        assert book.decisions.head().number == known + 1


def test_an_entry_is_only_written_under_the_decision_lock(tmp_path: Path) -> None:
    with open_ledger(f"sqlite:///{tmp_path / 'firstreply.db'}") as ledger:
        with pytest.raises(AssertionError, match="decision lock"), ledger.writing() as book:
            add_case(book)
        assert _entries(ledger) == 1


def test_a_decision_that_is_rolled_back_leaves_no_entry(tmp_path: Path) -> None:
    with open_ledger(f"sqlite:///{tmp_path / 'firstreply.db'}") as ledger:
        with pytest.raises(KeyError), ledger.deciding() as book:
            add_case(book)
            raise KeyError
        assert _entries(ledger) == 1
        with ledger.deciding() as book:
            add_case(book)
        assert _entries(ledger) == 2
        with ledger.reading() as book:
            assert audit.check(book).fault is None


def _entries(ledger: Ledger) -> int:
    with ledger.reading() as book:
        return sum(1 for _ in book.decisions.rows())
