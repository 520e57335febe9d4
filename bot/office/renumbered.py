"""Watched folders that the mail server has numbered anew (another UIDVALIDITY), on record, so that staff and `status` hear of each time.

Whoever reads the folder notes it. What lies there is known again by its content, so nothing acts twice; but a server numbers anew where a
mailbox was put back to a copy, and that copy may lack mail. Reads no mail, and cannot know whether any was lost.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot.core.health import Trouble
from bot.office import Office
from bot.shell.ledger import Transaction
from bot.shell.ledger.folders import Known

NAME: Final = "renumbered"
QUIET: Final = timedelta(hours=1)
"""A server that numbers anew at every look is told once; after so long without, it is news again."""
SHOWN: Final = timedelta(days=1)


def note(office: Office, folder: str, read: Known, uidvalidity: int) -> None:
    """The folder, read up to there under other numbers, has this UIDVALIDITY now; staff are owed word of it, once for each time."""
    now, mark, read_to = office.clock(), f"{NAME} {folder}", read.scanned_from.isoformat()
    with office.ledger.deciding() as ledger:
        before = ledger.marks.noted(mark)
        if before is not None and before.note == read_to:
            return  # the look that met it was cut off
        ledger.marks.put(mark, now, note=read_to)
        if before is None or now - before.at >= QUIET:
            facts = {"reason": NAME, "folder": folder, "read_to": read.scanned_from, "seen_at": now}
            office.tell_staff(ledger, "alert", facts, once=f"alert:{NAME}:{folder}:{uidvalidity}:{read_to}")


def trouble(office: Office, ledger: Transaction) -> list[Trouble]:
    """One for all folders of late; none where there is nothing."""
    now, zone = office.clock(), office.rules.zone
    late = {folder: noted for folder, noted in ledger.marks.noted_under(NAME).items() if now - noted.at < SHOWN}
    told = [
        f"{folder}, last read on {datetime.fromisoformat(noted.note).astimezone(zone):%Y-%m-%d %H:%M}" for folder, noted in late.items()
    ]
    return [Trouble(NAME, min(noted.at for noted in late.values()), f"{'; '.join(told)}.")] if told else []
