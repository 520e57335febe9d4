"""A table goes back to whoever sent it, with what is wrong written beside its rows.

Given the bytes of a file that `read` took, and a note for some of its lines, gives a CSV or XLSX file with one column more, and a YAML file
with comments above its entries. A column or comments of that name from an earlier time are written over.
The cells come from outside; in CSV none may start a formula, in a workbook they stay what their author made them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping

import openpyxl
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from bot.shell.sheets.text import csv_lines, decoded, write_csv

LARGEST_UNPACKED = 8_000_000
"""Bytes. A workbook that is larger inside would take too much memory to be written again."""
_COLUMN_WIDTH = 60
_RED = "B4451A"


def marked(content: bytes, name: str, notes: Mapping[int, str], *, heading: str, headings: Collection[str]) -> bytes | None:
    """The same file with `notes` by line under `heading`; None where it cannot be written again. `headings` are all names of that column."""
    if name.lower().endswith((".csv", ".tsv", ".txt")):
        return _marked_text(content, name, notes, heading, headings)
    if name.lower().endswith((".yaml", ".yml")):
        return _marked_listing(decoded(content, name), notes, heading, headings)
    return _marked_workbook(content, notes, heading, headings) if name.lower().endswith(".xlsx") else None


def _marked_text(content: bytes, name: str, notes: Mapping[int, str], heading: str, headings: Collection[str]) -> bytes:
    lines = [(line, cells) for line, cells in csv_lines(decoded(content, name), name) if any(cell.strip() for cell in cells)]
    (_, header), rows = lines[0], lines[1:]
    at = _column(header, headings)
    return write_csv(_with(header, at, heading), [_with(cells, at, notes.get(line, "")) for line, cells in rows])


def _marked_listing(text: str, notes: Mapping[int, str], heading: str, headings: Collection[str]) -> bytes:
    """A comment begins a line, so it ends any text of several lines above it and stands in none."""
    lines: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        lines += [f"# {heading}: {note}" for note in notes.get(number, "").splitlines()]
        lines += [line] if not line.startswith(tuple(f"# {known}: " for known in headings)) else []
    return "".join(f"{line}\n" for line in lines).encode()


def _with(cells: list[str], at: int, note: str) -> list[str]:
    filled = cells + [""] * (at + 1 - len(cells))
    return [*filled[:at], note, *filled[at + 1 :]]


def _column(header: list[str], headings: Collection[str]) -> int:
    """0-based: that of an earlier time, else the one behind the last heading."""
    known = next((at for at, cell in enumerate(header) if cell.strip() in headings), None)
    return known if known is not None else max((at for at, cell in enumerate(header) if cell.strip()), default=-1) + 1


def _marked_workbook(content: bytes, notes: Mapping[int, str], heading: str, headings: Collection[str]) -> bytes | None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
            return None
    book = openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
    sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
    rows = ((line, [str(value or "") for value in values]) for line, values in enumerate(sheet.iter_rows(values_only=True), start=1))
    top, header = next((line, cells) for line, cells in rows if any(cell.strip() for cell in cells))
    at = _column(header, headings) + 1
    for line in range(top, sheet.max_row + 1):
        cell = sheet.cell(line, at, heading if line == top else notes.get(line, ""))
        cell.font, cell.alignment = Font(color=_RED, bold=line == top), Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions[get_column_letter(at)].width = _COLUMN_WIDTH
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
