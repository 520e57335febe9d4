"""Who has only applied may come to events, sees those that are open, and learns of no case."""

from __future__ import annotations

import pytest

from bot.core.model import Lifecycle, MemberState
from tests.attacks.desk import Desk
from tests.attacks.events import closes, event

DORA = "dora@applies.example"


def test_who_has_only_applied_may_come_to_events_and_have_no_case(desk: Desk) -> None:
    desk.joins(DORA, name="Dora", state=MemberState.APPLIED)
    training, case = event(desk), desk.case()
    desk.writes(DORA, f"CLAIM {training} {case}")
    closes(desk)
    assert (desk.standing(training), desk.standing(case)) == ({DORA: "confirmed"}, {DORA: "refused"})


def test_an_applicant_s_unproven_wish_counts_from_its_arrival_too(desk: Desk) -> None:
    desk.joins(DORA, name="Dora", state=MemberState.APPLIED)
    training = event(desk)
    desk.writes(DORA, f"CLAIM {training}", proven=None)
    assert desk.standing(training) == {DORA: "unverified"}
    desk.writes(DORA, "YES", answering=desk.last_letter_to(DORA), proven=None)
    closes(desk)
    assert desk.standing(training) == {DORA: "confirmed"}


def test_an_event_that_nobody_has_approved_is_as_unknown_to_an_applicant_as_any_case(desk: Desk) -> None:
    desk.joins(DORA, name="Dora", state=MemberState.APPLIED)
    draft, case = event(desk, lifecycle=Lifecycle.DRAFT), desk.case()
    desk.writes(DORA, f"CLAIM {draft}")
    desk.writes(DORA, f"CLAIM {case}")
    of_event, of_case = desk.letters_to(DORA)
    assert of_event.text.replace(draft, case) == of_case.text


@pytest.mark.parametrize(("language", "words"), [("en", "LIST\nSHOW"), ("ja", "一覧\n詳細")])
def test_an_applicant_sees_the_events_to_ask_for_and_no_case(desk: Desk, language: str, words: str) -> None:
    desk.joins(DORA, name="Dora", state=MemberState.APPLIED, language=language)
    training, case, draft = event(desk), desk.case("A CASE OF THE ROSTER"), event(desk, lifecycle=Lifecycle.DRAFT)
    desk.writes(DORA, f"{words} {training}")
    told = desk.last_letter_to(DORA)
    assert training in told.text and case not in told.text and draft not in told.text and "OF THE ROSTER" not in told.text + told.html
    assert told.link_about("CLAIM")
    for unseen in (case, draft, "JUS-2026-999"):
        desk.writes(DORA, f"SHOW {unseen}")
    texts = {letter.text for letter in desk.letters_to(DORA)[1:]}
    assert len(texts) == 1 and "OF THE ROSTER" not in texts.pop()


@pytest.mark.parametrize("state", [MemberState.LEFT, MemberState.SUSPENDED])
def test_nobody_else_outside_the_roster_sees_events(desk: Desk, state: MemberState) -> None:
    desk.joins(DORA, name="Dora", state=state)
    training = event(desk)
    desk.writes(DORA, f"LIST\nSHOW {training}")
    assert "Trauma" not in desk.last_letter_to(DORA).text
