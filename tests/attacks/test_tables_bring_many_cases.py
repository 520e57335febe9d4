"""A table attached to a staff mail: all rows become drafts or none, one preview and one YES; and no other file is ever opened."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from bot.shell import sheets
from tests.attacks.desk import ALICE, BOT, SATO, SUZUKI, Desk
from tests.story.people import Post

CSV, YAML = "text/csv", "application/yaml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GOOD = "title,summary,place,details\nA hearing,One visit.,Tokyo,The client is a teacher.\n通訳つきの面会,二回の面会です。,大阪,\n"
BAD = "title,summary,deadline\nA hearing,One visit.,next Friday\nAn appeal,,2026-12-20\n"


def states(desk: Desk) -> list[str]:
    with desk.office.ledger.reading() as ledger:
        return [case.state for case in ledger.cases.all()]


def sends(
    desk: Desk, name: str, content: bytes | str, media_type: str = CSV, *, who: str = SUZUKI, subject: str = "NEW CASE", **more: object
) -> None:
    file = (name, media_type, content.encode() if isinstance(content, str) else content)
    desk.writes(who, str(more.pop("text", "")), subject=subject, files=(file,), **more)


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


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


def test_one_fault_stores_nothing_and_the_file_comes_back_with_each_beside_its_row(desk: Desk) -> None:
    sends(desk, "cases.csv", BAD)
    letter = desk.last_letter_to(SUZUKI)
    assert states(desk) == [] and "Line 2, Deadline: Which day is “next Friday”?" in " ".join(letter.text.split())
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


@pytest.mark.parametrize(
    ("name", "media_type", "content"),
    [
        ("cases.zip", "application/zip", b"PK\x03\x04 42"),
        ("cases.xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12", b"PK\x03\x04 macros"),
        ("cases.pdf", "application/pdf", b"%PDF-1.7"),
        ("mail.eml", "message/rfc822", b"From: x@y.example\r\nSubject: NEW CASE\r\n\r\nTitle: A\r\nSummary: B\r\n"),
    ],
)
def test_M_22_what_is_no_table_is_listed_by_name_size_and_hash_and_never_opened(
    desk: Desk, name: str, media_type: str, content: bytes
) -> None:
    if media_type == "message/rfc822":
        desk.arrives(with_mail_inside(desk, content))
    else:
        sends(desk, name, content, media_type)
    letter = " ".join(desk.last_letter_to(SUZUKI).text.split())
    assert states(desk) == [] and "SHA-256" in letter and "CSV, XLSX or YAML" in letter and (name in letter or "without a name" in letter)


def with_mail_inside(desk: Desk, content: bytes) -> bytes:
    outer = Post(SUZUKI, "Suzuki", BOT, "", desk.now, subject="NEW CASE").raw()
    head = outer.partition(b"\r\n\r\n")[0]
    head = b"\r\n".join(line for line in head.split(b"\r\n") if not line.lower().startswith((b"content-", b"mime-")))
    mixed = b"\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n\r\n"
    return (
        head
        + mixed
        + b"--x\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment; filename=mail.eml\r\n\r\n"
        + content
        + b"\r\n--x--\r\n"
    )


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cases.xlsx", b"\xd0\xcf\x11\xe0 locked", "locked by a password"),
        ("cases.xlsx", b"PK\x03\x04 no workbook", "damaged or locked"),
        ("cases.csv", b"PK\x03\x04\x00\x00", "not what its name says"),
        ("cases.csv", b"title,summary\n", "no row below it"),
        ("cases.csv", "title,summary\n" + "A,B\n" * 101, "more than 100 rows"),
        ("cases.csv", "title,summary\n" + "A" * 5_000_001 + ",B\n", "larger than mail brings in"),
    ],
)
def test_M_22_a_table_that_cannot_be_read_is_answered_with_what_to_do(desk: Desk, name: str, content: bytes, said: str) -> None:
    sends(desk, name, content)
    assert states(desk) == [] and said in " ".join(desk.last_letter_to(SUZUKI).text.split())


def test_japanese_staff_hear_in_japanese_why_a_file_was_not_read(desk: Desk) -> None:
    sends(desk, "案件.xlsx", b"\xd0\xcf\x11\xe0 locked", XLSX, who=SATO, subject="新規案件")
    assert "パスワードで保護された" in "".join(desk.last_letter_to(SATO).text.split())


def test_two_tables_or_fields_and_a_table_are_asked_about(desk: Desk) -> None:
    file = ("cases.csv", CSV, GOOD.encode())
    desk.writes(SUZUKI, "", subject="NEW CASE", files=(file, ("more.csv", CSV, GOOD.encode())))
    assert "more than one table" in desk.last_letter_to(SUZUKI).text
    desk.writes(SUZUKI, "Title: A hearing\nSummary: One visit.", subject="NEW CASE", files=(file,))
    assert "both the fields of a case and a table" in " ".join(desk.last_letter_to(SUZUKI).text.split()) and states(desk) == []


def test_an_emergency_comes_alone(desk: Desk) -> None:
    sends(desk, "cases.csv", GOOD, subject="EMERGENCY")
    assert states(desk) == [] and "An emergency comes in alone" in desk.last_letter_to(SUZUKI).text


def test_papers_beside_the_fields_of_a_case_are_named_in_its_preview(desk: Desk) -> None:
    sends(desk, "evidence.zip", b"PK\x03\x04", "application/zip", text="Title: A hearing\nSummary: One visit.")
    preview = desk.last_letter_to(SUZUKI).text
    assert states(desk) == ["draft"] and "evidence.zip, 4 bytes" in preview


def test_the_logo_of_a_signature_is_not_worth_a_line(desk: Desk) -> None:
    sends(desk, "image001.png", b"\x89PNG", "image/png", text="Title: A hearing\nSummary: One visit.")
    assert states(desk) == ["draft"] and "image001" not in desk.last_letter_to(SUZUKI).text


def test_a_table_of_a_lawyer_or_of_an_unproven_sender_brings_nothing(desk: Desk) -> None:
    sends(desk, "cases.csv", GOOD, who=ALICE)
    sends(desk, "cases.csv", GOOD, subject="December", proven=None)
    assert states(desk) == []
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI), proven=None)
    assert states(desk) == ["draft", "draft"]


def test_an_unproven_table_with_faults_comes_back_marked_after_its_sender_stood_by_it(desk: Desk) -> None:
    sends(desk, "cases.csv", BAD, proven=None)
    desk.writes(SUZUKI, "YES", answering=desk.last_letter_to(SUZUKI), proven=None)
    assert "cases.csv" in desk.last_letter_to(SUZUKI).files


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
