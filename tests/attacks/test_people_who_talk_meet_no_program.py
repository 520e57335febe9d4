"""In a thread that holds words of staff a lawyer's further mail goes to staff, and the desk keeps out of it but for one word to a question."""

from __future__ import annotations

import pytest

from tests.attacks.desk import ALICE, SATO, SUZUKI, Desk
from tests.story.people import Letter

SAID = {
    "en": ("May I bring a trainee?", "Thank you very much!", "Her name is Emi Endo.", "Where do we meet?", "And at what time?"),
    "ja": (
        "修習生を同行してもよいですか。",
        "ありがとうございます。",
        "名前は遠藤恵美です。",
        "どちらへ伺えばよいでしょうか。",
        "何時でしょうか。",
    ),
}


@pytest.fixture(params=SAID)
def said(request: pytest.FixtureRequest, desk: Desk) -> tuple[str, ...]:
    desk.joins(ALICE, name="Alice Arden", language=request.param)
    return SAID[request.param]


def answered(desk: Desk, question: str) -> Letter:
    """Alice asks, Suzuki answers; gives the words that Alice gets."""
    desk.writes(ALICE, question)
    desk.writes(SUZUKI, "Dear Alice,\n\nYes, gladly.\n\nSuzuki", answering=desk.last_letter_to(SUZUKI))
    return desk.last_letter_to(ALICE)


def waiting(desk: Desk) -> int:
    """How many lawyers staff owe an answer."""
    with desk.office.ledger.reading() as ledger:
        return ledger.words.unanswered()


def test_thanks_go_to_the_writer_alone_and_nobody_answers_them(desk: Desk, said: tuple[str, ...]) -> None:
    words = answered(desk, said[0])
    before = {address: len(desk.letters_to(address)) for address in (ALICE, SATO)}
    desk.writes(ALICE, said[1], answering=words)
    assert said[1] in desk.last_letter_to(SUZUKI).text and waiting(desk) == 0
    assert {address: len(desk.letters_to(address)) for address in (ALICE, SATO)} == before
    assert desk.endings()[-1] == ("ignored", "thanks alone: passed on")
    desk.writes(SUZUKI, "Until Monday, then.", answering=desk.last_letter_to(SUZUKI))
    assert "Until Monday, then." in desk.last_letter_to(ALICE).text


def test_words_that_went_only_at_a_yes_are_words_of_a_person_all_the_same(desk: Desk, said: tuple[str, ...]) -> None:
    desk.case(details="The client is Zahra Karimi.")
    desk.writes(ALICE, said[0])
    desk.writes(SUZUKI, "Dear Alice,\n\nThe client is Zahra Karimi.\n\nSuzuki", answering=desk.last_letter_to(SUZUKI))
    assert "Zahra Karimi" not in desk.last_letter_to(ALICE).text
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    words = desk.last_letter_to(ALICE)
    assert "Zahra Karimi" in words.text
    before = {address: len(desk.letters_to(address)) for address in (ALICE, SATO)}
    desk.writes(ALICE, said[1], answering=words)
    assert said[1] in desk.last_letter_to(SUZUKI).text and waiting(desk) == 0
    assert {address: len(desk.letters_to(address)) for address in (ALICE, SATO)} == before


def test_an_answer_goes_to_all_of_staff_and_its_writer_meets_no_program(desk: Desk, said: tuple[str, ...]) -> None:
    words = answered(desk, said[0])
    before = len(desk.letters_to(ALICE))
    desk.writes(ALICE, said[2], answering=words)
    assert len(desk.letters_to(ALICE)) == before and waiting(desk) == 1 and desk.ending() == "for_staff"
    for person in (SUZUKI, SATO):
        letter = desk.last_letter_to(person)
        assert said[2] in letter.text and not any(word in letter.text for word in ("They have", "お伝えして"))


def test_a_question_is_acknowledged_once_by_the_name_of_the_person(desk: Desk, said: tuple[str, ...]) -> None:
    words = answered(desk, said[0])
    desk.writes(ALICE, said[3], answering=words)
    told = desk.last_letter_to(ALICE)
    assert (
        "Suzuki Taro" in told.subject and "CLAIM" not in told.text.partition("HELP")[0] and "受任" not in told.text.partition("ヘルプ")[0]
    )
    desk.writes(SUZUKI, "At the main gate.", answering=desk.last_letter_to(SUZUKI))
    before = len(desk.letters_to(ALICE))
    desk.writes(ALICE, said[4], answering=desk.last_letter_to(ALICE))
    assert len(desk.letters_to(ALICE)) == before and said[4] in desk.last_letter_to(SUZUKI).text and waiting(desk) == 1


