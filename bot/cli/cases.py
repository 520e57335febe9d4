"""`firstreply case`: the cases."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.completion import case_ids
from bot.cli.desk import JSON, local, open_desk, show_json, show_table, visible, write_table
from bot.cli.finding import find_case
from bot.cli.menu import Part
from bot.cli.screen import spread

if TYPE_CHECKING:
    from bot.core.model import Case, Deadline
    from bot.office import Office
    from bot.shell.ledger import Transaction

_LABELS = {"lawyers_gender": "Lawyer's gender", "closes": "Applications by"}
_MARKS = frozenset(("urgent", "erased"))
"""Said of the few that they are true of."""

commands = typer.Typer(
    cls=Part, help="The cases that look for a lawyer.\n\nExample: firstreply case list", no_args_is_help=True, rich_markup_mode=None
)


def register(app: typer.Typer) -> None:
    app.add_typer(commands, name="case")


@commands.command("list")
def list_cases(as_json: bool = JSON) -> None:
    """All cases in the order of their ids.

    Example: firstreply case list
    """
    with open_desk() as office, office.ledger.reading() as ledger:
        cases = ledger.cases.all()
    if as_json:
        show_json([_outline(office, case) for case in cases])
        return
    rows = [
        (
            case.id,
            case.state,
            f"{case.free_places} of {case.places}",
            _in_words(office, case.deadline),
            "urgent" if _is_urgent(office, case) else "",
            case.title,
        )
        for case in cases
    ]
    show_table(("Case", "State", "Free", "Deadline", "", "Title"), rows, empty="There are no cases yet: firstreply case import FILE")


@commands.command("show")
def show(
    case_id: str = typer.Argument(..., metavar="ID", autocompletion=case_ids),
    with_details: bool = typer.Option(False, "--with-details", help="Also what only the confirmed lawyer may read."),
    as_json: bool = JSON,
) -> None:
    """One case as the roster reads it.

    Example: firstreply case show JAR-2026-014
    """
    with open_desk() as office, _reading(office, with_details) as ledger:
        case = find_case(office, ledger, case_id, by_number=True)
        confidential = ledger.cases.confidential(case.id)
        _note_reading(office, ledger, [case.id] if with_details else [])
    document = _outline(office, case) | {
        "summary": case.summary,
        "kind": case.kind,
        "language": case.language,
        "place": case.place,
        "time_frame": case.time_frame,
    }
    if with_details:
        document |= {"details": confidential.details, "conflict_check": confidential.conflict_names, "contact": confidential.contact}
    if as_json:
        show_json(document)
        return
    said = document | {"deadline": _in_words(office, case.deadline), "closes": _in_words(office, case.event.closes if case.event else None)}
    spread(
        [(_LABELS.get(name) or name.replace("_", " ").capitalize(), _lines(value)) for name, value in said.items() if _tells(name, value)],
        names=19,
    )


@commands.command("export")
def export(
    file: Path = typer.Argument(None, help="Where to write the CSV; standard output if none is named."),
    with_details: bool = typer.Option(False, "--with-details", help="Also what only the confirmed lawyer may read."),
) -> None:
    """Write all cases as CSV, with the columns that an import takes, in the order of the ids.

    Example: firstreply case export cases.csv
    """
    from bot.core.amending import written
    from bot.core.form_lines import CONFIDENTIAL_FIELDS
    from bot.core.model import FORM_FIELDS, Confidential
    from bot.shell.sheets import write_csv

    with open_desk() as office, _reading(office, with_details) as ledger:
        cases = [case for case in ledger.cases.all() if not case.is_erased]
        kept_back = {case.id: ledger.cases.confidential(case.id) for case in cases} if with_details else {}
        _note_reading(office, ledger, kept_back)
    columns = [key for key, _, _ in FORM_FIELDS if with_details or key not in CONFIDENTIAL_FIELDS]
    written_out = (written(case.fields(kept_back.get(case.id, Confidential())), office.rules.zone) for case in cases)
    rows = [[cells[column] for column in columns] for cells in written_out]
    write_table(write_csv(columns, rows), file, told=f"{len(cases)} cases")


def _reading(office: Office, with_details: bool) -> AbstractContextManager[Transaction]:
    """A client's details are not read without a note of it."""
    return office.ledger.writing() if with_details else office.ledger.reading()


def _note_reading(office: Office, ledger: Transaction, case_ids: Iterable[str]) -> None:
    """Who has looked at a client's details on this machine is on record, as whatever staff do by mail is."""
    from getpass import getuser

    try:
        reader = "-".join(getuser().split())
    except (KeyError, OSError):  # an account without a name, as containers have
        reader = "somebody"
    for case_id in case_ids:
        ledger.marks.put(f"case {case_id} read {office.clock():%Y%m%d%H%M%S%f}", office.clock(), note=f"read by {reader}")


def _outline(office: Office, case: Case) -> dict[str, object]:
    return {
        "id": case.id,
        "title": case.title,
        "kind": case.kind,
        "state": case.state,
        "places": case.places,
        "free_places": case.free_places,
        "deadline": _moment(office, case.deadline) if case.deadline else None,
        "urgent": _is_urgent(office, case),
        "eligible": list(case.terms.eligible),
        "beginner_friendly": case.terms.is_for_beginners,
        "interpreter": case.terms.interpreter,
        "lawyers_gender": case.terms.gender,
        "region": case.terms.region,
        "remote_possible": case.terms.is_remote,
        "closes": _moment(office, case.event.closes) if case.event else None,
        "per_firm": case.event.per_firm if case.event else None,
        "erased": case.is_erased,
    }


def _in_words(office: Office, deadline: Deadline | None) -> str:
    """The day, or the day and the minute in the organisation's zone, for people; "" where there is none."""
    return (_moment(office, deadline) if deadline.is_day else local(office, deadline.at)) if deadline else ""


def _moment(office: Office, deadline: Deadline) -> str:
    """ISO 8601: the day, or the instant in the organisation's zone."""
    local_end = deadline.at.astimezone(office.rules.zone)
    return (local_end - timedelta(seconds=1)).date().isoformat() if deadline.is_day else local_end.isoformat()


def _is_urgent(office: Office, case: Case) -> bool:
    from bot.core.circulation import is_urgent

    return is_urgent(case, now=office.clock())


def _tells(name: str, value: object) -> bool:
    return bool(value) if name in _MARKS else value not in (None, "", [])


def _lines(value: object) -> str:
    if isinstance(value, list):
        value = ", ".join(value)
    if isinstance(value, bool):
        value = "yes" if value else "no"
    return "\n".join(visible(line) for line in str("" if value is None else value).splitlines())
