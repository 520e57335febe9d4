"""What every kind of file becomes: a header and rows of text, each row knowing its line.

Given rows of cells as a reader of one format found them, gives a `Table`, or raises `SheetError` with one sentence.
Cells come from outside; here they are only counted and paired with their headings.
Never judges what a cell says; `intake` and `roster` do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MOST_ROWS = 100_000
MOST_COLUMNS = 100
LONGEST_CELL = 100_000
_MOST_LINES_NAMED = 10


class SheetError(Exception):
    """A file that cannot be read as a table; `sentence` says why and what to do, `japanese` the same."""

    def __init__(self, sentence: str, japanese: str) -> None:
        super().__init__(sentence)
        self.sentence, self.japanese = sentence, japanese

    def told(self, language: str) -> str:
        return self.japanese if language == "ja" else self.sentence


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `line` is where it begins in the file, as a person counts; `cells` is keyed by the header as written."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[Row, ...]
    header: tuple[str, ...]


def table_of(lines: Iterable[tuple[int, list[str]]], name: str) -> Table:
    """The first line with anything in it is the header; empty lines are no rows."""
    filled = ((line, cells) for line, cells in lines if any(cell.strip() for cell in cells))
    first = next(filled, None)
    if first is None:
        raise SheetError(
            f"{name} is empty; its first line must name the columns.", f"{name} は空のファイルです。1行目に列名をお書きください。"
        )
    header = _header(first[1], name)
    rows: list[Row] = []
    too_wide: list[str] = []
    for line, cells in filled:
        if len(rows) >= MOST_ROWS:
            raise SheetError(
                f"{name} has more than {MOST_ROWS:,} rows; divide it into several files.",
                f"{name} は{MOST_ROWS:,}行を超えています。いくつかのファイルに分けてください。",
            )
        if any(cell.strip() for cell in cells[len(header) :]) or any(
            cell.strip() and not heading for cell, heading in zip(cells, header, strict=False)
        ):
            too_wide.append(str(line))
        rows.append(Row(line, {heading: cell for heading, cell in zip(header, _filled_up(cells, header), strict=False) if heading}))
    if too_wide:
        named = ", ".join(too_wide[:_MOST_LINES_NAMED]) + (" and others" if len(too_wide) > _MOST_LINES_NAMED else "")
        raise SheetError(
            f"{name}: line {named} has something in a column without a heading; a text that holds a comma stands in quotation marks.",
            f"{name} の{named}行目で、列名のない列に値があります。コンマを含む文章は引用符で囲んでください。",
        )
    return Table(tuple(rows), tuple(heading for heading in header if heading))


def _header(cells: list[str], name: str) -> list[str]:
    header = [cell if cell.strip() else "" for cell in cells]
    while header and not header[-1]:
        header.pop()
    if len(header) > MOST_COLUMNS:
        raise SheetError(
            f"{name} has more than {MOST_COLUMNS} columns; is it the right file?",
            f"{name} は{MOST_COLUMNS}列を超えています。ファイルをお間違えではありませんか。",
        )
    twice = next((heading for heading in header if heading and header.count(heading) > 1), None)
    if twice is not None:
        raise SheetError(
            f"{name} has the column “{twice.strip()}” twice; keep one.",
            f"{name} には「{twice.strip()}」の列が二つあります。一つにしてください。",
        )
    return header


def _filled_up(cells: list[str], header: list[str]) -> list[str]:
    return cells + [""] * (len(header) - len(cells))
