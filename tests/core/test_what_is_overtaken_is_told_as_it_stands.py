"""A line of an answer is told for as long as it is so; afterwards it tells how its case stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core.mail import Stamp
from bot.core.model import Claim, ClaimState, Line
from bot.core.retelling import as_it_stands

CASE, HOUR, LATER = "JAR-2026-001", datetime(2026, 11, 4, tzinfo=UTC), datetime(2026, 11, 5, tzinfo=UTC)
CLAIM = Claim(1, CASE, 1, Stamp("INBOX", 1, 1, HOUR, 0), ClaimState.CONFIRMED)


def claim(state: ClaimState, *, is_offer: bool = False, hold_until: datetime | None = None) -> Claim:
    return replace(CLAIM, state=state, is_offer=is_offer, hold_until=hold_until)


@pytest.mark.parametrize(
    ("outcome", "mine"),
    [
        ("confirmed", claim(ClaimState.CONFIRMED)),
        ("waitlisted", claim(ClaimState.WAITLISTED)),
        ("asks_staff", claim(ClaimState.WAITLISTED)),
        ("released", None),
        ("listed", None),
        ("refused", claim(ClaimState.CONFIRMED)),
    ],
)
def test_what_is_still_so_is_told_in_its_own_words(outcome: str, mine: Claim | None) -> None:
    line = Line("CLAIM 1", outcome, CASE, {"arrived_at": "x"})
    assert as_it_stands(line, mine) is line


@pytest.mark.parametrize("outcome", ["confirmed", "held", "waitlisted", "asks_staff"])
@pytest.mark.parametrize("mine", [None, claim(ClaimState.QUEUED), claim(ClaimState.HELD, is_offer=True, hold_until=HOUR)])
def test_what_is_no_longer_so_tells_how_the_case_stands(outcome: str, mine: Claim | None) -> None:
    assert as_it_stands(Line("CLAIM 1", outcome, CASE, {}), mine).outcome == "overtaken"


def test_the_file_of_a_withdrawn_case_is_not_told() -> None:
    assert as_it_stands(Line("CLAIM 1", "confirmed", CASE, {}), CLAIM, is_withdrawn=True).outcome == "overtaken"


def test_a_place_that_is_kept_longer_meanwhile_is_told_with_its_new_hour() -> None:
    told = as_it_stands(Line("CLAIM 1", "held", CASE, {"hold_until": HOUR.isoformat()}), claim(ClaimState.HELD, hold_until=LATER))
    assert (told.outcome, told.facts) == ("held", {"hold_until": LATER.isoformat()})
