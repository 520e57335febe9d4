"""G-28: every override is on record with who and why. Nobody has to say why."""

from __future__ import annotations

import pytest

from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk
from tests.attacks.overriding import NEW, plain, says, with_applicant


def explained(desk: Desk, case: str, *, to: str = SUZUKI) -> str:
    return says(desk, to, f"EXPLAIN {case}" if to == SUZUKI else f"経緯 {case}")


ENGLISH = ["ASSIGN {} {alice}", "RELEASE {} {alice}", "CLOSE {}", "REOPEN {}", "WITHDRAW {}", "REOPEN {}"]
JAPANESE = ["割当 {} {alice}", "担当解除 {} {alice}", "終了 {}", "再募集 {}", "取り下げ {}", "再募集 {}"]


@pytest.mark.parametrize(
    ("who", "words", "reason"), [(SUZUKI, ENGLISH, " WITH reason {}"), (SATO, JAPANESE, " 理由：その{}")], ids=["en", "ja"]
)
def test_every_override_of_a_case_is_told_with_who_and_why(desk: Desk, who: str, words: list[str], reason: str) -> None:
    case = desk.case()
    for number, word in enumerate(words):
        answer = says(desk, who, word.format(case, alice=ALICE) + reason.format(number))
        assert plain(reason.format(number)).removeprefix("WITH").removeprefix("理由：") in answer
    told = explained(desk, case, to=who)
    given = [f"(reasongiven:reason{number})" if who == SUZUKI else f"（理由：その{number}）" for number in range(len(words))]
    assert [why for why in given if why not in told] == [] and told.count(who) >= len(words)


def test_without_a_reason_it_is_done_all_the_same(desk: Desk) -> None:
    case = desk.case()
    says(desk, SUZUKI, f"ASSIGN {case} {ALICE}")
    assert desk.standing(case) == {ALICE: "confirmed"} and "reasongiven" not in explained(desk, case)


def test_a_line_below_gives_the_reason_of_what_stands_above_it(desk: Desk) -> None:
    one, two = desk.case(), desk.case("Another")
    says(desk, SUZUKI, f"ASSIGN {one} {ALICE}\nReason: she cannot do it later\nCLOSE {two}")
    assert "assignedtoalice@lawfirm.examplebysuzuki@ngo.example(reasongiven:shecannotdoitlater)" in explained(desk, one)
    assert "reasongiven" not in explained(desk, two)


@pytest.mark.parametrize("between", ["", "STATUS\n", "EXPLAIN {two}\n"])
def test_a_line_that_gives_a_reason_is_of_the_nearest_request_above_it_and_of_no_other(desk: Desk, between: str) -> None:
    one, two = desk.case(), desk.case("Another")
    says(desk, SUZUKI, f"CLOSE {one}\nASSIGN {two} {ALICE}\n{between.format(two=two)}Reason: nobody else speaks Dari")
    assert "(reasongiven:nobodyelsespeaksDari)" in explained(desk, two) and "reasongiven" not in explained(desk, one)


def test_the_reason_of_a_request_that_was_not_understood_goes_to_no_other(desk: Desk) -> None:
    one, two = desk.case(), desk.case("Another")
    says(desk, SUZUKI, f"CLOSE {one}\nASIGN {two} {ALICE}\nReason: nobody else speaks Dari")
    assert "closedby" in explained(desk, one) and "reasongiven" not in explained(desk, one)


@pytest.mark.parametrize(
    ("words", "who"),
    [("CLOSE {one}\nBULLETIN {two}\nReason: the hearing moved", SUZUKI), ("終了 {one}\n速報 {two}\n理由：期日の変更", SATO)],
)
def test_the_reason_of_a_word_that_takes_none_goes_to_no_other(desk: Desk, words: str, who: str) -> None:
    one, two = desk.case(), desk.case("Another")
    says(desk, who, words.format(one=one, two=two))
    told = explained(desk, one)
    assert "closedby" in told and "reasongiven" not in told


def test_a_reason_twice_given_stands_with_its_own_request(desk: Desk) -> None:
    one, two = desk.case(), desk.case("Another")
    says(desk, SATO, f"終了 {one}\n割当 {two} {ALICE} 理由：通訳ができる\n理由：ほかにいない")
    assert "通訳ができる" in explained(desk, two) and "理由" not in explained(desk, one, to=SATO).partition("終了しました")[2][:9]
    assert "ほかにいない" not in explained(desk, one) + explained(desk, two)


