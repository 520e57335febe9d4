"""`firstreply roster`: who may claim."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bot.cli.desk import JSON, Refusal, counted, open_desk, read_file, show_json, show_table, write_table
from bot.cli.menu import Part
from bot.cli.progress import progress
from bot.core.tongue import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.core.model import Member
    from bot.core.roster import Entry
    from bot.shell.ledger import Transaction

PROFILE = ("capacity", "languages", "gender", "region")
"""The columns behind those that every roster has: what decides whether a case is for somebody."""

NO_NEW_ADDRESS = {
    "not_on_roster": "No member has the address {old}. “firstreply roster list” names them all.",
    "has_left": "The member with {old} has left the roster, so no letters go there.",
    "address_same": "Letters to this member go to {new} already.",
    "address_taken": "{new} belongs to another member. “firstreply roster list” says to whom.",
    "address_of_staff": "{new} belongs to staff. Please give an address of the member's own.",
    "address_of_desk": "{new} is the address of this desk itself. Please give one that the member reads.",
    "address_unfit": "No letter can go to {new}. Please check how it is written.",
    "address_unsure": 'A client\'s file may go to {new} from then on. Please say how you know that it is right: --reason "she told us by telephone"',
}

commands = typer.Typer(
    cls=Part,
    help="The roster: who is sent the rounds and may claim.\n\nExample: firstreply roster list",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    app.add_typer(commands, name="roster")


@commands.command("import")
def import_file(file: Path = typer.Argument(..., help="CSV or XLSX; at least the columns email and name.")) -> None:
    """Bring members in from a table; all rows or none.

    Example: firstreply roster import lawyers.xlsx
    """
    from bot.core import roster as rules
    from bot.core.faults import fault_sentence
    from bot.core.mail import canonical
    from bot.shell.sheets import SheetError, read

    try:
        table = read(read_file(file), file.name)
    except SheetError as error:
        raise Refusal(f"{file}: {error}") from None
    with open_desk() as office:
        reading = rules.from_rows(
            [(row.line, row.cells) for row in table.rows],
            languages=office.settings.organisation.languages,
            bot_address=canonical(office.settings.mailbox.address),
        )
        faults = [*rules.columns_faults(table.header), *reading.faults]
        wrong = [f"{fault.where}: {fault_sentence(fault, ENGLISH)}" for fault in faults]
        lines = {entry.email: row.line for entry, row in zip(reading.read, table.rows, strict=True)}
        with progress("Bringing in members"), office.ledger.deciding() as ledger:
            wrong += _clashes(reading.read, [row.line for row in table.rows], ledger)
            if wrong:
                raise Refusal(*wrong, "Nothing was imported.")
            ledger.roster.foresee(addresses=lines)
            given = rules.columns(table.header)
            members = [_member(entry, ledger.roster.by_address(entry.email), given=given) for entry in reading.entries]
            ledger.roster.enter_all(members, now=office.clock())
            nobodys = _deputies_of_nobody(reading.entries, lines, ledger)
    count = len(reading.entries)
    they, have = ("They are", "have") if count != 1 else ("It is", "has")
    print(f"{counted(count, 'member')} imported. {they} active and {have} been sent nothing.")
    for told in nobodys:
        print(told)


def _clashes(entries: Sequence[Entry], lines: Sequence[int], ledger: Transaction) -> list[str]:
    """A line for each address that is another member's, told beside all else that is wrong with the table."""
    owners = ledger.roster.owners(address for entry in entries for address in (entry.email, *entry.aliases))
    return [
        f"line {line}: {address} already belongs to {owners[address]}."
        for line, entry in zip(lines, entries, strict=True)
        for address in (entry.email, *entry.aliases)
        if owners.get(address, entry.email) != entry.email
    ]


def _deputies_of_nobody(entries: Sequence[Entry], lines: Mapping[str, int], ledger: Transaction) -> list[str]:
    """A line for each deputy whose lawyer is not on the roster, once all rows are: it may be a slip, or somebody who joins later."""
    from bot.core.deputies import addresses_in

    named = [(lines[entry.email], whom) for entry in entries for whom in sorted(addresses_in(entry.roles))]
    owners = ledger.roster.owners(whom for _, whom in named)
    return [
        f"line {line}: nobody on the roster has the address {whom}, so “deputy:{whom}” gives nothing yet."
        for line, whom in named
        if whom not in owners
    ]


def _member(entry: Entry, known: Member | None, *, given: frozenset[str]) -> Member:
    """As the table has it; what it has no column for is as it is on the roster."""
    from bot.core.model import Member, MemberState

    member = Member(0, entry.email, entry.name, entry.firm, entry.language, entry.roles, MemberState.ACTIVE, entry.aliases)
    kept = {name: getattr(known, name) for name in ("firm", "language", "roles", "aliases") if known and name not in given}
    told = {name: getattr(known.profile, name) for name in PROFILE if known and name not in given}
    return replace(member, **kept, profile=replace(entry.profile, **told))


@commands.command("list")
def list_members(as_json: bool = JSON) -> None:
    """Everybody on the roster.

    Example: firstreply roster list --json
    """
    with open_desk() as office, office.ledger.reading() as ledger:
        members = ledger.roster.all()
    if as_json:
        show_json(
            [
                {
                    "email": member.email,
                    "name": member.name,
                    "firm": member.firm,
                    "language": member.language,
                    "state": member.state.value,
                    "aliases": list(member.aliases),
                    "roles": list(member.roles),
                    "capacity": list(member.profile.capacity),
                    "languages": list(member.profile.languages),
                    "gender": member.profile.gender,
                    "region": member.profile.region,
                }
                for member in members
            ]
        )
        return
    rows = [(member.name, member.email, member.firm, member.language, member.state.value, ", ".join(member.aliases)) for member in members]
    show_table(
        ("Name", "Address", "Firm", "Language", "State", "Also writes from"),
        rows,
        empty="Nobody is on the roster yet: firstreply roster import FILE",
    )


@commands.command("address")
def change_address(
    old: str = typer.Argument(..., help="Any address of the member."),
    new: str = typer.Argument(..., help="Where letters go from now on."),
    reason: str = typer.Option("", "--reason", help="How you know that it is right; it goes on record."),
) -> None:
    """Let a member's letters go to another address. Both are told; mail from the former one still counts as the member's.

    Example: firstreply roster address ito@lawfirm.example ito@newfirm.example --reason "she told us by telephone"
    """
    from bot.core import grounds
    from bot.reception import readdress

    with open_desk() as office:
        wrong = readdress(office, old, new, why=grounds.kept(reason))
    if wrong:
        raise Refusal(NO_NEW_ADDRESS[wrong].format(old=old, new=new))
    print(f"Letters to {old} go to {new} from now on. Both addresses are told.")


@commands.command("export")
def export(file: Path = typer.Argument(None, help="Where to write the CSV; standard output if none is named.")) -> None:
    """Write the roster as CSV, with the columns that an import takes.

    Example: firstreply roster export roster.csv
    """
    from bot.shell.sheets import write_csv

    with open_desk() as office, office.ledger.reading() as ledger:
        members = ledger.roster.all()
    rows: list[list[Any]] = [
        [
            *(member.email, member.name, member.firm, member.language, ";".join(member.roles), ";".join(member.aliases)),
            *(";".join(member.profile.capacity), ";".join(member.profile.languages), member.profile.gender, member.profile.region),
        ]
        for member in members
    ]
    content = write_csv(["email", "name", "firm", "language", "roles", "aliases", *PROFILE], rows)
    write_table(content, file, told=f"{len(members)} members")
