"""Of several commands in one mail, each is answered with what those above it have left, and with nothing of those below it."""

from __future__ import annotations

import re

import pytest

from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk


def told(desk: Desk, who: str, words: str) -> str:
    desk.writes(who, words)
    return desk.last_letter_to(who).flat


def test_explain_above_an_end_tells_the_case_as_it_was_and_below_it_as_it_is(desk: Desk) -> None:
    case = desk.case()
    above = told(desk, SUZUKI, f"EXPLAIN {case}\nCLOSE {case} WITH the family has left")
    assert f"{case}, “Asylum appeal”, is open" in above and "closed by" not in above
    below = told(desk, SUZUKI, f"REOPEN {case}\nEXPLAIN {case}")
    assert f"{case}, “Asylum appeal”, is open" in below and "opened again by" in below


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


def test_a_misspelt_command_stands_in_its_order_with_the_form_that_works(desk: Desk) -> None:
    first, second = desk.case("The first"), desk.case("The second")
    text = told(
        desk, SUZUKI, f"Hello,\nASIGN {first} {ALICE}\nCLOSE {second}\nFROBNICATE {first}\nSTATUS\nThanks, Taro\nsuzuki@ngo.example"
    )
    assert desk.last_letter_to(SUZUKI).subject == "2 done, 2 not: your 4 requests"
    text = re.sub("-{3,} ", "", text)
    assert f"1. Not understood: nothing done You wrote “ASIGN {first} {ALICE}”" in text and f"“ASSIGN {first} {ALICE}”" in text
    assert "2. " in text and f"3. Not understood: nothing done You wrote “FROBNICATE {first}”" in text and desk.standing(first) == {}


def test_a_misspelt_command_in_japanese_is_named_too(desk: Desk) -> None:
    case = desk.case()
    text = told(desk, SATO, f"終了する {case}\n状況\nよろしくお願いします。\n佐藤\nsato.h@other.example")
    assert "完了1点、未完了1点" in desk.last_letter_to(SATO).subject and f"終了 {case}" in text


def test_a_misspelt_command_alone_is_told_its_form(desk: Desk) -> None:
    case = desk.case()
    assert f"“CLOSE {case}”" in told(desk, SUZUKI, f"CLOES {case}")
    assert "Not understood" in desk.last_letter_to(SUZUKI).subject


def test_prose_of_staff_about_a_case_is_no_misspelt_command(desk: Desk) -> None:
    case = desk.case()
    assert "Not understood" not in told(desk, SUZUKI, f"Does anybody know how {case} is going?")


def test_the_reason_and_the_signature_are_no_misspelt_commands(desk: Desk) -> None:
    case = desk.case()
    told(desk, SUZUKI, f"CLOSE {case}\nReason: it is the same as JUS-2026-014\nSTATUS\n\nBest regards,\nTaro\ntaro@private.example")
    assert desk.last_letter_to(SUZUKI).subject == "2 done: your 2 requests"


@pytest.mark.parametrize(
    ("who", "close", "reopen"), [(SUZUKI, "CLOSE", "REOPEN"), (SATO, "終了", "再募集"), (SUZUKI, "WITHDRAW", "REOPEN")]
)
def test_two_lines_of_staff_that_undo_each_other_are_named_and_the_rest_is_done(desk: Desk, who: str, close: str, reopen: str) -> None:
    first, second = desk.case("The first"), desk.case("The second")
    text = told(desk, who, f"{close} {first}\n{reopen} {first}\n{close} {second}")
    assert f"{reopen} {first}" in text and f"{close} {first}" in text
    with desk.office.ledger.reading() as ledger:
        found = ledger.cases.some([first, second])
    assert found[first].state == "open" and found[second].state in ("closed", "withdrawn") and desk.ending() == "answered"


def test_two_lines_alone_that_undo_each_other_leave_the_case_as_it_was(desk: Desk) -> None:
    case = desk.case()
    told(desk, SUZUKI, f"CLOSE {case}\nREOPEN {case}")
    assert desk.last_letter_to(SUZUKI).subject == "0 done, 2 not: your 2 requests"
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"}


def test_a_place_that_is_given_and_taken_in_one_mail_is_neither_and_no_file_goes_out(desk: Desk) -> None:
    first, second = desk.case("The first"), desk.case("The second", details="The file.")
    told(desk, SUZUKI, f"CLOSE {first}\nASSIGN {second} {ALICE}\nRELEASE {second} {ALICE}")
    desk.settles()
    assert desk.last_letter_to(SUZUKI).subject == "1 done, 2 not: your 3 requests"
    assert desk.standing(second) == {} and desk.letters_to(ALICE) == []


def test_what_somebody_else_writes_stays_void_where_it_undoes_itself(desk: Desk) -> None:
    case = desk.case()
    desk.writes(BOB, f"CLAIM {case}\nRELEASE {case}")
    assert desk.standing(case) == {} and desk.ending() == "for_staff"


LONG = "WITH she has done three of these before"


@pytest.mark.parametrize("why", [LONG, "\nReason: we have agreed on the phone that she takes it from Monday"])
def test_a_long_request_with_its_reason_above_another_is_done_like_any(desk: Desk, why: str) -> None:
    first, second = desk.case("The first"), desk.case("The second")
    told(desk, SUZUKI, f"ASSIGN {first} {ALICE} {why}\nCLOSE {second}\nReason: it was agreed\nSTATUS")
    assert desk.last_letter_to(SUZUKI).subject == "3 done: your 3 requests" and desk.standing(first) == {ALICE: "confirmed"}


@pytest.mark.parametrize(("who", "remedy"), [(SUZUKI, "an empty line above it"), (SATO, "その上に空行を1行")])
def test_a_request_that_may_be_the_rest_of_a_sentence_is_named_with_what_to_do(desk: Desk, who: str, remedy: str) -> None:
    first, second = desk.case("The first"), desk.case("The second")
    words = f"ASSIGN {first} {ALICE} WITH she is the one whom we will not\n{{}}CLOSE {second}"
    text = told(desk, who, words.format(""))
    assert f"CLOSE {second}" in text and remedy.replace(" ", "") in text.replace(" ", "") and desk.standing(first) == {}
    told(desk, who, words.format("\n"))
    assert desk.standing(first) == {ALICE: "confirmed"}
