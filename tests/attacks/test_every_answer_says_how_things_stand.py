"""An answer asks for nothing that was said already, and says things as people say them."""

from __future__ import annotations

import pytest

from bot.core.model import Terms
from tests.attacks.desk import ALICE, BOB, SUZUKI, Desk


def told(desk: Desk, who: str) -> str:
    return desk.last_letter_to(who).flat


def test_who_hands_back_with_the_reason_is_not_asked_for_it_as_if_nothing_was_said(desk: Desk) -> None:
    case = desk.case()
    for words, is_asked in (("I fell ill. The brief is due on 3 December 2026.", False), ("", True)):
        desk.writes(ALICE, f"CLAIM {case}")
        desk.settles()
        desk.writes(ALICE, f"RELEASE {case}\n{words}")
        assert ("One line more, please" in told(desk, ALICE)) == is_asked
        assert ("Our staff have what you wrote" in told(desk, ALICE)) == (not is_asked)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_an_address_is_no_name_to_greet_somebody_by(desk: Desk, language: str) -> None:
    desk.joins("mori@houritsu.example", language=language)
    desk.writes("mori@houritsu.example", "LIST")
    text = told(desk, "mori@houritsu.example")
    assert ("Hello," if language == "en" else "ご担当者 様") in text and "mori@houritsu.example" not in text


@pytest.mark.parametrize(("region", "label"), [("", "Meetings in person only"), ("Osaka", "Region Osaka; in person only")])
def test_what_cannot_be_done_remotely_is_told_as_people_say_it(desk: Desk, region: str, label: str) -> None:
    desk.case(terms=Terms(region=region, is_remote=False))
    desk.writes(ALICE, "LIST")
    assert label in told(desk, ALICE)


def test_of_two_places_nobody_is_told_that_they_came_first_who_did_not(desk: Desk) -> None:
    case = desk.case(places=2)
    desk.writes(ALICE, f"CLAIM {case}", at=0)
    desk.writes(BOB, f"CLAIM {case}", at=5)
    desk.settles()
    told = desk.last_letter_to(BOB).flat
    assert "in time for one of the 2 places on this case" in told and "came first" not in told
    desk.writes(SUZUKI, f"EXPLAIN {case}")
    assert "arrived first" not in desk.last_letter_to(SUZUKI).flat
