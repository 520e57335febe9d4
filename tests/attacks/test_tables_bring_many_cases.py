"""A table attached to a staff mail: all rows become drafts or none, with one preview and one YES."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attacks.desk import ALICE, SATO, SUZUKI, Desk
from tests.attacks.tables import CSV, GOOD, XLSX, YAML, sends, states, workbook


@pytest.mark.parametrize(
    ("name", "media_type", "content"),
    [
        ("cases.csv", CSV, GOOD.encode()),
        ("cases.csv", "application/vnd.ms-excel", GOOD.encode("cp932")),
        ("案件.xlsx", XLSX, workbook(("件名", "概要"), ("A hearing", "One visit."), ("面会", "二回"))),
        ("cases.yaml", YAML, "- title: A hearing\n  summary: One visit.\n- title: 面会\n  summary: 二回\n".encode()),
    ],
)
def test_each_kind_of_table_becomes_drafts_that_one_yes_opens(desk: Desk, name: str, media_type: str, content: bytes) -> None:
    sends(desk, name, content, media_type)
    preview = desk.last_letter_to(SUZUKI)
    assert states(desk) == ["draft", "draft"] and "A hearing" in preview.text and "二回" in preview.text
    desk.writes(SUZUKI, "YES", answering=preview)
    assert states(desk) == ["open", "open"] and not desk.letters_to(ALICE)
    assert desk.last_letter_to(SUZUKI).subject == "2 cases are open"


def test_a_table_that_comes_twice_or_a_row_that_stands_twice_is_said_in_the_preview(desk: Desk) -> None:
    sends(desk, "cases.csv", GOOD)
    first = desk.last_letter_to(SUZUKI)
    assert "on record already" not in first.flat
    desk.writes(SUZUKI, "YES", answering=first)
    sends(desk, "again.csv", GOOD + "A hearing, One  visit. ,Kobe,\n", who=SATO)
    told = "".join(desk.last_letter_to(SATO).text.split())
    assert told.count("同じ内容の案件がすでに登録されています") == 3
    assert "：JUS-2026-001。" in told and "：JUS-2026-002。" in told and "JUS-2026-001、JUS-2026-003。" in told


def test_a_case_that_is_mailed_twice_is_said_in_its_preview(desk: Desk) -> None:
    for _ in range(2):
        desk.writes(SUZUKI, "Title: A hearing\nSummary: One visit.", subject="NEW CASE")
    assert "The same words are on record already: JUS-2026-001." in desk.last_letter_to(SUZUKI).flat


@pytest.mark.parametrize(
    ("who", "said"), [(SUZUKI, "The same words are on record already: JUS-2026-001."), (SATO, "すでに登録されています：JUS-2026-001。")]
)
def test_an_emergency_that_is_mailed_twice_or_is_a_case_already_is_said_before_it_goes_out(desk: Desk, who: str, said: str) -> None:
    desk.writes(SUZUKI, "Title: A hearing\nSummary: One visit.", subject="NEW CASE")
    desk.writes(who, "Title: A hearing\nSummary: One visit.", subject="EMERGENCY")
    assert "".join(said.split()) in "".join(desk.last_letter_to(who).text.split())
    desk.writes(who, "SEND", answering=desk.last_letter_to(who))
    desk.writes(who, "BULLETIN JUS-2026-002")
    assert "JUS-2026-001" not in desk.last_letter_to(who).text


def test_a_table_alone_needs_no_word_in_the_subject(desk: Desk) -> None:
    sends(desk, "cases.csv", GOOD, subject="December", text="Here are the cases for December.\n\nSuzuki")
    assert states(desk) == ["draft", "draft"]


def test_no_drops_all_of_them(desk: Desk) -> None:
    sends(desk, "cases.csv", GOOD)
    desk.writes(SUZUKI, "NO", answering=desk.last_letter_to(SUZUKI))
    assert states(desk) == ["withdrawn", "withdrawn"]


def test_two_tables_or_fields_and_a_table_are_asked_about(desk: Desk) -> None:
    file = ("cases.csv", CSV, GOOD.encode())
    desk.writes(SUZUKI, "", subject="NEW CASE", files=(file, ("more.csv", CSV, GOOD.encode())))
    assert "more than one table" in desk.last_letter_to(SUZUKI).text
    desk.writes(SUZUKI, "Title: A hearing\nSummary: One visit.", subject="NEW CASE", files=(file,))
    assert "both the fields of a case and a table" in desk.last_letter_to(SUZUKI).flat and states(desk) == []


def test_an_emergency_comes_alone(desk: Desk) -> None:
    sends(desk, "cases.csv", GOOD, subject="EMERGENCY")
    assert states(desk) == [] and "An emergency comes in alone" in desk.last_letter_to(SUZUKI).text


def test_a_table_of_a_lawyer_or_of_an_unproven_sender_brings_nothing(desk: Desk) -> None:
    sends(desk, "cases.csv", GOOD, who=ALICE)
    sends(desk, "cases.csv", GOOD, subject="December", proven=None)
    assert states(desk) == []
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI), proven=None)
    assert states(desk) == ["draft", "draft"]


def test_one_that_was_changed_meanwhile_is_shown_before_any_opens(desk: Desk) -> None:
    sends(desk, "cases.csv", GOOD)
    preview = desk.last_letter_to(SUZUKI)
    desk.writes(SATO, "EDIT JUS-2026-001\n場所：京都")
    desk.writes(SUZUKI, "YES", answering=preview)
    assert states(desk) == ["draft", "draft"] and "京都" in desk.last_letter_to(SUZUKI).text
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    assert states(desk) == ["open", "open"]


def test_what_a_colleague_has_opened_alone_is_left_out(desk: Desk) -> None:
    sends(desk, "cases.csv", GOOD)
    preview = desk.last_letter_to(SUZUKI)
    desk.writes(SATO, "REOPEN JUS-2026-001")
    desk.writes(SATO, "はい", answering=desk.last_letter_to(SATO))
    desk.writes(SUZUKI, "YES", answering=preview)
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI))
    assert states(desk) == ["open", "open"] and desk.last_letter_to(SUZUKI).subject == "1 case is open"


def test_where_two_must_agree_the_colleague_sees_the_table_and_the_second_yes_hears_who_gave_the_first(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path, approvals="approvals = 2")
    sends(desk, "cases.csv", GOOD)
    desk.writes(SATO, "はい", answering=desk.last_letter_to(SATO))
    assert states(desk) == ["open", "open"]
    desk.writes(SUZUKI, "YES", answering=desk.letters_to(SUZUKI)[0])
    assert SATO in desk.last_letter_to(SUZUKI).text


@pytest.mark.parametrize(("who", "said"), [(SUZUKI, "JUS-2026-002 is still a draft"), (SATO, "JUS-2026-002は、まだ下書きのまま")])
def test_who_mends_and_opens_one_row_alone_hears_which_are_drafts_still(desk: Desk, who: str, said: str) -> None:
    sends(desk, "cases.csv", GOOD, who=who)
    desk.writes(who, "EDIT JUS-2026-001\nPlace: Nara", answering=desk.last_letter_to(who))
    desk.writes(who, "YES", answering=desk.last_letter_to(who))
    assert states(desk) == ["open", "draft"]
    assert "".join(said.split()) in "".join(desk.last_letter_to(who).text.split())
    desk.writes(who, "REOPEN JUS-2026-002")
    desk.writes(who, "YES", answering=desk.last_letter_to(who))
    assert states(desk) == ["open", "open"] and "JUS-2026-001" not in desk.last_letter_to(who).text
