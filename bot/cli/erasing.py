"""`firstreply case erase`: one client's data, gone for good."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from bot.cli import cases
from bot.cli.completion import case_ids
from bot.cli.desk import Refusal, counted, open_desk, visible
from bot.cli.finding import find_case

if TYPE_CHECKING:
    from bot.core.model import Case
    from bot.office import Office


def register(_app: typer.Typer) -> None:
    cases.commands.command("erase")(erase)


def erase(
    case_id: str = typer.Argument(..., metavar="ID", autocompletion=case_ids),
    is_sure: bool = typer.Option(False, "--yes", help="Do not ask; for scripts."),
) -> None:
    """Erase a client's data for good: the words of the case, all mail and letters about it, their copies in the mailbox, and its key.

    Example: firstreply case erase JAR-2026-014
    """
    from bot import reception

    with open_desk() as office:
        with office.ledger.reading() as ledger:
            case = find_case(office, ledger, case_id)
        if not case.is_erased:
            _ask_whether_sure(case, is_sure=is_sure)
        erased = reception.erase(office, case.id)
        fault = _expunged(office)
    if erased is None:
        print(f"{case.id} was erased before; nothing is left of it here.")
    else:
        print(
            f"{case.id} is erased: its words, {counted(erased.mails, 'mail')} about it, our letters, and the key that would open them in a backup."
        )
    if fault:
        print(f"Copies may still lie in the mailbox: {fault} They go at the next contact with it.", file=sys.stderr)


def _ask_whether_sure(case: Case, *, is_sure: bool) -> None:
    if is_sure:
        return
    if not sys.stdin.isatty():
        raise Refusal(f"Nothing brings {case.id} back afterwards; in a script, add --yes.")
    print(visible(f"{case.id}, {case.title}: nothing brings it back afterwards, no backup either."))
    if typer.prompt("Type its id to erase it", default="", show_default=False).strip().upper() != case.id:
        raise Refusal("Nothing was erased.")


def _expunged(office: Office) -> str:
    """Why copies may be left in the mailbox; "" where none is."""
    from bot import daemon, reception
    from bot.shell.mailbox import MailboxAway

    try:
        with daemon.open_mailbox(office) as mailbox:
            left = reception.expunge(office, mailbox)
    except MailboxAway as away:
        return away.reason
    return f"{left} of them could not be taken out just now." if left else ""
