"""A holder's calendar gets the deadline, its change and its end, each as a file that takes the place of the one before."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.core.model import Deadline
from tests.attacks.desk import ALICE, BOB, SATO, Desk


def entry(desk: Desk, reader: str) -> dict[str, str]:
    """The one calendar file of a reader's last letter: its properties."""
    (file,) = desk.last_letter_to(reader).headers.iter_attachments()
    found = dict(re.findall(r"^([A-Z]+)[;:](.*?)\r?$", file.get_content(), re.MULTILINE))
    assert file["content-type"].params["method"] == found["METHOD"] == ("CANCEL" if found["STATUS"] == "CANCELLED" else "PUBLISH")
    return found


@pytest.fixture
def case(desk: Desk) -> str:
    """Held by Alice, due in a month."""
    case = desk.case(deadline=Deadline(desk.now + timedelta(days=30), is_day=False))
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.passes(hours=1)
    return case


def test_a_deadline_that_staff_move_moves_in_the_calendar(desk: Desk, case: str) -> None:
    first = entry(desk, ALICE)
    desk.writes(SATO, "Deadline: 2027-01-31", subject=f"EDIT {case}")
    desk.writes(SATO, "YES", answering=desk.last_letter_to(SATO))
    moved = entry(desk, ALICE)
    assert moved["UID"] == first["UID"] and int(moved["SEQUENCE"]) > int(first["SEQUENCE"])
    assert (moved["DTSTART"], moved["STATUS"]) == ("VALUE=DATE:20270131", "CONFIRMED")


@pytest.mark.parametrize("word", ["WITHDRAW {case}", "RELEASE {case} " + ALICE])
def test_a_case_that_staff_take_away_leaves_the_calendar(desk: Desk, case: str, word: str) -> None:
    desk.writes(SATO, word.format(case=case))
    assert entry(desk, ALICE)["STATUS"] == "CANCELLED"


def test_a_case_handed_back_leaves_the_calendar_and_enters_the_next_ones(desk: Desk, case: str) -> None:
    desk.writes(BOB, f"CLAIM {case}")
    desk.settles()
    desk.writes(ALICE, f"RELEASE {case}")
    assert entry(desk, ALICE)["STATUS"] == "CANCELLED"
    desk.settles()
    assert entry(desk, BOB)["STATUS"] == "CONFIRMED"


def test_who_leaves_the_roster_keeps_no_deadline_of_a_case_that_is_somebody_elses_now(desk: Desk, case: str) -> None:
    first = entry(desk, ALICE)
    desk.writes(ALICE, "LEAVE")
    desk.writes(ALICE, "YES", answering=desk.last_letter_to(ALICE))
    last = entry(desk, ALICE)
    assert (last["UID"], last["METHOD"]) == (first["UID"], "CANCEL")


@pytest.mark.parametrize("nothing", ["Deadline:", "Deadline: none", "期限：なし"])
def test_a_deadline_that_staff_take_away_leaves_the_calendar(desk: Desk, case: str, nothing: str) -> None:
    first = entry(desk, ALICE)
    desk.writes(SATO, nothing, subject=f"EDIT {case}")
    desk.writes(SATO, "YES", answering=desk.last_letter_to(SATO))
    last = entry(desk, ALICE)
    assert (last["UID"], last["DTSTART"], last["STATUS"]) == (first["UID"], first["DTSTART"], "CANCELLED")
    assert int(last["SEQUENCE"]) > int(first["SEQUENCE"])
