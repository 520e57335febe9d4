"""Tables in and out: CSV, XLSX and YAML become rows of text; rows become CSV.

Given bytes and the file's name, gives a `Table`, or raises `SheetError` with one sentence that says what to do.
The bytes come from outside. They are measured before they are read, and nothing in them is ever executed.
Never judges what a row says, and never reads or writes a file itself.
"""

from __future__ import annotations

from bot.shell.sheets.listing import listing_lines
from bot.shell.sheets.marking import Remarks, marked
from bot.shell.sheets.table import Row, SheetError, Table, table_of
from bot.shell.sheets.text import csv_lines, decoded, write_csv
from bot.shell.sheets.workbook import workbook_lines

__all__ = ["Remarks", "Row", "SheetError", "Table", "marked", "read", "write_csv"]

LARGEST = 20_000_000
"""Bytes. A roster of 100,000 members takes less than half of it."""

_LISTING_ENDS = (".yaml", ".yml")
_TEXT_ENDS = (".csv", ".tsv", ".txt")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read(content: bytes, name: str) -> Table:
    """The table in a file; its kind follows from the end of its name."""
    shown = " ".join(name.replace("\\", "/").rpartition("/")[2].split()) or "the file"
    lower = shown.lower()
    if not content.strip():
        raise SheetError(f"{shown} is empty.", f"{shown} は空のファイルです。")
    if len(content) > LARGEST:
        raise SheetError(
            f"{shown} is larger than {LARGEST // 1_000_000} MB; divide it into several files.",
            f"{shown} は{LARGEST // 1_000_000} MBを超えています。いくつかのファイルに分けてください。",
        )
    if lower.endswith(".xlsm"):
        raise SheetError(
            f"{shown} may hold macros; save it as .xlsx, which has none.",
            f"{shown} にはマクロが含まれるおそれがあります。マクロのない .xlsx で保存してください。",
        )
    if content.startswith(_OLE):
        raise SheetError(
            f"{shown} is an old .xls file or locked by a password; save it as .xlsx without one.",
            f"{shown} は古い .xls 形式か、パスワードで保護されたファイルです。パスワードなしの .xlsx で保存してください。",
        )
    if lower.endswith(".xlsx"):
        return table_of(workbook_lines(content, shown), shown)
    if not lower.endswith(_TEXT_ENDS + _LISTING_ENDS):
        raise SheetError(
            f"{shown} is of no kind that is read here; save the table as .xlsx, .csv or .yaml.",
            f"{shown} は読み取れる種類のファイルではありません。表を .xlsx、.csv または .yaml で保存してください。",
        )
    if content.startswith(_ZIP):
        raise SheetError(
            f"{shown} is not what its name says: it is a zip or a workbook; if a workbook, name it .xlsx.",
            f"{shown} の中身は名前と異なり、zip またはブックです。ブックでしたら、名前の末尾を .xlsx にしてください。",
        )
    text = decoded(content, shown)
    return table_of(listing_lines(text, shown) if lower.endswith(_LISTING_ENDS) else csv_lines(text, shown), shown)
