"""A letter that was given up is not sent again with words that staff have changed since; what still holds in it may go."""

from __future__ import annotations

import pytest

from bot.office import once_more
from bot.shell.ledger.outbox import Posted
from tests.attacks.desk import ALICE, SATO, Desk


def had_by_alice(desk: Desk) -> str:
    case = desk.case(details="The file as it was.", contact="Sato, 03-0000-0001")
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    return case


def edits(desk: Desk, case: str, line: str) -> None:
    desk.passes(minutes=5)
    desk.writes(SATO, f"EDIT {case}\n{line}")
    if "はい" in desk.last_letter_to(SATO).text:
        desk.writes(SATO, "はい", answering=desk.last_letter_to(SATO))


def given_up(desk: Desk, kind: str) -> Posted:
    """The last letter of this kind to Alice, refused for good."""
    with desk.office.ledger.deciding() as ledger:
        letter = [one for one in ledger.outbox.all() if one.to == ALICE and one.kind == kind][-1]
        desk.office.give_up(ledger, letter.id, "552 5.3.4 too large")
    return letter


def why_not(desk: Desk, letter: Posted) -> str:
    with desk.office.ledger.reading() as ledger:
        (failed,) = ledger.unsent.given_up([letter.message_id])
        return once_more.why_not(desk.office, ledger, failed)


@pytest.mark.parametrize(("later", "is_held"), [("Details: The file, once more.", True), ("Contact: Suzuki, 03-0000-0002", False)])
def test_an_older_change_of_the_same_field_stays_where_it_is(desk: Desk, later: str, is_held: bool) -> None:
    case = had_by_alice(desk)
    edits(desk, case, "Details: The file, changed.")
    older = given_up(desk, "case_changed")
    assert why_not(desk, older) == ""
    edits(desk, case, later)
    assert ("changed" in why_not(desk, older)) == is_held
    assert why_not(desk, given_up(desk, "case_changed")) == "", "the newest tells it as it is"


@pytest.mark.parametrize(("later", "is_held"), [("Details: The file, changed.", True), ("Time frame: until summer", False)])
def test_a_file_that_was_changed_since_stays_too(desk: Desk, later: str, is_held: bool) -> None:
    case = had_by_alice(desk)
    older = given_up(desk, "confirmation")
    assert why_not(desk, older) == ""
    edits(desk, case, later)
    assert ("changed" in why_not(desk, older)) == is_held
