"""A mail that asks for something and takes it back, forbids it or puts a condition on it does nothing: its sender is asked."""

from __future__ import annotations

import pytest

from tests.attacks.desk import ALICE, BOB, SATO, Desk
from tests.attacks.two_cases import CASE, SECOND, claimed


@pytest.mark.parametrize(
    "subject",
    [
        f"[cancelled] CLAIM {CASE}",
        f"[not] CLAIM {CASE}",
        f"[Withdrawn] CLAIM {CASE}",
        f"[取消] 受任 {CASE}",
        f"Re: [on hold] CLAIM {CASE}",
        f"[cancelled 2] CLAIM {CASE}",
        f"[don't:1] CLAIM {CASE}",
    ],
)
def test_a_tag_before_a_command_may_be_a_word_about_it(cases: Desk, subject: str) -> None:
    cases.writes(ALICE, "Good morning,\nAlice Arden", subject=subject)
    assert claimed(cases) == [] and f"Did you mean to take {CASE}" in cases.last_letter_to(ALICE).subject


@pytest.mark.parametrize(
    "tag", ["[EXTERNAL]", "[EXT]", "[外部]", "[SPAM]", "[ML:123]", "[#1234]", "[jlf 00123]", "[ABC-123]", "Re: [EXT] Re:"]
)
def test_tags_of_lists_and_gateways_are_taken_off(cases: Desk, tag: str) -> None:
    cases.writes(ALICE, "", subject=f"{tag} CLAIM {CASE}")
    assert claimed(cases) == [CASE]


@pytest.mark.parametrize("text", [f"CLAIM {CASE}\nRELEASE {CASE}", f"RELEASE {CASE}\n受任 {CASE}"])
def test_a_claim_and_its_release_in_one_mail_do_nothing(cases: Desk, text: str) -> None:
    cases.writes(ALICE, text)
    assert claimed(cases) == [] and cases.ending() == "for_staff"
    assert f"Did you mean to take {CASE}" in cases.last_letter_to(ALICE).subject


def test_where_more_is_asked_than_is_taken_back_nothing_is_guessed(cases: Desk) -> None:
    cases.writes(ALICE, f"CLAIM {SECOND} {CASE}\n\n辞退 {CASE}")
    assert claimed(cases) == [] and "Did you mean to take these 2 cases?" in cases.last_letter_to(ALICE).text


def test_a_claim_in_the_subject_and_its_release_below_do_nothing(cases: Desk) -> None:
    cases.writes(ALICE, f"RELEASE {CASE}", subject=f"CLAIM {CASE}")
    assert claimed(cases) == []


@pytest.mark.parametrize(
    "text",
    [
        "I do not want this case after all.",
        "Please cancel my claim.",
        "On second thought, no longer.",
        "I can't take it this month.",
        "受任の希望ではありません。",
        "先日の申し出を取り消します。",
        "やはりやめます。",
    ],
)
def test_a_claim_in_the_subject_with_a_negation_below_is_asked_about_and_keeps_its_place(cases: Desk, text: str) -> None:
    cases.writes(ALICE, text, subject=f"CLAIM {CASE}", at=0)
    cases.writes(BOB, f"CLAIM {CASE}", at=5)
    cases.writes(ALICE, "YES", answering=cases.last_letter_to(ALICE), at=60)
    cases.settles()
    assert cases.standing(CASE) == {ALICE: "confirmed", BOB: "waitlisted"}
    assert "Did you mean" in cases.letters_to(ALICE)[0].subject


@pytest.mark.parametrize(
    "text",
    [
        f"I will not\nCLAIM {CASE}",
        f"If nobody else is there:\nCLAIM {CASE}",
        f"CLAIM {CASE}\nif it is in Tokyo.",
        f"CLAIM {CASE}\nunless Bob takes it",
        f"CLAIM {CASE}\n?",
        f"CLAIM {CASE}\nNo wait, please ignore the above.",
        f"CLAIM {CASE}\n\nOn second thought I do not want it.",
        f"受任 {CASE}\nというのは冗談です。",
        f"ほかに担当者がいなければ、\n受任 {CASE}",
        f"受任 {CASE}\nただし東京の事件に限ります。",
    ],
)
def test_a_command_inside_a_sentence_is_asked_about(cases: Desk, text: str) -> None:
    cases.writes(ALICE, text)
    assert claimed(cases) == [] and f"Did you mean to take {CASE}" in cases.last_letter_to(ALICE).subject


