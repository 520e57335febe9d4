"""Group F of the attacks: a place is kept for a lawyer's one word; whatever they write in a mail of its own, they hear which word, and until when."""

from __future__ import annotations

import pytest

from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk

FILE = "QZX CANARY NAME"


def is_checking(desk: Desk, title: str = "Asylum appeal") -> str:
    case = desk.case(title, details=FILE, conflict_names="Farida Ahmadi")
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    return case


def is_offered(desk: Desk) -> str:
    """Bob has waited for more than a week when Alice hands the case back."""
    case = desk.case(details=FILE)
    for second, lawyer in enumerate((ALICE, BOB)):
        desk.writes(lawyer, f"CLAIM {case}", at=second)
    desk.settles()
    desk.passes(days=8)
    desk.writes(ALICE, f"RELEASE {case}")
    desk.settles()
    assert desk.standing(case)[BOB] == "held"
    return case


@pytest.mark.parametrize("word", ["CLEAR", "Clear.", "利益相反なし", "CONFLICT", "利益相反あり。"])
def test_a_bare_word_in_a_mail_of_its_own_is_asked_about_by_the_case_and_its_hour(desk: Desk, word: str) -> None:
    """It may have been written about a check that has lapsed since: the file of another client goes out at no guess."""
    case, before = is_checking(desk), len(desk.letters_to(SUZUKI))
    desk.writes(ALICE, word)
    asked = desk.last_letter_to(ALICE)
    assert desk.standing(case) == {ALICE: "held"} and FILE not in asked.text and len(desk.letters_to(SUZUKI)) == before
    assert f"Do you mean {case}" in asked.flat and "kept for you until Sun 22 Nov 2026, 12:02 JST" in asked.flat
    assert f"“CLEAR {case}”" in asked.flat and f"“CONFLICT {case}”" in asked.flat
    desk.writes(ALICE, word, answering=asked)
    assert desk.standing(case)[ALICE] == ("released" if word in ("CONFLICT", "利益相反あり。") else "confirmed")


def test_a_bare_word_where_two_checks_run_is_asked_about_for_each(desk: Desk) -> None:
    cases = [is_checking(desk), is_checking(desk, "Detention hearing")]
    desk.writes(ALICE, "CLEAR")
    asked = desk.last_letter_to(ALICE).flat
    assert all(f"“CLEAR {case}”" in asked for case in cases) and "cannot tell which" in asked
    assert [desk.standing(case) for case in cases] == [{ALICE: "held"}] * 2


@pytest.mark.parametrize("words", ["No conflict", "I see no problem with the names.", "問題ありません。"])
def test_words_that_are_not_understood_are_answered_as_in_the_thread(desk: Desk, words: str) -> None:
    case = is_checking(desk)
    desk.writes(ALICE, words)
    answer, told = desk.last_letter_to(ALICE), desk.last_letter_to(SUZUKI).flat
    assert answer.subject.startswith("Please answer CLEAR or CONFLICT by Sun 22 Nov 2026, 12:02 JST") and case in answer.subject
    assert desk.standing(case) == {ALICE: "held"} and FILE not in answer.text
    assert f"not yet said CLEAR or CONFLICT about {case}" in told and "kept until Sun 22 Nov 2026, 12:02 JST" in told


def test_each_place_that_is_kept_is_told_and_the_soonest_first(desk: Desk) -> None:
    first = is_checking(desk)
    desk.passes(hours=3)
    second = is_checking(desk, "Detention hearing")
    desk.writes(ALICE, "No conflict")
    answer = desk.last_letter_to(ALICE).flat
    assert -1 < answer.find(f"“CLEAR {first}”") < answer.find(f"“CLEAR {second}”")


@pytest.mark.parametrize("words", ["Yes", "I am happy to.", "はい、お引き受けします。"])
def test_who_is_asked_whether_still_willing_hears_the_lines_that_work_in_any_mail(desk: Desk, words: str) -> None:
    case = is_offered(desk)
    desk.writes(BOB, words)
    answer = desk.last_letter_to(BOB)
    assert answer.subject.startswith("Please answer CLAIM or RELEASE by") and desk.standing(case)[BOB] == "held"
    assert f"“CLAIM {case}”" in answer.flat and f"“RELEASE {case}”" in answer.flat
    desk.writes(BOB, f"CLAIM {case}", answering=answer)
    assert desk.standing(case)[BOB] == "confirmed"


def test_a_mail_about_another_case_is_about_that_one(desk: Desk) -> None:
    is_checking(desk)
    other = desk.case("Another appeal")
    desk.writes(ALICE, f"What is the language in {other}?")
    assert "CLEAR" not in desk.last_letter_to(ALICE).text


def test_who_is_waited_for_by_nobody_is_not_asked(desk: Desk) -> None:
    case = is_checking(desk)
    desk.writes(BOB, "No conflict")
    desk.writes(BOB, "CLEAR")
    assert all(case not in letter.text for letter in desk.letters_to(BOB)[-2:])


def test_a_conversation_with_staff_stays_one(desk: Desk) -> None:
    case = is_checking(desk)
    desk.writes(ALICE, "May I bring a trainee?", answering=desk.last_letter_to(ALICE))
    desk.writes(SUZUKI, "Dear Alice, gladly. Suzuki", answering=desk.last_letter_to(SUZUKI))
    before = len(desk.letters_to(ALICE))
    desk.writes(ALICE, "Her name is Emi Endo.", answering=desk.last_letter_to(ALICE))
    assert len(desk.letters_to(ALICE)) == before and desk.standing(case) == {ALICE: "held"}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_status_and_show_tell_who_checks_for_conflicts_which_word_is_waited_for_and_until_when(desk: Desk, language: str) -> None:
    desk.joins(ALICE, name="Alice Arden", language=language)
    case = is_checking(desk)
    words = (f"“CLEAR {case}”", f"“CONFLICT {case}”") if language == "en" else (f"「利益相反なし {case}」", f"「利益相反あり {case}」")
    for asks in ("STATUS", f"SHOW {case}"):
        desk.writes(ALICE, asks)
        told = desk.last_letter_to(ALICE)
        assert ("22 Nov 2026, 12:02 JST" if language == "en" else "2026年11月22日(日) 12:02 JST") in told.flat
        assert all(word in told.text.replace("\n", "") or word in told.flat for word in words) and "Farida" not in told.text


def test_staff_read_until_when_a_case_is_kept_for_a_conflict_check(desk: Desk) -> None:
    is_checking(desk)
    assert "kept for them until Sun 22 Nov 2026, 12:02 JST" in desk.last_letter_to(SUZUKI).flat
    told = desk.last_letter_to(SATO)
    assert "取り置きは" in told.text and "確認中の方" in told.text and "担当者  " not in told.text


def test_staff_read_it_also_where_the_place_is_given_by_hand_or_an_offer_is_taken(desk: Desk) -> None:
    case = desk.case(details=FILE, conflict_names="Farida Ahmadi")
    desk.writes(SUZUKI, f"ASSIGN {case} {ALICE}")
    assert any("kept for them until" in letter.flat for letter in desk.letters_to(SATO) + desk.letters_to(SUZUKI))
