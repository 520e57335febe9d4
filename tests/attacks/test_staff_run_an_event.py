"""What staff do with an event: it comes in by form or table, is changed, moved and called off, and whoever has asked hears what concerns them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.attacks.desk import ALICE, BOB, CHIKA, SATO, SUZUKI, Desk
from tests.attacks.events import closes, event

FORM = "Title: Trauma-informed interviews\nSummary: One afternoon with two doctors.\nDetails: Third floor, bell 12.\nPlaces: 2\nCloses: 2026-11-25\nPer firm: 1\n"


@pytest.mark.parametrize("word", ["NEW EVENT", "新規研修"])
def test_staff_bring_in_an_event_by_mail_and_the_round_shows_it_apart(desk: Desk, word: str) -> None:
    desk.writes(SUZUKI, FORM, subject=word)
    preview = desk.last_letter_to(SUZUKI)
    assert "Apply by Wed 25 Nov 2026" in preview.flat and "Per firm at most 1" in preview.flat
    desk.writes(SUZUKI, "YES", answering=preview)
    desk.sends_the_round()
    circulated = desk.last_letter_to(ALICE)
    assert "Training and other events" in circulated.text and "bell 12" not in circulated.text
    assert "Events in November 2026: 1 invitation" in circulated.subject and circulated.link_about("CLAIM")


@pytest.mark.parametrize(("day", "is_missed"), [("2026-11-25", True), ("2026-12-20", False)])
@pytest.mark.parametrize(("sender", "warning"), [(SUZUKI, "It closes before the next round"), (SATO, "締切が次回のご案内")])
def test_the_preview_warns_where_an_event_closes_before_the_next_round(
    desk: Desk, sender: str, warning: str, day: str, is_missed: bool
) -> None:
    desk.writes(sender, FORM.replace("2026-11-25", day), subject="NEW EVENT")
    preview = desk.last_letter_to(sender)
    desk.writes(sender, "YES", answering=preview)
    assert [warning in letter.flat for letter in (preview, desk.last_letter_to(sender))] == [is_missed, is_missed]


def test_an_event_without_a_closing_date_comes_back_as_a_form(desk: Desk) -> None:
    desk.writes(SUZUKI, FORM.replace("Closes: 2026-11-25\n", ""), subject="NEW EVENT")
    form = desk.last_letter_to(SUZUKI)
    assert "please complete the event" in form.subject and "Conflict check:" not in form.text
    desk.writes(SUZUKI, FORM, subject="Re: the form", answering=form)
    assert "Is JUS-2026-001 as it should be" in desk.last_letter_to(SUZUKI).text


def test_the_form_of_a_case_does_not_ask_when_it_closes(desk: Desk) -> None:
    desk.writes(SUZUKI, "", subject="NEW CASE")
    assert "Closes:" not in desk.last_letter_to(SUZUKI).text


@pytest.mark.parametrize("word", ["CLOSE", "WITHDRAW"])
def test_an_event_that_staff_call_off_is_told_to_everybody_who_asked(desk: Desk, word: str) -> None:
    training = event(desk)
    desk.writes(ALICE, f"CLAIM {training}")
    desk.writes(SUZUKI, f"{word} {training}")
    desk.settles()
    assert desk.standing(training) == {ALICE: "lapsed"}
    assert len(desk.letters_to(ALICE)) == 2 and training in desk.last_letter_to(ALICE).subject


def test_a_table_under_new_event_wants_a_closing_date_in_every_row(desk: Desk) -> None:
    table = "title,summary,closes,per_firm\nSeminar,One hour.,2026-12-20,2\nAnother,Two hours.,,\n"
    desk.writes(SUZUKI, "", subject="NEW EVENT", files=(("events.csv", "text/csv", table.encode()),))
    assert "line 3" in desk.last_letter_to(SUZUKI).flat.casefold() and "Closes" in desk.last_letter_to(SUZUKI).text
    fixed = table.replace("Two hours.,,", "Two hours.,2026-12-21,")
    desk.writes(SUZUKI, "", subject="NEW EVENT", files=(("events.csv", "text/csv", fixed.encode()),))
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    with desk.office.ledger.reading() as ledger:
        assert [case.event is not None and case.state == "open" for case in ledger.cases.all()] == [True, True]


def test_staff_move_the_closing_date_by_edit_and_places_wait_for_the_new_one(desk: Desk) -> None:
    training = event(desk)
    desk.writes(ALICE, f"CLAIM {training}")
    desk.writes(SUZUKI, f"EDIT {training}\nCloses: {desk.now + timedelta(days=20):%Y-%m-%d}\nPer firm: ２")
    preview = desk.last_letter_to(SUZUKI)
    assert "Per firm at most 2" in preview.flat
    desk.writes(SUZUKI, "YES", answering=preview)
    closes(desk, days=10)
    assert desk.standing(training) == {ALICE: "queued"}
    closes(desk, days=12)
    assert desk.standing(training) == {ALICE: "confirmed"}


@pytest.mark.parametrize(("language", "stays"), [("en", "Your wish to come stays on record"), ("ja", "お申し込みはそのまま承っています")])
def test_a_new_closing_date_is_told_to_whoever_was_promised_an_answer_on_the_old_one(desk: Desk, language: str, stays: str) -> None:
    desk.joins(ALICE, name="Alice Arden", language=language)
    training = event(desk)
    desk.writes(ALICE, f"CLAIM {training}")
    desk.writes(SUZUKI, f"EDIT {training}\nCloses: 2026-12-10")
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    told = desk.last_letter_to(ALICE)
    assert training in told.subject and stays in told.text.replace("\n", "" if language == "ja" else " ")
    assert ("10 Dec 2026" if language == "en" else "2026年12月10日") in told.text and not told.files
    assert ALICE in desk.last_letter_to(SUZUKI).text


def test_who_has_asked_hears_of_no_other_change(desk: Desk) -> None:
    training = event(desk)
    desk.writes(ALICE, f"CLAIM {training}")
    before = len(desk.letters_to(ALICE))
    desk.writes(SUZUKI, f"EDIT {training}\nPlaces: 3\nPlace: Osaka")
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    assert len(desk.letters_to(ALICE)) == before


@pytest.mark.parametrize("word", ["CLOSE", "WITHDRAW"])
def test_no_letter_about_an_event_calls_it_a_case(desk: Desk, word: str) -> None:
    desk.joins(CHIKA, name="千佳", language="ja")
    training = event(desk)
    desk.writes(ALICE, f"CLAIM {training}")
    desk.writes(ALICE, f"CLAIM {training}")
    desk.writes(SUZUKI, f"EDIT {training}\nPlaces: 3")
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    desk.writes(BOB, f"RELEASE {training}")
    desk.writes(SATO if word == "CLOSE" else SUZUKI, f"{word} {training}")
    for sender, text in ((BOB, f"CLAIM {training}"), (CHIKA, f"受任 {training}"), (SUZUKI, f"REOPEN {training}")):
        desk.writes(sender, text)
    for letter in desk.letters():
        words = letter.text.partition("----------------")[0].casefold()
        assert not [word for word in (" case", "案件", "担当") if word in words], letter.text


def test_the_form_of_an_event_sent_back_unchanged_changes_nothing_even_when_it_has_closed(desk: Desk) -> None:
    training = event(desk, per_firm=1, details="Bell 12")
    closes(desk, days=6)
    before = desk.on_file(training)[0]
    desk.writes(SUZUKI, f"EDIT {training}")
    form = desk.last_letter_to(SUZUKI)
    assert "Closes:" in form.text and "Conflict check:" not in form.text
    desk.writes(SUZUKI, "Title:" + form.text.split("Title:")[1].split("----")[0], answering=form)
    assert "nothing" in desk.last_letter_to(SUZUKI).flat.casefold() and desk.on_file(training)[0] == before


def test_a_case_becomes_no_event_and_an_event_no_case(desk: Desk) -> None:
    training, case = event(desk), desk.case()
    desk.writes(SUZUKI, f"EDIT {training}\nCloses:")
    assert "needs its closing date" in desk.last_letter_to(SUZUKI).flat
    desk.writes(SUZUKI, f"EDIT {case}\nCloses: 2026-12-20")
    assert "cannot become an event" in desk.last_letter_to(SUZUKI).flat


@pytest.mark.parametrize(("has_closed", "said"), [(False, "your name off the list for"), (True, "back your place at")])
def test_who_is_released_from_an_event_by_staff_hears_so(desk: Desk, has_closed: bool, said: str) -> None:
    training = event(desk)
    desk.writes(ALICE, f"CLAIM {training}")
    if has_closed:
        closes(desk)
    before = len(desk.letters_to(ALICE))
    desk.writes(SUZUKI, f"RELEASE {training} {ALICE}")
    assert len(desk.letters_to(ALICE)) == before + 1 and said in desk.last_letter_to(ALICE).flat
    assert "is told so" in desk.last_letter_to(SUZUKI).flat
    assert not any(
        word in letter.flat for letter in (desk.last_letter_to(ALICE), desk.last_letter_to(SUZUKI)) for word in ("case", "waiting")
    )
