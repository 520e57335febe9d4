"""`firstreply pause` and `resume`: everything stands still until a person says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from bot.cli.desk import JSON, Refusal, open_desk, show_json

if TYPE_CHECKING:
    from bot.office import Office


def register(app: typer.Typer) -> None:
    app.command("pause")(pause)
    app.command("resume")(resume)


def pause(
    reason: str = typer.Option("", "--reason", metavar="TEXT", help="Why; staff read it."),
    as_json: bool = JSON,
) -> None:
    """Decide nothing and send nothing from now on; mail is still taken in, with its arrival. Staff are told once.

    Example: firstreply pause --reason "the roster is being put right"
    """
    from bot.daemon import send_due
    from bot.office import standstill

    with open_desk() as office:
        is_new = standstill.pause(office, because=reason)
        tally = send_due(office, kind=standstill.NOTICE) if is_new else None
    if as_json:
        show_json({"paused": True, "is_new": is_new})
    elif not is_new:
        print("firstreply was paused before; it stays so until firstreply resume.")
    else:
        told = "Staff have been told." if tally and tally.sent else "Staff could not be told yet; they will be when it goes on."
        print(f"Paused: mail is taken in, nothing is decided, nothing is sent. {told} firstreply resume ends it.")


def resume(as_json: bool = JSON) -> None:
    """Go on: what came meanwhile is decided in order of arrival, and what is owed is sent.

    Example: firstreply resume
    """
    from bot.office import standstill

    with open_desk() as office:
        was_paused = standstill.resume(office)
    if as_json:
        show_json({"paused": False, "was_paused": was_paused})
    elif was_paused:
        print("It goes on with the next look into the mailbox. Where no daemon runs, write firstreply run --once.")
    else:
        print("firstreply was not paused.")


def refuse_while_paused(office: Office) -> None:
    """For commands that would write to the roster."""
    from bot.office import standstill

    with office.ledger.reading() as ledger:
        is_paused = standstill.is_paused(ledger)
    if is_paused:
        raise Refusal("firstreply is paused, so nothing goes out. Write firstreply resume first.")