def test_a_reason_in_the_body_goes_with_the_word_in_the_subject(desk: Desk) -> None:
    case = desk.case()
    desk.writes(SATO, "理由：ほかの方には引き受けられません。", subject=f"割当 {case} {ALICE}")
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"} and "（理由：ほかの方には引き受けられません。）" in explained(desk, case, to=SATO)


def test_why_a_case_was_given_is_no_answer_to_a_finding(desk: Desk) -> None:
    case = desk.case("A visit to Ms Farida Ahmadi", details="The client is Ms Farida Ahmadi.")
    says(desk, SUZUKI, f"CLOSE {case} WITH it was wrong\nREOPEN {case}")
    says(desk, SUZUKI, f"REOPEN {case} WITH it was right")
    assert "ROUND SEND WITH".replace(" ", "") in says(desk, SUZUKI, "ROUND SEND")
    other = desk.case("Another")
    assert "ROUND SEND WITH".replace(" ", "") in says(desk, SUZUKI, f"CLOSE {other}\nReason: it was right\nROUND SEND")
    assert "onitsway" in says(desk, SUZUKI, f"REOPEN {other}\nReason: it is needed\nROUND SEND\nReason: the name is the town's")


def test_a_lawyer_who_hands_back_with_a_reason_is_no_command_of_staff(desk: Desk) -> None:
    case = desk.case()
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.writes(ALICE, f"RELEASE {case} WITH regret")
    assert desk.standing(case) == {ALICE: "confirmed"} and desk.ending() == "for_staff"


def test_removal_stands_in_the_history_of_every_case_of_the_member(desk: Desk) -> None:
    case = desk.case()
    says(desk, SUZUKI, f"ASSIGN {case} {ALICE}")
    assert "リストの整理" in says(desk, SATO, f"登録解除 {ALICE} 理由：リストの整理")
    assert f"removed{ALICE}fromtherosterby{SATO}(reasongiven:リストの整理)" in explained(desk, case)


def test_explain_with_an_address_tells_who_let_a_member_in_and_who_removed_them(desk: Desk) -> None:
    with_applicant(desk)
    says(desk, SATO, f"承認 {NEW} 理由：研修でお会いした方")
    says(desk, SUZUKI, f"REMOVE {NEW} BECAUSE he has retired")
    english, japanese = says(desk, SUZUKI, f"EXPLAIN {NEW}"), says(desk, SATO, f"経緯 {NEW}")
    assert f"let{NEW}ontotherosterby{SATO}(reasongiven:研修でお会いした方)" in english and "hasleft" in english
    assert f"{SUZUKI}が{NEW}を名簿から外しました（理由：hehasretired）" in japanese
    assert "nobody@nowhere.example" in says(desk, SUZUKI, "EXPLAIN nobody@nowhere.example")


@pytest.mark.parametrize(("who", "remove", "join"), [(SUZUKI, "REMOVE", "“JOIN”"), (SATO, "登録解除", "「登録」")])
def test_how_a_removal_is_undone_is_told_by_its_answer_and_by_an_approve_and_works(desk: Desk, who: str, remove: str, join: str) -> None:
    approve = "APPROVE" if who == SUZUKI else "承認"
    assert join in says(desk, who, f"{remove} {ALICE}")
    assert join in says(desk, who, f"{approve} {ALICE}") and desk.members()[ALICE] == "left"
    desk.writes(ALICE, "JOIN\nName: Alice Arden\nFirm: Arden Law\nCapacity: bengoshi\nLanguages: English")
    says(desk, who, f"{approve} {ALICE}")
    assert desk.members()[ALICE] == "active"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_who_had_asked_before_staff_gave_the_case_to_somebody_is_not_told_that_others_came_first(desk: Desk, language: str) -> None:
    case, others = desk.case(), {"en": "hadarrivedbeforeit", "ja": "別の方のメールが届いていました"}
    desk.joins(BOB, language=language)
    desk.writes(BOB, f"CLAIM {case}")
    desk.writes(SUZUKI, f"ASSIGN {case} {ALICE}")
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed", BOB: "waitlisted"}
    (told,) = (plain(letter.text) for letter in desk.letters_to(BOB))
    assert others[language] not in told
    assert {"en": "ourstaffhadgiventhecase", "ja": "職員がすでに別の方に"}[language] in told
