"""The archive folder: where read mail is filed, and which is not watched. What lies there is on record, unless the database went back.

Given the mailbox, gives what of it the ledger does not know, by what outlasts a move: second of arrival, size and Message-ID together.
Reads no message and moves none.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Final

from bot.office import Office
from bot.shell.ledger.retention import OldMail
from bot.shell.mailbox import Folder, FolderRefused, Mailbox, News

SURFACES_WITHIN: Final = timedelta(days=30)
"""Mail may come to light so long after it arrived: a provider's quarantine keeps it, or nobody was reading."""


def off_record(office: Office, mailbox: Mailbox, *, since: datetime) -> News | None:
    """What was filed, arrived since then and is not known; None where there is no such mail."""
    name = office.settings.imap.archive_folder
    if not name:
        return None
    folder = Folder(name)
    try:
        lying = mailbox.lying(folder, before=office.clock() + timedelta(days=2), since=since - timedelta(days=1))
    except FolderRefused:  # nothing was ever filed
        return None
    with office.ledger.reading() as ledger:
        known = _by_arrival(ledger.retention.arrived_since(since))
    lately = [one for one in lying if one.arrived_at is None or one.arrived_at >= since]
    strange = [one for one in lately if not any(old.is_same(one.arrived_at, one.size, one.head) for old in known[one.arrived_at, one.size])]
    return News(folder, strange[0].uidvalidity, tuple(one.uid for one in strange)) if strange else None


def _by_arrival(mails: list[OldMail]) -> defaultdict[tuple[datetime | None, int | None], list[OldMail]]:
    found: defaultdict[tuple[datetime | None, int | None], list[OldMail]] = defaultdict(list)
    for mail in mails:
        found[mail.arrived_at, mail.size].append(mail)
    return found
