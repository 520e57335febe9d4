"""CSV, XLSX and YAML as they come from Excel in Japan and elsewhere; what cannot be read is one sentence."""

from __future__ import annotations

import datetime
import io
import time
import zipfile
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shell.sheets import SheetError, Table, read

JAPANESE = "メールアドレス,氏名\r\nito@law.example,髙橋 ①㈱\r\n"


def rows(content: bytes | str, name: str = "roster.csv") -> list[list[str]]:
    table = read(content.encode() if isinstance(content, str) else content, name)
    return [list(row.cells.values()) for row in table.rows]


def refusal(content: bytes | str, name: str = "roster.csv") -> str:
    with pytest.raises(SheetError) as raised:
        read(content.encode() if isinstance(content, str) else content, name)
    assert raised.value.sentence.endswith(".")
    return raised.value.sentence


def workbook(*lines: list[Any], title: str = "cases", hidden_first: bool = False) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    if hidden_first:
        sheet.append(["secret"])
        sheet.sheet_state = "hidden"
        sheet = book.create_sheet(title)
    for line in lines:
        sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(content: bytes, **parts: bytes) -> bytes:
    """A workbook with parts of its zip replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        replaced = {name.replace("__", "/"): part for name, part in parts.items()}
        for name in {*old.namelist(), *replaced}:
            new.writestr(name, replaced[name] if name in replaced else old.read(name))
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le"])
def test_japanese_is_read_in_every_encoding_that_excel_writes(encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    table = read((mark + JAPANESE).encode(encoding), "名簿.csv")
    assert table.header == ("メールアドレス", "氏名")
    assert table.rows[0].cells == {"メールアドレス": "ito@law.example", "氏名": "髙橋 ①㈱"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_seen_in_the_header(delimiter: str) -> None:
    assert rows(delimiter.join(["title", '"a,;b"', "c"]) + "\n" + delimiter.join("123")) == [["1", "2", "3"]]
    assert rows(f"sep={delimiter}\r\na{delimiter}b\r\n1{delimiter}2\r\n") == [["1", "2"]]


def test_a_row_knows_the_line_that_it_begins_in() -> None:
    table = read(b'\ntitle,details\n\na,"one\ntwo"\n\nb,c\n', "cases.csv")
    assert [row.line for row in table.rows] == [4, 7]
    assert table.rows[0].cells["details"] == "one\ntwo"


def test_short_rows_are_filled_up_and_empty_ones_left_out() -> None:
    assert rows("a,b,c,,\n1\n,,\n2,3\n") == [["1", "", ""], ["2", "3", ""]]


def test_a_heading_stays_as_it_was_written() -> None:
    assert read(b" Title ,x\n1,2\n", "cases.csv").header == (" Title ", "x")


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "a.csv", "empty"),
        (b" \n,,\n", "a.csv", "empty"),
        (b"\xff\xff\xff", "a.csv", "UTF-8"),
        (b"a,b\x00\n", "a.csv", "UTF-8"),
        (b"a,b\n1,2,3\n1,2\n4,5,6\n", "a.csv", "line 2, 4 has something in a column without a heading"),
        (b"a,a\n1,2\n", "a.csv", "twice"),
        (b'a,b\n"1,2\n', "a.csv", "line 2 cannot be read"),
        (b"a\n" + b"x" * 200_000, "a.csv", "line 2 cannot be read"),
        (b"a,b\n", "../../etc/cron.d/x.exe", "x.exe is of no kind"),
        (b"a,b\n", "a.xlsx", "damaged"),
        (b"PK\x03\x04rest", "a.csv", "not what its name says"),
        (b"\xd0\xcf\x11\xe0rest", "a.xls", "old .xls"),
        (b"PK\x03\x04rest", "a.xlsm", "macros"),
        (b"PK\x03\x04rest", "a.zip", "of no kind"),
        (b"title: x", "a.yaml", "must be a list"),
        (b"- x", "a.yaml", "line 1 must be an entry"),
        (b"- a: 1\n- a: [{b: 1}]", "a.yaml", "line 2 holds a table"),
        (b"- a: 1\n  a: 2", "a.yaml", "line 2 gives"),
        (b"- a: 1\n b: 2\n", "a.yml", "cannot be read as YAML"),
        (b"- &x {a: 1}\n- *x", "a.yaml", "references"),
        (b"[" * 5_000, "a.yaml", "cannot be read as YAML"),
        (b"- a: 1\n---\n- a: 2", "a.yaml", "cannot be read as YAML"),
        (b"x" * 20_000_001, "a.csv", "larger than 20 MB"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(content: bytes, name: str, says: str) -> None:
    assert says in refusal(content, name)


def test_a_workbook_gives_dates_and_numbers_as_a_person_writes_them() -> None:
    content = workbook(
        ["title", "deadline", "at", "places", "x", "y", "z"],
        ["案件", datetime.date(2027, 3, 1), datetime.datetime(2027, 3, 1, 17, 30), 2.0, 1.5, datetime.time(9, 5), None],
    )
    assert rows(content, "cases.xlsx") == [["案件", "2027-03-01", "2027-03-01 17:30", "2", "1.5", "09:05", ""]]


def test_a_workbook_is_read_from_its_first_visible_sheet_with_lines_as_excel_counts() -> None:
    table = read(workbook(["title"], [], ["a"], hidden_first=True), "cases.XLSX")
    assert table.header == ("title",)
    assert [(row.line, row.cells["title"]) for row in table.rows] == [(3, "a")]


def test_a_formula_is_never_evaluated() -> None:
    assert rows(workbook(["title", "b"], ['=HYPERLINK("http://e/")', "x"]), "cases.xlsx") == [["", "x"]]


def test_a_workbook_with_macros_is_refused_whatever_its_name() -> None:
    assert "macros" in refusal(repacked(workbook(["a"]), xl__vbaProject_bin=b"x", **{"xl__vbaProject.bin": b"x"}), "a.xlsx")


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = repacked(workbook(["a"]), **{"xl__worksheets__sheet1.xml": b" " * 200_000_000})
    began = time.monotonic()
    assert "too large" in refusal(bomb, "a.xlsx")
    assert len(bomb) < 1_000_000 and time.monotonic() - began < 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    sheet = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'.encode(encoding)
    assert "no spreadsheet program" in refusal(repacked(workbook(["a"]), **{"xl__worksheets__sheet1.xml": sheet}), "a.xlsx")


def test_a_row_far_below_the_table_does_not_cost_a_million_empty_ones() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"], sheet["XFD1048576"] = "title", "x", "y"
    out = io.BytesIO()
    book.save(out)
    assert "too many empty rows" in refusal(out.getvalue(), "a.xlsx")


@pytest.mark.parametrize("part", ["xl__workbook.xml", "xl__worksheets__sheet1.xml", "[Content_Types].xml"])
def test_a_damaged_workbook_is_one_sentence(part: str) -> None:
    assert "workbook" in refusal(repacked(workbook(["a"], ["b"]), **{part: b"<x/"}), "a.xlsx")


def test_yaml_values_stay_as_they_were_written() -> None:
    text = (
        "- title: no\n  deadline: 2027-03-01\n  time_frame: 12:30\n  places: 010\n  contact: ~\n- title: '~'\n  details: |\n    a\n    b\n"
    )
    table = read(text.encode(), "cases.yaml")
    assert list(table.rows[0].cells.values()) == ["no", "2027-03-01", "12:30", "010", "", ""]
    assert (table.rows[1].cells["title"], table.rows[1].cells["details"], table.rows[1].line) == ("~", "a\nb\n", 6)


def test_a_yaml_list_of_values_is_one_cell() -> None:
    assert rows("- {email: a@b.example, aliases: [c@d.example, e@f.example]}", "r.yml") == [["a@b.example", "c@d.example; e@f.example"]]


def test_yaml_constructs_nothing() -> None:
    assert rows("- title: !!python/object/apply:os.system ['exit 1']", "r.yml") == [["exit 1"]]


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.yaml", "a.xlsx"]))
def test_no_bytes_are_too_strange_for_a_table_or_a_sentence(content: bytes, name: str) -> None:
    try:
        assert isinstance(read(content, name), Table)
    except SheetError as error:
        assert error.sentence
