"""`firstreply inbox` and `firstreply outbox`: every message in, every message out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from bot.cli.desk import JSON, Refusal, counted, local, open_desk, show_json, show_table
from bot.cli.menu import Part

if TYPE_CHECKING:
    from bot.office import Office
    from bot.shell.ledger import Transaction
    from bot.shell.ledger.outbox import Posted
    from bot.shell.ledger.past import Unsent

    _Named = Posted | Unsent

WHICH = typer.Argument(None, metavar="MESSAGE-ID...", help="Which of them, as outbox list shows them.")
SURE = typer.Option(False, "--yes", help="Also letters that may have been delivered before.")
ALL = typer.Option(False, "--all", help="All that are kept back.")

inbox = typer.Typer(
    cls=Part, help="Every message in, with its disposition.\n\nExample: firstreply inbox list", no_args_is_help=True, rich_markup_mode=None
)
outbox = typer.Typer(
    cls=Part, help="Every message out, with its state.\n\nExample: firstreply outbox list", no_args_is_help=True, rich_markup_mode=None
)


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
    if failed := sum(letter.state == "failed" for letter in letters):
        print(
            f"{counted(failed, 'letter')} failed. “firstreply outbox send MESSAGE-ID” sends one again; “outbox list --json” has the Message-IDs."
        )


@outbox.command("send")
def send_kept(which: list[str] = WHICH, every: bool = ALL, is_sure: bool = SURE, as_json: bool = JSON) -> None:
    """Send letters that are kept back since the database was put back to a backup, or, named one by one, such as have failed.

    Example: firstreply outbox send --all
    """
    with open_desk() as office, office.ledger.deciding() as ledger:
        kept = ledger.past.kept()
        failed = _given_up(office, ledger, which or [], is_sure=is_sure)
        chosen = _chosen([*kept, *failed], which or [], is_all=every)
        ledger.past.send((letter.id for letter in chosen if letter in kept), now=office.clock())
        ledger.unsent.send_again((letter.id for letter in failed), now=office.clock())
    _tell(chosen, "will be sent", as_json=as_json)


def _given_up(office: Office, ledger: Transaction, which: list[str], *, is_sure: bool) -> list[Posted]:
    """Those of the letters that failed, each fit to leave once more."""
    from bot.office import once_more

    failed = ledger.unsent.given_up(f"<{name.strip('<>')}>" for name in which)
    faults = [(one.posted.message_id, once_more.why_not(office, ledger, one)) for one in failed]
    if any(why for _, why in faults):
        raise Refusal(*(f"{name} cannot be sent again: {why}; nothing was changed." for name, why in faults if why))
    if not is_sure and (doubtful := [one.posted.message_id for one in failed if one.may_have_arrived]):
        raise Refusal(
            *(f"{name} may have been delivered, for only the reply to it was lost. To send it again, add --yes." for name in doubtful)
        )
    return [one.posted for one in failed]


@outbox.command("drop")
def drop_kept(which: list[str] = WHICH, every: bool = ALL, as_json: bool = JSON) -> None:
    """Drop letters that are kept back, because their readers have had them.

    Example: firstreply outbox drop --all
    """
    with open_desk() as office, office.ledger.deciding() as ledger:
        chosen = _chosen(ledger.past.kept(), which or [], is_all=every)
        ledger.past.drop(letter.id for letter in chosen)
    _tell(chosen, "will not be sent", as_json=as_json)


def _chosen(kept: Sequence[_Named], which: list[str], *, is_all: bool) -> list[_Named]:
    if is_all == bool(which):
        raise Refusal("Name the letters by their Message-ID, or write --all for all that are kept back.")
    wanted = {name.strip("<>") for name in which}
    chosen = [letter for letter in kept if is_all or letter.message_id.strip("<>") in wanted]
    strange = wanted - {letter.message_id.strip("<>") for letter in chosen}
    if strange:
        raise Refusal(*(f"No letter {name} is kept back or has failed; nothing was changed." for name in sorted(strange)))
    return chosen


def _tell(chosen: Sequence[_Named], what: str, *, as_json: bool) -> None:
    if as_json:
        show_json([{"message_id": letter.message_id, "to": letter.to, "kind": letter.kind, "case": letter.case_id} for letter in chosen])
    else:
        print(f"{len(chosen)} {'letter' if len(chosen) == 1 else 'letters'} {what}.")
