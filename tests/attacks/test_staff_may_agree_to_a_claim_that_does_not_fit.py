"""Asked about a claim that does not fit its case, staff agree or do not, with a reason or without; the first word counts, and everybody hears of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.model import Deadline
from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk
from tests.attacks.misfits import ATTORNEYS, PARALEGAL, asks, for_attorneys, reason, staff_say
from tests.attacks.posting import PostRoom
from tests.servers.smtp_sink import SmtpSink


@pytest.fixture
def case(desk: Desk) -> str:
    return for_attorneys(desk)


def test_staff_say_yes_and_the_case_is_theirs(desk: Desk, case: str) -> None:
    asks(desk, case)
    staff_say(desk, "YES")
    assert desk.standing(case) == {ALICE: "waitlisted"} and "is in line now" in desk.last_letter_to(SUZUKI).subject
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"} and reason(desk, case, ALICE) == f"agreed by {SUZUKI}"
    assert "Our staff have agreed" in desk.last_letter_to(ALICE).flat


def test_staff_say_no_and_the_member_is_told(desk: Desk, case: str) -> None:
    asks(desk, case)
    staff_say(desk, "いいえ", who=SATO)
    desk.settles()
    assert desk.standing(case) == {ALICE: "refused"} and reason(desk, case, ALICE) == f"not_agreed by {SATO}"
    assert "staff looked" in desk.last_letter_to(ALICE).flat and len(desk.letters_to(ALICE)) == 2


def test_the_second_of_the_staff_hears_that_it_is_decided(desk: Desk, case: str) -> None:
    asks(desk, case)
    staff_say(desk, "YES", who=SATO)
    staff_say(desk, "NO", who=SUZUKI)
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"}
    assert any(SATO in letter.text and "settled" in letter.subject for letter in desk.letters_to(SUZUKI))


def test_a_case_with_a_conflict_check_is_held_after_the_word_of_staff(desk: Desk) -> None:
    desk.joins(ALICE, name="Alice Arden", profile=PARALEGAL)
    case = desk.case(terms=ATTORNEYS, conflict_names="Client A")
    asks(desk, case)
    assert not any("Client A" in letter.text for letter in desk.letters())
    staff_say(desk, "YES")
    desk.settles()
    assert desk.standing(case) == {ALICE: "held"} and "Our staff have agreed" in desk.last_letter_to(ALICE).flat


def test_who_hands_the_claim_back_meanwhile_is_not_given_the_case(desk: Desk, case: str) -> None:
    asks(desk, case)
    desk.writes(ALICE, f"RELEASE {case}")
    staff_say(desk, "YES")
    desk.settles()
    assert desk.standing(case) == {ALICE: "released"} and "settled" in desk.last_letter_to(SUZUKI).subject


def test_a_stranger_to_the_thread_cannot_say_yes(desk: Desk, case: str) -> None:
    asks(desk, case)
    desk.writes(BOB, "YES", answering=desk.last_letter_to(SUZUKI))
    desk.settles()
    assert desk.standing(case) == {ALICE: "waitlisted"}


def test_explain_says_why_and_who_agreed(desk: Desk, case: str) -> None:
    asks(desk, case)
    desk.writes(SUZUKI, f"EXPLAIN {case}")
    assert "staff are asked: the case is for another kind of legal personnel" in desk.last_letter_to(SUZUKI).flat
    staff_say(desk, "YES", who=SATO)
    desk.settles()
    desk.writes(SUZUKI, f"EXPLAIN {case}")
    told = desk.last_letter_to(SUZUKI).flat
    assert f"claim accepted by {SATO}" in told and f"claim of {ALICE} accepted by {SATO}" in told


@pytest.mark.parametrize(
    ("who", "word", "why"),
    [
        (SUZUKI, "YES WITH she speaks Dari", "she speaks Dari"),
        (SATO, "はい 理由：ダリー語が話せます", "ダリー語が話せます"),
        (SUZUKI, "NO\nReason: the client wishes for an attorney", "the client wishes for an attorney"),
        (SUZUKI, "NO WITH the hearing is in court", "the hearing is in court"),
        (SATO, "いいえ、理由：法廷での代理が必要です", "法廷での代理が必要です"),
    ],
)
def test_the_reason_given_with_the_answer_is_on_record(desk: Desk, case: str, who: str, word: str, why: str) -> None:
    asks(desk, case)
    staff_say(desk, word, who=who)
    told = "".join(desk.last_letter_to(who).text.split())
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed" if word.startswith(("YES", "はい")) else "refused"} and why.replace(" ", "") in told
    desk.writes(SUZUKI, f"EXPLAIN {case}")
    assert why.replace(" ", "") in "".join(desk.last_letter_to(SUZUKI).text.split()) and why not in desk.last_letter_to(ALICE).text


@pytest.mark.parametrize(
    "word",
    ["YES WITH one condition: an interpreter comes along", "YES with the change that she is alone", "YES WITH pleasure\nunless Bob asks"],
)
def test_a_yes_with_a_condition_agrees_to_nothing(desk: Desk, case: str, word: str) -> None:
    asks(desk, case)
    staff_say(desk, word)
    desk.settles()
    assert desk.standing(case) == {ALICE: "waitlisted"} and "could not tell" in desk.last_letter_to(SUZUKI).flat


def test_an_application_and_a_draft_take_the_reason_too(desk: Desk) -> None:
    desk.writes(SUZUKI, "Title: A hearing\nSummary: One visit.", subject="NEW CASE")
    desk.writes(SUZUKI, "NO WITH the family has left", answering=desk.last_letter_to(SUZUKI))
    assert "was dropped" in desk.last_letter_to(SUZUKI).flat and "the family has left" in desk.last_letter_to(SUZUKI).flat
    desk.writes("kim@lawfirm.example", "JOIN\nName: Kim Sora\nFirm: Kim\nCapacity: attorney\nLanguages: Korean")
    desk.writes(SATO, "はい 理由：森先生のご紹介です", answering=desk.last_letter_to(SATO))
    desk.writes(SUZUKI, "EXPLAIN kim@lawfirm.example\nEXPLAIN JUS-2026-001")
    told = "".join(desk.last_letter_to(SUZUKI).text.split())
    assert "森先生のご紹介です" in told and "(reasongiven:thefamilyhasleft)" in told


def test_a_word_of_staff_that_comes_after_a_week_is_followed_by_the_question_whether_it_is_still_wanted(desk: Desk, case: str) -> None:
    asks(desk, case)
    desk.passes(days=8)
    staff_say(desk, "YES")
    desk.settles()
    letter = desk.last_letter_to(ALICE)
    assert desk.standing(case) == {ALICE: "held"} and letter.subject.startswith("Still willing?")
    assert "Our staff have agreed that this case may be yours" in letter.flat
    desk.writes(ALICE, "YES", answering=letter)
    assert desk.standing(case) == {ALICE: "confirmed"}


def test_a_prompt_word_of_staff_near_the_deadline_gives_the_case_at_once(desk: Desk) -> None:
    desk.joins(ALICE, name="Alice Arden", profile=PARALEGAL)
    case = desk.case(terms=ATTORNEYS, deadline=Deadline(desk.now + timedelta(days=6), is_day=False))
    asks(desk, case)
    staff_say(desk, "YES")
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed"}


def test_staff_are_not_asked_any_more_about_what_was_taken_back_before_the_question_left(desk: Desk, sink: SmtpSink) -> None:
    case, room = for_attorneys(desk), PostRoom(desk, sink)
    asks(desk, case)
    desk.writes(ALICE, f"RELEASE {case}")
    room.drains()
    assert set(room.states("misfit")) == {"cancelled"}


@pytest.mark.parametrize(
    ("who", "words"), [(SUZUKI, "Alice Arden had taken the request back before your answer came"), (SATO, "お申し出を取り下げられました")]
)
def test_staff_who_answer_then_read_that_it_was_taken_back(desk: Desk, case: str, who: str, words: str) -> None:
    asks(desk, case)
    desk.writes(ALICE, f"RELEASE {case}")
    staff_say(desk, "YES", who=who)
    told = "".join(desk.last_letter_to(who).text.split())
    assert words.replace(" ", "") in told and "tooold" not in told and "期限を過ぎている" not in told