@pytest.mark.parametrize(
    "text",
    [
        f"Dear desk,\nCLAIM {CASE}\nIf you need anything else, please write to me.\nBest regards,\nAlice",
        f"Thank you for the list.\nCLAIM {CASE}\nI have no conflict of interest and do not know the other side.",
        f"お世話になっております。\n受任 {CASE}\n利益相反はありません。\nよろしくお願いいたします。",
        f"ご連絡が遅くなり申し訳ございません。\n\n受任 {CASE}\n\n月曜日は対応できませんが、ほかの日は大丈夫です。",
        f"I can not come on Mondays.\n\nCLAIM {CASE}\n\nI speak French; not Arabic.",
        f"Hi,\nCLAIM {CASE}\nPlease do not hesitate to call me.\n-- \nAlice Arden\nnot admitted in Osaka",
    ],
)
def test_greetings_thanks_and_facts_stop_no_claim(cases: Desk, text: str) -> None:
    cases.writes(ALICE, text)
    assert claimed(cases) == [CASE]


@pytest.mark.parametrize(
    "text",
    [
        "よろしくお願いします。\n利益相反はありません。\n弁護士 山田",
        "Please don't hesitate to call.\nAlice",
        "I have no conflict, and do not mind travel.",
    ],
)
def test_courtesies_below_a_subject_stop_no_claim(cases: Desk, text: str) -> None:
    cases.writes(ALICE, text, subject=f"CLAIM {CASE}")
    assert claimed(cases) == [CASE]


def test_a_release_with_its_reason_is_done(cases: Desk) -> None:
    cases.writes(ALICE, f"CLAIM {CASE}")
    cases.settles()
    cases.writes(ALICE, "I am sorry that I can no longer do this.", subject=f"RELEASE {CASE}")
    cases.settles()
    assert cases.standing(CASE) == {ALICE: "released"}


@pytest.mark.parametrize("text", ["YES\nNO", "YES\nbut only if it is in Tokyo", "はい\nただし東京の事件に限ります。"])
def test_a_yes_that_is_also_a_no_leaves_the_question_open(cases: Desk, text: str) -> None:
    cases.writes(ALICE, "I'd like to take case 1.")
    question = cases.last_letter_to(ALICE)
    cases.writes(ALICE, text, answering=question)
    assert claimed(cases) == []
    cases.writes(ALICE, "YES", answering=question)
    assert claimed(cases) == [CASE]


@pytest.mark.parametrize(
    "text",
    [f"Bob asks to\nCLOSE {CASE}", f"CLOSE {CASE}\n\nnot really", f"CLOSE {CASE}\nunless Alice objects"],
)
def test_staffs_words_with_a_condition_do_nothing(cases: Desk, text: str) -> None:
    cases.writes(SATO, text)
    cases.writes(ALICE, f"CLAIM {CASE}")
    cases.settles()
    assert cases.standing(CASE) == {ALICE: "confirmed"} and cases.endings()[0][0] == "for_staff"


@pytest.mark.parametrize(
    "line",
    [
        f"CLAIM {CASE} and {SECOND}",
        f"受任 {CASE}・{SECOND}",
        f"CLAIM {CASE} & 2026-2",
        f"受任 {CASE}と{SECOND}",
        f"受任 {CASE}及び{SECOND}",
    ],
)
def test_ids_may_be_listed_as_people_list_them(cases: Desk, line: str) -> None:
    cases.writes(ALICE, line)
    assert claimed(cases) == [CASE, SECOND]


@pytest.mark.parametrize(
    "line", [f"CLAIM and {CASE}", f"CLAIM {CASE} and", f"CLAIM {CASE} and maybe {SECOND}", f"CLAIM {CASE} or {SECOND}"]
)
def test_a_list_with_anything_else_in_it_is_no_command(cases: Desk, line: str) -> None:
    cases.writes(ALICE, line)
    assert claimed(cases) == []
