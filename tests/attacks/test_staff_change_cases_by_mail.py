"""EDIT: what the roster reads is shown before it changes, all else changes at once, and who holds the case hears what concerns them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.model import Confidential, Deadline
from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk

DETAILS = "The client is the fictional Farida Ahmadi."


def taken_by(desk: Desk, who: str, case: str) -> None:
    desk.writes(who, f"CLAIM {case}")
    desk.settles()


def test_what_the_roster_reads_of_an_open_case_waits_for_a_yes(desk: Desk) -> None:
    case = desk.case(place="Tokyo")
    desk.writes(SUZUKI, "Place: Osaka\nSummary: An appeal within six months.", subject=f"EDIT {case}")
    preview = desk.last_letter_to(SUZUKI)
    assert "Osaka" in preview.text and "until now: Tokyo" in preview.text and desk.on_file(case)[0].place == "Tokyo"
    desk.writes(SUZUKI, "YES", answering=preview)
    assert (desk.on_file(case)[0].place, desk.on_file(case)[0].summary) == ("Osaka", "An appeal within six months.")
    assert desk.last_letter_to(SUZUKI).subject.startswith("Changed:") and not desk.letters_to(ALICE)


@pytest.mark.parametrize(
    ("who", "words", "shown"),
    [
        (SUZUKI, "EDIT {}\nDeadline: 2027-02-01 17:00\nEligible: bengoshi", ["Deadline: Mon 1 Feb 2027, 17:00 JST", "until now: Mon 18 Jan 2027", "bengoshi"]),
        (SATO, "変更 {}\n期限：令和9年2月1日\n弁護士の性別：女性", ["「期限」：2027年2月1日(月)（これまで：2027年1月18日(月)）", "「弁護士の性別」：女性"]),
        (SATO, "変更 {}\n資格：弁護士・行政書士\n初心者可：可", ["「資格」：弁護士、行政書士", "「初心者可」：はい"]),
    ],
)  # fmt: skip
def test_a_change_is_shown_in_the_words_of_its_reader(desk: Desk, who: str, words: str, shown: list[str]) -> None:
    case = desk.case(deadline=Deadline(datetime(2027, 1, 18, 15, 0, tzinfo=UTC), is_day=True))
    desk.writes(who, words.format(case))
    told = desk.last_letter_to(who).text
    told = " ".join(told.split()) if who == SUZUKI else "".join(told.split())
    assert all(one.replace(" ", "") in told.replace(" ", "") for one in shown), told


def test_no_leaves_the_case_as_it_was(desk: Desk) -> None:
    case = desk.case(place="Tokyo")
    desk.writes(SUZUKI, f"EDIT {case}\nPlace: Osaka")
    desk.writes(SUZUKI, "NO", answering=desk.last_letter_to(SUZUKI))
    assert desk.on_file(case)[0].place == "Tokyo" and desk.on_file(case)[0].state == "open"


def test_what_only_the_holder_reads_changes_at_once(desk: Desk) -> None:
    case = desk.case(details=DETAILS)
    desk.writes(SATO, f"EDIT {case}\n担当者：佐藤、内線12")
    assert desk.on_file(case)[1] == Confidential(DETAILS, "", "佐藤、内線12")
    assert desk.last_letter_to(SATO).subject.startswith(f"{case} 変更しました")


def test_an_edit_without_fields_brings_the_form_filled_in_and_sending_it_back_changes_what_differs(desk: Desk) -> None:
    case = desk.case(details=DETAILS, place="Tokyo", contact="Sato")
    desk.writes(SUZUKI, f"EDIT {case}")
    form = desk.last_letter_to(SUZUKI)
    assert f"Details: {DETAILS}" in form.text and "Place: Tokyo" in form.text
    filled = form.text.split("Title:")[1].split("----")[0].replace("Contact: Sato", "Contact: Suzuki, ext. 7")
    desk.writes(SUZUKI, "Title:" + filled, answering=form)
    assert desk.on_file(case)[1] == Confidential(DETAILS, "", "Suzuki, ext. 7")
    assert "Contact" in desk.last_letter_to(SUZUKI).text and "Place" not in desk.last_letter_to(SUZUKI).text


def test_the_form_sent_back_unchanged_changes_nothing(desk: Desk) -> None:
    case = desk.case("難民申請の不服申立て", "審査請求の代理をお願いします。\n\n期間は約半年です。", details=DETAILS * 9, places=2)
    desk.writes(SATO, f"EDIT {case}")
    form = desk.last_letter_to(SATO)
    desk.writes(SATO, "件名：" + form.text.split("件名：")[1].split("----")[0], answering=form)
    assert "変更はありません" in desk.last_letter_to(SATO).subject


def test_an_empty_field_is_emptied_and_one_that_is_not_there_stays(desk: Desk) -> None:
    case = desk.case(details=DETAILS, contact="Sato")
    desk.writes(SUZUKI, f"EDIT {case}\nContact:")
    assert desk.on_file(case)[1] == Confidential(DETAILS, "", "")


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_changed(desk: Desk) -> None:
    case = desk.case(contact="Sato")
    desk.writes(SUZUKI, f"EDIT {case}\nDeadline: next Friday\nContact: Suzuki")
    form = desk.last_letter_to(SUZUKI)
    assert "Deadline: next Friday\n    ^ Which day is “next Friday”?" in form.text and "Contact: Suzuki" in form.text
    assert desk.on_file(case)[1].contact == "Sato"
    desk.writes(SUZUKI, "Deadline: 2026-12-20", answering=form)
    assert "20 Dec 2026" in desk.last_letter_to(SUZUKI).text


def test_a_deadline_that_has_passed_does_not_stand_in_the_way_of_other_changes(desk: Desk) -> None:
    case = desk.case(contact="Sato")
    desk.writes(SUZUKI, f"EDIT {case}\nDeadline: 2026-11-25")
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    desk.passes(days=9)
    desk.settles()
    desk.writes(SUZUKI, f"EDIT {case}\nContact: Suzuki\nDeadline: 2026-11-25")
    assert desk.on_file(case)[1].contact == "Suzuki"
    desk.writes(SUZUKI, f"EDIT {case}\nDeadline: 2026-12-25")
    desk.writes(SUZUKI, f"REOPEN {case}")
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    assert desk.on_file(case)[0].state == "open"


def test_places_may_be_raised_and_the_next_in_line_moves_up(desk: Desk) -> None:
    case = desk.case()
    taken_by(desk, ALICE, case)
    taken_by(desk, BOB, case)
    desk.writes(SUZUKI, f"EDIT {case}\nPlaces: 2")
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    desk.settles()
    assert desk.standing(case) == {ALICE: "confirmed", BOB: "confirmed"}


def test_places_never_fall_below_those_that_are_held(desk: Desk) -> None:
    case = desk.case(places=3)
    taken_by(desk, ALICE, case)
    taken_by(desk, BOB, case)
    desk.writes(SUZUKI, f"EDIT {case}\nPlaces: 1")
    assert "fewer than the 2 that lawyers hold" in desk.last_letter_to(SUZUKI).text and desk.on_file(case)[0].places == 3


def test_places_may_fall_to_those_that_are_held_whatever_their_numbers(desk: Desk) -> None:
    case = desk.case(places=3)
    taken_by(desk, ALICE, case)
    taken_by(desk, BOB, case)
    desk.writes(SUZUKI, f"RELEASE {case} {ALICE}")
    desk.writes(SUZUKI, f"EDIT {case}\nPlaces: 1")
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    desk.settles()
    assert desk.on_file(case)[0].places == 1 and desk.on_file(case)[0].state == "filled" and desk.standing(case)[BOB] == "confirmed"


def test_the_holder_hears_in_one_letter_what_concerns_the_work(desk: Desk) -> None:
    case = desk.case(place="Tokyo", details=DETAILS)
    taken_by(desk, ALICE, case)
    before = len(desk.letters_to(ALICE))
    desk.writes(SUZUKI, f"EDIT {case}\nPlace: Osaka\nDeadline: 2026-12-20\nDetails: The hearing was moved.")
    assert len(desk.letters_to(ALICE)) == before
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    told = desk.letters_to(ALICE)[before:]
    assert len(told) == 1 and all(word in told[0].text for word in ("Osaka", "20 Dec 2026", "The hearing was moved."))
    assert ALICE in desk.last_letter_to(SUZUKI).text


def test_the_holder_does_not_hear_of_what_changes_nothing_for_them(desk: Desk) -> None:
    case = desk.case()
    taken_by(desk, ALICE, case)
    before = len(desk.letters_to(ALICE))
    desk.writes(SUZUKI, f"EDIT {case}\nTime frame: two months")
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    assert len(desk.letters_to(ALICE)) == before


def test_who_still_checks_for_conflicts_reads_the_new_names_and_not_the_file(desk: Desk) -> None:
    case = desk.case(details=DETAILS, conflict_names="Farida Ahmadi")
    taken_by(desk, ALICE, case)
    desk.writes(SUZUKI, f"EDIT {case}\nConflict check: Farida Ahmadi; Omar Ahmadi\nDetails: A new file.\nContact: Suzuki")
    told = desk.last_letter_to(ALICE).text
    assert "Omar Ahmadi" in told and "A new file." not in told and "Suzuki" not in told


def test_nobody_else_hears_of_a_change(desk: Desk) -> None:
    case = desk.case(details=DETAILS)
    taken_by(desk, ALICE, case)
    taken_by(desk, BOB, case)
    before = len(desk.letters_to(BOB))
    desk.writes(SUZUKI, f"EDIT {case}\nDetails: A new file.")
    assert len(desk.letters_to(BOB)) == before and "A new file." in desk.last_letter_to(ALICE).text


def test_a_change_is_on_record_by_whom_and_of_what(desk: Desk) -> None:
    case = desk.case()
    desk.writes(SUZUKI, f"EDIT {case}\nContact: Suzuki\nDetails: A file.")
    desk.writes(SUZUKI, f"EXPLAIN {case}")
    assert "Details, Contact changed by suzuki@ngo.example" in desk.last_letter_to(SUZUKI).flat


@pytest.mark.parametrize(
    "text", ["EDIT {0}\nContact: Suzuki\nCLOSE {0}", "CLOSE {0}\nEDIT {0}\nContact: Suzuki", "EDIT {0}\nEDIT 2026-2\nContact: S"]
)
def test_an_edit_stands_in_a_mail_of_its_own(desk: Desk, text: str) -> None:
    case = desk.case(contact="Sato")
    desk.case()
    desk.writes(SUZUKI, text.format(case))
    assert desk.on_file(case)[1].contact == "Sato" and "a mail of its own" in desk.last_letter_to(SUZUKI).flat


def test_a_lawyer_changes_nothing_and_an_unproven_mail_is_asked_about(desk: Desk) -> None:
    case = desk.case(contact="Sato")
    desk.writes(ALICE, f"EDIT {case}\nContact: Alice")
    desk.writes(SUZUKI, f"EDIT {case}\nContact: Suzuki", proven=None)
    assert desk.on_file(case)[1].contact == "Sato"
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI), proven=None)
    assert desk.on_file(case)[1].contact == "Suzuki"


def test_an_unproven_change_of_the_public_text_is_shown_after_its_sender_stood_by_it(desk: Desk) -> None:
    case = desk.case(place="Tokyo")
    desk.writes(SUZUKI, f"EDIT {case}\nPlace: Osaka", proven=None)
    for _ in range(2):
        desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI), proven=None)
    assert desk.on_file(case)[0].place == "Osaka"


def test_an_unknown_case_is_told_as_such(desk: Desk) -> None:
    desk.writes(SUZUKI, "EDIT JUS-2026-099\nContact: Suzuki")
    assert "There is no case JUS-2026-099" in desk.last_letter_to(SUZUKI).text


def test_where_two_must_agree_the_colleague_sees_the_change_and_the_second_yes_hears_who_gave_the_first(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path, approvals="approvals = 2")
    case = desk.case(place="Tokyo")
    desk.writes(SUZUKI, f"EDIT {case}\nPlace: Osaka")
    desk.writes(SATO, "はい", answering=desk.last_letter_to(SATO))
    assert desk.on_file(case)[0].place == "Osaka"
    desk.writes(SUZUKI, "YES", answering=desk.letters_to(SUZUKI)[0])
    assert SATO in desk.last_letter_to(SUZUKI).text


@pytest.mark.parametrize("nothing", ["Deadline:", "Deadline: none", "Deadline: None", "期限：なし"])
def test_a_deadline_can_be_taken_away_and_the_transcript_says_so(desk: Desk, nothing: str) -> None:
    case = desk.case(deadline=Deadline(desk.now + timedelta(days=30), is_day=False))
    desk.writes(SUZUKI, f"EDIT {case}\n{nothing}")
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    assert desk.on_file(case)[0].deadline is None and re.search(r"Deadline +none$", desk.last_letter_to(SUZUKI).text, re.MULTILINE)


def test_every_line_that_begins_with_a_word_of_staff_is_answered(desk: Desk) -> None:
    case = desk.case()
    wrong = (f"CLOSE {case} please", f"ASSIGN {case} Alice Arden", "REPORT 2026-13", "SEND abc")
    desk.writes(SUZUKI, "\n".join((f"EXPLAIN {case}", *wrong)))
    told = desk.last_letter_to(SUZUKI).flat
    assert all(f"“{line}”" in told for line in wrong)
    assert f"“CLOSE {case}”" in told and f"“ASSIGN {case} ito@lawfirm.example”" in told and desk.standing(case) == {}
