"""`firstreply backup`: a whole copy of the database, while everything runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.desk import FAILED, JSON, Refusal, open_desk, show_json

if TYPE_CHECKING:
    from bot.office import Office


def register(app: typer.Typer) -> None:
    app.command("backup")(backup)


def backup(
    file: Path = typer.Argument(..., metavar="FILE", help="Where to; a folder gets a file named after the hour."),
    force: bool = typer.Option(False, "--force", help="Replace a file that is there."),
    as_json: bool = JSON,
) -> None:
    """A whole copy of the database in one file, also while firstreply runs.

    Example: firstreply backup /var/backups/firstreply
    """
    from bot.shell.ledger import BackupFailed

    with open_desk() as office:
        now = office.clock()
        target = file / f"firstreply-{now.astimezone(office.rules.zone):%Y-%m-%d-%H%M%S}.db" if file.is_dir() else file
        _may_be_written(office, target, is_forced=force)
        try:
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
