"""The first visible sheet of an Excel workbook, cell by cell as text.

Given the bytes of an .xlsx file, gives lines of cells: dates as ISO 8601, whole numbers without a decimal point, formulas as last computed.
The file comes from outside and is a zip of XML: it is measured before it is unpacked, and macros and document types are refused.
Never evaluates anything.
"""

from __future__ import annotations

import datetime
import io
import zipfile
import zlib
from collections.abc import Iterator

import openpyxl
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from bot.shell.sheets.table import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, SheetError
from bot.shell.sheets.text import unguarded

_LARGEST_UNPACKED = 60_000_000
_MOST_PARTS = 1_000
_CHUNK = 1 << 20
_MOST_EMPTY_ROWS = 10_000


def workbook_lines(content: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    _measure(content, name)
    try:
        yield from _lines(content, name)
    except SheetError:
        raise
    except Exception as error:
        # openpyxl meets a malformed workbook with whatever its parsing runs into: KeyError, TypeError, ParseError and more.
        raise SheetError(
            f"{name} cannot be read as a workbook ({type(error).__name__}); open it and save it again as .xlsx.",
            f"{name} はブックとして読めません（{type(error).__name__}）。一度開いて、.xlsx で保存し直してください。",
        ) from error


def _lines(content: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheets = [sheet for sheet in book.worksheets if isinstance(sheet, ReadOnlyWorksheet) and sheet.sheet_state == "visible"]
    if not sheets:
        raise SheetError(f"{name} has no visible sheet with cells.", f"{name} には、セルのある表示中のシートがありません。")
    # Some programs write a wrong extent; without one, the rows that are there are read.
    sheets[0].reset_dimensions()
    empty = 0
    for line, values in enumerate(sheets[0].iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), start=1):
        cells = [_text(value) for value in values]
        empty = 0 if any(cells) else empty + 1
        if empty > _MOST_EMPTY_ROWS or line > 2 * MOST_ROWS:
            raise SheetError(
                f"{name} has too many empty rows or too many rows; delete what stands far below the table.",
                f"{name} は空の行または行数が多すぎます。表から離れた下のほうにあるものを削除してください。",
            )
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise SheetError(
                f"{name}: line {line} has a cell of more than {LONGEST_CELL:,} characters; shorten it.",
                f"{name} の{line}行目に{LONGEST_CELL:,}文字を超えるセルがあります。短くしてください。",
            )
        yield line, cells


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, datetime.time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return unguarded(str(value))


def _measure(content: bytes, name: str) -> None:
    """Refuse what is no workbook, or would unpack to more than memory should hold (zip bombs), or brings macros or entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
                raise SheetError(
                    f"{name} is too large when unpacked; save the table alone in a new workbook.",
                    f"{name} は展開すると大きすぎます。表だけを新しいブックに保存してください。",
                )
            names = {part.filename for part in parts}
            if "[Content_Types].xml" not in names or not any(part.startswith("xl/") for part in names):
                raise SheetError(
                    f"{name} is no Excel workbook; save the table as .xlsx or .csv.",
                    f"{name} はExcelのブックではありません。表を .xlsx または .csv で保存してください。",
                )
            if any(part.lower().endswith("vbaproject.bin") for part in names):
                raise SheetError(
                    f"{name} holds macros; save it as .xlsx, which has none.",
                    f"{name} にはマクロが含まれています。マクロのない .xlsx で保存してください。",
                )
            if any(_declares_a_type(archive, part) for part in names if part.endswith((".xml", ".rels"))):
                raise SheetError(
                    f"{name} holds XML that no spreadsheet program writes; save the table in a new workbook.",
                    f"{name} には表計算ソフトでは作られない内容が含まれています。表を新しいブックに保存してください。",
                )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error) as error:  # all that zipfile raises
        raise SheetError(
            f"{name} is damaged or locked by a password ({error}); save it again as .xlsx.",
            f"{name} は壊れているか、パスワードで保護されています（{error}）。.xlsx で保存し直してください。",
        ) from None


def _declares_a_type(archive: zipfile.ZipFile, part: str) -> bool:
    """Entities need a document type, and OOXML forbids one (ECMA-376 part 2); in UTF-16 it could hide from this search."""
    with archive.open(part) as content:
        tail = content.read(2)
        if tail in (b"\xff\xfe", b"\xfe\xff"):
            return True
        while chunk := content.read(_CHUNK):
            if b"<!DOCTYPE" in tail + chunk:
                return True
            tail = chunk[-16:]
    return False
