"""Files beside a staff mail: the one table among them is read, and goes back with its faults marked.

Given an arrival whose sender is proven staff, gives the table's rows as text; given the faults on record, gives the file for the answer.
No other file is opened, whatever it is called.
"""

from __future__ import annotations

from typing import cast

import structlog

from bot.core.faults import fault_place, fault_sentence, line_and_key
from bot.core.intake import REMARKS, column_of
from bot.core.mail import Arrival, Attachment, Enclosure
from bot.core.model import AttachedTable, Fault, Line, Staff
from bot.core.tongue import Tongue
from bot.reception import reader
from bot.shell import sheets
from bot.shell.ledger import Transaction

log = structlog.get_logger()

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ENDS = {
    "text/csv": ".csv",
    "application/csv": ".csv",
    _WORKBOOK: ".xlsx",
}
_READ = (".csv", ".tsv", ".xlsx", ".yaml", ".yml")
_LARGER = {
    "en": "{name} is larger than mail brings in here; divide it into several files.",
    "ja": "{name} はメールで取り込める大きさを超えています。いくつかのファイルに分けてください。",
}


def table_in(arrival: Arrival, staff: Staff) -> AttachedTable | None:
    """The one attached table; None where there is none, or more than one."""
    file = _only_table(arrival)
    if file is None:
        return None
    name = _name(file)
    if file.size > len(file.content):
        return AttachedTable(name, trouble=_LARGER[staff.language if staff.language in _LARGER else "en"].format(name=name))
    try:
        table = sheets.read(file.content, name)
    except sheets.SheetError as error:
        return AttachedTable(name, trouble=error.told(staff.language))
    return AttachedTable(name, table.header, tuple((row.line, row.cells) for row in table.rows))


def marked(ledger: Transaction, line: Line, *, own_address: str, tongue: Tongue) -> Enclosure | None:
    """The table of a line that tells its faults, with each beside its row; None for what cannot be written again."""
    raw = ledger.arrivals.raw(int(str(line.facts["arrival_id"])))
    file = _only_table(reader.read(raw, own_address=own_address)) if raw else None
    if file is None:
        return None
    heading = REMARKS["ja" if tongue.is_japanese else "en"]
    faults = [Fault(*(str(part) for part in fault)) for fault in cast("list[list[object]]", line.facts["faults"])]
    try:
        remarks = sheets.Remarks(heading, frozenset(REMARKS.values()), _notes(faults, tongue), _cells(faults, file, tongue))
        content = sheets.marked(file.content, _name(file), remarks)
    except Exception as fault:  # openpyxl meets an odd workbook with whatever it runs into; the letter tells the faults all the same
        log.warning("table could not be marked", kind=type(fault).__name__)
        return None
    return Enclosure(_name(file), _media_type(_name(file)), content) if content else None


def _notes(faults: list[Fault], tongue: Tongue) -> dict[int, str]:
    """By line of the file; what is wrong with the header stands beside the first row that has anything wrong, or beside line 2."""
    placed = [(*fault_place(fault.where, tongue.code), fault_sentence(fault, tongue)) for fault in faults]
    first = min((number for number, _, _ in placed if number), default=2)
    notes: dict[int, list[str]] = {}
    for number, field, sentence in placed:
        notes.setdefault(number or first, []).append(f"{field}: {sentence}" if field else sentence)
    return {number: "\n".join(each) for number, each in notes.items()}


def _cells(faults: list[Fault], file: Attachment, tongue: Tongue) -> dict[tuple[int, str], str]:
    """By line (0: the header) and heading; a fault that has no cell stands in the notes alone. Of a workbook: nothing else has comments."""
    if not _name(file).lower().endswith(".xlsx"):
        return {}
    header = sheets.read(file.content, _name(file)).header
    cells: dict[tuple[int, str], list[str]] = {}
    for fault in faults:
        heading = column_of(fault, header)
        if heading is not None:
            cells.setdefault((line_and_key(fault.where)[0], heading), []).append(fault_sentence(fault, tongue))
    return {place: "\n".join(each) for place, each in cells.items()}


def _only_table(arrival: Arrival) -> Attachment | None:
    tables = [file for file in arrival.attachments if file.is_table]
    return tables[0] if len(tables) == 1 else None


def _media_type(name: str) -> str:
    """By the name that the file goes back under, never by what the mail called it."""
    lower = name.lower()
    if lower.endswith((".yaml", ".yml")):
        return "application/yaml; charset=utf-8"
    return "text/csv; charset=utf-8" if lower.endswith((".csv", ".tsv")) else _WORKBOOK


def _name(file: Attachment) -> str:
    """The last part of its name, with the end that belongs to its type where it has none."""
    bare = " ".join(file.name.replace("\\", "/").rpartition("/")[2].split()) or "table"
    return bare if bare.lower().endswith(_READ) else bare + _ENDS.get(file.media_type, ".yaml")
