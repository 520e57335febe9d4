"""One word that is no case id voids no other claim of its line, and whatever a line may have meant is asked about from its own arrival."""

from __future__ import annotations

import pytest

from bot.core.model import Lifecycle
from tests.attacks.desk import ALICE, BOB, CHIKA, SATO, SUZUKI, Desk

WORDS = {"en": ("CLAIM", "YES", "RELEASE"), "ja": ("受任", "はい", "辞退")}


@pytest.fixture(params=WORDS)
def words(request: pytest.FixtureRequest, desk: Desk) -> tuple[str, str, str]:
    desk.joins(ALICE, name="Alice Arden", language=request.param)
    return WORDS[request.param]


def test_the_ids_of_a_claim_act_whatever_else_stands_in_its_list(desk: Desk, words: tuple[str, str, str]) -> None:
    claim, yes, _ = words
    a, b, c, draft = desk.case(), desk.case("Detention"), desk.case("Interview"), desk.case("Draft", lifecycle=Lifecycle.DRAFT)
    desk.writes(ALICE, f"{claim} {a} {b} 3 {draft} JUS-2026-099 JUS-2026-0x7", at=0)
    for case in (a, b, c):
        desk.writes(BOB, f"CLAIM {case}", at=5)
    desk.settles()
    assert desk.standing(a) == desk.standing(b) == {ALICE: "confirmed", BOB: "waitlisted"}
    told = desk.last_letter_to(ALICE)
    assert all(named in told.text for named in (a, b, c, draft, "JUS-2026-099", "JUS-2026-0x7"))
    desk.writes(ALICE, yes, answering=told, at=600)
    desk.settles()
    assert desk.standing(c) == {ALICE: "waitlisted", BOB: "confirmed"}  # first in line, by the time of the first mail


def test_numbers_and_sentences_behind_the_word_for_a_claim_are_asked_about_at_once(desk: Desk, words: tuple[str, str, str]) -> None:
    claim, yes, _ = words
    cases = [desk.case(title) for title in ("Appeal", "Detention", "Interview")]
    desk.writes(ALICE, f"{claim} 1 2 3", at=0)
    desk.writes(BOB, "\r\n".join(f"CLAIM {case}" for case in cases), at=5)
    desk.writes(ALICE, yes, answering=desk.last_letter_to(ALICE), at=60)
    desk.settles()
    assert [desk.standing(case) for case in cases] == [{ALICE: "confirmed", BOB: "waitlisted"}] * 3


@pytest.mark.parametrize("prose", ["{claim} {a} or {b} please", "I could take {a} and {b}.", "{a}と{b}を引き受けられます。"])
def test_prose_that_names_several_cases_is_one_question_and_a_claim_in_its_thread_counts_from_the_first_mail(
    desk: Desk, words: tuple[str, str, str], prose: str
) -> None:
    claim, yes, _ = words
    a, b = desk.case(), desk.case("Detention")
    desk.writes(ALICE, prose.format(claim=claim, a=a, b=b), at=0)
    desk.writes(BOB, f"CLAIM {a} {b}", at=5)
    assert desk.standing(a) == desk.standing(b) == {BOB: "queued"}
    question = desk.last_letter_to(ALICE)
    desk.writes(ALICE, f"{claim} {b}", answering=question, at=60)
    desk.settles()
    assert desk.standing(a) == {BOB: "confirmed"}
    assert desk.standing(b) == {ALICE: "confirmed", BOB: "waitlisted"}
    desk.writes(ALICE, yes, answering=question)
    desk.settles()
    assert desk.standing(a) == {ALICE: "waitlisted", BOB: "confirmed"}
    assert desk.standing(b)[ALICE] == "confirmed"


def test_a_yes_after_a_claim_of_its_own_gives_the_earlier_arrival(desk: Desk) -> None:
    case = desk.case()
    desk.writes(ALICE, f"I'd like {case}", at=0)
    question = desk.last_letter_to(ALICE)
    desk.writes(BOB, f"CLAIM {case}", at=5)
    desk.writes(ALICE, f"CLAIM {case}", at=10)
    desk.writes(ALICE, "YES", answering=question, at=20)
    desk.settles()
    assert desk.standing(case)[BOB] == "waitlisted"
    assert f"{case} is yours" in desk.last_letter_to(ALICE).subject


def test_a_yes_that_comes_too_late_or_to_a_case_that_is_over_gives_nothing(desk: Desk) -> None:
    a, b = desk.case(), desk.case("Detention")
    desk.writes(ALICE, f"I'd like {a} and {b}", at=0)
    question = desk.last_letter_to(ALICE)
    desk.writes(SATO, f"CLOSE {a}", at=30)
    desk.writes(ALICE, f"CLAIM {a}", answering=question, at=60)
    desk.passes(hours=25)
    desk.writes(BOB, f"CLAIM {b}", at=90_000)
    desk.writes(ALICE, f"CLAIM {b}", answering=question, at=90_010)
    desk.settles()
    assert desk.standing(a) == {ALICE: "refused"}
    assert desk.standing(b) == {BOB: "confirmed", ALICE: "waitlisted"}


def test_a_limit_counts_what_a_yes_claims(desk: Desk) -> None:
    a, b = desk.case(), desk.case("Detention")
    desk.writes(ALICE, "LIMIT 1", at=0)
    desk.writes(ALICE, f"I'd like {a} and {b}", at=1)
    desk.writes(ALICE, "YES", answering=desk.last_letter_to(ALICE), at=2)
    desk.settles()
    assert (desk.standing(a), desk.standing(b)) == ({ALICE: "confirmed"}, {ALICE: "refused"})


