"""Group F of the attacks: a place that comes free late goes to nobody unasked, and past nobody."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.core.model import Basis, ClaimState, Deadline, Verdict
from tests.attacks.desk import ALICE, BOB, CHIKA, SATO, SUZUKI, Desk


def in_days(desk: Desk, days: float) -> Deadline:
    return Deadline(desk.now + timedelta(days=days), is_day=False)


def kinds_to(desk: Desk, address: str) -> list[str]:
    return [letter.subject for letter in desk.letters_to(address)]


def test_within_a_week_the_next_in_line_has_the_place_at_once(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back(days=6)
    assert desk.standing(case) == {ALICE: "released", BOB: "confirmed", CHIKA: "waitlisted"}


def test_after_a_week_the_place_is_kept_for_the_next_in_line_who_is_asked_without_the_file(
    desk: Desk, handed_back: Callable[..., str]
) -> None:
    case = handed_back(days=8)
    assert desk.standing(case) == {ALICE: "released", BOB: "held", CHIKA: "waitlisted"}
    letter = desk.last_letter_to(BOB)
    assert letter.subject.startswith("Still willing?") and "QZX" not in letter.text + letter.html
    assert "asked" in desk.last_letter_to(SUZUKI).subject.casefold()


@pytest.mark.parametrize(("left", "asked"), [(6, True), (13, True), (15, False)])
def test_two_weeks_before_the_deadline_a_case_handed_back_is_offered_first(
    desk: Desk, handed_back: Callable[..., str], left: float, asked: bool
) -> None:
    case = handed_back(days=1, deadline=in_days(desk, left + 1))
    assert desk.standing(case)[BOB] == ("held" if asked else "confirmed")


@pytest.mark.parametrize(("left", "asked"), [(6, True), (13, False)])
def test_any_other_place_is_offered_first_a_week_before_the_deadline(
    desk: Desk, handed_back: Callable[..., str], left: float, asked: bool
) -> None:
    case = handed_back(days=1, deadline=in_days(desk, left + 1), conflict_names="Client A")
    assert ("Still willing" in desk.last_letter_to(BOB).subject) is asked
    assert desk.standing(case)[BOB] == "held"


@pytest.mark.parametrize("word", ["YES", "はい", "CLAIM"])
def test_a_yes_takes_the_place_and_brings_the_file(desk: Desk, handed_back: Callable[..., str], word: str) -> None:
    case = handed_back()
    if word == "CLAIM":
        desk.writes(BOB, f"CLAIM {case}")
    else:
        desk.writes(BOB, word, answering=desk.last_letter_to(BOB), proven=None)
    assert desk.standing(case)[BOB] == "confirmed" and "QZX CANARY NAME" in desk.last_letter_to(BOB).text
    assert [subject for subject in kinds_to(desk, SUZUKI) if subject.startswith("Placed")][1:] == [f"Placed: {case}, Asylum appeal"]


def test_a_yes_on_a_case_with_a_conflict_check_brings_the_names_first(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back(conflict_names="Client A")
    desk.writes(BOB, "YES", answering=desk.last_letter_to(BOB))
    letter = desk.last_letter_to(BOB)
    assert desk.standing(case)[BOB] == "held" and "Client A" in letter.text and "QZX" not in letter.text
    desk.writes(BOB, f"CLEAR {case}", answering=letter)
    assert desk.standing(case)[BOB] == "confirmed" and "QZX CANARY NAME" in desk.last_letter_to(BOB).text


@pytest.mark.parametrize("word", ["NO", "いいえ", "RELEASE"])
def test_a_no_passes_the_place_to_the_next_who_is_asked_once(desk: Desk, handed_back: Callable[..., str], word: str) -> None:
    case = handed_back()
    if word == "RELEASE":
        desk.writes(BOB, f"RELEASE {case}")
    else:
        desk.writes(BOB, word, answering=desk.last_letter_to(BOB))
    desk.settles()
    desk.settles()
    assert desk.standing(case) == {ALICE: "released", BOB: "released", CHIKA: "held"}
    assert len([subject for subject in kinds_to(desk, CHIKA) if subject.startswith("Still willing?")]) == 1
    assert len([subject for subject in kinds_to(desk, SUZUKI) if subject.startswith("Declined")]) == 1


def test_F_29_silence_passes_the_place_on_exactly_once_and_both_are_told(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    desk.passes(hours=25)
    desk.settles()
    desk.settles()
    assert desk.standing(case) == {ALICE: "released", BOB: "lapsed", CHIKA: "held"}
    assert [subject for subject in kinds_to(desk, BOB) if subject.startswith("Passed on")] == [f"Passed on: {case}, Asylum appeal"]
    assert [subject for subject in kinds_to(desk, SUZUKI) if subject.startswith("No answer")] == [
        f"No answer: {case} goes to the next in line"
    ]
    assert [subject for subject in kinds_to(desk, CHIKA) if subject.startswith("Still willing?")] != []


def test_F_29_a_yes_one_second_late_by_its_arrival_loses_though_it_is_read_first(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    until = desk.offer_ends(case)
    offer = desk.last_letter_to(BOB)
    desk.writes(BOB, "YES", answering=offer, at=until + 1)
    assert desk.standing(case)[BOB] == "held" and "Too late" in desk.last_letter_to(BOB).subject
    desk.writes(BOB, f"CLAIM {case}", at=until + 2)
    assert desk.standing(case)[BOB] == "held" and "Too late" in desk.last_letter_to(BOB).subject
    desk.passes(hours=24)
    desk.settles()
    assert desk.standing(case) == {ALICE: "released", BOB: "lapsed", CHIKA: "held"}


@pytest.mark.parametrize("word", ["YES", "はい", "NO"])
def test_F_29_a_word_to_an_offer_that_lapsed_is_told_of_the_case_its_hour_and_how_to_ask_again(
    desk: Desk, handed_back: Callable[..., str], word: str
) -> None:
    case = handed_back()
    offer, until = desk.last_letter_to(BOB), re.search(r"kept for you until (.+? JST)", desk.last_letter_to(BOB).flat)
    desk.passes(hours=25)
    desk.settles()
    desk.writes(BOB, word, answering=offer)
    told = desk.last_letter_to(BOB)
    assert until is not None and told.subject == f"Too late: {case}"
    assert f"on the case {case} was kept for you (until {until[1]}) was over" in told.flat and f"“CLAIM {case}”" in told.flat
    assert desk.standing(case)[BOB] == "lapsed"


def test_F_29_a_yes_to_an_offer_of_a_case_that_is_over_is_told_that(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    offer = desk.last_letter_to(BOB)
    desk.writes(SUZUKI, f"WITHDRAW {case}")
    desk.writes(BOB, "YES", answering=offer)
    assert f"The case {case} has been withdrawn" in desk.last_letter_to(BOB).flat


def test_F_29_a_yes_in_time_counts_however_late_it_is_read(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    until, offer = desk.offer_ends(case), desk.last_letter_to(BOB)
    desk.passes(days=3)
    desk.writes(BOB, "YES", answering=offer, at=until - 1)
    desk.settles()
    assert desk.standing(case)[BOB] == "confirmed"


def test_F_29_an_offer_lapses_only_after_a_look_that_began_later(desk: Desk, handed_back: Callable[..., str]) -> None:
    from bot import housekeeping

    case = handed_back()
    desk.passes(hours=25)
    housekeeping.tidy(desk.office)
    assert desk.standing(case)[BOB] == "held"
    desk.settles()
    assert desk.standing(case)[BOB] == "lapsed"


def test_F_29_a_clear_one_second_late_by_its_arrival_loses_too(desk: Desk) -> None:
    case = desk.case(conflict_names="Client A")
    desk.writes(ALICE, f"CLAIM {case}", at=0)
    desk.settles()
    desk.writes(ALICE, f"CLEAR {case}", at=desk.offer_ends(case) + 1)
    assert desk.standing(case) == {ALICE: "held"} and "Too late" in desk.last_letter_to(ALICE).subject


def test_during_an_offer_no_fresh_claim_overtakes_and_the_database_refuses_a_second_holder(
    desk: Desk, handed_back: Callable[..., str]
) -> None:
    case = handed_back()
    dora = desk.joins("dora@lawfirm.example", name="Dora")
    desk.writes(dora, f"CLAIM {case}")
    desk.settles()
    assert desk.standing(case) == {ALICE: "released", BOB: "held", CHIKA: "waitlisted", dora: "waitlisted"}
    with pytest.raises(IntegrityError), desk.office.ledger.deciding() as ledger:
        last = ledger.claims.of(case)[-1]
        verdict = Verdict(last.id, last.member_id, ClaimState.CONFIRMED, "first", 1)
        ledger.claims.give(case, [verdict], Basis(), now=desk.now, kept_until=lambda _: desk.now)


def test_near_a_deadline_an_offer_takes_no_more_than_a_quarter_of_the_time_that_is_left(
    desk: Desk, handed_back: Callable[..., str]
) -> None:
    case = handed_back(days=1, deadline=in_days(desk, 1.5))
    with desk.office.ledger.reading() as ledger:
        (offer,) = (claim for claim in ledger.claims.of(case) if claim.is_offer)
    assert offer.hold_until is not None
    assert timedelta(hours=2.8) < offer.hold_until - desk.now < timedelta(hours=3.1)


def test_staff_may_give_the_case_to_whom_it_is_offered_and_take_the_offer_back(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    desk.writes(SUZUKI, f"ASSIGN {case} {BOB}")
    assert desk.standing(case)[BOB] == "confirmed" and "QZX" in desk.last_letter_to(BOB).text
    desk.writes(BOB, "YES", answering=desk.letters_to(BOB)[-2])
    assert "settled" in desk.last_letter_to(BOB).subject


def test_a_case_that_is_closed_meanwhile_ends_the_offer(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    desk.writes(SUZUKI, f"CLOSE {case}")
    assert desk.standing(case) == {ALICE: "released", BOB: "lapsed", CHIKA: "lapsed"}
    assert "You need not answer" in desk.last_letter_to(BOB).flat


def test_who_is_taken_off_the_roster_loses_the_offer(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    offer = desk.last_letter_to(BOB)
    desk.writes(SATO, f"REMOVE {BOB}")
    desk.writes(BOB, "YES", answering=offer)
    desk.settles()
    assert desk.standing(case) == {ALICE: "released", BOB: "released", CHIKA: "held"}


def test_an_offer_is_told_as_such_by_status(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    for word in ("STATUS", f"SHOW {case}"):
        desk.writes(BOB, word)
        told = desk.last_letter_to(BOB).flat
        assert "kept for you until" in told and f"“CLAIM {case}” takes it, “RELEASE {case}” passes it on" in told


def test_show_says_how_the_reader_stands_with_the_case(desk: Desk) -> None:
    case = desk.case()
    for second, who in enumerate((ALICE, BOB)):
        desk.writes(who, f"CLAIM {case}", at=second)
    desk.settles()
    desk.writes(ALICE, f"SHOW {case}")
    assert "This case is yours" in desk.last_letter_to(ALICE).text and "waiting list" not in desk.last_letter_to(ALICE).text
    desk.writes(BOB, f"SHOW {case}")
    shown = desk.last_letter_to(BOB).flat
    assert ("順番待ちの1番目" in shown or "You are number 1 on the waiting list" in shown) and f"CLAIM {case}" not in shown
