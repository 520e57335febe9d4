"""Group F of the attacks: the file goes out at one clear answer to the conflict check."""

from __future__ import annotations

import pytest

from tests.attacks.checking import FILE, is_checking
from tests.attacks.desk import ALICE, BOB, CHIKA, SATO, SUZUKI, Desk
from tests.attacks.test_who_is_waited_for_hears_it_in_any_mail import is_offered

pytestmark = pytest.mark.both_databases


def test_staff_read_when_the_claim_arrived_and_how_many_others_wait(desk: Desk) -> None:
    case = is_checking(desk, ALICE, BOB, CHIKA)
    desk.passes(hours=5)
    desk.writes(ALICE, f"CLEAR {case}")
    told = desk.last_letter_to(SUZUKI).flat
    assert "has found a lawyer" in told and "Also in line 2" in told and "20 Nov 2026, 12:00:00" in told


def test_who_was_next_in_line_is_not_told_that_they_came_first(desk: Desk) -> None:
    case = is_checking(desk, ALICE, BOB)
    desk.writes(ALICE, f"CONFLICT {case}")
    desk.settles()
    desk.writes(BOB, f"CLEAR {case}")
    told = desk.last_letter_to(BOB).flat
    assert "You were next in line" in told and "came first" not in told and desk.last_letter_to(BOB).subject.startswith(f"{case} is yours")
    assert "who was next in line" in desk.last_letter_to(SUZUKI).flat


def test_staff_read_of_an_offer_as_of_an_offer(desk: Desk) -> None:
    case = desk.case()
    for second, lawyer in enumerate((ALICE, BOB)):
        desk.writes(lawyer, f"CLAIM {case}", at=second)
    desk.settles()
    desk.passes(days=8)
    desk.writes(ALICE, f"RELEASE {case}")
    desk.settles()
    desk.writes(SUZUKI, f"EXPLAIN {case}")
    told = desk.last_letter_to(SUZUKI).flat
    assert "bob@bengo.example: asked whether still willing" in told and "conflict" not in told
    desk.writes(SATO, f"EXPLAIN {case}")
    assert "意向を確認中" in desk.last_letter_to(SATO).text and "利益相反" not in desk.last_letter_to(SATO).text
    desk.writes(BOB, f"Dear colleagues, a question about {case} before I answer.")
    assert "asked whether still willing" in desk.last_letter_to(SUZUKI).flat


@pytest.mark.parametrize(("word", "state"), [("CLEAR", "confirmed"), ("CONFLICT", "released")])
def test_whoever_is_asked_again_may_answer_by_a_link_as_at_first(desk: Desk, word: str, state: str) -> None:
    case = is_checking(desk, ALICE)
    desk.writes(ALICE, f"CLEAR {case}\nCONFLICT {case}")
    asked = desk.last_letter_to(ALICE)
    desk.writes(ALICE, "", subject=asked.link_about(f"{word} {case}").subject)
    assert desk.standing(case) == {ALICE: state}


@pytest.mark.parametrize(
    "words", ["CLEAR {0}\nCONFLICT {0}", "CONFLICT {0}\nCLEAR {0}", "CLEAR {0}\n辞退 {0}", "RELEASE {0}\n利益相反なし {0}"]
)
def test_two_answers_that_contradict_each_other_do_nothing_and_are_asked_about(desk: Desk, words: str) -> None:
    case = is_checking(desk, ALICE, BOB)
    before = len(desk.letters_to(SUZUKI))
    desk.writes(ALICE, words.format(case))
    desk.settles()
    answer = desk.last_letter_to(ALICE)
    assert desk.standing(case) == {ALICE: "held", BOB: "waitlisted"} and FILE not in answer.text
    assert answer.flat.count("nothing has been done yet") == 2 and len(desk.letters_to(SUZUKI)) == before
    assert answer.flat.count("The case is kept for you until Sun 22 Nov 2026, 12:02 JST") == 2 and "still kept" not in answer.flat


def test_two_answers_about_two_cases_are_both_carried_out(desk: Desk) -> None:
    first, second = is_checking(desk), is_checking(desk)
    desk.writes(ALICE, f"CLEAR {first}\nCONFLICT {second}")
    assert (desk.standing(first), desk.standing(second)) == ({ALICE: "confirmed"}, {ALICE: "released"})


@pytest.mark.parametrize(
    ("word", "state"), [("CLEAR", "confirmed"), ("利益相反なし。", "confirmed"), ("Conflict.", "released"), ("利益相反あり", "released")]
)
def test_a_bare_word_answers_the_letter_that_asked_for_the_check(desk: Desk, word: str, state: str) -> None:
    case = is_checking(desk)
    desk.writes(ALICE, f"{word}\n\nThank you,\nAlice Arden", answering=desk.last_letter_to(ALICE))
    assert desk.standing(case) == {ALICE: state} and (FILE in desk.last_letter_to(ALICE).text) is (state == "confirmed")


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Clear, thank you!", "confirmed"), ("CLEAR. Best regards, Alice", "confirmed"), ("利益相反なし。よろしくお願いいたします。", "confirmed"), ("利益相反なしです。", "confirmed"),
        ("CLEAR\nPlease send the file to my office too.", "confirmed"), ("CLEAR\nDo tell me if there is an interpreter.", "confirmed"), ("CLEAR {0}\nI ran our conflict check.", "confirmed"),
        ("Conflict, sorry.", "released"), ("利益相反ありです", "released"),
    ],
)  # fmt: skip
def test_courtesies_behind_the_word_leave_it_that_word(desk: Desk, words: str, state: str) -> None:
    case = is_checking(desk)
    desk.writes(ALICE, words.format(case), answering=desk.last_letter_to(ALICE))
    assert desk.standing(case) == {ALICE: state}


