"""A CLEAR, or a YES, that comes after its time hears since when the place is no longer kept, and of the next in line only where somebody waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.attacks.desk import ALICE, BOB, CHIKA, Desk

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize("is_read_before", [True, False], ids=["lapsed already", "lapses with it"])
@pytest.mark.parametrize("waits", [True, False])
def test_a_late_clear(desk: Desk, is_read_before: bool, waits: bool) -> None:
    case_id = desk.case(conflict_names="Client A")
    desk.writes(ALICE, f"CLAIM {case_id}")
    if waits:
        desk.passes(seconds=5)
        desk.writes(BOB, f"CLAIM {case_id}")
    desk.settles()
    over = desk.clock.began + timedelta(seconds=desk.offer_ends(case_id))
    desk.clock.after = over - desk.clock.began + timedelta(minutes=5)
    if is_read_before:
        desk.ticks()
    desk.writes(ALICE, f"CLEAR {case_id}")
    since = (desk.now if is_read_before else over).astimezone(desk.office.rules.zone)
    told = desk.last_letter_to(ALICE).flat
    assert f"has not been kept for you since {since:%a} {since.day} {since:%b %Y, %H:%M}" in told
    assert ("goes to the next in line" in told) is (waits and not is_read_before), "whoever was next has it already"


@pytest.mark.parametrize("waits", [True, False])
def test_a_late_yes(desk: Desk, handed_back: Callable[..., str], waits: bool) -> None:
    case_id = handed_back()
    if not waits:
        desk.writes(CHIKA, f"RELEASE {case_id}")
    asked = desk.last_letter_to(BOB)
    desk.clock.after = timedelta(seconds=desk.offer_ends(case_id)) + timedelta(minutes=5)
    desk.ticks()
    if waits:
        assert desk.standing(case_id)[CHIKA] == "held"
    desk.writes(BOB, "YES", answering=asked)
    told = desk.last_letter_to(BOB).flat
    assert "is no longer kept for you" in told and "next in line" not in told
