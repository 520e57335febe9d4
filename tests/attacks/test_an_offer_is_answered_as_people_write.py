"""“Still willing?” is answered as people write: with courtesies, below words of staff, with conditions; what is no clear word is asked about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.attacks.desk import ALICE, BOB, SUZUKI, Desk
from tests.story.people import Letter


@pytest.mark.parametrize(
    "text",
    [
        "Yes please, thank you!", "Yes, I will take it.", "Yes, I'm still willing to take it.", "Yes, I'd be happy to take this case. Best, Bob", "Yes, count me in", "Yes, thanks for asking",
        "YES\nPlease call me on Monday.", "YES\nWho is the interpreter?", "はい\n通訳の手配をお願いします。", "はい、可能です。", "はい、引き受ける意思に変わりはありません。", "Dear desk,\n\nYes, with pleasure. Many thanks!\n\nKind regards,\nBob Bengo", "YES with pleasure",
        "はい、お願いします。", "はい。引き受けます。よろしくお願いいたします。", "お世話になっております。\nはい、喜んでお引き受けいたします。\nBob Bengo", "はい、JUS-2026-001を引き受けます。",
        "はい、お願いいたします。\n\nベンゴ法律事務所\n弁護士 Bob Bengo\nTEL 03-1234-5678", "Yes please\n\nBob Bengo\nPartner\n2-3-4 Marunouchi, Chiyoda-ku, Tokyo",
    ],
)  # fmt: skip
def test_a_courteous_yes_takes_the_place(desk: Desk, handed_back: Callable[..., str], text: str) -> None:
    case = handed_back()
    desk.writes(BOB, text, answering=desk.last_letter_to(BOB))
    assert desk.standing(case)[BOB] == "confirmed"


@pytest.mark.parametrize(
    "text",
    [
        "No, thank you.",
        "No, sorry, I cannot take it. Kind regards",
        "No, sorry, I am too busy now.",
        "いいえ、申し訳ありません。",
        "いいえ。今回は辞退いたします。",
    ],
)
def test_a_courteous_no_passes_it_on(desk: Desk, handed_back: Callable[..., str], text: str) -> None:
    case = handed_back()
    desk.writes(BOB, text, answering=desk.last_letter_to(BOB))
    assert desk.standing(case)[BOB] == "released"


@pytest.mark.parametrize(
    ("text", "seems"),
    [
        ("Yes, but only if the client lives in Tokyo.", True), ("I am happy to take it!", True), ("引き受けます。よろしくお願いします。", True), ("Yes please?", False),
        ("Yes, thanks\nActually I cannot do it after all.", False), ("はい、お願いしますが、1月からです。", True), ("Yes, thanks for nothing", True), ("いいえ、お願いします。", True), ("Yes, if it is still free", True), ("Yes, of course not", True), ("Yes please, let me check first", True), ("Yes, please don't", True),
        ("Yes, thank you.\nOn reflection I would rather not.", True), ("Yes please.\nPlease give it to the next in line.", True), ("YES\nSorry, I meant no.", True), ("YES\nUnfortunately I cannot take it", False),
        ("Yes, I accept it\nsubject to a conflict check", True), ("Yes thank you\nI'll let you know", True), ("YES\nbut only in Tokyo", True), ("はい、お願いします。\nもし利益相反がなければ。", True),
        ("はい、お引き受けします\nといいたいのですが", True), ("はい\nやはり今回は遠慮いたします。", True), ("はい、承知しました。\n考えさせてください。", True), ("はい、次の方にお願いします。", True), ("はい、難しいです", False),
        ("Yes please, no thank you", True), ("Which court is it?", False), ("はい、お願いしますか", False), ("No worries", False), ("", False),
    ],
)  # fmt: skip
def test_anything_else_is_answered_with_the_word_the_case_and_the_hour(
    desk: Desk, handed_back: Callable[..., str], text: str, seems: bool
) -> None:
    case = handed_back()
    desk.writes(BOB, text, answering=desk.last_letter_to(BOB))
    asked = desk.last_letter_to(BOB)
    assert desk.standing(case)[BOB] == "held" and case in asked.subject and "YES or NO by Sun 29 Nov 2026, 12:0" in asked.subject
    told = desk.last_letter_to(SUZUKI).text
    assert not text or (
        f"{case}. The place is kept until Sun 29 Nov 2026, 12:0" in " ".join(told.split()) and ("seems to accept" in told) is seems
    )
    desk.writes(BOB, "YES", answering=asked)
    assert desk.standing(case)[BOB] == "confirmed"


def test_prose_in_the_thread_of_a_conflict_check_is_answered_with_its_words_and_its_hour(desk: Desk) -> None:
    case = desk.case(conflict_names="Client A")
    desk.writes(BOB, f"CLAIM {case}")
    desk.settles()
    desk.writes(BOB, "はい、問題ありません。", answering=desk.last_letter_to(BOB))
    asked = desk.last_letter_to(BOB)
    assert asked.subject.startswith("Please answer CLEAR or CONFLICT by Sun 22 Nov 2026") and case in asked.subject
    desk.writes(BOB, "CLEAR", answering=asked)
    assert desk.standing(case)[BOB] == "confirmed"


def test_a_courteous_yes_to_did_you_mean_counts(desk: Desk) -> None:
    case = desk.case()
    desk.writes(BOB, f"I would love to do {case}!", at=0)
    desk.writes(BOB, "Yes please, thank you!", answering=desk.last_letter_to(BOB), at=5)
    desk.settles()
    assert desk.standing(case) == {BOB: "confirmed"}


def asks_staff(desk: Desk, case: str, answer: str = "Of course, thank you.") -> Letter:
    """Bob asks for time, and has the words of staff in that thread."""
    desk.writes(BOB, "Can I decide tomorrow morning?", answering=desk.last_letter_to(BOB))
    desk.writes(SUZUKI, answer, answering=desk.last_letter_to(SUZUKI))
    words = desk.last_letter_to(BOB)
    assert desk.standing(case)[BOB] == "held" and answer[:8] in words.text
    return words


@pytest.mark.parametrize(
    ("word", "standing"), [("YES", "confirmed"), ("はい\n\nThank you!\nBob Bengo", "confirmed"), ("NO", "released"), ("YES\nI speak French.", "held"), ("YES\nNO", "held")]
)  # fmt: skip
def test_the_word_alone_counts_in_time_also_as_the_answer_to_words_of_staff(
    desk: Desk, handed_back: Callable[..., str], word: str, standing: str
) -> None:
    case = handed_back()
    desk.writes(BOB, word, answering=asks_staff(desk, case))
    assert desk.standing(case)[BOB] == standing


@pytest.mark.parametrize(
    "proposal",
    [
        "Of course. I suggest Monday at ten for a call.",
        "Please confirm that Monday at ten is fine.",
        "Shall we say Monday",
        "Is Monday fine for you. We could call at ten.",
        "Let us talk on Monday.",
        "月曜日のご都合をお知らせください。",
        "月曜日10時はいかがでしょう。",
        "月曜日にお電話ください。",
    ],
)
def test_the_word_alone_to_what_staff_propose_is_the_answer_to_staff(desk: Desk, handed_back: Callable[..., str], proposal: str) -> None:
    case = handed_back()
    desk.writes(BOB, "Yes.", answering=asks_staff(desk, case, proposal))
    assert desk.standing(case)[BOB] == "held" and "may answer what Suzuki Taro wrote" in desk.last_letter_to(SUZUKI).flat
    assert f"CLAIM {case}" in desk.last_letter_to(BOB).flat


@pytest.mark.parametrize("said", ["Yes, Monday is fine", "Yes, of course, thank you", "はい、大丈夫です。"])
def test_a_yes_to_what_staff_write_that_goes_on_takes_no_place(desk: Desk, handed_back: Callable[..., str], said: str) -> None:
    case = handed_back()
    desk.writes(BOB, said, answering=asks_staff(desk, case, "Would Monday suit you for a call?"))
    assert desk.standing(case)[BOB] == "held" and f"CLAIM {case}" in desk.last_letter_to(BOB).flat


@pytest.mark.parametrize(
    "words", ["Of course, take your time.", "No hurry. It is enough if we hear by Friday.", "もちろんです。お急ぎにならなくて結構です。"]
)
def test_and_to_an_answer_of_staff_that_wants_nothing_it_takes_the_place(desk: Desk, handed_back: Callable[..., str], words: str) -> None:
    case = handed_back()
    desk.writes(BOB, "Yes.", answering=asks_staff(desk, case, words))
    assert desk.standing(case)[BOB] == "confirmed"


@pytest.mark.parametrize("word", ["YES", "はい\n\nBob Bengo", "NO"])
@pytest.mark.parametrize(
    "question",
    [
        "Of course. Would Thursday suit you to talk about it?",
        "はい、かまいません。木曜日にお電話してもよろしいでしょうか。",
        "It is paid. Please let us know whether Monday suits you for a short call with our interpreter.",
        "有償です。月曜日でよいかお知らせください。",
    ],
)
def test_the_word_alone_to_what_staff_themselves_ask_is_the_answer_to_staff(
    desk: Desk, handed_back: Callable[..., str], question: str, word: str
) -> None:
    case = handed_back()
    desk.writes(BOB, word, answering=asks_staff(desk, case, question))
    assert desk.standing(case)[BOB] == "held" and word.split()[0] in desk.last_letter_to(SUZUKI).text
    asked = desk.last_letter_to(BOB)
    assert asked.subject.startswith("Please answer CLAIM or RELEASE") and f"CLAIM {case}" in asked.flat
    desk.writes(BOB, "YES", answering=asked)
    assert desk.standing(case)[BOB] == "confirmed"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_lawyer_reads_whom_the_word_went_to_and_staff_that_it_may_be_their_answer(
    desk: Desk, handed_back: Callable[..., str], language: str
) -> None:
    case = handed_back()
    words = asks_staff(desk, case, "Of course. Would Thursday suit you to talk about it?")
    desk.joins(BOB, name="Bob Bengo", language=language)
    desk.writes(BOB, "YES", answering=words)
    asked, told = desk.last_letter_to(BOB), desk.last_letter_to(SUZUKI).flat
    said = "Your “YES” has gone to Suzuki Taro" if language == "en" else "いただいた「YES」は、SuzukiTaroさんへのお返事としてお届けしました"
    assert said in (asked.flat if language == "en" else "".join(asked.text.split())) and "word alone" not in asked.flat
    assert "Bob Bengo wrote “YES”, which may answer what Suzuki Taro wrote" in told and "seems to accept" not in told
    assert f"It does not settle whether they take {case}" in told and "kept until Sun 29 Nov 2026, 12:0" in told


def test_a_yes_to_what_staff_ask_who_is_checking_for_conflicts_is_theirs_too(desk: Desk) -> None:
    case = desk.case(conflict_names="Client A")
    desk.writes(BOB, f"CLAIM {case}")
    desk.settles()
    desk.writes(BOB, "YES", answering=asks_staff(desk, case, "Of course. Would Thursday suit you to talk about it?"))
    asked, told = desk.last_letter_to(BOB).flat, desk.last_letter_to(SUZUKI).flat
    assert "Your “YES” has gone to Suzuki Taro" in asked and f"“CLEAR {case}”" in asked and desk.standing(case)[BOB] == "held"
    assert f"It does not settle the conflict check for {case}" in told and "may answer what Suzuki Taro wrote" in told


def test_a_word_alone_in_a_mail_of_its_own_is_not_answered_with_one_word_alone(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    desk.writes(BOB, "Yes.")
    asked = desk.last_letter_to(BOB).flat
    assert "“YES” alone does not say which case" in asked and f"“CLAIM {case}”" in asked and "word alone" not in asked


def test_nor_does_it_answer_the_letter_further_up_the_thread(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    offer = desk.last_letter_to(BOB)
    words = asks_staff(desk, case, "Of course. Would Thursday suit you to talk about it?")
    desk.writes(BOB, "YES", answering=words, headers={"References": f"{offer.message_id} {words.message_id}"})
    assert desk.standing(case)[BOB] == "held" and f"CLAIM {case}" in desk.last_letter_to(BOB).flat


def test_a_letter_that_asks_again_below_words_of_staff_takes_the_word(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    desk.writes(BOB, "I am happy to take it!", answering=asks_staff(desk, case))
    asked = desk.last_letter_to(BOB)
    assert asked.subject.startswith("Please answer CLAIM or RELEASE")
    desk.writes(BOB, "YES", answering=asked)
    assert desk.standing(case)[BOB] == "confirmed"


def test_the_word_alone_to_words_of_staff_is_none_where_it_is_late(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    words, until = asks_staff(desk, case), desk.offer_ends(case)
    desk.writes(BOB, "YES", answering=words, at=until + 1)
    assert desk.standing(case)[BOB] == "held"


def test_the_word_alone_to_words_of_staff_is_none_where_two_places_wait_for_it(desk: Desk) -> None:
    cases = [desk.case(), desk.case()]
    for lawyer in (ALICE, BOB):
        desk.writes(lawyer, f"CLAIM {cases[0]}\nCLAIM {cases[1]}")
    desk.settles()
    desk.passes(days=8)
    desk.writes(ALICE, f"RELEASE {cases[0]}\nRELEASE {cases[1]}")
    desk.settles()
    desk.writes(BOB, "YES", answering=asks_staff(desk, cases[1]))
    assert [desk.standing(case)[BOB] for case in cases] == ["held", "held"]
    assert f"CLAIM {cases[1]}" in desk.last_letter_to(BOB).text
