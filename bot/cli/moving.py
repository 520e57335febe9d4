"""`firstreply move`: from one file to a PostgreSQL that several machines can share."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from bot.cli.desk import FAILED, JSON, Refusal, config_path, open_desk, show_json

if TYPE_CHECKING:
    from bot.office import Office
    from bot.shell.ledger.moving import Copied


def register(app: typer.Typer) -> None:
    app.command("move")(move)


def move(
    url: str = typer.Argument(..., metavar="URL", help="The empty PostgreSQL database; “-” reads it from standard input."),
    as_json: bool = JSON,
) -> None:
    """Move all that is on record from the SQLite file to an empty PostgreSQL, and check that it arrived.

    A password on a command line is there for everybody on this machine to read: let “-” take the URL from standard input, or keep the
    password in ~/.pgpass. Stop the daemon first. The file stays as it is, and firstreply does not work on it any more.

    Example: firstreply move postgresql+psycopg://firstreply@db.example.org/firstreply
    """
    with open_desk() as office:
        if not office.ledger.is_sqlite:
            raise Refusal(f"database.url in {config_path()} names a PostgreSQL already; only a SQLite file is moved.")
        moved = _move(office, _target(sys.stdin.readline().strip() if url == "-" else url))
    if as_json:
        show_json([{"table": one.table, "rows": one.rows, "checksum": one.checksum} for one in moved])
        return
    rows = sum(one.rows for one in moved)
    print(f"Moved: {rows} rows in {len(moved)} tables, and every table reads the same there. The file stays where it is, as it was.")
    print(
        f"The keys are there too, locked as they were. Set database.url in {config_path()} to the new address, and start firstreply again."
    )


def _target(url: str) -> str:
    from pydantic import SecretStr

    from bot.shell.settings.checks import database_url

    if url.startswith("sqlite"):
        raise Refusal("A ledger is moved to a PostgreSQL. To have it in another SQLite file, use “firstreply backup FILE”.")
    try:
        return database_url(SecretStr(url)).get_secret_value()
    except ValueError as fault:
        raise Refusal(f"The address {fault}.") from None


def _move(office: Office, url: str) -> list[Copied]:
    from bot.shell.ledger import LedgerAway, LedgerNewer, moving

    try:
        with office.ledger.lock("daemon") as is_stopped, office.ledger.lock("sender") as is_silent:
            if not (is_stopped and is_silent):
                raise Refusal("firstreply is at work on this database. Stop it first; nothing was moved.", code=FAILED)
            return moving.move(office.ledger, url, now=office.clock())
    except moving.MoveRefused as refused:
        raise Refusal(f"{refused} Name a database with nothing in it; nothing was moved.", code=FAILED) from None
    except ModuleNotFoundError:
        raise Refusal('PostgreSQL needs its driver: pip install "firstreply[postgres]"', code=FAILED) from None
    except LedgerNewer:
        raise Refusal("A later version of firstreply has used the target. Name a database with nothing in it.", code=FAILED) from None
    except LedgerAway as away:
        raise Refusal(f"Nothing was moved, for a database cannot be used just now: {away}.", code=FAILED) from None
