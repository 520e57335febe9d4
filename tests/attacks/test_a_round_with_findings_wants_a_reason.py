"""A round in which the anonymity check has found something goes with a reason, which stays on record in the case; at its hour it goes without the case."""

from __future__ import annotations

import pytest

from bot.office import circulars
from tests.attacks.desk import ALICE, SUZUKI, Desk


def shows_the_round(desk: Desk) -> str:
    """A case that no staff mail brought in, with a name of its client in its title; gives its id, with the round shown to Suzuki."""
    case = desk.case("A hearing in Karimi Town", details="The client is Mr Ahmad Karimi.", conflict_names="Ahmad Karimi")
    desk.writes(SUZUKI, "ROUND PREVIEW")
    return case


@pytest.mark.parametrize("word", ["SEND", "送信", "ROUND SEND", "YES", "はい"])
def test_a_round_with_findings_wants_a_reason(desk: Desk, word: str) -> None:
    case = shows_the_round(desk)
    preview = desk.last_letter_to(SUZUKI)
    assert "“SEND WITH the name is the town’s”" in preview.flat
    desk.writes(SUZUKI, word, answering=preview)
    told = desk.last_letter_to(SUZUKI).flat
    assert not desk.letters_to(ALICE) and "Title: “Karimi” is also" in told and f"“EDIT {case}”" in told and " WITH the name is" in told


@pytest.mark.parametrize(
    "word", ["SEND WITH the name is the town's", "送信 理由：the name is the town's", "SEND\nReason: the name is the town's"]
)
def test_with_a_reason_the_round_goes_and_the_reason_is_on_record_in_the_case(desk: Desk, word: str) -> None:
    plain, case = desk.case("An appeal"), shows_the_round(desk)
    desk.writes(SUZUKI, word, answering=desk.last_letter_to(SUZUKI))
    assert case in desk.last_letter_to(ALICE).text and plain in desk.last_letter_to(ALICE).text
    desk.writes(SUZUKI, f"EXPLAIN {case}")
    told = desk.last_letter_to(SUZUKI).flat
    assert "let into the round by suzuki@ngo.example (reason given: the name is the town's)" in told
    with desk.office.ledger.reading() as ledger:
        assert "because" not in str(ledger.marks.notes(f"case {plain}"))


@pytest.mark.parametrize(
    "word", ["ROUND SEND WITH the name is the town's", "ROUND SEND 2026-11 WITH the name is the town's", "月例送信 理由：地名です"]
)
def test_round_send_takes_the_reason_too(desk: Desk, word: str) -> None:
    case = shows_the_round(desk)
    with desk.office.ledger.reading() as ledger:
        month = circulars.outlook(desk.office, ledger).to_send
    desk.writes(SUZUKI, word.replace("2026-11", month))
    assert case in desk.last_letter_to(ALICE).text


@pytest.mark.parametrize("word", ["SEND\nCLOES JUS-2026-003\nReason: the client has left", "送信\n速報 JUS-2026-003\n理由：期日の変更"])
def test_a_reason_meant_for_something_else_sends_no_round(desk: Desk, word: str) -> None:
    shows_the_round(desk)
    desk.writes(SUZUKI, word, answering=desk.last_letter_to(SUZUKI))
    assert not desk.letters_to(ALICE)


def test_a_reason_where_nothing_was_found_sends_no_round(desk: Desk) -> None:
    case = desk.case()
    desk.writes(SUZUKI, "ROUND SEND WITH a new title")
    told = desk.last_letter_to(SUZUKI).flat
    assert not desk.letters_to(ALICE) and "“ROUND SEND” alone" in told and f"“EDIT {case}”" in told


def test_silence_leaves_a_case_with_findings_out_and_tells_staff(desk: Desk) -> None:
    plain, case = desk.case("An appeal"), shows_the_round(desk)
    with desk.office.ledger.deciding() as ledger:
        circulars.open_round(desk.office, ledger, "2026-12", by=circulars.SCHEDULE)
    went, told = desk.last_letter_to(ALICE).text, desk.last_letter_to(SUZUKI).flat
    assert plain in went and case not in went and f"{case} A hearing in Karimi Town (a finding needs a reason)" in told


def test_a_yes_with_a_reason_lets_it_go_at_its_hour(desk: Desk) -> None:
    case = shows_the_round(desk)
    desk.writes(SUZUKI, "YES WITH it is a town", answering=desk.last_letter_to(SUZUKI))
    assert not desk.letters_to(ALICE)
    with desk.office.ledger.deciding() as ledger:
        circulars.open_round(desk.office, ledger, "2026-12", by=circulars.SCHEDULE)
    assert case in desk.last_letter_to(ALICE).text