@pytest.mark.parametrize(
    "words",
    [
        "Not clear", "It is not clear to me who that is.", "No conflict!", "There is no conflict.", "No conflict?", "I have a conflict", "All clear, unless it is the same Farida", "利益相反はありません",
        "利益相反なしとは言えません", "利益相反なしかどうか確認中です", "利益相反があります", "CLEAR, unless it is the same Farida", "CLEAR, but I must ask my partner", "CLEAR\nbut only if she is not the one from Osaka",
        "CLEAR\nOn second thoughts, I know her.", "CLEAR\nI still have to check with my partner.", "CLEAR\nWe act for her husband.", "CLEAR\nHowever our firm once advised the landlord.", "CLEAR\n...not",
        "CLEAR {0}\nSorry, I meant CONFLICT", "CLEAR\nWait, there is a conflict", "CLEAR\n利益相反があります", "利益相反なし\nただし、事務所の確認が済んでいません。",
        "利益相反なし {0}\n以前、相手方から相談を受けました。", "CONFLICT\nno conflict", "利益相反あり\n利益相反はありません",
    ],
)  # fmt: skip
def test_a_negation_a_condition_or_a_doubt_gives_no_file_and_is_answered_with_the_two_words(desk: Desk, words: str) -> None:
    case = is_checking(desk)
    desk.writes(ALICE, words.format(case), answering=desk.last_letter_to(ALICE))
    answer = desk.last_letter_to(ALICE)
    assert desk.standing(case) == {ALICE: "held"} and FILE not in "".join(letter.text for letter in desk.letters())
    assert answer.subject.startswith("Please answer CLEAR or CONFLICT by") and case in answer.subject and desk.ending() == "for_staff"


@pytest.mark.parametrize(
    "words",
    [
        "CLEAR {0} but I once met the husband", "CLEAR {0}, but I once met the husband", "CLEAR {0}\nI have met the husband at a party.", "CLEAR {0}\nThe husband is a former client of our firm.",
        "CLEAR {0}\nI was at school with her brother.", "CLEAR {0}\nI am on the board of the landlord's company.", "利益相反なし {0}　ただし夫に会ったことがあります", "利益相反なし {0}\n以前、ご主人と面識があります。",
        "利益相反なし {0}\n相手方の会社の株主です。",
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_in_thread", [True, False])
def test_words_of_a_tie_beside_clear_bring_no_file_in_the_thread_or_outside_it_and_go_to_staff(
    desk: Desk, words: str, is_in_thread: bool
) -> None:
    case = is_checking(desk)
    desk.writes(ALICE, words.format(case), answering=desk.last_letter_to(ALICE) if is_in_thread else None)
    answer = desk.last_letter_to(ALICE)
    assert desk.standing(case) == {ALICE: "held"} and FILE not in "".join(letter.text for letter in desk.letters())
    assert answer.subject.startswith("Please answer CLEAR or CONFLICT by") and case in answer.subject and desk.ending() == "for_staff"


@pytest.mark.parametrize(
    "words",
    [
        "CLEAR {0}\nI have never met the husband.", "CLEAR {0}\nNo connection to the landlord.", "CLEAR {0}\nI can start on Monday.",
        "利益相反なし {0}\n相手方との面識もありません。", "利益相反なし {0}\n相手方との利益相反はありません。", "利益相反なし {0}\n月曜からで大丈夫です。",
    ],
)  # fmt: skip
def test_words_that_tell_of_no_tie_leave_clear_what_it_is(desk: Desk, words: str) -> None:
    case = is_checking(desk)
    desk.writes(ALICE, words.format(case))
    assert desk.standing(case) == {ALICE: "confirmed"}


def test_a_bare_word_is_for_the_case_of_its_thread_though_another_is_checked_too(desk: Desk) -> None:
    first = is_checking(desk)
    letter = desk.last_letter_to(ALICE)
    second = is_checking(desk)
    desk.writes(ALICE, "CLEAR", answering=letter)
    assert (desk.standing(first), desk.standing(second)) == ({ALICE: "confirmed"}, {ALICE: "held"})


def test_a_bare_word_to_a_letter_about_two_checks_is_asked_about(desk: Desk) -> None:
    cases = [desk.case(details=FILE, conflict_names=name) for name in ("Farida Ahmadi", "Omar Ahmadi")]
    desk.writes(ALICE, "CLAIM {}\nCLAIM {}".format(*cases))
    desk.settles()
    desk.writes(ALICE, "CLEAR", answering=desk.last_letter_to(ALICE))
    answer = desk.last_letter_to(ALICE)
    assert [desk.standing(case) for case in cases] == [{ALICE: "held"}] * 2 and FILE not in answer.text
    assert all(f"CLEAR {case}" in answer.text and f"CONFLICT {case}" in answer.text for case in cases)


def test_a_bare_word_beside_its_contrary_does_nothing(desk: Desk) -> None:
    case = is_checking(desk)
    desk.writes(ALICE, f"CLEAR\nCONFLICT {case}", answering=desk.last_letter_to(ALICE))
    assert desk.standing(case) == {ALICE: "held"} and FILE not in desk.last_letter_to(ALICE).text


@pytest.mark.parametrize("checks", [1, 2])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("CLEAR\n\nBut my partner has represented the husband.", "my partner has represented the husband"),
        ("利益相反なし\n\n通訳はこちらで手配できます。", "通訳はこちらで手配できます"),
        ("CONFLICT\n\nPlease ask my colleague Mori instead.", "ask my colleague Mori instead"),
    ],
)
def test_a_bare_word_that_is_asked_about_loses_none_of_the_words_beside_it(desk: Desk, words: str, said: str, checks: int) -> None:
    cases = [is_checking(desk) for _ in range(checks)]
    desk.writes(ALICE, words)
    answer = desk.last_letter_to(ALICE)
    assert [desk.standing(case) for case in cases] == [{ALICE: "held"}] * checks and FILE not in answer.text
    assert all(f"CLEAR {case}" in answer.text for case in cases) and "It is with our staff now" in answer.flat
    assert said in desk.last_letter_to(SUZUKI).flat and desk.last_letter_to(SUZUKI).subject.startswith("For you: Alice Arden writes")


