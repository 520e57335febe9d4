"""A table with a fault stores nothing: it comes back with each fault beside its row, and once mended it is taken in the thread."""

from __future__ import annotations

import io

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from bot.shell import sheets
from tests.attacks.desk import SATO, SUZUKI, Desk
from tests.attacks.tables import BAD, XLSX, YAML, sends, states, workbook


def test_one_fault_stores_nothing_and_the_file_comes_back_with_each_beside_its_row(desk: Desk) -> None:
    sends(desk, "cases.csv", BAD)
    letter = desk.last_letter_to(SUZUKI)
    assert states(desk) == [] and "Line 2, Deadline: Which day is “next Friday”?" in letter.flat
    back = sheets.read(letter.files["cases.csv"], "cases.csv")
    assert back.header == ("title", "summary", "deadline", "Remarks")
    assert back.rows[0].cells["Remarks"].startswith("Deadline: Which day") and back.rows[1].cells["Remarks"].startswith(
        "Summary: This is needed"
    )


def test_a_workbook_comes_back_marked_in_the_readers_language(desk: Desk) -> None:
    rows = workbook(("件名", "概要", "期限"), ("面会", "二回", "来週"), ("不服申立て", "代理", "令和8年12月20日"))
    sends(desk, "案件.xlsx", rows, XLSX, who=SATO, subject="新規案件")
    letter = desk.last_letter_to(SATO)
    table = sheets.read(letter.files["案件.xlsx"], "案件.xlsx")
    assert table.header[-1] == "指摘" and "来週" in table.rows[0].cells["指摘"] and table.rows[1].cells["指摘"] == ""
    assert "第2行「期限」" in letter.text


def cells(content: bytes) -> dict[str, tuple[str, str]]:
    """Of each cell that is pointed out: its colour and its comment."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    found = [cell for row in sheet.iter_rows() for cell in row if cell.comment or cell.fill.fill_type]
    return {cell.coordinate: (cell.fill.fgColor.rgb, cell.comment.text if cell.comment else "") for cell in found}


def test_in_a_workbook_each_faulty_cell_is_coloured_and_has_its_comment(desk: Desk) -> None:
    rows = workbook((), ("件名", "概要", "期限", "弁護士"), ("面会", "", "来週", "A"), ("不服申立て", "代理", "令和8年12月20日", "B"))
    sends(desk, "案件.xlsx", rows, XLSX, who=SATO, subject="新規案件")
    found = cells(desk.last_letter_to(SATO).files["案件.xlsx"])
    assert {colour for colour, _ in found.values()} == {"00FBE3D6"}
    assert found.keys() == {"D2", "B3", "C3"} and "弁護士" in found["D2"][1] and "ご記入" in found["B3"][1] and "来週" in found["C3"][1]


def test_a_mended_workbook_is_taken_with_the_comments_left_in_and_one_that_is_not_is_pointed_out_anew(desk: Desk) -> None:
    sends(desk, "cases.xlsx", workbook(("title", "summary", "deadline"), ("A hearing", "", "next Friday")), XLSX)
    letter = desk.last_letter_to(SUZUKI)
    book = openpyxl.load_workbook(io.BytesIO(letter.files["cases.xlsx"]))
    for place, value in (("B2", "One visit."), ("C2", "next Monday"), ("C2", "2026-12-24")):
        book.worksheets[0][place] = value
        mended = io.BytesIO()
        book.save(mended)
        sends(desk, "cases.xlsx", mended.getvalue(), XLSX, subject="", text="Mended.", answering=letter)
        if states(desk) == []:
            found = cells(desk.last_letter_to(SUZUKI).files["cases.xlsx"])
            assert found.keys() == {"C2"} and found["C2"][1].count("Which day") == 1
    assert states(desk) == ["draft"]


def test_in_a_mended_workbook_our_colour_is_gone_and_its_authors_stays(desk: Desk) -> None:
    """A cell with somebody's own comment, and one that its author had coloured."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(("title", "summary", "deadline"), ("A hearing", "", "next Friday"))))
    book.worksheets[0]["B2"].comment = Comment("ask Takahashi", "Suzuki")
    book.worksheets[0]["C2"].fill = PatternFill("solid", fgColor="C6EFCE")
    for mended in ({}, {"B2": "One visit."}):
        for place, value in mended.items():
            book.worksheets[0][place] = value
        written = io.BytesIO()
        book.save(written)
        sends(desk, "cases.xlsx", written.getvalue(), XLSX)
        back = desk.last_letter_to(SUZUKI).files["cases.xlsx"]
        colours = {place: colour for place, (colour, _) in cells(back).items()}
        assert colours == {"B2": "00000000" if mended else "00FBE3D6", "C2": "00C6EFCE"}
        book = openpyxl.load_workbook(io.BytesIO(back))


