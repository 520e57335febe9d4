"""Tables as staff attach them: good and faulty ones, a workbook, and what became of their rows."""

from __future__ import annotations

import io

import openpyxl

from tests.attacks.desk import SUZUKI, Desk

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