def test_words_beside_a_bare_word_to_a_letter_about_two_checks_are_read_by_a_person(desk: Desk) -> None:
    desk.writes(ALICE, "CLAIM {}\nCLAIM {}".format(*(desk.case(conflict_names=name) for name in ("Farida Ahmadi", "Omar Ahmadi"))))
    desk.settles()
    desk.writes(ALICE, "CLEAR\n\nI can start on Monday.", answering=desk.last_letter_to(ALICE))
    assert "I can start on Monday." in desk.last_letter_to(SUZUKI).flat and "It is with our staff now" in desk.last_letter_to(ALICE).flat


def test_a_question_in_the_subject_of_a_bare_word_is_read_by_a_person(desk: Desk) -> None:
    is_checking(desk)
    desk.writes(ALICE, "CLEAR", subject="May I bring my own interpreter?")
    assert "May I bring my own interpreter?" in desk.last_letter_to(SUZUKI).subject


def test_a_bare_word_with_courtesies_alone_troubles_nobody(desk: Desk) -> None:
    is_checking(desk)
    before = len(desk.letters_to(SUZUKI))
    desk.writes(ALICE, "Dear desk,\n\nCLEAR\n\nKind regards,\nAlice Arden")
    assert len(desk.letters_to(SUZUKI)) == before and "names no case for it" in desk.last_letter_to(ALICE).flat


@pytest.mark.parametrize("word", ["YES", "はい", "No."])
def test_a_yes_or_no_to_the_check_is_asked_about_with_both_words(desk: Desk, word: str) -> None:
    case = is_checking(desk)
    desk.writes(ALICE, word, answering=desk.last_letter_to(ALICE))
    answer = desk.last_letter_to(ALICE)
    assert desk.standing(case) == {ALICE: "held"} and f"CLEAR {case}" in answer.text and f"CONFLICT {case}" in answer.text
    desk.writes(ALICE, "CLEAR", answering=answer)
    assert desk.standing(case) == {ALICE: "confirmed"}


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize(("word", "standing"), [("CLEAR", "confirmed"), ("CONFLICT", "released")])
def test_one_tap_on_the_letter_answers_it_and_needs_no_other_proof(desk: Desk, word: str, standing: str, language: str) -> None:
    """What the link fills in is sent unchanged, as a phone sends it: in no thread, and with a code that is this reader's alone."""
    desk.joins(ALICE, name="Alice Arden", language=language)
    case = is_checking(desk, ALICE, BOB)
    link = desk.last_letter_to(ALICE).link_about(word)
    desk.writes(BOB, link.body, subject=link.subject, to=link.to, proven=None)
    assert desk.standing(case)[ALICE] == "held", "the code of another proves nothing"
    desk.writes(ALICE, link.body, subject=link.subject, to=link.to, proven=None)
    assert desk.standing(case)[ALICE] == standing


@pytest.mark.parametrize(("word", "standing"), [("CLAIM", "confirmed"), ("RELEASE", "released")])
def test_one_tap_answers_whether_one_is_still_willing(desk: Desk, word: str, standing: str) -> None:
    case = is_offered(desk)
    link = desk.last_letter_to(BOB).link_about(word)
    desk.writes(BOB, link.body, subject=link.subject, to=link.to, proven=None)
    assert desk.standing(case)[BOB] == standing