def test_somebodys_own_comment_on_a_faulty_cell_stays(desk: Desk) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(("title", "summary"), ("A hearing", ""))))
    book.worksheets[0]["B2"].comment = Comment("ask Takahashi", "Suzuki")
    written = io.BytesIO()
    book.save(written)
    sends(desk, "cases.xlsx", written.getvalue(), XLSX)
    assert cells(desk.last_letter_to(SUZUKI).files["cases.xlsx"]) == {"B2": ("00FBE3D6", "ask Takahashi")}


def test_the_mended_file_is_taken_in_the_thread_with_its_column_of_remarks(desk: Desk) -> None:
    sends(desk, "cases.csv", BAD)
    letter = desk.last_letter_to(SUZUKI)
    mended = (
        letter.files["cases.csv"]
        .decode("utf-8-sig")
        .replace("next Friday", "2026-12-24")
        .replace('"An appeal",""', '"An appeal","Six months."')
    )
    sends(desk, "cases.csv", mended, subject="", text="Mended.", answering=letter)
    assert states(desk) == ["draft", "draft"]


def test_a_file_that_comes_back_twice_has_one_column_of_remarks(desk: Desk) -> None:
    sends(desk, "cases.csv", BAD)
    sends(desk, "cases.csv", desk.last_letter_to(SUZUKI).files["cases.csv"])
    assert sheets.read(desk.last_letter_to(SUZUKI).files["cases.csv"], "cases.csv").header.count("Remarks") == 1


def test_a_yaml_file_comes_back_with_its_faults_above_its_entries_and_once_mended_is_taken(desk: Desk) -> None:
    sends(desk, "cases.yaml", "- title: A visit\n  summary: |\n    One visit,\n    soon.\n- title: A hearing\n", YAML)
    letter = desk.last_letter_to(SUZUKI)
    assert "Line 5, Summary: This is needed" in letter.text and "# Remarks: Summary: This is needed" in letter.files["cases.yaml"].decode()
    again = letter.files["cases.yaml"]
    sends(desk, "cases.yaml", again, YAML)
    assert desk.last_letter_to(SUZUKI).files["cases.yaml"] == again, "no second remark beside the first"
    sends(desk, "cases.yaml", again + b"  summary: Another visit.\n", YAML, subject="", text="Mended.", answering=letter)
    assert states(desk) == ["draft", "draft"]


def test_an_unknown_column_is_named(desk: Desk) -> None:
    sends(desk, "cases.csv", "title,summary,lawyer\nA,B,C\n")
    letter = desk.last_letter_to(SUZUKI)
    assert states(desk) == [] and "no column “lawyer”" in letter.text and b"lawyer" in letter.files["cases.csv"]


def test_no_cell_of_a_marked_csv_starts_a_formula(desk: Desk) -> None:
    sends(desk, "cases.csv", 'title,summary,deadline\n"=HYPERLINK(""http://evil.example"")",One visit.,=1+1\n')
    marked = desk.last_letter_to(SUZUKI).files["cases.csv"].decode("utf-8-sig")
    assert "\"'=HYPERLINK" in marked and '"\'=1+1"' in marked and ',"=' not in marked


def test_an_unproven_table_with_faults_comes_back_marked_after_its_sender_stood_by_it(desk: Desk) -> None:
    sends(desk, "cases.csv", BAD, proven=None)
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI), proven=None)
    assert "cases.csv" in desk.last_letter_to(SUZUKI).files
