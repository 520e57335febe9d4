"""Of several commands in one mail, each is answered with what those above it have left, and with nothing of those below it."""

from __future__ import annotations

import pytest

from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk


def told(desk: Desk, who: str, words: str) -> str:
    desk.writes(who, words)
    return " ".join(desk.last_letter_to(who).text.split())


def test_explain_above_an_end_tells_the_case_as_it_was_and_below_it_as_it_is(desk: Desk) -> None:
    case = desk.case()
    above = told(desk, SUZUKI, f"EXPLAIN {case}\nCLOSE {case} WITH the family has left")
    assert f"{case}, “Asylum appeal” is open" in above and "closed by" not in above
    below = told(desk, SUZUKI, f"REOPEN {case}\nEXPLAIN {case}")
    assert f"{case}, “Asylum appeal” is open" in below and "opened again by" in below


def test_a_listing_between_two_changes_shows_the_first_alone(desk: Desk) -> None:
    first, second = desk.case("The first"), desk.case("The second")
    listed = told(desk, SATO, f"終了 {first}\n一覧\n終了 {second}")
    assert "The second" in listed and "The first" not in listed


def test_explain_of_a_member_tells_the_member_as_they_were(desk: Desk) -> None:
    assert "removed from the roster" not in told(desk, SUZUKI, f"EXPLAIN {ALICE}\nREMOVE {ALICE}").partition("2. ")[0]


@pytest.mark.parametrize(("words", "still"), [("STATUS\nRELEASE {}", True), ("RELEASE {}\nSTATUS", False)])
def test_a_lawyers_mail_is_answered_in_its_order_too(desk: Desk, words: str, still: bool) -> None:
    case = desk.case()
    desk.writes(BOB, f"CLAIM {case}")
    desk.settles()
    assert ("Asylum appeal (yours)" in told(desk, BOB, words.format(case))) is still
