"""When windows close is asked of the database for all cases at once, and is what the rule says of each case's claims."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.claims import ripe_at
from bot.core.model import MISFIT, AgreeClaim, Basis, ClaimState, Verdict
from tests.shell.books import NOW, add_case, add_claim, add_member, open_ledger

SETTLE = timedelta(seconds=120)


@pytest.mark.both_databases
def test_each_window_closes_when_the_rule_says(database_url: str) -> None:
    with open_ledger(database_url) as ledger, ledger.deciding() as book:
        first, second, third = (add_member(book, number) for number in (1, 2, 3))
        waiting, ahead, agreed, asked = (add_case(book) for _ in range(4))
        add_claim(book, waiting, first, 1, seconds=-5)
        add_claim(book, waiting, second, 2, seconds=-10)
        add_claim(book, ahead, first, 3, seconds=9)  # by a mailbox whose clock runs ahead of ours
        for number, case_id in enumerate((agreed, asked), start=4):
            claim_id = add_claim(book, case_id, third, number)
            verdict = Verdict(claim_id, third.id, ClaimState.WAITLISTED, f"{MISFIT} language", waiting_place=1)
            book.claims.give(case_id, [verdict], Basis(), now=NOW, kept_until=lambda _: NOW)
            if case_id == agreed:
                book.claims.agree(AgreeClaim(claim_id, "sato@ngo.example"), NOW + timedelta(hours=1), NOW)
        closings = {case_id: ripe_at(book.claims.of(case_id), settle=SETTLE) for case_id in (waiting, ahead, agreed, asked)}
        assert closings.pop(asked) is None and None not in closings.values()
        assert book.undecided.closings(settle=SETTLE) == closings
