"""Who writes of giving a case back, without the line that does it, is asked; nothing is done without that yes, and no names reach them meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.attacks.desk import ALICE, BOB, CHIKA, SATO, SUZUKI, Desk
from tests.core.test_own_words_take_no_time import is_done_within

NAMES = "Canary Quartz"


@pytest.fixture
def waits(desk: Desk) -> str:
    """Alice checks for conflicts, Bob and Chika wait; Bob has his letter."""
    case = desk.case(conflict_names=NAMES)
    for second, who in enumerate((ALICE, BOB, CHIKA)):
        desk.writes(who, f"CLAIM {case}", at=second)
    desk.settles()
    return case


WORDS = [
    "I have to withdraw.", "I can no longer take this case.", "Please take me off the list.", "Unfortunately I cannot take it on after all.", "I must step back from this one, sorry.",
    "Could you please take me off the waiting list?", "I withdraw my claim.", "I am no longer available.", "Dear desk,\nI regret that I have to withdraw. If you need anything, call me.\nBob Bengo",
    "今回は辞退させていただきたく存じます。", "お引き受けが難しくなりました。", "降りたいです。", "この件から降ろさせてください、担当できません。", "担当を続けることが難しくなりました。", "申し訳ありませんが、順番から外していただけますか。",
]  # fmt: skip


@pytest.mark.parametrize("text", WORDS)
def test_who_waits_is_asked_and_a_yes_leaves_the_line(desk: Desk, waits: str, text: str) -> None:
    desk.writes(BOB, text, answering=desk.last_letter_to(BOB))
    asked = desk.last_letter_to(BOB)
    assert waits in asked.subject and "give up" in asked.subject and "number 1 on the waiting list" in asked.text
    assert desk.standing(waits) == {ALICE: "held", BOB: "waitlisted", CHIKA: "waitlisted"}
    desk.writes(BOB, "Yes please, sorry. Best regards, Bob", answering=asked)
    assert desk.standing(waits)[BOB] == "released"


@pytest.mark.parametrize(
    "text",
    [
        "I do not want to withdraw.", "Can I withdraw later?", "If I have to withdraw, I will tell you.", "The client wants to withdraw the appeal.", "I could not reach the client.", "Is there any news?",
        "辞退するつもりはありません。", "辞退する場合はどうすればよいですか。", "依頼者が申請を取り下げたいそうです。", "月曜日は対応できません。", "ご本人が面談を辞退されました。",
    ],
)  # fmt: skip
def test_other_words_are_not_taken_for_it(desk: Desk, waits: str, text: str) -> None:
    desk.writes(BOB, text, answering=desk.last_letter_to(BOB))
    assert "give up" not in desk.last_letter_to(BOB).subject
    desk.writes(ALICE, f"CONFLICT {waits}")
    desk.settles()
    assert desk.standing(waits)[BOB] == "held"


def test_the_turn_goes_past_who_has_not_answered_and_a_no_brings_it_back(desk: Desk, waits: str) -> None:
    desk.writes(BOB, "今回は辞退させていただきたく存じます。", answering=desk.last_letter_to(BOB))
    asked = desk.last_letter_to(BOB)
    assert "goes to the next in line, and not to you" in " ".join(asked.text.split())
    desk.writes(ALICE, f"CONFLICT {waits}")
    desk.settles()
    assert desk.standing(waits) == {ALICE: "released", BOB: "waitlisted", CHIKA: "held"}
    assert not any(NAMES in letter.text for letter in desk.letters_to(BOB))
    desk.passes(days=30)
    desk.ticks()
    desk.writes(CHIKA, f"CONFLICT {waits}")
    desk.settles()
    assert desk.standing(waits)[BOB] == "waitlisted"
    desk.writes(BOB, "No, I will keep it. Thanks!", answering=asked)
    desk.settles()
    assert desk.standing(waits)[BOB] == "held"


def test_a_claim_says_that_it_is_kept_and_a_yes_to_an_older_question_is_of_its_own_place(desk: Desk, waits: str) -> None:
    for _ in range(2):
        desk.writes(BOB, "I have to withdraw.", answering=desk.last_letter_to(BOB))
    desk.writes(BOB, f"CLAIM {waits}")
    desk.writes(ALICE, f"CONFLICT {waits}")
    desk.settles()
    assert desk.standing(waits)[BOB] == "held"


def test_who_has_written_so_before_the_decision_is_given_nothing(desk: Desk) -> None:
    case = desk.case(conflict_names=NAMES)
    desk.writes(BOB, f"CLAIM {case}")
    desk.writes(BOB, "I have to withdraw.")
    desk.settles()
    assert desk.standing(case)[BOB] == "waitlisted"
    told = " ".join(desk.last_letter_to(BOB).text.split())
    assert NAMES not in told and "as if you gave it up" in told


@pytest.mark.parametrize("text", ["{}については、お引き受けが難しくなりました。\n辞退　{n}", "I can no longer take {}.", "辞退 {n}"])
def test_who_has_the_case_is_asked_and_staff_have_the_line_for_it(desk: Desk, text: str) -> None:
    case, other = desk.case(), desk.case("Another")
    desk.writes(BOB, f"CLAIM {other}\r\nCLAIM {case}")
    desk.settles()
    desk.writes(BOB, text.format(case, n=int(case[-3:])))
    asked = desk.last_letter_to(BOB)
    assert case in asked.subject and "014" not in asked.text and desk.standing(case) == {BOB: "confirmed"}
    for who, line in ((SUZUKI, f"RELEASE {case} {BOB}"), (SATO, f"担当解除 {case} {BOB}")):
        assert line in " ".join(desk.last_letter_to(who).text.split())
    assert "Nothing has been done" in desk.last_letter_to(SUZUKI).text
    desk.writes(BOB, "はい、辞退いたします。", answering=asked)
    assert desk.standing(case) == {BOB: "released"} and desk.standing(other) == {BOB: "confirmed"}


@pytest.mark.parametrize("answer", ["Yes, I will take it.", "YES\nI will keep it.", "YES\nNO", "はい、お引き受けします。"])
def test_a_yes_that_keeps_the_case_releases_nothing(desk: Desk, answer: str) -> None:
    case = desk.case()
    desk.writes(BOB, f"CLAIM {case}")
    desk.settles()
    desk.writes(BOB, "I have to withdraw.", answering=desk.last_letter_to(BOB))
    desk.writes(BOB, answer, answering=desk.last_letter_to(BOB))
    assert desk.standing(case) == {BOB: "confirmed"}


def test_where_no_case_can_be_told_the_answer_says_what_they_have_and_each_line(desk: Desk) -> None:
    cases = [desk.case(), desk.case("Another")]
    desk.writes(BOB, "\r\n".join(f"CLAIM {case}" for case in cases))
    desk.settles()
    desk.writes(BOB, "I have to withdraw.")
    told = " ".join(desk.last_letter_to(BOB).text.split())
    assert all(f"RELEASE {case}" in told for case in cases) and "014" not in told


def test_a_mail_that_nothing_proves_holds_up_nobodys_turn(desk: Desk, waits: str) -> None:
    desk.writes(BOB, "I have to withdraw.", proven=None)
    assert "give up" not in desk.last_letter_to(BOB).subject
    desk.writes(ALICE, f"CONFLICT {waits}")
    desk.settles()
    assert desk.standing(waits)[BOB] == "held"


def test_who_declines_a_round_is_not_asked_about_the_case_they_have(desk: Desk) -> None:
    case = desk.case()
    desk.writes(BOB, f"CLAIM {case}")
    desk.settles()
    desk.case("Another")
    desk.sends_the_round()
    desk.writes(BOB, "今回は見送らせていただきます。", answering=desk.last_letter_to(BOB))
    assert "give up" not in desk.last_letter_to(BOB).subject


def test_an_offer_keeps_its_own_question(desk: Desk, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    desk.writes(BOB, "I have to withdraw.", answering=desk.last_letter_to(BOB))
    assert "YES or NO by" in desk.last_letter_to(BOB).subject and case in desk.last_letter_to(BOB).subject


@pytest.mark.parametrize("piece", ["もし", "いたし", "の場合", "引き受け", "not a b ", "no longer ", "I have to "])
def test_M_20_words_made_to_choke_it_take_no_time(desk: Desk, waits: str, piece: str) -> None:
    assert is_done_within(1, lambda: desk.writes(BOB, f"辞退{piece * 24}。{waits}"))
