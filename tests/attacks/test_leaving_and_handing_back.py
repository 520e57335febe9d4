"""LEAVE and RELEASE: what is held goes to the next in line, why and what is due is asked, and staff hear what they must."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.core.model import Deadline
from tests.attacks.desk import ALICE, BOB, SUZUKI, Desk


def subjects(desk: Desk, address: str) -> list[str]:
    return [letter.subject for letter in desk.letters_to(address)]


def test_who_holds_nothing_leaves_at_once(desk: Desk) -> None:
    case = desk.case()
    for at, who in enumerate((BOB, ALICE)):
        desk.writes(who, f"CLAIM {case}", at=at)
    desk.settles()
    desk.writes(ALICE, "LEAVE")
    assert desk.members()[ALICE] == "left" and desk.standing(case) == {BOB: "confirmed", ALICE: "released"}


def test_who_holds_a_case_is_asked_first_and_nothing_changes(desk: Desk) -> None:
    case = a_case_of_alice(desk)
    desk.writes(ALICE, "LEAVE")
    assert desk.members()[ALICE] == "active" and desk.standing(case)[ALICE] == "confirmed"
    assert case in desk.last_letter_to(ALICE).subject
    desk.writes(ALICE, "NO", answering=desk.last_letter_to(ALICE))
    assert desk.members()[ALICE] == "active" and "nothing has been done" in desk.last_letter_to(ALICE).subject


@pytest.mark.parametrize("word", ["YES", "はい"])
def test_a_yes_hands_everything_back_and_staff_hear_of_it(desk: Desk, word: str) -> None:
    case = a_case_of_alice(desk)
    desk.writes(ALICE, "退会")
    desk.writes(ALICE, word, answering=desk.last_letter_to(ALICE), proven=None)
    desk.settles()
    assert desk.members()[ALICE] == "left" and desk.standing(case) == {ALICE: "released", BOB: "confirmed"}
    (notice,) = [letter for letter in desk.letters_to(SUZUKI) if letter.subject.startswith("Left the roster")]
    assert case in notice.text and ALICE in notice.text


def test_release_and_leave_in_one_mail_need_no_question(desk: Desk) -> None:
    case = a_case_of_alice(desk)
    desk.writes(ALICE, f"RELEASE {case}\nLEAVE")
    assert desk.members()[ALICE] == "left"


def test_handing_back_is_done_at_once_and_asks_why_and_what_is_due_next(desk: Desk) -> None:
    case = a_case_of_alice(desk)
    desk.writes(ALICE, f"RELEASE {case}")
    letter = desk.last_letter_to(ALICE)
    assert desk.standing(case)[ALICE] == "released" and "why, and what is due next" in letter.flat
    desk.writes(ALICE, "A hearing moved.\nThe brief is due on 3 December.", answering=letter, proven=None)
    told = desk.last_letter_to(SUZUKI)
    assert case in told.subject and "The brief is due on 3 December." in told.text and desk.ending() == "for_staff"
    assert "our staff have what you wrote" in desk.last_letter_to(ALICE).subject


@pytest.mark.parametrize(
    "words",
    ["RELEASE {}\n\nReason: I am moving abroad. Next is a hearing on 1 December.", "辞退 {}\n体調不良のためです。次の期日は12月1日です。"],
)
def test_the_reason_beside_the_word_is_the_handover_and_is_not_answered_as_a_question(desk: Desk, words: str) -> None:
    case = a_case_of_alice(desk)
    before = len(desk.letters_to(SUZUKI))
    desk.writes(ALICE, words.format(case))
    answer, said = desk.last_letter_to(ALICE), words.splitlines()[-1]
    assert "Our staff have what you wrote beside it" in answer.flat and "A person reads the rest" not in answer.flat
    handed_back, handover = desk.letters_to(SUZUKI)[before:]
    assert handed_back.subject.startswith("Handed back") and "comes in a letter of its own" in handed_back.flat
    assert "asked why" not in handed_back.flat
    assert handover.subject == f"Handover of {case}: Alice Arden writes" and said in handover.flat and "We asked" not in handover.flat
    desk.writes(ALICE, "The brief is due on 3 December.", answering=answer)
    assert desk.last_letter_to(SUZUKI).subject == handover.subject and "3 December" in desk.last_letter_to(SUZUKI).text


@pytest.mark.parametrize(
    "words",
    ["Shall I send you the file?", "Please let me know whether I shall send you the file.", "資料をお送りすべきかお知らせください。"],
)
def test_a_question_beside_the_word_is_a_person_s_to_answer(desk: Desk, words: str) -> None:
    case = a_case_of_alice(desk)
    desk.writes(ALICE, f"RELEASE {case}\nI am moving abroad. {words}")
    assert "will answer you" in desk.last_letter_to(ALICE).flat
    assert desk.last_letter_to(SUZUKI).subject.startswith("For you: Alice Arden writes")


@pytest.mark.parametrize("subject", ["The brief is due on 20 October", "書類はどなたにお送りすればよいでしょうか"])
def test_what_the_subject_says_stands_in_the_handover(desk: Desk, subject: str) -> None:
    case = a_case_of_alice(desk)
    desk.writes(ALICE, f"RELEASE {case}\nI am moving abroad.", subject=subject)
    told = desk.last_letter_to(SUZUKI)
    assert subject in told.flat and "I am moving abroad." in told.flat


def test_a_question_in_the_subject_is_a_person_s_to_answer_too(desk: Desk) -> None:
    case = a_case_of_alice(desk)
    desk.writes(ALICE, f"RELEASE {case}\nI am moving abroad.", subject="Can I keep the fee of the interpreter?")
    assert "will answer you" in desk.last_letter_to(ALICE).flat
    told = desk.last_letter_to(SUZUKI)
    assert "Can I keep the fee of the interpreter?" in told.subject and "I am moving abroad." in told.flat


def test_what_only_staff_may_write_beside_the_word_is_shown_to_them(desk: Desk) -> None:
    case = a_case_of_alice(desk)
    desk.writes(ALICE, f"RELEASE {case}\nASSIGN {case} {BOB}\nI am moving abroad.")
    told = desk.last_letter_to(SUZUKI)
    assert told.subject.startswith("For you: Alice Arden writes") and f"ASSIGN {case} {BOB}" in told.flat


def test_a_long_handover_is_cut_where_every_letter_to_staff_is_and_says_so(desk: Desk) -> None:
    case = a_case_of_alice(desk)
    desk.writes(ALICE, f"RELEASE {case}\n" + "The hearing is on 1 December.\n" * 900 + "END OF IT")
    told = desk.last_letter_to(SUZUKI)
    assert told.subject.startswith("Handover of") and "The hearing is on 1 December." in told.flat and "END OF IT" not in told.text
    assert "longer than this" in told.flat


def test_words_beside_leaving_a_waiting_list_go_to_a_person_as_ever(desk: Desk) -> None:
    case = a_case_of_alice(desk)
    desk.writes(BOB, f"RELEASE {case}\nI am moving abroad.")
    assert "will answer you" in desk.last_letter_to(BOB).flat
    assert desk.last_letter_to(SUZUKI).subject.startswith("For you: Bob Bengo writes")


def test_who_hands_back_before_the_conflict_check_is_over_is_not_asked_and_staff_read_nothing_of_it(desk: Desk) -> None:
    case = desk.case(conflict_names="Client A")
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.writes(ALICE, f"RELEASE {case}")
    told = next(letter for letter in reversed(desk.letters_to(SUZUKI)) if "anded back" in letter.subject)
    assert "Nobody waits for it" in told.flat and "asked why" not in told.flat


def test_the_answer_about_several_cases_names_each(desk: Desk) -> None:
    first, second = a_case_of_alice(desk), a_case_of_alice(desk)
    desk.writes(ALICE, f"RELEASE {first}\nRELEASE {second}")
    desk.writes(ALICE, "I am ill.", answering=desk.last_letter_to(ALICE))
    assert first in desk.last_letter_to(SUZUKI).text and second in desk.last_letter_to(SUZUKI).text


def test_near_the_deadline_staff_are_told_with_emphasis(desk: Desk) -> None:
    far = a_case_of_alice(desk, deadline=Deadline(desk.now + timedelta(days=40), is_day=False))
    near = a_case_of_alice(desk, deadline=Deadline(desk.now + timedelta(days=10), is_day=False))
    desk.writes(ALICE, f"RELEASE {far}")
    desk.writes(ALICE, f"RELEASE {near}")
    notices = [subject.partition(":")[0] for subject in subjects(desk, SUZUKI) if "anded back" in subject]
    assert notices == ["Handed back", "Urgent, handed back"]


def a_case_of_alice(desk: Desk, **case: Any) -> str:
    """Alice holds it, Bob waits."""
    case_id = desk.case(**case)
    desk.writes(ALICE, f"CLAIM {case_id}")
    desk.settles()
    desk.writes(BOB, f"CLAIM {case_id}")
    desk.settles()
    return case_id
