"""`firstreply case import` and `firstreply case add`: cases brought in by hand. They are open at once."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli import cases
from bot.cli.desk import JSON, Refusal, counted, open_desk, read_file, show_json, visible
from bot.cli.progress import progress
from bot.core.tongue import ENGLISH

if TYPE_CHECKING:
    from bot.core.model import CaseFields
    from bot.office import Office


def register(_app: typer.Typer) -> None:
    cases.commands.command("import")(import_file)
    cases.commands.command("add")(add)


def import_file(file: Path = typer.Argument(..., help="CSV, XLSX or YAML; only title and summary are required.")) -> None:
    """Bring cases in from a table; all rows or none. They are open at once.

    Example: firstreply case import cases.csv
    """
    from bot.core import intake
    from bot.shell.sheets import SheetError, read

    try:
        table = read(read_file(file), file.name)
    except SheetError as error:
        raise Refusal(f"{file}: {error}") from None
    with open_desk() as office:
        today = office.clock().astimezone(office.rules.zone).date()
        rows = ((row.line, row.cells) for row in table.rows)
        fields, faults = intake.from_table(table.header, rows, zone=office.rules.zone, today=today)
        if faults:
            raise Refusal(*(f"{fault.where}: {intake.fault_sentence(fault, ENGLISH)}" for fault in faults), "Nothing was imported.")
        ids = _add(office, fields)
    print(
        f"{len(ids)} cases imported and open: {ids[0]} to {ids[-1]}."
        if len(ids) > 1
        else f"{counted(len(ids), 'case')} imported. {' '.join(ids)}"
    )


def add(
    title: str = typer.Option("", "--title", help="Goes to the roster; asked for at a terminal."),
    summary: str = typer.Option("", "--summary", help="Goes to the roster: no identifying facts; asked for at a terminal."),
    kind: str = typer.Option("", "--kind"),
    details: str = typer.Option("", "--details", help="Only for the confirmed lawyer."),
    language: str = typer.Option("", "--language"),
    place: str = typer.Option("", "--place"),
    deadline: str = typer.Option("", "--deadline", help="A date, or a date and time."),
    time_frame: str = typer.Option("", "--time-frame"),
    places: str = typer.Option("1", "--places", help="How many lawyers are sought."),
    conflict_check: str = typer.Option("", "--conflict-check", help="Names, only for the holder."),
    contact: str = typer.Option("", "--contact"),
    eligible: str = typer.Option("", "--eligible", help="Kinds of legal personnel, such as bengoshi; empty: anyone."),
    beginner_friendly: str = typer.Option("", "--beginner-friendly", help="yes or no."),
    interpreter: str = typer.Option("", "--interpreter"),
    lawyers_gender: str = typer.Option("", "--lawyers-gender", help="The client's wish: female or male."),
    region: str = typer.Option("", "--region"),
    remote_possible: str = typer.Option("", "--remote-possible", help="yes or no."),
    closes: str = typer.Option("", "--closes", help="Makes it an event: when places are given. A date, or a date and time."),
    per_firm: str = typer.Option("", "--per-firm", help="Of an event: how many of one firm at most."),
    as_json: bool = JSON,
) -> None:
    """Add one case; it is open at once.

    Example: firstreply case add --title "Asylum appeal" --summary "Appeal to the district court" --deadline 2027-01-15
    """
    from bot.core import intake
    from bot.core.model import CaseFields

    cells = {
        "title": title or _asked("Title (goes to the roster)", "--title"),
        "summary": summary or _asked("Summary (goes to the roster: no identifying facts)", "--summary"),
        "kind": kind,
        "details": details,
        "language": language,
        "place": place,
        "deadline": deadline,
        "time_frame": time_frame,
        "places": places,
        "conflict_check": conflict_check,
        "contact": contact,
        "eligible": eligible,
        "beginner_friendly": beginner_friendly,
        "interpreter": interpreter,
        "lawyers_gender": lawyers_gender,
        "region": region,
        "remote_possible": remote_possible,
        "closes": closes,
        "per_firm": per_firm,
    }
    with open_desk() as office:
        today = office.clock().astimezone(office.rules.zone).date()
        reading = intake.from_row(cells, line=1, zone=office.rules.zone, today=today)
        if not isinstance(reading, CaseFields):
            raise Refusal(
                *(f"{fault.where.rpartition(', ')[2]}: {intake.fault_sentence(fault, ENGLISH)}" for fault in reading), "Nothing was added."
            )
        (case_id,) = _add(office, [reading])
    if as_json:
        show_json({"id": case_id})
    else:
        print(f"{case_id} is open.")


def _asked(what: str, option: str) -> str:
    """At a terminal; elsewhere nobody is there who could answer."""
    if not sys.stdin.isatty():
        raise Refusal(f"{option} is missing. A case needs --title and --summary.")
    said: str = typer.prompt(what)
    return said


def _add(office: Office, fields: Sequence[CaseFields]) -> list[str]:
    """Open at once; what the anonymity check finds in them is said on standard error."""
    from bot.core import anonymity
    from bot.core.model import Lifecycle

    now = office.clock()
    year = office.year
    prefix = office.settings.organisation.case_prefix
    ids = []
    with progress("Bringing in cases", len(fields)) as step, office.ledger.deciding() as ledger:
        for one in fields:
            added = ledger.cases.add(
                one, lifecycle=Lifecycle.OPEN, is_emergency=False, by="command line", prefix=prefix, year=year, now=now
            )
            ids.append(added.id)
            step(len(ids))
    today = now.astimezone(office.rules.zone).date()
    for case_id, one in zip(ids, fields, strict=True):
        for found in anonymity.findings(one, today=today):
            warning = f"Warning: {case_id}, {found.where}: {anonymity.finding_sentence(found, ENGLISH)}"
            print(visible(warning), file=sys.stderr)
    return ids
