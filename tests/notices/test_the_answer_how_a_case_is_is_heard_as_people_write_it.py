"""The answer to “how is the case?” is understood in one's own short words; whatever says more, or takes it back, is read by a person."""

from __future__ import annotations

import pytest

from tests.attacks.desk import ALICE, SUZUKI, Desk
from tests.notices.checkins import asked, held, told_staff


def answers(desk: Desk, words: str) -> None:
    """To the question about a case of hers."""
    held(desk)
    desk.writes(ALICE, words, answering=asked(desk))


@pytest.mark.parametrize(
    "word",
    [
        "OK",
        "ok.",
        "順調",
        "ＯＫ",
        "順調です。",
        "問題ありません",
        "順調に進んでいます。",
        "All is well.",
        "順調です。ありがとうございます。",
        "All fine, thank you!",
        "No problems so far\n\nThank you,\nAlice Arden",
    ],
)
def test_ok_is_thanked_for_and_troubles_nobody(desk: Desk, word: str) -> None:
    case = held(desk)
    before = len(desk.letters_to(SUZUKI))
    desk.writes(ALICE, word, answering=asked(desk))
    assert "is going on" in desk.last_letter_to(ALICE).subject
    desk.passes(days=15)
    desk.ticks()
    assert told_staff(desk) == [] and desk.standing(case) == {ALICE: "confirmed"}
    assert len([letter for letter in desk.letters_to(SUZUKI)[before:] if case in letter.subject]) == 0


@pytest.mark.parametrize(
    "words",
    [
        "OK\n\nBut the client has moved, what shall I do?",
        "順調\n\nただ、ご本人が引っ越されました。どうすればよいでしょうか。",
        "OK\n\nDONE",
        "RELEASE\n\nBut the client has moved, what shall I do?",
    ],
)
def test_words_below_a_word_that_troubles_nobody_are_read_by_a_person(desk: Desk, words: str) -> None:
    answers(desk, words)
    said = words.rpartition("\n")[2]
    (told,) = [letter for letter in desk.letters_to(SUZUKI) if said in letter.text]
    assert "It is with our staff now" in desk.last_letter_to(ALICE).flat
    desk.writes(SUZUKI, "Please ask the client for the new address.", answering=told)
    assert "ask the client for the new address" in desk.last_letter_to(ALICE).text


@pytest.mark.parametrize(
    "words", ["OK\n\nBest regards,\nAlice Arden", "Dear desk,\n\nOK\n\nAll is well.", "順調\n\nよろしくお願いいたします。"]
)
def test_courtesies_beside_ok_trouble_nobody(desk: Desk, words: str) -> None:
    held(desk)
    before = len(desk.letters_to(SUZUKI))
    desk.writes(ALICE, words, answering=asked(desk))
    assert "is going on" in desk.last_letter_to(ALICE).subject
    assert not [letter for letter in desk.letters_to(SUZUKI)[before:] if "Alice" in letter.subject]


def test_prose_breaks_the_silence_and_goes_to_staff(desk: Desk) -> None:
    answers(desk, "All is well, the next hearing is in May.")
    assert "next hearing is in May" in desk.last_letter_to(SUZUKI).text
    desk.passes(days=20)
    desk.ticks()
    assert told_staff(desk) == []


def test_who_says_more_than_done_hears_that_staff_have_it(desk: Desk) -> None:
    held(desk)
    letter = asked(desk)
    desk.writes(ALICE, "Done.\nWhere do I send the file?", answering=letter)
    assert "They have the rest of your mail too." in desk.last_letter_to(ALICE).flat
    assert "Where do I send the file?" in desk.last_letter_to(SUZUKI).text
    desk.writes(ALICE, "DONE", answering=letter)
    assert "the rest of your mail" not in desk.last_letter_to(ALICE).flat


def test_who_answers_in_prose_is_not_shown_how_to_claim_and_staff_read_what_was_asked(desk: Desk) -> None:
    answers(desk, "The hearing was moved to May.")
    assert "CLAIM" not in desk.last_letter_to(ALICE).text and "how your case is" in desk.last_letter_to(ALICE).flat
    assert "the question how the case is" in desk.last_letter_to(SUZUKI).flat


def test_what_stands_beside_the_answer_is_told_as_not_done(desk: Desk) -> None:
    held(desk)
    other = desk.case()
    desk.writes(ALICE, f"OK\nCLAIM {other}", answering=asked(desk))
    assert desk.standing(other) == {} and "is carried out alone" in desk.last_letter_to(ALICE).flat


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("困っています。", "Asks for help"),
        ("I need help.", "Asks for help"),
        ("終結しました。", "Said to be over"),
        ("The case is closed.", "Said to be over"),
        ("DONE - the appeal was granted, thank you", "Said to be over"),
        ("終結。ありがとうございました。", "Said to be over"),
        ("HELP me please, the client is in detention", "Asks for help"),
        ("ヘルプ、ご本人が収容されました。", "Asks for help"),
        ("Help, I cannot reach the client and do not know where they are.", "Asks for help"),
        ("ヘルプ、通訳が見つかりません。", "Asks for help"),
        ("Done! Both got their status.", "Said to be over"),
    ],
)
def test_short_words_of_ones_own_are_the_word_that_is_asked_for(desk: Desk, words: str, subject: str) -> None:
    answers(desk, words)
    assert [letter for letter in told_staff(desk) if letter.startswith(subject)]


@pytest.mark.parametrize(
    "words", ["順調ですが、通訳が見つかりません。", "All is well.\nThe interpreter has moved.", "問題ありませんか？", "Not ok"]
)
def test_words_that_say_more_are_read_by_a_person(desk: Desk, words: str) -> None:
    answers(desk, words)
    assert desk.ending() == "for_staff" and told_staff(desk) == []


@pytest.mark.parametrize(
    "words",
    [
        "終結、とはまだ言えない状況です。",
        "終結:まだです",
        "終結。ただし、仮放免の手続は続いています。",
        "Done, as far as the interview goes; the court case goes on.",
        "Done: filing. Still to do: the hearing in March.",
        "Done - the filing, that is. The hearing is not yet fixed.",
        "ヘルプ、不要です",
        "ヘルプ：もう必要ありません。",
        "Help with the interpreter is no longer needed, all is well.",
        "Help: none needed, thank you.",
        "Help, I don't need any more.",
    ],
)
def test_a_beginning_that_the_rest_of_its_line_takes_back_is_read_by_a_person(desk: Desk, words: str) -> None:
    answers(desk, words)
    assert desk.ending() == "for_staff" and told_staff(desk) == [] and words[:8] in desk.last_letter_to(SUZUKI).text
