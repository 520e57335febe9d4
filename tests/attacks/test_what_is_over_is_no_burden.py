"""STATUS tells a lawyer what is in their hands; what staff have ended stands apart, and after a month not at all."""

from __future__ import annotations

import pytest

from tests.attacks.desk import ALICE, SATO, Desk


def ended(desk: Desk, title: str, word: str = "CLOSE") -> str:
    """A case that Alice had and staff have ended."""
    case = desk.case(title)
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.writes(SATO, f"{word} {case}")
    return case


def status(desk: Desk) -> tuple[str, str]:
    """What she reads, before and below the heading of what is over."""
    desk.writes(ALICE, "STATUS")
    letter = desk.last_letter_to(ALICE)
    told = letter.text.partition("HELP")[0]
    above, _, below = told.partition("These are over, and no longer among your cases:")
    return f"{letter.subject}\n{above}", below


def test_a_closed_case_stands_apart_and_is_not_counted(desk: Desk) -> None:
    over, mine = ended(desk, "Appeal that is done"), desk.case("Appeal in hand")
    desk.writes(ALICE, f"CLAIM {mine}")
    desk.settles()
    above, below = status(desk)
    assert "Your cases: 1" in above and mine in above and over not in above
    assert over in below and "closed" in below and mine not in below
    assert f"RELEASE {mine}" in above


def test_who_has_nothing_but_closed_cases_holds_none(desk: Desk) -> None:
    over, called_off = ended(desk, "Appeal that is done"), ended(desk, "Appeal called off", "WITHDRAW")
    above, below = status(desk)
    assert "Your cases: 0" in above and "You hold no case" in above and "RELEASE" not in above + below
    assert f"{over} Appeal that is done (closed)" in below and f"{called_off} Appeal called off (withdrawn)" in below


@pytest.mark.parametrize(("days", "is_told"), [(29, True), (31, False)])
def test_after_a_month_it_is_told_no_more(desk: Desk, days: int, is_told: bool) -> None:
    over = ended(desk, "Appeal that is done")
    desk.passes(days=days)
    assert (over in status(desk)[1]) == is_told
    desk.writes(ALICE, f"SHOW {over}")
    assert "yours, and has been closed" in desk.last_letter_to(ALICE).flat, "whoever asks for it is still told"


def test_one_that_is_opened_again_is_in_her_hands_again(desk: Desk) -> None:
    over = ended(desk, "Appeal that goes on")
    desk.writes(SATO, f"REOPEN {over}")
    assert over in status(desk)[0]


def test_staff_who_are_on_the_roster_read_it_so_too(desk: Desk) -> None:
    desk.joins(SATO, name="Sato")
    case = desk.case("Appeal that is done")
    desk.writes(SATO, f"CLAIM {case}")
    desk.settles()
    desk.writes(SATO, f"CLOSE {case}")
    desk.writes(SATO, "STATUS")
    told = desk.last_letter_to(SATO).text
    assert "JUS" in told.partition("ご自身")[2] and "終了" in told.partition("ご自身")[2]
    assert "ご担当中" not in told
