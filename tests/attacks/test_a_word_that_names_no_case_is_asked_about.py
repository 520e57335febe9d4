"""Group F of the attacks: CLEAR and CONFLICT where several conflict checks run, with and without a case; none is passed over in silence."""

from __future__ import annotations

import pytest

from tests.attacks.checking import FILE, is_checking
from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk

HOUR = "kept for you until Sun 22 Nov 2026, 12:"


def is_checking_two(desk: Desk) -> list[str]:
    """One letter asks for both checks."""
    cases = [desk.case(details=FILE, conflict_names=name) for name in ("Farida Ahmadi", "Omar Ahmadi")]
    desk.writes(ALICE, "CLAIM {}\nCLAIM {}".format(*cases))
    desk.settles()
    return cases


@pytest.mark.parametrize("words", ["CLEAR\nCONFLICT", "Conflict.\n\nClear.", "利益相反なし\n利益相反あり"])
def test_both_words_without_a_case_are_told_together_for_each_check(desk: Desk, words: str) -> None:
    cases, said = [is_checking(desk), is_checking(desk)], [word.rstrip(".") for word in words.split("\n") if word]
    desk.writes(ALICE, words)
    answer = desk.last_letter_to(ALICE).flat
    assert answer.count(f"You wrote “{said[0]}, {said[1]}”.") == 2 and answer.count("cannot tell which of the two") == 2
    assert all(f"“CLEAR {case}”" in answer for case in cases) and answer.count(HOUR) == 2
    assert [desk.standing(case) for case in cases] == [{ALICE: "held"}] * 2


def test_both_words_without_a_case_contradict_each_other_where_one_check_runs(desk: Desk) -> None:
    case = is_checking(desk)
    desk.writes(ALICE, "CLEAR\nCONFLICT")
    answer = desk.last_letter_to(ALICE).flat
    assert f"says both that nothing stands in the way of {case} and that you do not take it" in answer and HOUR in answer
    assert desk.standing(case) == {ALICE: "held"}


@pytest.mark.parametrize("is_in_thread", [False, True])
def test_a_bare_word_beside_one_that_names_its_case_is_asked_about_for_the_check_that_is_left(desk: Desk, is_in_thread: bool) -> None:
    cases = is_checking_two(desk)
    before = len(desk.letters_to(SATO))
    desk.writes(ALICE, f"CLEAR\nCONFLICT {cases[1]}", answering=desk.last_letter_to(ALICE) if is_in_thread else None)
    answer = desk.last_letter_to(ALICE).flat
    assert [desk.standing(case)[ALICE] for case in cases] == ["held", "released"]
    assert f"Do you mean {cases[0]}" in answer and HOUR in answer and "You wrote “CLEAR”." in answer
    assert len(desk.letters_to(SATO)) == before + 1, "they hear of the conflict; a bare word is no mail for a person"


def test_a_file_waits_where_a_bare_conflict_may_take_its_clear_back(desk: Desk) -> None:
    first, second = is_checking(desk), is_checking(desk)
    desk.writes(ALICE, f"CLEAR {first}\nCONFLICT")
    answer = desk.last_letter_to(ALICE).flat
    assert desk.standing(first) == desk.standing(second) == {ALICE: "held"} and FILE not in answer
    assert f"says both that nothing stands in the way of {first}" in answer and f"Do you mean {second}" in answer


@pytest.mark.parametrize("words", ["CLEAR\nCONFLICT {0}", "CONFLICT\nCLEAR {0}", "CLEAR\nRELEASE {0}"])
def test_a_bare_word_against_the_one_check_that_is_named_does_nothing(desk: Desk, words: str) -> None:
    case, before = is_checking(desk), len(desk.letters_to(SUZUKI))
    desk.writes(ALICE, words.format(case))
    assert desk.standing(case) == {ALICE: "held"} and "says both that nothing stands in the way" in desk.last_letter_to(ALICE).flat
    assert len(desk.letters_to(SUZUKI)) == before


def test_a_word_said_twice_with_and_without_its_case_is_said_once(desk: Desk) -> None:
    case, before = is_checking(desk), len(desk.letters_to(SUZUKI))
    desk.writes(ALICE, f"CONFLICT\nCONFLICT {case}")
    assert desk.standing(case) == {ALICE: "released"} and desk.last_letter_to(ALICE).subject.startswith("Conflict noted")
    assert [letter.subject for letter in desk.letters_to(SUZUKI)[before:]] == [desk.last_letter_to(SUZUKI).subject]


@pytest.mark.parametrize("is_in_thread", [False, True])
def test_a_claim_beside_a_bare_word_loses_no_time(desk: Desk, is_in_thread: bool) -> None:
    cases, other = is_checking_two(desk), desk.case("Detention hearing")
    desk.writes(ALICE, f"CLAIM {other}\nCLEAR", answering=desk.last_letter_to(ALICE) if is_in_thread else None)
    desk.writes(BOB, f"CLAIM {other}")
    desk.settles()
    answer = desk.last_letter_to(ALICE).flat
    assert desk.standing(other) == {ALICE: "confirmed", BOB: "waitlisted"} and all(f"“CLEAR {case}”" in answer for case in cases)


def test_staff_who_read_the_words_beside_it_see_case_and_hour(desk: Desk) -> None:
    case = is_checking(desk)
    desk.writes(ALICE, "CLEAR\n\nBut my partner has represented the husband.")
    told, japanese = desk.last_letter_to(SUZUKI).flat, "".join(desk.last_letter_to(SATO).text.split())
    assert f"Alice Arden wrote “CLEAR”. It does not settle the conflict check for {case}" in told
    assert "kept until Sun 22 Nov 2026, 12:02 JST and then goes to the next in line" in told
    assert f"{case}の利益相反の確認" in japanese and "2026年11月22日(日)12:02JST" in japanese


def test_staff_see_them_also_where_the_lawyer_is_answered_no_more_that_day(desk: Desk) -> None:
    case = is_checking(desk)
    for _ in range(7):
        desk.writes(ALICE, "CLEAR")
    told = desk.last_letter_to(SUZUKI).flat
    assert f"does not settle the conflict check for {case}" in told and "kept until Sun 22 Nov 2026, 12:02 JST" in told
    assert "The desk has asked" not in told


def test_a_yes_to_the_check_is_no_mail_for_a_person(desk: Desk) -> None:
    is_checking(desk)
    before = len(desk.letters_to(SUZUKI))
    desk.writes(ALICE, "YES", answering=desk.last_letter_to(ALICE))
    assert len(desk.letters_to(SUZUKI)) == before and "A person reads the rest" not in desk.last_letter_to(ALICE).text


def test_a_bare_word_below_the_letter_of_the_month_is_asked_about_as_in_a_mail_of_its_own(desk: Desk) -> None:
    case = is_checking(desk)
    desk.case("Detention hearing")
    desk.sends_the_round()
    desk.writes(ALICE, "CLEAR", answering=desk.last_letter_to(ALICE))
    assert f"Do you mean {case}" in desk.last_letter_to(ALICE).flat and desk.standing(case) == {ALICE: "held"}
