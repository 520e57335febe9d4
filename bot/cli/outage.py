"""What cannot be used, in a sentence for whoever has to mend it: a database that is damaged, out of room or away, a file that is somebody else's.

Given what the ledger or the machine said, says what to do. Never mends anything itself.
"""

from __future__ import annotations

import errno
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.shell.ledger import LedgerAway

_NO_ROOM = ("disk I/O error", "database or disk is full", "unable to open database file")
"""How SQLite puts it, according to which of its files could not grow."""

_ROOM = 1_000_000
"""Bytes that SQLite wants for a write-ahead log and its index, and a little more."""


def remedy(away: LedgerAway, file: Path | None, *, config: Path) -> str:
    """`file` is the database of SQLite; None where a server has it."""
    from bot.shell.ledger import LedgerDamaged

    if file is None:
        return f"The database cannot be used just now: {away}. See that its server runs, and check database.url in {config}."
    if isinstance(away, LedgerDamaged):
        return (
            f"The database {file} is damaged ({away}). Stop firstreply, keep the file aside, and go back to the newest backup; leave all "
            "that lies beside it where it is."
        )
    if str(away).startswith(_NO_ROOM) and _is_full(file):
        return f"The disk that holds {file} is full ({away}). Make room there and start this again; nothing on record is lost."
    return f"The database {file} cannot be used just now: {away}. See that its disk works and may be written to, and check database.url in {config}."


def of_machine(fault: OSError | ModuleNotFoundError, *, config: Path) -> str:
    """A file or folder that this account may not use, a full disk, a library that is not installed; empty where it is another matter."""
    if isinstance(fault, ModuleNotFoundError):
        is_of_postgres = (fault.name or "").partition(".")[0] == "psycopg"
        return f"{config} names a PostgreSQL, for which a library is wanting. Run pip install 'firstreply[postgres]'." * is_of_postgres
    if fault.errno == errno.ENOSPC:
        return f"The disk is full{f' ({fault.filename})' if fault.filename else ''}. Make room there and start this again; nothing on record is lost."
    if not fault.filename:
        return ""
    if isinstance(fault, PermissionError):
        return (
            f"{fault.filename} cannot be used: this account may not. Run firstreply as the account that its service has (such as "
            f"sudo -u firstreply firstreply …), or see that the paths in {config} are the right ones."
        )
    return f"{fault.filename} cannot be used: {fault.strerror}. See that the paths in {config} are the right ones."


def _is_full(file: Path) -> bool:
    try:
        return shutil.disk_usage(file.parent).free < _ROOM
    except OSError:
        return False
