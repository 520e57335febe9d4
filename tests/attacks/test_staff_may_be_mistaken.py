"""O-15: what staff ask for too late or by mistake is refused and explained, or done and told to whom it concerns; either way it is on record."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.model import Deadline, Lifecycle
from tests.attacks import oracles
from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk

FORM = "Title: A hearing\nSummary: One visit."
ID = "JUS-2026-001"


def on_record(desk: Desk, case_id: str = ID) -> list[str]:
    """What staff did to the case, as it stands in the book."""
    with desk.office.ledger.reading() as ledger:
        return [note for _, note in ledger.marks.notes(f"case {case_id}")]


@pytest.mark.parametrize(("subject", "word"), [("NEW CASE", "YES"), ("EMERGENCY", "SEND")])
def test_O_15_a_case_that_was_withdrawn_is_not_published_by_a_late_word(desk: Desk, subject: str, word: str) -> None:
    desk.writes(SUZUKI, FORM, subject=subject)
    preview = desk.last_letter_to(SUZUKI)
    desk.writes(SUZUKI, f"WITHDRAW {ID}")
    desk.writes(SUZUKI, word, answering=preview)
    assert desk.on_file(ID)[0].state == "withdrawn" and desk.letters_to(ALICE) == []
    assert "changed nothing" in desk.last_letter_to(SUZUKI).flat
    assert desk.ending() == "answered" and any(note.startswith("withdrawn by") for note in on_record(desk))


@pytest.mark.parametrize("words", [f"BULLETIN {ID}", f"ASSIGN {ID} {ALICE}"])
def test_O_15_a_withdrawn_case_is_neither_circulated_nor_given(desk: Desk, words: str) -> None:
    case = desk.case()
    desk.writes(SUZUKI, f"WITHDRAW {case}")
    desk.writes(SUZUKI, words)
    told = desk.last_letter_to(SUZUKI)
    assert desk.on_file(ID)[0].state == "withdrawn" and desk.letters_to(ALICE) == [] and desk.standing(case) == {}
    assert "withdrawn" in told.text and desk.ending() == "answered"


@pytest.mark.parametrize(
    ("word", "way_out"),
    [
        ("CLOSE", "“REOPEN {}”"),
        ("WITHDRAW", "“REOPEN {}”"),
        ("EXPIRED", "“EDIT {}”"),
        ("DRAFT", "answer its preview"),
        ("FILLED", "“Places: 2”"),
    ],
)
def test_O_15_a_bulletin_that_cannot_be_is_told_with_the_way_out(desk: Desk, word: str, way_out: str) -> None:
    deadline = Deadline(desk.now - timedelta(days=1), is_day=False) if word == "EXPIRED" else None
    lifecycle = {"EXPIRED": Lifecycle.EXPIRED, "DRAFT": Lifecycle.DRAFT}.get(word, Lifecycle.OPEN)
    case = desk.case(deadline=deadline, lifecycle=lifecycle)
    if word == "FILLED":
        desk.writes(ALICE, f"CLAIM {case}")
        desk.settles()
    elif lifecycle is Lifecycle.OPEN:
        desk.writes(SUZUKI, f"{word} {case}")
    desk.writes(SUZUKI, f"BULLETIN {case}")
    desk.writes(SATO, f"速報 {case}")
    told = desk.last_letter_to(SUZUKI).flat
    assert way_out.format(case) in told and "Thank you for offering" not in told and "SEND" not in told
    assert (
        desk.last_letter_to(SUZUKI).subject == f"Not done: {case}" and "「" in desk.last_letter_to(SATO).text and not desk.letters_to(BOB)
    )


def test_O_15_a_case_that_is_kept_for_a_conflict_check_may_be_closed_and_everybody_concerned_hears(desk: Desk) -> None:
    case = desk.case(conflict_names="The Other Side")
    for sender in (ALICE, BOB):
        desk.writes(sender, f"CLAIM {case}")
        desk.settles()
    assert desk.standing(case) == {ALICE: "held", BOB: "waitlisted"}
    desk.writes(SUZUKI, f"CLOSE {case}")
    assert desk.standing(case) == {ALICE: "lapsed", BOB: "lapsed"} and any(note.startswith("closed by") for note in on_record(desk))
    assert all(case in desk.last_letter_to(one).subject for one in (ALICE, BOB))
    desk.writes(ALICE, f"CLEAR {case}")
    assert desk.standing(case)[ALICE] == "lapsed" and "The Other Side" not in desk.last_letter_to(BOB).text
    oracles.hold(desk)


def test_O_15_a_case_that_somebody_has_stays_with_them_when_it_is_closed_and_staff_hear_so(desk: Desk) -> None:
    case = desk.case()
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.writes(SUZUKI, f"CLOSE {case}")
    assert desk.standing(case) == {ALICE: "confirmed"} and "stays" in desk.last_letter_to(SUZUKI).text
    oracles.hold(desk)


@pytest.mark.parametrize(("word", "state"), [("CLOSE", "closed"), ("WITHDRAW", "withdrawn")])
def test_O_15_who_changes_a_case_that_is_over_hears_that_it_still_is_and_how_it_is_opened(desk: Desk, word: str, state: str) -> None:
    case = desk.case()
    desk.writes(SUZUKI, f"{word} {case}")
    desk.writes(SUZUKI, f"EDIT {case}\nContact: Sato, ext. 13")
    assert f"It is still {state}, and nobody is offered it. To open it again, write “REOPEN {case}”." in desk.last_letter_to(SUZUKI).flat


def test_O_15_what_stands_under_a_label_of_its_own_never_reaches_the_roster_unasked(desk: Desk) -> None:
    desk.writes(SUZUKI, f"{FORM}\nNotes: The client is Zahra from Kabul\nPlace: Osaka\nPhone: 090-1234-5678", subject="NEW CASE")
    form = desk.last_letter_to(SUZUKI)
    told = form.flat
    with desk.office.ledger.reading() as ledger:
        assert not ledger.cases.some([ID])
    assert "“Notes: The client is Zahra from Kabul”: there is no such field" in told.replace(" ^", "") and "090-1234-5678”" in told
    desk.writes(SUZUKI, f"{FORM}\nDetails: Notes: The client is Zahra from Kabul\nPlace: Osaka\n\nKind regards,\nTaro", answering=form)
    assert desk.on_file(ID)[0].state == "draft" and "Kind regards" not in desk.last_letter_to(SUZUKI).text


def test_O_15_an_unknown_label_in_an_edit_brings_the_form_back(desk: Desk) -> None:
    case = desk.case()
    desk.writes(SUZUKI, f"EDIT {case}\nSummary: One visit.\n備考：依頼者は江東区に住む\n\n鈴木")
    assert "様式" in desk.last_letter_to(SUZUKI).text or "no such field" in desk.last_letter_to(SUZUKI).flat
