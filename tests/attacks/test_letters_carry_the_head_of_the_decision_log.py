"""The head of the decision log stands in letters to many mailboxes, so that nobody can write it anew unseen; it tells nobody who won.

ATTACKS F-22, G-07, P-19.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.model import Head
from bot.core.model.log import reference
from tests.attacks.decision_log import entries, head, head_in
from tests.attacks.desk import ALICE, BOB, CHIKA, SATO, SUZUKI, Desk


@pytest.mark.parametrize("who", [ALICE, CHIKA])
def test_F_22_the_letter_of_a_lost_race_names_the_decision(settled: Desk, who: str) -> None:
    letter, last = settled.last_letter_to(who), head(settled)
    assert f"This is entry {last.number} in our decision log." in letter.text
    assert head_in(letter) == Head(last.number, last.digest[:16])


def test_P_19_neither_the_letter_nor_its_head_tells_who_won(settled: Desk) -> None:
    """Bob's reference stands in the entry; without the case's salt nobody can make it, and the letter holds a hash alone."""
    letter = settled.last_letter_to(ALICE)
    assert BOB not in letter.text
    assert "Bob" not in letter.text
    with settled.office.ledger.reading() as ledger:
        bob = ledger.roster.by_address(BOB)
        refs = {claim.ref for claim in ledger.decisions.claims("JUS-2026-002").values()}
    assert bob is not None
    assert reference(b"", str(bob.id)) not in refs
    assert all(ref not in letter.text for ref in refs)


def test_G_07_round_bulletin_confirmation_and_the_word_to_staff_print_the_head(settled: Desk) -> None:
    desk = settled
    assert head_in(desk.last_letter_to(SATO)) is not None, "staff hear of the placement"
    desk.case("A third case")
    desk.sends_the_round()
    for who in (ALICE, BOB):
        assert head_in(desk.last_letter_to(who)) == Head(head(desk).number, head(desk).digest[:16])
    assert entries(desk)[-1]["facts"] == {"month": "2026-11", "cases": 1, "letters": 3}


def test_G_07_the_daily_balance_prints_the_head(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path, daily='daily = "0 8 * * *"')
    desk.ticks()
    desk.passes(hours=24)
    desk.ticks()
    assert head_in(desk.last_letter_to(SUZUKI)) == Head(head(desk).number, head(desk).digest[:16])


def test_P_19_the_line_with_the_head_is_in_both_parts_and_no_command(settled: Desk) -> None:
    for who in (BOB, CHIKA):
        letter, last = settled.last_letter_to(who), head(settled)
        assert f"Decision log: entry {last.number}, {last.short}" in letter.text
        assert f"Decision log: entry {last.number}, {last.short}" in letter.html
    settled.writes(CHIKA, f"Decision log: entry {last.number}, {last.short}")
    assert settled.ending() == "for_staff", "quoted back it is words for a person"
