"""A table goes back to whoever sent it, with what is wrong written beside its rows.

Given the bytes of a file that `read` took, and the remarks about it, gives a CSV or XLSX file with one column more, and a YAML file with
comments above its entries. In a workbook each faulty cell is coloured and has its comment, too; the column is for those who read on a phone.
Columns, comments and colours of ours from an earlier time are written over.
The cells come from outside; in CSV none may start a formula, in a workbook they stay what their author made them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.shell.sheets.text import csv_lines, decoded, write_csv

LARGEST_UNPACKED = 8_000_000
"""Bytes. A workbook that is larger inside would take too much memory to be written again."""
_COLUMN_WIDTH = 60
_RED = "B4451A"
_PALE = PatternFill("solid", fgColor="FBE3D6")
_COMMENT_WIDTH, _COMMENT_LINE, _COMMENT_LETTERS = 320, 22, 30
"""Pixels, and how many letters a line of a comment takes at the worst."""


@dataclass(frozen=True, slots=True)
class Remarks:
    """What is wrong with a table: `notes` by line, under `heading`; `cells` by line (0: the header) and heading as written.

    `headings` are all names of our column, by which one of an earlier time is known.
    """

    heading: str
    headings: frozenset[str]
    notes: Mapping[int, str]
    cells: Mapping[tuple[int, str], str]


def marked(content: bytes, name: str, remarks: Remarks) -> bytes | None:
    """The same file with its remarks; None where it cannot be written again."""
    if name.lower().endswith((".csv", ".tsv", ".txt")):
        return _marked_text(content, name, remarks)
    if name.lower().endswith((".yaml", ".yml")):
        return _marked_listing(decoded(content, name), remarks)
    return _marked_workbook(content, remarks) if name.lower().endswith(".xlsx") else None


def _marked_text(content: bytes, name: str, remarks: Remarks) -> bytes:
    lines = [(line, cells) for line, cells in csv_lines(decoded(content, name), name) if any(cell.strip() for cell in cells)]
    (_, header), rows = lines[0], lines[1:]
    at = _column(header, remarks)
    return write_csv(_with(header, at, remarks.heading), [_with(cells, at, remarks.notes.get(line, "")) for line, cells in rows])


def _marked_listing(text: str, remarks: Remarks) -> bytes:
    """A comment begins a line, so it ends any text of several lines above it and stands in none."""
    lines: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        lines += [f"# {remarks.heading}: {note}" for note in remarks.notes.get(number, "").splitlines()]
        lines += [line] if not line.startswith(tuple(f"# {known}: " for known in remarks.headings)) else []
    return "".join(f"{line}\n" for line in lines).encode()


def _with(cells: list[str], at: int, note: str) -> list[str]:
    filled = cells + [""] * (at + 1 - len(cells))
    return [*filled[:at], note, *filled[at + 1 :]]


def _column(header: list[str], remarks: Remarks) -> int:
    """0-based: that of an earlier time, else the one behind the last heading."""
    known = next((at for at, cell in enumerate(header) if cell.strip() in remarks.headings), None)
    return known if known is not None else max((at for at, cell in enumerate(header) if cell.strip()), default=-1) + 1


def _marked_workbook(content: bytes, remarks: Remarks) -> bytes | None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
            return None
    book = openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
    sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
    rows = ((line, [str(value or "") for value in values]) for line, values in enumerate(sheet.iter_rows(values_only=True), start=1))
    top, header = next((line, cells) for line, cells in rows if any(cell.strip() for cell in cells))
    at = _column(header, remarks) + 1
    for line in range(top, sheet.max_row + 1):
        cell = sheet.cell(line, at, remarks.heading if line == top else remarks.notes.get(line, ""))
        cell.font, cell.alignment = Font(color=_RED, bold=line == top), Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions[get_column_letter(at)].width = _COLUMN_WIDTH
    _clean(sheet, remarks)
    for (line, heading), note in remarks.cells.items():
        if heading in header:
            _point_out(sheet.cell(line or top, header.index(heading) + 1), note, remarks)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _clean(sheet: Worksheet, remarks: Remarks) -> None:
    """Without what an earlier time pointed out: a comment of ours is known by its author."""
    for row in sheet.iter_rows():
        for cell in row:
            if not isinstance(cell, Cell):
                continue
            if cell.comment is not None and cell.comment.author in remarks.headings:
                cell.comment = None
            if cell.fill == _PALE:
                cell.fill = PatternFill()


def _point_out(cell: object, note: str, remarks: Remarks) -> None:
    """Somebody's own comment stays; such a cell is only coloured, as is none that is a part of a larger one."""
    if not isinstance(cell, Cell):
        return
    if cell.fill.fill_type is None:
        cell.fill = _PALE
    if cell.comment is None:
        lines = sum(1 + len(line) // _COMMENT_LETTERS for line in note.splitlines()) + 1
        cell.comment = Comment(note, remarks.heading, width=_COMMENT_WIDTH, height=lines * _COMMENT_LINE)
