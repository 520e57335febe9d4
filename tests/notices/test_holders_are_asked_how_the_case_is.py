"""The quarterly check-in: one word answers it, HELP reaches a person at once, and silence is told after two weeks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attacks.desk import ALICE, BOB, CHIKA, SUZUKI, Desk
from tests.story.people import Letter


def held(desk: Desk, member: str = ALICE, **fields: str) -> str:
    case = desk.case(**fields)
    desk.writes(member, f"CLAIM {case}")
    desk.settles()
    assert desk.standing(case) == {member: "confirmed"}
    return case


def check_ins(desk: Desk, member: str = ALICE) -> list[Letter]:
    return [letter for letter in desk.letters_to(member) if letter.subject.startswith("How is ")]


def asked(desk: Desk, member: str = ALICE) -> Letter:
    desk.passes(days=91)
    desk.ticks()
    return check_ins(desk, member)[-1]


def told_staff(desk: Desk) -> list[str]:
    words = ("Asks for help", "Said to be over", "No answer:")
    return [letter.subject for letter in desk.letters_to(SUZUKI) if letter.subject.startswith(words)]


def test_a_holder_is_asked_every_quarter_and_once_each(desk: Desk) -> None:
    held(desk)
    seen = []
    for _ in range(4):
        desk.passes(days=61)
        desk.ticks()
        desk.ticks()
        seen.append(len(check_ins(desk)))
    assert seen == [0, 1, 1, 2]


def test_nobody_else_is_asked(desk: Desk) -> None:
    case = held(desk)
    desk.writes(BOB, f"CLAIM {case}")
    desk.settles()
    asked(desk)
    assert check_ins(desk, BOB) == []


def test_none_is_sent_where_the_organisation_wants_none(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path, checkin_days="checkin_days = 0")
    held(desk)
    desk.passes(days=400)
    desk.ticks()
    assert check_ins(desk) == []


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
    held(desk)
    desk.writes(ALICE, words, answering=asked(desk))
    said = words.rpartition("\n")[2]
    (told,) = [letter for letter in desk.letters_to(SUZUKI) if said in letter.text]
    assert "It is with our staff now" in " ".join(desk.last_letter_to(ALICE).text.split())
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


@pytest.mark.parametrize("word", ["HELP", "ヘルプ", "Help."])
def test_help_in_that_thread_calls_a_person_at_once(desk: Desk, word: str) -> None:
    held(desk)
    desk.writes(ALICE, f"{word}\nThe hearing was moved.", answering=asked(desk))
    assert len(told_staff(desk)) == 1 and "The hearing was moved." in desk.last_letter_to(SUZUKI).text
    assert "Somebody will get in touch" in desk.last_letter_to(ALICE).subject


def test_help_anywhere_else_is_the_list_of_commands(desk: Desk) -> None:
    held(desk)
    asked(desk)
    desk.writes(ALICE, "HELP")
    assert told_staff(desk) == [] and desk.last_letter_to(ALICE).subject == "What you can do by mail"


def test_no_letter_of_that_thread_offers_help_for_anything_else(desk: Desk) -> None:
    held(desk)
    letter = asked(desk)
    desk.writes(ALICE, "OK", answering=letter)
    assert "what you can do by mail" not in letter.text + desk.last_letter_to(ALICE).text


def test_done_is_told_and_closes_nothing_by_itself(desk: Desk) -> None:
    case = held(desk)
    desk.writes(ALICE, "DONE", answering=asked(desk))
    assert told_staff(desk) and f"CLOSE {case}" in desk.last_letter_to(SUZUKI).text
    with desk.office.ledger.reading() as ledger:
        assert ledger.cases.some([case])[case].state == "filled"


@pytest.mark.parametrize("word", ["RELEASE", "辞退", "release %s"])
def test_release_is_the_usual_one_and_the_next_in_line_moves_up(desk: Desk, word: str) -> None:
    case = held(desk)
    letter = asked(desk)
    desk.writes(BOB, f"CLAIM {case}")
    desk.settles()
    desk.writes(ALICE, word % case if "%" in word else word, answering=letter)
    desk.settles()
    assert desk.standing(case) == {ALICE: "released", BOB: "confirmed"}
    desk.passes(days=15)
    desk.ticks()
    assert told_staff(desk) == []


@pytest.mark.parametrize(
    "words", ["RELEASE\n\nI am moving abroad.", "RELEASE %s\nI am moving abroad.", "RELEASE\nSTATUS\nI am moving abroad."]
)
def test_the_reason_beside_release_is_the_handover_there_too(desk: Desk, words: str) -> None:
    case = held(desk)
    letter, before = asked(desk), len(desk.letters_to(SUZUKI))
    desk.writes(ALICE, words % case if "%" in words else words, answering=letter)
    handed_back, handover = desk.letters_to(SUZUKI)[before:]
    assert handed_back.subject.startswith("Handed back") and handover.subject == f"Handover of {case}: Alice Arden writes"
    assert "moving abroad" in handover.text and "Our staff have what you wrote beside it" in desk.last_letter_to(ALICE).flat


@pytest.mark.parametrize("words", ["RELEASE", "RELEASE\n\nKind regards,\nAlice Arden", "RELEASE\nSTATUS"])
def test_release_with_courtesies_or_commands_alone_is_asked_why(desk: Desk, words: str) -> None:
    held(desk)
    letter, before = asked(desk), len(desk.letters_to(SUZUKI))
    desk.writes(ALICE, words, answering=letter)
    assert [one.subject.partition(":")[0] for one in desk.letters_to(SUZUKI)[before:]] == ["Handed back"]
    assert "why, and what is due next" in desk.last_letter_to(ALICE).flat


def test_a_bare_release_or_ok_anywhere_else_does_nothing(desk: Desk) -> None:
    case = held(desk)
    asked(desk)
    for word in ("RELEASE", "OK", "DONE"):
        desk.writes(ALICE, word)
    assert desk.standing(case) == {ALICE: "confirmed"} and told_staff(desk) == []
    assert [ending for ending, _ in desk.endings()[-3:]] == ["for_staff"] * 3


def test_silence_is_told_to_staff_once_after_two_weeks(desk: Desk) -> None:
    held(desk)
    asked(desk)
    desk.passes(days=13)
    desk.ticks()
    assert told_staff(desk) == []
    desk.passes(days=1)
    desk.ticks()
    desk.ticks()
    assert len(told_staff(desk)) == 1


@pytest.mark.parametrize("word", ["CLOSE", "WITHDRAW"])
def test_silence_about_a_case_that_is_over_is_no_news(desk: Desk, word: str) -> None:
    case = held(desk)
    asked(desk)
    desk.passes(days=1)
    desk.writes(SUZUKI, f"{word} {case}")
    desk.passes(days=14)
    desk.ticks()
    assert told_staff(desk) == []


def test_prose_breaks_the_silence_and_goes_to_staff(desk: Desk) -> None:
    held(desk)
    desk.writes(ALICE, "All is well, the next hearing is in May.", answering=asked(desk))
    assert "next hearing is in May" in desk.last_letter_to(SUZUKI).text
    desk.passes(days=20)
    desk.ticks()
    assert told_staff(desk) == []


def test_a_late_or_second_answer_still_counts(desk: Desk) -> None:
    held(desk)
    letter = asked(desk)
    desk.writes(ALICE, "OK", answering=letter)
    desk.passes(days=30)
    desk.writes(ALICE, "HELP", answering=letter)
    assert len(told_staff(desk)) == 1


def test_a_yes_is_no_answer_but_goes_to_a_person(desk: Desk) -> None:
    case = held(desk)
    desk.writes(ALICE, "YES", answering=asked(desk))
    assert desk.ending() == "for_staff" and desk.standing(case) == {ALICE: "confirmed"}


def test_who_says_more_than_done_hears_that_staff_have_it(desk: Desk) -> None:
    held(desk)
    letter = asked(desk)
    desk.writes(ALICE, "Done.\nWhere do I send the file?", answering=letter)
    assert "They have the rest of your mail too." in desk.last_letter_to(ALICE).flat
    assert "Where do I send the file?" in desk.last_letter_to(SUZUKI).text
    desk.writes(ALICE, "DONE", answering=letter)
    assert "the rest of your mail" not in desk.last_letter_to(ALICE).flat


def test_who_answers_in_prose_is_not_shown_how_to_claim_and_staff_read_what_was_asked(desk: Desk) -> None:
    held(desk)
    desk.writes(ALICE, "The hearing was moved to May.", answering=asked(desk))
    assert "CLAIM" not in desk.last_letter_to(ALICE).text and "how your case is" in desk.last_letter_to(ALICE).flat
    assert "the question how the case is" in desk.last_letter_to(SUZUKI).flat


def test_what_stands_beside_the_answer_is_told_as_not_done(desk: Desk) -> None:
    held(desk)
    other = desk.case()
    desk.writes(ALICE, f"OK\nCLAIM {other}", answering=asked(desk))
    assert desk.standing(other) == {} and "is carried out alone" in " ".join(desk.last_letter_to(ALICE).text.split())


def test_the_answer_of_somebody_else_in_that_thread_is_none(desk: Desk) -> None:
    case = held(desk)
    desk.writes(BOB, "RELEASE", answering=asked(desk))
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"}


def test_an_automatic_reply_is_no_answer(desk: Desk) -> None:
    held(desk)
    desk.writes(ALICE, "OK", answering=asked(desk), headers={"Auto-Submitted": "auto-replied"})
    desk.passes(days=14)
    desk.ticks()
    assert len(told_staff(desk)) == 1


def test_it_is_asked_in_the_holders_language(desk: Desk) -> None:
    member = desk.joins("mori@houritsu.example", name="森 大輔", language="ja")
    case = held(desk, member)
    desk.passes(days=91)
    desk.ticks()
    letter = desk.last_letter_to(member)
    assert "その後いかがでしょうか" in letter.subject and "案件" in letter.text
    desk.writes(member, "終結", answering=letter)
    assert told_staff(desk) and case in told_staff(desk)[0]
    assert not desk.letters_to(CHIKA)


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
    held(desk)
    desk.writes(ALICE, words, answering=asked(desk))
    assert [letter for letter in told_staff(desk) if letter.startswith(subject)]


@pytest.mark.parametrize(
    "words", ["順調ですが、通訳が見つかりません。", "All is well.\nThe interpreter has moved.", "問題ありませんか？", "Not ok"]
)
def test_words_that_say_more_are_read_by_a_person(desk: Desk, words: str) -> None:
    held(desk)
    desk.writes(ALICE, words, answering=asked(desk))
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
    held(desk)
    desk.writes(ALICE, words, answering=asked(desk))
    assert desk.ending() == "for_staff" and told_staff(desk) == [] and words[:8] in desk.last_letter_to(SUZUKI).text
