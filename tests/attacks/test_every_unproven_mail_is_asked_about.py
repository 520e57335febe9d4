"""Group S of the attacks: one “was this you?” at a time, and yet no mail that a member may have written is buried under a forged one."""

from __future__ import annotations

import pytest

from tests.attacks.desk import ALICE, SUZUKI, Desk
from tests.story.people import Letter

BURIED = "will be asked about when the open question"


def questions(desk: Desk) -> list[Letter]:
    return [letter for letter in desk.letters_to(ALICE) if letter.subject.startswith("Was this you")]


@pytest.fixture
def forged(desk: Desk, case: str) -> str:
    """A forged claim, asked about; five minutes later a claim of her own, unproven too. Gives the case of the second."""
    mine = desk.case("Interview")
    desk.writes(ALICE, f"CLAIM {case}", proven=None)
    desk.passes(minutes=5)
    desk.writes(ALICE, f"CLAIM {mine}", proven=None)
    desk.passes(minutes=5)
    assert len(questions(desk)) == 1 and desk.ending() == "pending"
    return mine


@pytest.mark.parametrize(
    ("answer", "stands"),
    [
        ("Yes, that was me.", "confirmed"),
        ("Yes, that was me.\n\nAlice Arden\n2-3-4 Marunouchi, Chiyoda-ku, Tokyo\nTel. 03-5555-6666", "confirmed"),
        ("はい、私です。", "confirmed"),
        ("No, it wasn't me.", "refused"),
    ],
)
def test_the_answer_may_be_a_sentence(desk: Desk, case: str, answer: str, stands: str) -> None:
    desk.writes(ALICE, f"CLAIM {case}", proven=None)
    desk.writes(ALICE, answer, answering=questions(desk)[0])
    desk.settles()
    assert desk.standing(case) == {ALICE: stands}


def test_after_a_no_the_next_question_names_what_came_meanwhile(desk: Desk, forged: str) -> None:
    desk.writes(ALICE, "NO", answering=questions(desk)[0])
    assert len(questions(desk)) == 2 and forged in questions(desk)[1].text
    desk.writes(ALICE, "YES", answering=questions(desk)[1])
    desk.settles()
    assert desk.standing(forged) == {ALICE: "confirmed"}


def test_silence_ends_a_question_after_a_day_and_the_next_names_what_came_meanwhile(desk: Desk, forged: str) -> None:
    desk.passes(hours=23)
    desk.ticks()
    assert len(questions(desk)) == 1
    desk.passes(hours=1)
    desk.ticks()
    desk.ticks()
    assert len(questions(desk)) == 2 and forged in questions(desk)[1].text
    assert not any(BURIED in reason for _, reason in desk.endings())
    desk.writes(ALICE, "YES", answering=questions(desk)[1], proven=None)
    desk.settles()
    assert desk.standing(forged) == {ALICE: "confirmed"}


def test_a_yes_that_comes_too_late_brings_the_next_question_once(desk: Desk, forged: str) -> None:
    desk.passes(days=2)
    desk.writes(ALICE, "YES", answering=questions(desk)[0])
    assert len(questions(desk)) == 2 and forged in questions(desk)[1].text
    desk.writes(ALICE, "YES!", answering=questions(desk)[0])
    desk.ticks()
    assert len(questions(desk)) == 2


def test_each_mail_is_shown_with_its_time_and_all_its_lines(desk: Desk, forged: str) -> None:
    for words in ("LEAVE", "PAUSE\nLANGUAGE ja"):
        desk.writes(ALICE, words, proven=None)
        desk.passes(minutes=7)
    desk.writes(ALICE, "NO", answering=questions(desk)[0])
    text = questions(desk)[1].text
    for said in (f"“CLAIM {forged}”", "“LEAVE”", "“PAUSE”", "“LANGUAGE ja”", "12:05", "12:10", "12:17", "all 3 of them"):
        assert said in text
    assert "“”" not in text


def test_many_mails_are_named_by_several_questions(desk: Desk, forged: str) -> None:
    for _ in range(21):
        desk.writes(ALICE, f"RELEASE {forged}", proven=None)
    desk.writes(ALICE, "NO", answering=questions(desk)[0])
    desk.writes(ALICE, "NO", answering=questions(desk)[1])
    desk.passes(days=1)
    desk.ticks()
    assert len(questions(desk)) == 3 and "pending" not in {disposition for disposition, _ in desk.endings()}


def test_staff_are_shown_the_forged_mail_and_not_the_no(desk: Desk, case: str) -> None:
    desk.writes(ALICE, f"CLAIM {case}", proven=None, subject="Forged words")
    desk.passes(hours=3)
    desk.writes(ALICE, "NO", answering=questions(desk)[0])
    text = desk.last_letter_to(SUZUKI).text
    assert "Forged words" in text and f"> CLAIM {case}" in text and "12:00" in text
    assert "Re: Was this you" not in text and "15:00" not in text and "> NO" not in text
