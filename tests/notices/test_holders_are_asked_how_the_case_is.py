"""The quarterly check-in: one word answers it, HELP reaches a person at once, and silence is told after two weeks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attacks.desk import ALICE, BOB, CHIKA, SUZUKI, Desk
from tests.notices.checkins import asked, check_ins, held, told_staff


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
        assert ledger.cases.by_id(case).state == "filled"


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
