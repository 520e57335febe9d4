"""A case that is not for everybody: a claim that does not fit waits for a word of staff, holds nobody up, and its member hears why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.model import ClaimState, Deadline, Terms
from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk
from tests.attacks.misfits import ATTORNEY, ATTORNEYS, PARALEGAL, asks, for_attorneys, reason, staff_say


@pytest.fixture
def case(desk: Desk) -> str:
    return for_attorneys(desk)


def test_a_claim_that_does_not_fit_is_told_so_and_staff_are_asked(desk: Desk, case: str) -> None:
    asks(desk, case)
    assert desk.standing(case) == {ALICE: "waitlisted"} and reason(desk, case, ALICE) == "misfit capacity"
    (told,) = desk.letters_to(ALICE)
    assert "staff have been asked" in told.subject and "open to attorneys (bengoshi)" in told.text
    assert [len(desk.letters_to(who)) for who in (SATO, SUZUKI)] == [1, 1]
    assert "paralegals" in desk.last_letter_to(SUZUKI).flat and "パラリーガル" in desk.last_letter_to(SATO).flat


def test_it_is_asked_about_once(desk: Desk, case: str) -> None:
    asks(desk, case)
    before = len(desk.letters())
    desk.settles()
    desk.settles()
    assert len(desk.letters()) == before


def test_who_fits_and_asks_before_the_word_of_staff_has_the_case(desk: Desk, case: str) -> None:
    asks(desk, case)
    desk.writes(BOB, f"CLAIM {case}")
    desk.settles()
    assert desk.standing(case) == {ALICE: "waitlisted", BOB: "confirmed"}
    assert "somebody whom the case fits asked, and has it now" in desk.last_letter_to(ALICE).flat
    staff_say(desk, "YES")
    desk.settles()
    assert desk.standing(case) == {ALICE: "waitlisted", BOB: "confirmed"}
    assert "Before they agreed, somebody whom it fits had asked" in desk.last_letter_to(ALICE).flat


def test_who_arrived_before_the_word_of_staff_but_was_read_after_it_still_comes_first(desk: Desk, case: str) -> None:
    asks(desk, case)
    desk.passes(minutes=10)
    staff_say(desk, "YES")
    desk.writes(BOB, f"CLAIM {case}", at=desk.clock.after.total_seconds() - 60, folder="Junk")
    desk.settles()
    assert desk.standing(case) == {ALICE: "waitlisted", BOB: "confirmed"}


def test_who_fits_but_asks_after_the_word_of_staff_comes_second(desk: Desk, case: str) -> None:
    asks(desk, case)
    staff_say(desk, "YES")
    desk.passes(seconds=30)
    desk.writes(BOB, f"CLAIM {case}")
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed", BOB: "waitlisted"}


def test_once_agreed_the_arrival_counts_again_in_line(desk: Desk, case: str) -> None:
    """Alice arrived before Bob; after the holder hands the case back it is her turn."""
    holder = desk.joins("chair@kanda.example", name="Kanda", profile=ATTORNEY)
    asks(desk, case)
    desk.writes(holder, f"CLAIM {case}")
    desk.settles()
    desk.writes(BOB, f"CLAIM {case}")
    desk.settles()
    staff_say(desk, "YES")
    desk.settles()
    desk.writes(holder, f"RELEASE {case}")
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed", holder: "released", BOB: "waitlisted"}


def test_nobody_is_asked_while_no_place_is_free(desk: Desk, case: str) -> None:
    desk.writes(ALICE, f"CLAIM {case}", at=0)
    desk.writes(BOB, f"CLAIM {case}", at=5)
    desk.settles()
    assert desk.standing(case) == {ALICE: "waitlisted", BOB: "confirmed"} and "number 1" in desk.last_letter_to(ALICE).subject
    assert not any("May Alice" in letter.text for letter in desk.letters_to(SUZUKI))
    desk.writes(BOB, f"RELEASE {case}")
    desk.settles()
    assert "staff have been asked" in desk.last_letter_to(ALICE).subject
    staff_say(desk, "YES")
    desk.settles()
    assert desk.standing(case)[ALICE] == "confirmed"


def test_who_has_told_nothing_fits_every_wish_but_not_a_case_for_some_only(desk: Desk) -> None:
    wishes = desk.case(language="Dari", terms=Terms(gender="female", region="Tokyo"))
    reserved = desk.case(terms=ATTORNEYS)
    desk.writes(ALICE, f"CLAIM {wishes} {reserved}")
    desk.settles()
    assert desk.standing(wishes) == {ALICE: "confirmed"} and reason(desk, reserved, ALICE) == "misfit capacity"


def test_a_case_that_expires_while_staff_are_asked_lets_the_claim_go(desk: Desk) -> None:
    desk.joins(ALICE, name="Alice Arden", profile=PARALEGAL)
    case = desk.case(terms=ATTORNEYS, deadline=Deadline(desk.now + timedelta(days=2), is_day=False))
    asks(desk, case)
    desk.passes(days=3)
    desk.settles()
    assert desk.standing(case) == {ALICE: ClaimState.LAPSED} and "has passed" in desk.last_letter_to(ALICE).flat


def test_status_says_that_staff_are_asked(desk: Desk, case: str) -> None:
    asks(desk, case)
    desk.writes(ALICE, "STATUS")
    assert "our staff have been asked" in desk.last_letter_to(ALICE).flat


def test_what_a_case_asks_for_stands_in_the_list_and_in_the_round(desk: Desk) -> None:
    case = desk.case(terms=Terms(("bengoshi",), True, "arranged by us", "female", "Tokyo", False))
    desk.sends_the_round()
    desk.writes(BOB, f"SHOW {case}")
    shown, circulated = (letter.flat for letter in (desk.last_letter_to(BOB), desk.letters_to(BOB)[0]))
    for words in (
        "For attorneys (bengoshi); the client asks for a woman; beginners too",
        "Interpreter arranged by us",
        "Region Tokyo; in person only",
    ):
        assert words in shown and words in circulated


def test_a_colleague_whom_the_case_does_not_fit_is_asked_about_and_hears_why_alone(desk: Desk) -> None:
    desk.joins(ALICE, name="Alice Arden", firm="Kita Law", profile=PARALEGAL)
    desk.joins(BOB, name="Bob Bengo", firm="Kita Law", roles=("coordinator",), profile=ATTORNEY)
    case = desk.case(terms=ATTORNEYS, details="QZX CANARY NAME")
    desk.writes(BOB, f"CLAIM {case} FOR Alice Arden")
    desk.settles()
    assert desk.standing(case) == {ALICE: "waitlisted"} and "asking our staff" in desk.last_letter_to(BOB).subject
    assert "Bob Bengo asked for this case in your name" in desk.last_letter_to(ALICE).flat
    assert "roster does not show" in desk.last_letter_to(ALICE).flat and "roster" not in desk.last_letter_to(BOB).flat
    staff_say(desk, "YES")
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"} and "QZX" in desk.last_letter_to(ALICE).text


def test_staff_change_by_edit_for_whom_a_case_is(desk: Desk, case: str) -> None:
    desk.writes(SUZUKI, f"EDIT {case}\nEligible: 行政書士、パラリーガル\nRemote possible: はい\nInterpreter: arranged by us")
    preview = desk.last_letter_to(SUZUKI)
    assert "Eligible" in preview.text and "arranged by us" in preview.text and "remotely too" in preview.flat
    desk.writes(SUZUKI, "YES", answering=preview)
    asks(desk, case)
    assert desk.standing(case) == {ALICE: "confirmed"}


def test_what_could_name_a_client_is_found_in_the_new_fields_too(desk: Desk) -> None:
    text = "Title: Appeal\nSummary: An appeal.\nDetails: The client is QZX CANARY NAME.\nInterpreter: only QZX CANARY NAME speaks it"
    desk.writes(SUZUKI, text, subject="NEW CASE")
    assert "CANARY NAME”" in desk.last_letter_to(SUZUKI).flat.partition("Please look")[2]
