"""At night every UID on the server is held against the ledger; whatever has no row is read now, and told in the balance of the day (G-01).

A look asks for what is above the last UID that was read, which is right as long as servers tell the truth. Once a day nothing is taken for
granted. It costs one listing of each folder, in ranges; a second pass finds nothing. What is newer than the last look is left to the next.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.core.model import Act
from bot.core.model.log import COUNTED
from bot.core.schedule import last_due
from bot.office import Office
from bot.reception import reading
from bot.reception.progress import Fresh
from bot.reception.settling import Due
from bot.shell.mailbox import Folder, Mailbox, News

log = structlog.get_logger()

NIGHTLY: Final = "0 3 * * *"
"""In the organisation's time zone; caught up once after it was slept through."""
AT_ONCE: Final = 50_000
KEPT: Final = timedelta(days=30)
_MARK: Final = "reconciled"


def look(office: Office, mailbox: Mailbox, *, before_filing: Callable[[int, Due], None] | None = None) -> int:
    """One look into every folder (see `reading.look`), once a night behind a reconciliation; gives how many messages there were."""
    overlooked = 0
    on_record, reconciled = _on_record(office)
    if _is_due(office, reconciled):
        overlooked = reconcile(office, mailbox)
        on_record, _ = _on_record(office)
    return overlooked + reading.look(office, mailbox, on_record, before_filing=before_filing)


def reconcile(office: Office, mailbox: Mailbox) -> int:
    """Read whatever lies in a folder without a row; gives how many messages that were."""
    now = office.clock()
    overlooked = [one for rank, name in enumerate(office.folders) if (one := _overlooked(office, mailbox, Folder(name, rank))) is not None]
    entered = reading.take_in(office, mailbox, overlooked, scanned_from=now).entered
    with office.ledger.deciding() as ledger:
        for one in overlooked:
            folder = one.news.folder.name
            ledger.marks.put(f"overlooked {folder} {now.isoformat()}", now, note=f"{len(one.uids)} {folder}")
            log.error("mail had been overlooked", folder=folder, uidvalidity=one.news.uidvalidity, messages=len(one.uids))
        for prefix in ("overlooked", "vanished"):
            ledger.marks.drop_before(prefix, now - KEPT)
        ledger.marks.put(_MARK, now)
        last = ledger.counts.last_id()
        ledger.decisions.write(Act(COUNTED, now, by="schedule", facts={"last": last, "arrivals": ledger.counts.up_to(last)}))
    log.info("mailbox reconciled", overlooked=entered)
    return entered


def _on_record(office: Office) -> tuple[reading.OnRecord, datetime | None]:
    """What stands there when a look begins, and when the mailbox was reconciled."""
    with office.ledger.reading() as ledger:
        ledger.marks.foresee(_MARK, *reading.MARKS)
        return reading.on_record(office, ledger), ledger.marks.at(_MARK)


def _is_due(office: Office, since: datetime | None) -> bool:
    if since is None:  # the first look reads all there is
        with office.ledger.writing() as ledger:
            ledger.marks.put(_MARK, office.clock())
        return False
    return last_due(NIGHTLY, office.rules.zone, after=since, now=office.clock()) is not None


def _overlooked(office: Office, mailbox: Mailbox, folder: Folder) -> Fresh | None:
    """What lies below the last UID that was read and was not; None where there is nothing, or all of the folder is new to us."""
    with office.ledger.reading() as ledger:
        known = ledger.folders.known([folder.name]).get(folder.name)
    if known is None:
        return None
    news = mailbox.news(folder, uidvalidity=None, above=0)
    if news.uidvalidity != known.uidvalidity:
        return None
    below = [uid for uid in news.uids if uid <= known.last_uid]
    missing: list[int] = []
    for start in range(0, len(below), AT_ONCE):
        with office.ledger.reading() as ledger:
            missing += ledger.folders.unseen(folder.name, news.uidvalidity, below[start : start + AT_ONCE])
    return Fresh(News(folder, news.uidvalidity, tuple(missing)), tuple(missing)) if missing else None