def test_a_claim_in_a_colleagues_name_asks_nobody_to_take_it_for_themselves(desk: Desk) -> None:
    a, _ = desk.case(), desk.case("Detention")
    desk.joins(CHIKA, name="千佳", firm="Kita")
    desk.joins(ALICE, name="Alice Arden", firm="Kita", roles=("coordinator",))
    desk.writes(ALICE, f"CLAIM {a} 2 FOR {CHIKA}", at=0)
    desk.settles()
    told = desk.last_letter_to(ALICE).text
    assert desk.standing(a) == {CHIKA: "confirmed"} and "Did you mean" not in told and "no case 2 " in told


def test_a_list_that_says_more_than_ids_still_does_nothing(desk: Desk) -> None:
    a, b = desk.case(), desk.case("Detention")
    for line in ("CLAIM {a} not {b}", "CLAIM {a} if {b}", "CLAIM {a} {b}?", "CLAIM {a} 14:00 {b}", "{a} {b} CLAIM", "受任 {a} {b} しない"):
        desk.writes(ALICE, line.format(a=a, b=b))
        desk.settles()
        assert (desk.standing(a), desk.standing(b)) == ({}, {})


def test_the_question_stays_with_an_answer_that_waits_for_other_lines(desk: Desk) -> None:
    """Also the one that follows a RELEASE: why, and what is due next."""
    a, b = desk.case(), desk.case("Detention")
    desk.writes(ALICE, f"CLAIM {a}", at=0)
    desk.settles()
    desk.writes(ALICE, f"RELEASE {a}\r\nCLAIM {b}")
    desk.settles()
    desk.writes(ALICE, "I am moving to Osaka; the brief is due on 3 December.", answering=desk.last_letter_to(ALICE))
    assert desk.endings()[-1] == ("for_staff", "about a case handed back")


@pytest.mark.parametrize("is_proven", [True, False])
def test_who_says_yes_after_the_case_was_given_reads_that_they_were_asked_and_staff_read_what_they_can_do(
    desk: Desk, is_proven: bool
) -> None:
    """It was told that the mail had come into sight only afterwards, and staff were to write an ASSIGN that finds no free place."""
    case = desk.case()
    if is_proven:
        desk.writes(ALICE, f"I could take {case}.", at=0)
        question = desk.last_letter_to(ALICE)
        assert "A case that has been given by then stays with whoever has it" in question.flat
    else:
        desk.writes(ALICE, f"CLAIM {case}", at=0, proven=None)
        question = desk.last_letter_to(ALICE)
    desk.writes(BOB, f"CLAIM {case}", at=5)
    desk.settles()
    desk.writes(ALICE, "YES", answering=question)
    desk.settles()
    assert desk.standing(case) == {ALICE: "waitlisted", BOB: "confirmed"}
    hers, theirs = desk.last_letter_to(ALICE).flat, desk.last_letter_to(SUZUKI)
    assert "We had to ask you about it first" in hers and "sight" not in hers
    assert "surfaced" not in theirs.text and "Junk" not in theirs.text and "sight" not in theirs.text
    desk.writes(SUZUKI, f"RELEASE {case} {BOB}\nASSIGN {case} {ALICE}")
    assert f"“RELEASE {case} {BOB}”" in theirs.flat and f"“ASSIGN {case} {ALICE}”" in theirs.flat
    assert desk.standing(case) == {ALICE: "confirmed", BOB: "released"}


def test_a_mail_that_surfaces_after_the_decision_is_told_as_that(desk: Desk) -> None:
    case = desk.case()
    desk.writes(BOB, f"CLAIM {case}", at=5)
    desk.settles()
    desk.passes(minutes=1)
    desk.writes(ALICE, f"CLAIM {case}", at=0)
    desk.settles()
    assert "came into our sight only after" in desk.last_letter_to(ALICE).flat
    assert "Junk" in desk.last_letter_to(SUZUKI).text and f"“RELEASE {case} {BOB}”" in desk.last_letter_to(SUZUKI).flat


@pytest.mark.parametrize("named", [0, 1])
def test_a_courteous_yes_beside_the_claim_of_one_of_the_cases_asked_about_takes_that_one_alone(desk: Desk, named: int) -> None:
    cases = [desk.case(), desk.case("Another appeal")]
    desk.writes(BOB, f"I could take {cases[0]} or {cases[1]}.", at=0)
    desk.writes(BOB, f"Yes please, thank you!\nCLAIM {cases[named]}", answering=desk.last_letter_to(BOB), at=5)
    desk.settles()
    assert [desk.standing(case) for case in cases] == [{BOB: "confirmed"} if number == named else {} for number in (0, 1)]


@pytest.mark.parametrize("named", [0, 1])
@pytest.mark.parametrize("said", ["Yes, {case} please.", "Yes {case}", "はい、{case}をお願いします。"])
def test_a_yes_that_names_one_of_the_cases_asked_about_takes_that_one_alone_as_of_the_first_mail(desk: Desk, said: str, named: int) -> None:
    cases = [desk.case(), desk.case("Another appeal")]
    desk.writes(BOB, f"I could take {cases[0]} or {cases[1]}.", at=0)
    question = desk.last_letter_to(BOB)
    desk.writes(ALICE, f"CLAIM {cases[named]}", at=3)
    desk.writes(BOB, said.format(case=cases[named]), answering=question, at=5)
    desk.settles()
    taken = {BOB: "confirmed", ALICE: "waitlisted"}
    assert [desk.standing(case) for case in cases] == [taken if number == named else {} for number in (0, 1)]