def test_a_command_in_such_a_thread_is_answered_as_ever_and_a_case_that_may_be_meant_is_asked_about(
    desk: Desk, said: tuple[str, ...]
) -> None:
    case, other = desk.case(), desk.case("Detention")
    words = answered(desk, said[0])
    desk.writes(ALICE, f"CLAIM {case}\n\n{said[2]}", answering=words)
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"} and case in desk.last_letter_to(ALICE).text
    desk.writes(ALICE, f"I could take {other}, too.", answering=words)
    desk.writes(ALICE, "YES", answering=desk.last_letter_to(ALICE))
    desk.settles()
    assert desk.standing(other) == {ALICE: "confirmed"}


def test_where_no_person_has_written_yet_every_mail_is_answered(desk: Desk, said: tuple[str, ...]) -> None:
    for mail in (said[0], said[1], said[2]):
        before = len(desk.letters_to(ALICE))
        desk.writes(ALICE, mail, answering=desk.last_letter_to(ALICE) if before else None)
        assert len(desk.letters_to(ALICE)) == before + 1


def test_while_a_case_is_kept_for_the_lawyer_only_what_may_be_the_answer_brings_the_desk_back(desk: Desk) -> None:
    desk.joins(ALICE, name="Alice Arden")
    case = desk.case(conflict_names="Omar Haddad")
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.writes(ALICE, "May I bring a trainee?", answering=desk.last_letter_to(ALICE))
    desk.writes(SUZUKI, "Dear Alice,\n\nGladly.\n\nSuzuki", answering=desk.last_letter_to(SUZUKI))
    words, before = desk.last_letter_to(ALICE), len(desk.letters_to(ALICE))
    desk.writes(ALICE, "Her name is Emi Endo.", answering=words)
    shown = desk.last_letter_to(SUZUKI).flat
    assert len(desk.letters_to(ALICE)) == before and "The place is kept until" in shown and "asked again" not in shown
    desk.writes(ALICE, "In that case I am happy to take it.", answering=words)
    assert "still waits for your answer" in desk.last_letter_to(ALICE).text and "asked again" in desk.last_letter_to(SUZUKI).text
    assert desk.standing(case) == {ALICE: "held"}


@pytest.mark.parametrize(("language", "word", "shown"), [("en", "Yes.", "Suzuki Taro: Yes."), ("ja", "はい。", "Suzuki Taro：はい。")])
@pytest.mark.parametrize("frame", ["{}", "Dear Alice,\n\n{}\n\nSuzuki"], ids=["alone", "between"])
def test_an_answer_of_one_word_stands_behind_the_name_of_who_said_it(desk: Desk, language: str, word: str, shown: str, frame: str) -> None:
    desk.joins(ALICE, name="Alice Arden", language=language)
    desk.writes(ALICE, SAID[language][0])
    desk.writes(SUZUKI, frame.format(word), answering=desk.last_letter_to(SUZUKI))
    words = desk.last_letter_to(ALICE)
    assert shown in words.text.splitlines() and shown in words.html
    assert not any(mark in words.text + words.html for mark in ("as written", "原文"))


@pytest.mark.parametrize(("language", "word"), [("en", "CLEAR"), ("ja", "利益相反なし"), ("en", "Clear."), ("ja", "利益相反なし。")])
def test_a_word_of_staff_that_a_mail_program_quotes_back_without_a_mark_acts_on_nothing(desk: Desk, language: str, word: str) -> None:
    desk.joins(ALICE, name="Alice Arden", language=language)
    case = desk.case(conflict_names="Zahra K.")
    desk.writes(ALICE, SAID[language][0])
    asked = desk.last_letter_to(SUZUKI)
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    assert desk.standing(case)[ALICE] == "held"
    desk.writes(SUZUKI, f"Dear Alice,\n\n{word}\n\nSuzuki", answering=asked)
    (line,) = [line for line in desk.last_letter_to(ALICE).text.splitlines() if line.endswith(word)]
    assert line.startswith("Suzuki Taro")
    for said in (line, f"{line}\n", f"Thank you!\n{line}"):
        desk.writes(ALICE, said)
        desk.writes(ALICE, said, answering=desk.last_letter_to(ALICE))
    desk.settles()
    assert desk.standing(case)[ALICE] == "held"
