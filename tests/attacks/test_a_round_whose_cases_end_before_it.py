"""O-06: all that is open may be over before the hour of the round. What staff are told of it, before and at that hour, is what comes true."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot import housekeeping, rounds
from bot.core.model import Deadline, Event
from tests.attacks.desk import ALICE, CANARIES, SATO, SUZUKI, Desk
from tests.attacks.round_at_nine import NINE, a_day_before, preview, rounds_to, ticks


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_day_before(tmp_path)


def ends_before(desk: Desk, title: str = "Detention hearing", summary: str = "One visit.") -> str:
    return desk.case(title, summary, deadline=Deadline(NINE - timedelta(hours=2), is_day=False))


def comes_to_its_hour(desk: Desk) -> None:
    desk.passes(hours=23, minutes=1)
    housekeeping.tidy(desk.office)
    rounds.open_due(desk.office)


def test_a_yes_is_not_answered_with_a_round_that_will_not_go(desk: Desk) -> None:
    case = ends_before(desk)
    desk.writes(SUZUKI, "YES", answering=preview(desk))
    told = desk.last_letter_to(SUZUKI)
    assert "goes out" not in told.subject and "nothing" in told.subject
    assert (
        "all that is open will be over before then, so nothing is sent" in told.flat
        and f"“SEND” before that hour takes along what is open now: {case}." in told.flat
    )
    desk.writes(SATO, "はい", answering=preview(desk, SATO))
    assert "予定どおり" not in desk.last_letter_to(SATO).subject and "期限を迎えます" in desk.last_letter_to(SATO).text.replace("\n", "")


def test_a_yes_names_what_the_round_goes_without(desk: Desk) -> None:
    late, case = ends_before(desk), desk.case()
    desk.writes(SUZUKI, "YES", answering=preview(desk))
    told = desk.last_letter_to(SUZUKI)
    assert "goes out at its hour" in told.subject and f"without {late}" in told.flat and f"without {late}, {case}" not in told.flat


def test_where_nothing_went_staff_read_what_has_ended_since_the_preview(desk: Desk) -> None:
    case = ends_before(desk)
    preview(desk)
    comes_to_its_hour(desk)
    told = desk.last_letter_to(SUZUKI)
    assert (
        told.subject.endswith("all that was open is over")
        and f"{case} Detention hearing" in told.flat
        and "passed its deadline" in told.flat
    )
    assert "preview still waits" not in told.flat and case in desk.last_letter_to(SATO).text


def test_where_nothing_was_open_they_read_that(desk: Desk) -> None:
    preview_due = rounds.preview_due(desk.office)
    comes_to_its_hour(desk)
    assert not preview_due and desk.last_letter_to(SUZUKI).subject.endswith("no open cases")


def test_where_all_that_is_open_wants_a_word_it_is_not_said_that_nothing_is_open(desk: Desk) -> None:
    case = desk.case("Detention hearing", "Call 090-1234-5678.")
    preview(desk)
    comes_to_its_hour(desk)
    assert case in desk.last_letter_to(SUZUKI).text and not any("no open cases" in one.subject for one in desk.letters_to(SUZUKI))
    assert desk.letters_to(ALICE) == []


@pytest.mark.parametrize("is_with_another", [False, True])
def test_a_finding_in_what_ends_before_is_not_why_the_round_goes_without_it(desk: Desk, is_with_another: bool) -> None:
    late = ends_before(desk, summary="Call 090-1234-5678.")
    held = desk.case("Another", "Call 090-8765-4321.") if is_with_another else ""
    told = preview(desk).flat
    assert f"goes without {late}" not in told and "a bare “SEND” sends nothing" in told
    assert not held or f"at its hour the round goes without {held}, and a bare" in told
    japanese = preview(desk, SATO).text.replace("\n", "")
    assert f"案件{late}は、予定の時刻には載せずに" not in japanese and "「送信」だけのお返事では何も送信しません" in japanese


def test_who_asks_for_the_round_reads_that_all_will_be_over_and_how_to_take_it_along(desk: Desk) -> None:
    case = ends_before(desk)
    desk.writes(SUZUKI, "ROUND PREVIEW")
    told = desk.last_letter_to(SUZUKI)
    assert "No case is looking for a lawyer" not in told.flat and "It goes out on" not in told.flat
    assert "All that is open now will be over before" in told.flat and "To let the round go now, with what is listed below" in told.flat
    desk.writes(SATO, "ROUND PREVIEW")
    japanese = desk.last_letter_to(SATO)
    assert "すべて期限を迎えます" in japanese.subject and "募集中の案件がない" not in japanese.text.replace("\n", "")
    desk.writes(SUZUKI, "SEND", answering=told)
    assert case in desk.last_letter_to(ALICE).text


@pytest.mark.parametrize("is_with_another", [False, True])
def test_a_yes_tells_what_nobody_could_read_in_time(desk: Desk, is_with_another: bool) -> None:
    if is_with_another:
        desk.case()
    else:
        ends_before(desk)
    preview(desk)
    desk.passes(hours=22, minutes=30)
    late = desk.case("Half an hour before")
    desk.writes(SUZUKI, "YES", answering=preview(desk))
    told = desk.last_letter_to(SUZUKI)
    assert f"obody could read {late} an hour before" in told.flat and f"{late}, which is over" not in told.flat
    assert ("goes out at its hour" in told.subject) is is_with_another
    comes_to_its_hour(desk)
    assert any(late in one.text for one in desk.letters_to(ALICE)) is False


@pytest.mark.parametrize("asked", [False, True], ids=["by itself", "ROUND PREVIEW"])
def test_what_expires_before_its_hour_does_not_stand_in_it_and_the_way_to_the_roster_is_named(desk: Desk, asked: bool) -> None:
    gone, event = (
        desk.case("Expires first", deadline=Deadline(NINE - timedelta(hours=2), is_day=False)),
        Event(Deadline(NINE - timedelta(hours=2), is_day=False)),
    )
    goes, closed = desk.case("Goes"), desk.case("Closes first", "An hour.", event=event)
    letter = preview(desk)
    if asked:
        desk.writes(SUZUKI, "ROUND PREVIEW")
        letter = desk.last_letter_to(SUZUKI)
    assert "1 case." in letter.flat and goes in letter.text
    told = letter.flat.partition("Too late for this round")[2].partition("If a case changes")[0]
    assert gone in told and closed in told and f"“BULLETIN {gone}”" in told and f"“BULLETIN {closed}”" not in told
    assert letter.text.count("Expires first") == letter.text.count("Closes first") == 1


@pytest.mark.parametrize("asked", [False, True], ids=["by itself", "ROUND PREVIEW"])
def test_what_a_send_before_its_hour_takes_along_is_shown_whole_and_with_its_findings(desk: Desk, asked: bool) -> None:
    soon = Deadline(NINE - timedelta(hours=2), is_day=False)
    gone = desk.case("Expires first", f"{CANARIES[0]} needs help.", details=f"The client is {CANARIES[0]}.", deadline=soon)
    desk.case("Goes")
    letter = preview(desk)
    if asked:
        desk.writes(SUZUKI, "ROUND PREVIEW")
        letter = desk.last_letter_to(SUZUKI)
    told = letter.flat
    assert f"{CANARIES[0]} needs help." in told and f"In {gone}: “" in told and "“SEND WITH …” before then takes them along" in told
    desk.writes(SUZUKI, "SEND WITH the name is a town's", answering=letter)
    assert f"{CANARIES[0]} needs help." in rounds_to(desk)[0].text


def test_all_is_well_asks_no_reason_for_what_its_hour_leaves_behind(desk: Desk) -> None:
    soon = Deadline(NINE - timedelta(hours=2), is_day=False)
    desk.case("Expires first", f"{CANARIES[0]} needs help.", details=f"The client is {CANARIES[0]}.", deadline=soon)
    goes = desk.case("Goes")
    letter = preview(desk)
    assert "If all is well, you need do nothing." in letter.flat
    desk.writes(SUZUKI, "YES", answering=letter)
    assert desk.last_letter_to(SUZUKI).subject.startswith("Understood: the round") and rounds_to(desk) == []
    desk.passes(hours=23, minutes=1)
    ticks(desk)
    (went,) = rounds_to(desk)
    assert goes in went.text and CANARIES[0] not in went.text


def test_what_expires_before_its_hour_is_told_in_japanese_too(desk: Desk) -> None:
    gone = desk.case("Expires first", deadline=Deadline(NINE - timedelta(hours=2), is_day=False))
    desk.case("Goes")
    ticks(desk)
    told = "".join(desk.last_letter_to(SATO).text.split()).partition("このご案内に間に合わない案件")[2]
    assert gone in told and f"「速報{gone}」" in told and "それまでに「送信」とご返信いただくと、次の内容で一緒に載せます" in told


def test_where_nothing_is_left_at_its_hour_staff_are_shown_what_a_send_takes_along(desk: Desk) -> None:
    soon = Deadline(NINE - timedelta(hours=2), is_day=False)
    gone, closed = desk.case("Expires first", "One visit.", deadline=soon), desk.case("Closes first", "An hour.", event=Event(soon))
    letter, japanese = preview(desk), "".join(desk.last_letter_to(SATO).text.split())
    assert gone in letter.text and closed in letter.text and "nothing is sent" in letter.flat and "0 case" not in letter.flat
    assert gone in japanese and "何も送信しません" in japanese and "0件" not in japanese
    ticks(desk)
    assert len(desk.letters_to(SUZUKI)) == 1, "shown once"
    desk.writes(SUZUKI, "SEND", answering=letter)
    assert gone in rounds_to(desk)[0].text and closed in rounds_to(desk)[0].text
