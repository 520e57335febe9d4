"""`firstreply inbox` and `firstreply outbox`: every message in, every message out."""

from __future__ import annotations

import typer

from bot.cli.desk import JSON, local, open_desk, show_json, show_table

inbox = typer.Typer(help="Every message in, with its disposition.", no_args_is_help=True, rich_markup_mode=None)
outbox = typer.Typer(help="Every message out, with its state.", no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    app.add_typer(inbox, name="inbox")
    app.add_typer(outbox, name="outbox")


@inbox.command("list")
def list_inbox(as_json: bool = JSON) -> None:
    """What came in, and what became of it.

    Example: firstreply inbox list --json
    """
    with open_desk() as office, office.ledger.reading() as ledger:
        entries = ledger.arrivals.all()
    if as_json:
        show_json(
            [
                {
                    "uid": entry.stamp.uid,
                    "folder": entry.stamp.folder,
                    "message_id": entry.message_id,
                    "sender": entry.sender,
                    "arrived_at": entry.stamp.arrived_at.isoformat(),
                    "disposition": entry.disposition.value,
                    "reason": entry.reason,
                    "uidvalidity": entry.stamp.uidvalidity,
                }
                for entry in entries
            ]
        )
        return
    rows = [
        (
            local(office, entry.stamp.arrived_at, seconds=True),
            entry.stamp.folder,
            entry.stamp.uid,
            entry.sender,
            entry.disposition.value,
            entry.reason,
        )
        for entry in entries
    ]
    show_table(("Arrived", "Folder", "UID", "From", "Disposition", "Why"), rows, empty="No message has been read yet.")


@outbox.command("list")
def list_outbox(as_json: bool = JSON) -> None:
    """What goes out, and how far it has come.

    Example: firstreply outbox list
    """
    with open_desk() as office, office.ledger.reading() as ledger:
        letters = ledger.outbox.all()
    if as_json:
        show_json(
            [
                {
                    "message_id": letter.message_id,
                    "to": letter.to,
                    "kind": letter.kind,
                    "state": letter.state,
                    "attempts": letter.attempts,
                    "last_error": letter.last_error,
                    "created_at": letter.created_at.isoformat(),
                    "sent_at": letter.sent_at.isoformat() if letter.sent_at else None,
                    "case": letter.case_id,
                }
                for letter in letters
            ]
        )
        return
    rows = [
        (local(office, letter.created_at), letter.to, letter.kind, letter.case_id, letter.state, letter.attempts, letter.last_error)
        for letter in letters
    ]
    show_table(("Written", "To", "Kind", "Case", "State", "Tries", "Last error"), rows, empty="No letter has been written yet.")
