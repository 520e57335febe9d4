"""The board's page of what waits: what one is asked oneself stands there as that question, with all it is about, and not a second time."""

from __future__ import annotations

from typing import Any

from bot.board.reading import Reader
from bot.cli import overview
from bot.cli.status import _for_a_person
from bot.core.model import Profile, Question, Terms
from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk

COOK = "cook@lawfirm.example"


def waiting(desk: Desk, person: str = SUZUKI) -> dict[str, Any]:
    staff = desk.office.staff(person)
    assert staff
    with desk.office.ledger.reading() as ledger:
        return Reader(desk.office, ledger, staff).waiting()


def two_claims_that_do_not_fit(desk: Desk) -> None:
    for address, name in ((ALICE, "Alice Arden"), (BOB, "Bob Baker")):
        desk.joins(address, name=name, profile=Profile(capacity=("paralegal",)))
    case = desk.case(terms=Terms(eligible=("bengoshi",)))
    for address in (ALICE, BOB):
        desk.writes(address, f"CLAIM {case}")
    desk.settles()


def test_a_draft_an_applicant_and_a_change_stand_there_once(desk: Desk) -> None:
    case = desk.case()
    desk.writes(SUZUKI, "Title: Hearing\nSummary: A hearing in March.", subject="NEW CASE")
    desk.writes(SUZUKI, f"EDIT {case}\nTitle: Appeal to the court")
    desk.writes(COOK, "JOIN\nName: Cook\nFirm: Cook Law")
    shown = waiting(desk)
    assert {one["asked"].question for one in shown["questions"]} == {Question.OPEN_CASE, Question.CHANGE_CASE, Question.ADMIT}
    assert shown["awaited"].count == 0 and "drafts" not in shown


def test_a_draft_whose_question_is_too_old_still_stands_there_with_its_title(desk: Desk) -> None:
    desk.writes(SUZUKI, "Title: Hearing\nSummary: A hearing in March.", subject="NEW CASE")
    desk.passes(days=30)
    shown = waiting(desk)
    assert shown["questions"] == [] and shown["awaited"].previews == ("JUS-2026-001",)
    assert shown["titles"] == {"JUS-2026-001": "Hearing"}


def test_a_question_about_a_claim_that_does_not_fit_names_who_asks(desk: Desk) -> None:
    two_claims_that_do_not_fit(desk)
    shown = waiting(desk)
    assert sorted(one["who"] for one in shown["questions"]) == ["Alice Arden", "Bob Baker"]
    assert shown["awaited"].misfits == ()


def test_status_counts_claims_that_do_not_fit_as_the_board_does_one_by_one(desk: Desk) -> None:
    two_claims_that_do_not_fit(desk)
    for person, words in ((SUZUKI, "2 claims on JUS-2026-001 that do not fit"), (SATO, "JUS-2026-001の条件に合わない方のお申し出2件")):
        desk.writes(person, "STATUS")
        assert words.replace(" ", "") in "".join(desk.last_letter_to(person).text.split())
    with desk.office.ledger.reading() as ledger:
        assert "2 claims on JUS-2026-001 that do not fit" in _for_a_person(overview.read(desk.office, ledger))


def test_a_claim_that_does_not_fit_is_no_question_any_more_once_its_case_or_its_place_is_gone(desk: Desk) -> None:
    """The buttons stood there, and answered that the question was settled."""
    two_claims_that_do_not_fit(desk)
    case, other = "JUS-2026-001", desk.case(terms=Terms(eligible=("bengoshi",)))
    desk.writes(ALICE, f"CLAIM {other}")
    desk.settles()
    assert len(waiting(desk)["questions"]) == 3
    desk.writes(SATO, f"CLOSE {case}")
    assert [one["asked"].case_id for one in waiting(desk)["questions"]] == [other]
    desk.writes(SATO, f"ASSIGN {other} {BOB}")
    assert waiting(desk)["questions"] == []


def test_the_preview_of_a_round_that_has_gone_out_is_no_question_any_more(desk: Desk) -> None:
    desk.case()
    desk.writes(SUZUKI, "ROUND PREVIEW")
    (asked,) = [one["asked"] for one in waiting(desk)["questions"]]
    assert asked.question is Question.SEND_ROUND
    desk.sends_the_round(asked.content_key)
    assert waiting(desk)["questions"] == []


def test_a_bulletin_about_what_is_over_and_an_applicant_who_was_let_in_are_no_questions_any_more(desk: Desk) -> None:
    case = desk.case()
    desk.writes(SUZUKI, f"BULLETIN {case}")
    desk.writes(COOK, "JOIN\nName: Cook\nFirm: Cook Law")
    assert {one["asked"].question for one in waiting(desk)["questions"]} == {Question.SEND_BULLETIN, Question.ADMIT}
    desk.writes(SATO, f"CLOSE {case}\nAPPROVE {COOK}")
    assert waiting(desk)["questions"] == []
