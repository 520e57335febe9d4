"""Erasing a case ends it for everybody who waits for it, keeps what other cases need, and is finished by the next start where it stops."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import select

from bot.core.model import Lifecycle
from bot.office import audit
from bot.reception import erase, finish_erasing
from bot.shell.tables import CaseRow, RawMailRow
from tests.attacks.canaries import shown
from tests.attacks.desk import ALICE, BOB, CANARIES, CHIKA, SATO, SUZUKI, Desk


@pytest.fixture
def desk(tmp_path: Path, database_url: str) -> Desk:
    return Desk.open(tmp_path, database_url=database_url)


def states(desk: Desk, kind: str) -> list[str]:
    with desk.office.ledger.reading() as ledger:
        return [letter.state for letter in ledger.outbox.all() if letter.kind == kind]


def test_who_waits_hears_and_who_is_confirmed_keeps_it(desk: Desk) -> None:
    case = desk.case()
    for one in (ALICE, BOB):
        desk.writes(one, f"CLAIM {case}")
        desk.passes(seconds=1)
    desk.settles()
    desk.writes(CHIKA, f"CLAIM {case}")
    erase(desk.office, case)
    assert desk.standing(case) == {ALICE: "confirmed", BOB: "lapsed", CHIKA: "lapsed"}
    with desk.office.ledger.reading() as ledger:
        report = audit.check(ledger, printed=None)
    assert (report.fault, report.erased) == (None, 1)
    assert f"{case} is over" in desk.last_letter_to(BOB).text and case in desk.last_letter_to(CHIKA).text
    with desk.office.ledger.reading() as ledger:
        assert ledger.cases.by_id(case).lifecycle is Lifecycle.CLOSED


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_title_that_is_gone_leaves_no_mark_in_letters(desk: Desk, language: str) -> None:
    case = desk.case()
    for one in (ALICE, BOB):
        desk.joins(one, language=language)
        desk.writes(one, f"CLAIM {case}")
        desk.passes(seconds=1)
    desk.settles()
    erase(desk.office, case)
    told = [desk.last_letter_to(BOB)]
    for who, words in (
        (ALICE, "STATUS"),
        (SATO, f"EXPLAIN {case}"),
        (SUZUKI, f"EXPLAIN {case}"),
        (ALICE, f"SHOW {case}"),
        (SATO, f"詳細 {case}"),
    ):
        desk.writes(who, words)
        told.append(desk.last_letter_to(who))
    assert all(case in letter.text and "—" not in f"{letter.subject}{letter.text}" for letter in told)


@pytest.mark.parametrize(("language", "asked"), [("en", "Please delete what has reached you"), ("ja", "削除してくださいますよう")])
def test_its_lawyer_hears_that_it_is_over_and_staff_read_who_has_the_file(desk: Desk, language: str, asked: str) -> None:
    case = desk.case(details=CANARIES[0])
    desk.joins(ALICE, language=language)
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    assert CANARIES[0] in desk.last_letter_to(ALICE).text
    erase(desk.office, case)
    told = desk.last_letter_to(ALICE)
    assert case in told.subject and asked.replace(" ", "") in told.flat.replace(" ", "")
    assert ALICE in desk.last_letter_to(SUZUKI).flat and "asked to delete the file" in desk.last_letter_to(SUZUKI).flat
    desk.writes(ALICE, "May I keep the power of attorney?", answering=told)
    question = desk.last_letter_to(SUZUKI)
    assert "May I keep the power of attorney?" in question.text and case in question.text
    assert "CLAIM" not in desk.last_letter_to(ALICE).text


def test_a_letter_that_has_not_left_is_cancelled_and_staff_hear_to_whom(desk: Desk) -> None:
    case = desk.case(details=CANARIES[0])
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    erase(desk.office, case)
    assert states(desk, "confirmation") == ["cancelled"] and not any(shown(letter.received.raw) for letter in desk.letters())
    told = desk.last_letter_to(SUZUKI)
    assert told.subject == f"Erased: {case}" and ALICE in told.text


def test_the_other_case_of_the_same_mail_is_decided_and_answered(desk: Desk) -> None:
    case, other = desk.case(details=CANARIES[0]), desk.case("Another")
    desk.writes(ALICE, f"CLAIM {case} {other}")
    erase(desk.office, case)
    desk.settles()
    assert desk.standing(other) == {ALICE: "confirmed"} and other in desk.last_letter_to(ALICE).text


def test_P_10_what_is_about_two_cases_goes_with_the_first_that_is_erased(desk: Desk) -> None:
    case, other = desk.case(), desk.case("Another")
    desk.writes(ALICE, f"CLAIM {case} {other}")
    with desk.office.ledger.reading() as ledger:
        sealed = ledger.session.exec(select(RawMailRow)).one()
    erase(desk.office, case)
    with desk.office.ledger.writing() as ledger:
        ledger.session.merge(RawMailRow(arrival_id=sealed.arrival_id, content=sealed.content))
    with desk.office.ledger.reading() as ledger:
        assert ledger.arrivals.raw(sealed.arrival_id) is None


@pytest.mark.parametrize("command", ["REOPEN {}", "EDIT {}\nDetails: again", "ASSIGN {} " + BOB])
def test_staff_cannot_bring_it_back(desk: Desk, command: str) -> None:
    case = desk.case(details=CANARIES[0])
    erase(desk.office, case)
    desk.writes(SUZUKI, command.format(case))
    assert "was erased for good" in desk.last_letter_to(SUZUKI).text
    with desk.office.ledger.reading() as ledger:
        assert ledger.cases.by_id(case).lifecycle is Lifecycle.CLOSED and not ledger.cases.confidential(case).details


def test_a_draft_whose_preview_waits_does_not_open_any_more(desk: Desk) -> None:
    desk.writes(SUZUKI, f"Title: A\nSummary: B\nDetails: {CANARIES[0]}", subject="NEW CASE")
    preview = desk.last_letter_to(SUZUKI)
    with desk.office.ledger.reading() as ledger:
        (case,) = ledger.cases.all()
    erase(desk.office, case.id)
    desk.writes(SUZUKI, "YES", answering=preview)
    with desk.office.ledger.reading() as ledger:
        assert ledger.cases.open() == []


def test_G_23_a_form_sent_back_before_the_case_was_whole_goes_with_it(desk: Desk) -> None:
    desk.writes(SUZUKI, f"Title: A\nSummary: B\nDetails: {CANARIES[0]}\nDeadline: next Friday", subject="NEW CASE")
    desk.writes(SUZUKI, f"Title: A\nSummary: B\nDetails: {CANARIES[0]}", answering=desk.last_letter_to(SUZUKI))
    with desk.office.ledger.reading() as ledger:
        (case,) = ledger.cases.all()
    erase(desk.office, case.id)
    with desk.office.ledger.reading() as ledger:
        assert [ledger.arrivals.raw(entry.id) for entry in ledger.arrivals.all()] == [None, None]
    assert not any(shown(letter.received.raw) for letter in desk.letters())


def test_G_23_a_stop_after_the_key_is_destroyed_is_finished_at_the_next_start(desk: Desk) -> None:
    case = desk.case(details=CANARIES[0])
    with desk.office.ledger.reading() as ledger:
        key = ledger.session.get_one(CaseRow, case).key_id
    desk.office.ledger.keys.destroy([key])
    finish_erasing(desk.office)
    with desk.office.ledger.reading() as ledger:
        assert ledger.cases.by_id(case).is_erased
    assert desk.last_letter_to(SUZUKI).subject == f"Erased: {case}"


def test_a_bulletin_about_it_is_refused_with_the_truth(desk: Desk) -> None:
    case = desk.case()
    erase(desk.office, case)
    desk.writes(SUZUKI, f"BULLETIN {case}")
    told = desk.last_letter_to(SUZUKI).text
    assert "was erased for good" in " ".join(told.split()) and f"“REOPEN {case}”" not in told


@pytest.mark.parametrize("line", ["ERASE {case}", "DELETE {case}", "消去 {case}"])
def test_to_erase_is_no_word_by_mail_and_the_answer_says_where_it_is_done(desk: Desk, line: str) -> None:
    case = desk.case()
    desk.writes(SUZUKI, line.format(case=case))
    told = desk.last_letter_to(SUZUKI).flat
    assert f"firstreply case erase {case}" in told and "RELEASE" not in told
    with desk.office.ledger.reading() as ledger:
        assert ledger.cases.by_id(case).lifecycle is Lifecycle.OPEN
