"""What a look has shown, put on record at its end: how far each folder was read, which mail was gone unread, how far the clocks differ.

All of it in one transaction, which waits for no disk: what a power cut takes back the next look shows again; and which cases are to be
decided now that it is complete. Reads no mail, decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.core.mail import Stamp
from bot.office import Office, sightings, standstill
from bot.reception import settling
from bot.reception.settling import Due
from bot.shell.ledger import Transaction
from bot.shell.ledger.folders import Known
from bot.shell.mailbox import News, uid_set

log = structlog.get_logger()

MOST_VANISHED = 1_000


@dataclass(frozen=True, slots=True)
class Fresh:
    """What a folder holds that has no row yet."""

    news: News
    uids: tuple[int, ...]


@dataclass(slots=True)
class Taken:
    """What came of it: how many messages, and folder and UID of each that did not come."""

    entered: int = 0
    unread: set[tuple[str, int]] = field(default_factory=set)
    seen: list[tuple[Stamp, datetime]] = field(default_factory=list)
    """The last messages of the inbox, each with when it was seen: they show how far our clock is from the mail server's."""

    def saw(self, stamps: Iterable[Stamp], *, inbox: str, at: datetime) -> None:
        self.seen += [(stamp, at) for stamp in stamps if stamp.folder == inbox]
        del self.seen[: -sightings.KEPT]


def note(office: Office, fresh: list[Fresh], taken: Taken, *, began: datetime) -> Due:
    """Of a look into every folder, which began then; gives what is to be decided behind it."""
    gone: list[tuple[News, list[int]]] = []
    with office.ledger.noting() as ledger:
        ledger.marks.foresee(standstill.WENT_BACK, standstill.PAUSED, sightings.SEEN)
        known = ledger.folders.known(one.news.folder.name for one in fresh)
        is_on_the_way_back = standstill.way_back(ledger) is not None
        if (inbox := known.get(office.folders[0])) is not None:
            _note_clock(ledger, taken.seen, inbox)
        for one in fresh:
            read = known.get(one.news.folder.name)
            last_uid = read.last_uid if read and read.uidvalidity == one.news.uidvalidity else None
            if not is_on_the_way_back and (vanished := _note_vanished(ledger, one.news, last_uid, began=began)):
                gone.append((one.news, vanished))
            unread = {uid for folder, uid in taken.unread if folder == one.news.folder.name}
            read_up_to = max(last_uid or 0, _read_up_to(one.news, unread=unread, has_gaps=is_on_the_way_back))
            ledger.folders.looked(one.news.folder.name, uidvalidity=one.news.uidvalidity, last_uid=read_up_to, scanned_from=began)
        ledger.marks.put("imap", began)
        due = settling.due(office, ledger, scanned_from=began)
    for news, uids in gone:
        log.warning("mail has gone before it was read", folder=news.folder.name, uids=uid_set(uids))
    return due


def _note_clock(ledger: Transaction, seen: list[tuple[Stamp, datetime]], inbox: Known) -> None:
    """What the inbox's new mail shows of our clock. What the look before has not read to its end shows nothing."""
    new = [(stamp.arrived_at, at) for stamp, at in seen if stamp.uidvalidity == inbox.uidvalidity and stamp.uid > inbox.last_uid]
    sightings.note(ledger, new, looked_at=inbox.scanned_from)


def _note_vanished(ledger: Transaction, news: News, last_uid: int | None, *, began: datetime) -> list[int]:
    """UIDs between the last one known and the newest that are no more: somebody was quicker than we (C-28). Staff hear of it in the balance.

    A gap of many is the server's own way of counting.
    """
    if last_uid is None or not news.uids:
        return []
    expected = range(last_uid + 1, news.uids[-1])
    if not 0 < len(expected) - len(news.uids) + 1 <= MOST_VANISHED:
        return []
    gone = ledger.folders.unseen(news.folder.name, news.uidvalidity, set(expected) - set(news.uids))
    name = f"vanished {news.folder.name} {news.uidvalidity} {uid_set(gone)}"
    if not gone or ledger.marks.at(name):
        return []
    ledger.marks.put(name, began, note=f"{uid_set(gone)} {news.folder.name}")
    return gone


def _read_up_to(news: News, *, unread: set[int], has_gaps: bool) -> int:
    """Every UID up to the one noted has its row; a message that did not come keeps the mark below it.

    On the way back to a backup (`has_gaps`), numbers that are no more are those of mail that was filed since, and it has been read where
    it lies.
    """
    last = min(unread) - 1 if unread else max(news.uids, default=0)
    return max(last, news.next_uid - 1) if has_gaps and not unread else last
