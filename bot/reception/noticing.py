"""Signs in the mailbox that the database is older than what has left, where nothing beside it tells: a snapshot took the post book back too.

Given the mailbox when it has just been opened, or the codes that a mail brings back. From the first sign on all waits, as after going back to
a backup. A sign is what only we can have made: a letter that was signed here and is not on record, or mail of somebody on file that lies
filed as read and is not on record. Never takes a stranger's word for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

import structlog

from bot.core.mail import RawMail
from bot.office import Office, standstill
from bot.office.standstill import RESTORED, WayBack
from bot.reception import archive, reader
from bot.shell.ledger import Transaction
from bot.shell.mailbox import Mailbox

log = structlog.get_logger()

MOST: Final = 50
"""So many of the filed mails are looked at."""
CLOCKS_DIFFER: Final = timedelta(hours=1)
"""INTERNALDATE has whole seconds of the mail server's clock, the last look is told by ours: mail of that very second counts, too."""
ANSWERED_FOR: Final = timedelta(days=90)
"""So long after the last way back, letters that were lost with it may still be answered."""


def look_at_archive(office: Office, mailbox: Mailbox) -> None:
    """Once for each connection. What arrived after the last look that is on record, and lies filed, was filed by a later state of us."""
    with office.ledger.reading() as ledger:
        seen = ledger.folders.scanned_from(office.folders)
        if seen is None or standstill.way_back(ledger):
            return
    filed = archive.off_record(office, mailbox, since=seen - CLOCKS_DIFFER)
    if filed is None:
        return
    reader.begin()
    senders = [_sender(office, found) for found in mailbox.fetch(filed, filed.uids[-MOST:]) if isinstance(found, RawMail)]
    with office.ledger.deciding() as ledger:
        if any(office.staff(one) or ledger.roster.by_address(one) for one in senders if one) and not standstill.way_back(ledger):
            _set_out(office, ledger, "mail lies filed that is not on record")


def note_codes(office: Office, ledger: Transaction, codes: Iterable[str]) -> None:
    """Codes that were signed here for who brings them back, each with a letter of ours behind it; unless the database has forgotten it."""
    if ledger.codes.are_known(codes) or standstill.way_back(ledger):
        return
    restored = ledger.marks.at(RESTORED)
    if restored is None or office.clock() - restored > ANSWERED_FOR:
        _set_out(office, ledger, "a mail answers a letter that is not on record")


def _set_out(office: Office, ledger: Transaction, sign: str) -> None:
    now = office.clock()
    since = ledger.folders.scanned_from(office.folders) or ledger.marks.at("first_start") or now
    standstill.set_out(office, ledger, WayBack(since, now, has_book=False, is_by_mailbox=True))
    log.warning("the database went back in time", since=since.isoformat(), sign=sign)


def _sender(office: Office, mail: RawMail) -> str:
    try:
        return reader.read(mail.raw, own_address=office.settings.mailbox.address, is_whole=mail.is_whole).sender
    except (reader.Overrun, reader.Faulty):
        return ""
