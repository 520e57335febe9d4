"""`firstreply backup` and `firstreply purge`: a whole copy of what is kept, and the end of what is kept no longer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.desk import FAILED, JSON, Refusal, local, open_desk, show_json, show_table
from bot.cli.progress import progress

if TYPE_CHECKING:
    from bot.office import Office
    from bot.retention import Class

_CLASSES = {
    "raw_mail": "mail as it came",
    "set_aside": "mail that was left to a person",
    "letters": "texts of letters",
    "circulations": "texts of rounds and bulletins",
    "closed_cases": "words of cases that are over",
    "mailbox": "messages in the mailbox",
}


def register(app: typer.Typer) -> None:
    app.command("backup")(backup)
    app.command("purge")(purge)


def backup(
    file: Path = typer.Argument(..., metavar="FILE", help="Where to; a folder gets a file named after the hour."),
    force: bool = typer.Option(False, "--force", help="Replace a file that is there."),
    as_json: bool = JSON,
) -> None:
    """A whole copy of the database in one file, also while firstreply runs.

    Example: firstreply backup /var/backups/firstreply
    """
    from bot.shell.ledger import BackupFailed

    with open_desk(has_keys=False) as office:
        now = office.clock()
        target = file / f"firstreply-{now.astimezone(office.rules.zone):%Y-%m-%d-%H%M%S}.db" if file.is_dir() else file
        _may_be_written(office, target, is_forced=force)
        try:
            with progress("Copying the database"):
                size = office.ledger.backup(target, now=now)
        except BackupFailed as failed:
            raise Refusal(f"No backup was made at {target}: {failed}.", code=FAILED) from None
        with office.ledger.writing() as ledger:
            ledger.marks.put("backup", now)
    if as_json:
        show_json({"file": str(target), "bytes": size, "made_at": now.isoformat()})
    else:
        print(f"The backup is in {target} ({size / 1_000_000:.1f} MB). Client data in it is sealed; its keys are not in it.")


def _may_be_written(office: Office, target: Path, *, is_forced: bool) -> None:
    if not target.parent.is_dir():
        raise Refusal(f"There is no folder {target.parent}; make it first.")
    here = office.ledger.path
    if here is not None and target.resolve() in [here.with_name(here.name + end).resolve() for end in ("", "-wal", "-shm")]:
        raise Refusal(f"{target} belongs to the database itself; name another file for the backup.")
    if target.exists() and not is_forced:
        raise Refusal(f"{target} is there already and was left as it is; name another file, or a folder, or add --force.")


def purge(dry_run: bool = typer.Option(False, "--dry-run", help="Only show what would go."), as_json: bool = JSON) -> None:
    """Let go now what [retention] keeps no longer; a running firstreply does so every day by itself.

    Example: firstreply purge --dry-run
    """
    from bot import retention
    from bot.daemon import open_mailbox
    from bot.shell.mailbox import MailboxAway

    with open_desk() as office:
        found, away = retention.due(office), ""
        if not dry_run:
            gone = {one.name: one for one in retention.purge(office, by="command line")}
            found = [gone.get(one.name, one) for one in found]
            try:
                with open_mailbox(office) as mailbox:
                    taken = retention.expunge(office, mailbox)
                found = [replace(one, count=taken) if one.name == retention.MAILBOX else one for one in found]
            except MailboxAway as fault:
                away = fault.reason
                found = [one for one in found if one.name != retention.MAILBOX]
        _show_classes(office, found, as_json=as_json)
    if away:
        raise Refusal(f"The mailbox could not be reached, so nothing was taken out of it yet: {away}", code=FAILED)


def _show_classes(office: Office, found: list[Class], *, as_json: bool) -> None:
    if as_json:
        show_json(
            [
                {"class": one.name, "key": one.key, "days": one.days, "older_than": one.older_than.isoformat(), "count": one.count}
                for one in found
            ]
        )
        return
    rows = [(_CLASSES[one.name], one.count, local(office, one.older_than), f"{one.key} = {one.days}") for one in found]
    show_table(("What", "How many", "Older than", "Kept for"), rows, empty="Everything is kept for ever; see [retention].")
