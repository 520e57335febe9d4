"""`firstreply case` and `firstreply explain`: the cases, and how each was given."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bot.cli import member
from bot.cli.completion import case_ids, case_ids_and_addresses
from bot.cli.desk import JSON, Refusal, local, open_desk, read_file, show_json, show_table, visible, write_table
from bot.cli.progress import progress
from bot.core.tongue import ENGLISH

if TYPE_CHECKING:
    from bot.core.model import Case, CaseFields, Deadline
    from bot.office import Office
    from bot.shell.ledger import Transaction

commands = typer.Typer(
    help="The cases that look for a lawyer.\n\nExample: firstreply case list", no_args_is_help=True, rich_markup_mode=None
)


def register(app: typer.Typer) -> None:
    app.add_typer(commands, name="case")
    app.command("explain")(explain)


@commands.command("import")
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
    print(f"{len(ids)} cases imported and open: {ids[0]} to {ids[-1]}." if len(ids) > 1 else f"{len(ids)} cases imported. {' '.join(ids)}")


@commands.command("add")
def add(
    title: str = typer.Option(..., "--title", prompt="Title (goes to the roster)"),
    summary: str = typer.Option(..., "--summary", prompt="Summary (goes to the roster: no identifying facts)"),
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
        "title": title,
        "summary": summary,
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
            _deadline(office, case),
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
        case = find_case(office, ledger, case_id)
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
    for name, value in document.items():
        print(f"{name.replace('_', ' ').capitalize():18} {_wrapped(value)}")


@commands.command("export")
def export(
    file: Path = typer.Argument(None, help="Where to write the CSV; standard output if none is named."),
    with_details: bool = typer.Option(False, "--with-details", help="Also what only the confirmed lawyer may read."),
) -> None:
    """Write all cases as CSV, with the columns that an import takes, in the order of the ids.

    Example: firstreply case export cases.csv
    """
    from bot.core.amending import written
    from bot.core.intake import CONFIDENTIAL_FIELDS, FORM_FIELDS
    from bot.core.model import Confidential
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


def explain(case_id: str = typer.Argument(..., metavar="ID", autocompletion=case_ids_and_addresses), as_json: bool = JSON) -> None:
    """Who claimed a case, when it arrived, in which order, what was decided and why. With an address: how that member stands.

    Example: firstreply explain JAR-2026-014
    """
    if "@" in case_id:
        member.explain(case_id, as_json=as_json)
        return
    from bot.core.claims import in_order, ranks
    from bot.core.reasons import sentence

    with open_desk() as office, office.ledger.reading() as ledger:
        case = find_case(office, ledger, case_id)
        claims = ledger.claims.of(case.id)
        members = {claim.member_id: ledger.roster.by_id(claim.member_id) for claim in claims}
        history = ledger.marks.notes(f"case {case.id}")
        decisions = ledger.decisions.last_about(case.id)
    order = ranks(claims)
    if as_json:
        entries = [
            {
                "member": members[claim.member_id].email,
                "arrived_at": claim.stamp.arrived_at.isoformat(),
                "uid": claim.stamp.uid,
                "folder": claim.stamp.folder,
                "rank": order[claim.id],
                "state": claim.state.value,
                "reason": sentence(claim.reason, ENGLISH),
                "decision": decisions.get(claim.id),
            }
            for claim in in_order(claims)
        ]
        show_json(
            {
                "case": case.id,
                "places": case.places,
                "claims": entries,
                "history": [[at.isoformat(), sentence(note, ENGLISH)] for at, note in history],
            }
        )
        return
    print(visible(f"{case.id}  {case.title}"))
    print(f"{case.state}, {case.free_places} of {case.places} places free. {_how(case)}\n")
    rows = [
        (
            order[claim.id],
            members[claim.member_id].email,
            claim.stamp.arrived_at.strftime("%Y-%m-%d %H:%M:%S"),
            claim.stamp.uid,
            claim.standing,
            sentence(claim.reason, ENGLISH),
            decisions.get(claim.id, ""),
        )
        for claim in in_order(claims)
    ]
    show_table(("Rank", "Member", "Arrived (UTC)", "UID", "State", "Why", "Entry"), rows, empty="Nobody has claimed it yet.")
    for at, note in history:
        print(visible(f"{local(office, at)}  {sentence(note, ENGLISH)}"))


def _how(case: Case) -> str:
    if case.event is None:
        return "First come, first served, by arrival at the mailbox."
    return "Decided when it closes: partner firms, then members, then applicants, each by arrival at the mailbox."


def find_case(office: Office, ledger: Any, text: str) -> Case:
    """The case that an operator names, or a refusal that names the nearest one."""
    from difflib import get_close_matches

    from bot.core.case_ids import case_id as read_id
    from bot.core.words import fold

    wanted = read_id(fold(text).strip(), office.settings.organisation.case_prefix)
    case: Case | None = ledger.cases.get(wanted) if wanted else None
    if case is not None:
        return case
    nearest = get_close_matches(wanted or text.upper(), [known.id for known in ledger.cases.all()], 1)
    hint = f" Did you mean {nearest[0]}?" if nearest else " See: firstreply case list"
    raise Refusal(f"There is no case {visible(text)}.{hint}")


def _add(office: Office, fields: Sequence[CaseFields]) -> list[str]:
    """Open at once; what the anonymity check finds in them is said on standard error."""
    from bot.core import anonymity
    from bot.core.model import Lifecycle

    now = office.clock()
    year = now.astimezone(office.rules.zone).year
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


def _outline(office: Office, case: Case) -> dict[str, object]:
    return {
        "id": case.id,
        "title": case.title,
        "kind": case.kind,
        "state": case.state,
        "places": case.places,
        "free_places": case.free_places,
        "deadline": _deadline(office, case) or None,
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


def _deadline(office: Office, case: Case) -> str:
    """ISO 8601: the day, or the instant in the organisation's zone; "" where there is none."""
    return _moment(office, case.deadline) if case.deadline else ""


def _moment(office: Office, deadline: Deadline) -> str:
    local_end = deadline.at.astimezone(office.rules.zone)
    return (local_end - timedelta(seconds=1)).date().isoformat() if deadline.is_day else local_end.isoformat()


def _is_urgent(office: Office, case: Case) -> bool:
    from bot.core.circulation import is_urgent

    return is_urgent(case, now=office.clock())


def _wrapped(value: object) -> str:
    if isinstance(value, list):
        value = ", ".join(value)
    return "\n                   ".join(visible(line) for line in str("" if value is None else value).splitlines())
