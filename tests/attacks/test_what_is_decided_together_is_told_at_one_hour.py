"""The letters of one occasion, a case that is settled or a circulation, bear one hour, however long it takes to write them all."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from bot.office import Office, circulars
from bot.reception import settle
from tests.attacks.desk import ALICE, BOB, CHIKA, SATO, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk.open(tmp_path)


def ticking(desk: Desk) -> Office:
    """Each look at its clock finds a minute gone."""
    minutes, now = count(), desk.now
    return replace(desk.office, clock=lambda: now + timedelta(minutes=next(minutes)))


def hours(desk: Desk, kinds: set[str]) -> dict[str, datetime]:
    with desk.office.ledger.reading() as ledger:
        return {letter.to: letter.created_at for letter in ledger.outbox.all() if letter.kind in kinds}


def test_everybody_who_claimed_a_case_is_answered_at_one_hour(desk: Desk) -> None:
    case = desk.case()
    desk.sends_the_round()
    for sender in (ALICE, BOB, CHIKA):
        desk.writes(sender, f"CLAIM {case}", answering=desk.last_letter_to(sender))
    desk.passes(seconds=121)
    with desk.office.ledger.writing() as ledger:
        for folder in desk.office.folders:
            ledger.folders.looked(folder, uidvalidity=1, last_uid=1_000, scanned_from=desk.now)
    settle(ticking(desk))
    told = hours(desk, {"confirmation", "waitlisted"})
    assert told.keys() == {ALICE, BOB, CHIKA}
    assert len(set(told.values())) == 1


def test_a_round_bears_one_hour(desk: Desk) -> None:
    desk.case()
    office = ticking(desk)
    with office.ledger.deciding() as ledger:
        assert circulars.open_round(office, ledger, "2026-11", by=SATO) == 3
    told = hours(desk, {"round"})
    assert told.keys() == {ALICE, BOB, CHIKA}
    assert len(set(told.values())) == 1
