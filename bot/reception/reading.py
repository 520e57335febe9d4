"""One look into every watched folder: what is new is entered in order of arrival, and filed once it is on record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.core.mail import Coming, Place, RawMail, Stamp
from bot.office import Office, condition, renumbered, standstill
from bot.reception import archive, progress, reader
from bot.reception.in_order import enter_in_order
from bot.reception.progress import Fresh, Taken
from bot.reception.settling import Due
from bot.reception.shunt import PUT_OFF, set_aside
from bot.shell.ledger import Transaction
from bot.shell.ledger.folders import Known, Reached
from bot.shell.mailbox import WHOLE_UP_TO, FilingRefused, Folder, FolderRefused, Mailbox, News, Unreadable
from bot.stations import station

log = structlog.get_logger()

MOST_LOOKS = 3
"""So often a message that does not come is asked for."""
ROOM_EVERY, ROOM_ASKED = timedelta(minutes=5), "quota asked"
MARKS = (standstill.WENT_BACK, standstill.PAUSED, ROOM_ASKED)
"""What a look asks for when it begins."""


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What is on record when a look begins."""

    began: datetime
    folders: Mapping[str, Reached]
    put_off: Sequence[Coming]
    """What came while all was paused, as soon as it is so no more: it is decided before anything that came later."""
    way_back: standstill.WayBack | None
    room_asked: datetime | None


def on_record(office: Office, ledger: Transaction) -> OnRecord:
    put_off = [] if standstill.is_paused(ledger) else ledger.arrivals.waiting(PUT_OFF)
    return OnRecord(
        began=office.clock(),
        folders=ledger.folders.reached(office.folders),
        put_off=[Coming(entry.stamp, ledger.arrivals.size(entry.id)) for entry in put_off],
        way_back=standstill.way_back(ledger),
        room_asked=ledger.marks.at(ROOM_ASKED),
    )


def look(office: Office, mailbox: Mailbox, known: OnRecord, *, before_filing: Callable[[int, Due], None] | None = None) -> int:
    """Enter all that waits in every folder; gives how many messages there were, and tells it when all is entered and none filed yet, with
    what is to be decided by then.

    Only when every folder was read to its end does the look count as complete, which is what decisions wait for.
    """
    began, way_back = known.began, known.way_back
    fresh = [_fresh(office, mailbox, Folder(name, rank), known.folders.get(name)) for rank, name in enumerate(office.folders)]
    fresh += _forgotten(office, mailbox, way_back) if way_back else []
    waited = enter_in_order(office, known.put_off, partial(_put_off_before, office), scanned_from=began)
    taken = take_in(office, mailbox, fresh, scanned_from=began)
    due = progress.note(office, fresh, taken, began=began)
    if before_filing is not None:
        before_filing(waited + taken.entered, due)
    for one in fresh:
        _file(office, mailbox, one.news)
    _note_room(office, mailbox, known.room_asked)
    return waited + taken.entered


def take_in(office: Office, mailbox: Mailbox, fresh: list[Fresh], *, scanned_from: datetime) -> Taken:
    """Read and enter what a look that began then has found, all folders in one order."""
    if any(one.uids for one in fresh):
        reader.begin()
    taken = Taken()
    due = [coming for one in fresh if one.uids for coming in _told_of(office, mailbox, one, taken.unread)]
    taken.saw((one.stamp for one in due), inbox=office.folders[0], at=office.clock())
    taken.entered = enter_in_order(office, due, partial(_bring, office, mailbox, taken.unread), scanned_from=scanned_from)
    return taken


def _put_off_before(office: Office, some: Sequence[Coming]) -> list[RawMail]:
    with office.ledger.reading() as ledger:
        known = ledger.arrivals.known(one.stamp for one in some)
        raws = [ledger.arrivals.raw(known[one.stamp.place].id) or b"" for one in some]
    return [RawMail(one.stamp, raw, one.size or 0, is_whole=(one.size or 0) <= WHOLE_UP_TO) for one, raw in zip(some, raws, strict=True)]


def _note_room(office: Office, mailbox: Mailbox, asked: datetime | None) -> None:
    """How full the mailbox is, now and then: a full one refuses claims, and nobody would hear of it. Many servers do not tell."""
    now = office.clock()
    if asked is not None and timedelta() <= now - asked < ROOM_EVERY:
        return
    percent = mailbox.fullness(Folder(office.folders[0]))
    with office.ledger.writing() as ledger:
        ledger.marks.put(ROOM_ASKED, now)
        if percent is not None:
            ledger.marks.put(condition.QUOTA, now, note=str(percent))


def _forgotten(office: Office, mailbox: Mailbox, way: standstill.WayBack) -> list[Fresh]:
    """What was filed after the moment that the database went back to: it lies in the archive, which is not watched otherwise."""
    filed = archive.off_record(office, mailbox, since=way.since - archive.SURFACES_WITHIN)
    return [Fresh(filed, filed.uids)] if filed else []


def _fresh(office: Office, mailbox: Mailbox, folder: Folder, reached: Reached | None) -> Fresh:
    """What of a folder's news is not on record."""
    news = _news(mailbox, folder, reached.known if reached else None)
    if reached is not None and reached.known.uidvalidity == news.uidvalidity:
        return Fresh(news, tuple(uid for uid in news.uids if uid not in reached.above))
    if reached is not None:
        renumbered.note(office, folder.name, reached.known, news.uidvalidity)
    with office.ledger.reading() as ledger:  # new to us, or numbered anew: how far it was read tells nothing
        return Fresh(news, tuple(ledger.folders.unseen(folder.name, news.uidvalidity, news.uids)))


def _news(mailbox: Mailbox, folder: Folder, known: Known | None) -> News:
    uidvalidity, last_uid = (known.uidvalidity, known.last_uid) if known else (None, 0)
    try:
        news = mailbox.news(folder, uidvalidity=uidvalidity, above=last_uid)
    except FolderRefused as refused:
        log.error("folder cannot be read", folder=folder.name, reason=refused.reason)
        raise
    if uidvalidity is not None and news.uidvalidity != uidvalidity:
        log.warning("the server has renumbered a folder", folder=folder.name, uidvalidity=news.uidvalidity)
    return news


def _told_of(office: Office, mailbox: Mailbox, fresh: Fresh, unread: set[tuple[str, int]]) -> Iterator[Coming]:
    for found in mailbox.announced(fresh.news, fresh.uids):
        office.pulse.beat("reader")
        if isinstance(found, Coming):
            yield found
        else:
            _did_not_come(office, fresh.news.folder, fresh.news.uidvalidity, found, unread)


def _bring(office: Office, mailbox: Mailbox, unread: set[tuple[str, int]], some: Sequence[Coming]) -> list[RawMail]:
    """From each folder what is wanted of it, then all in the order given."""
    came, folders = dict[Place, RawMail](), dict[str, list[Coming]]()
    for one in some:
        folders.setdefault(one.stamp.folder, []).append(one)
    for name, coming in folders.items():
        stamp = coming[0].stamp
        for found in mailbox.bodies(coming):
            office.pulse.beat("reader")
            if isinstance(found, RawMail):
                came[found.stamp.place] = found
            else:
                _did_not_come(office, Folder(name, stamp.folder_rank), stamp.uidvalidity, found, unread)
    return [came[one.stamp.place] for one in some if one.stamp.place in came]


def _did_not_come(office: Office, folder: Folder, uidvalidity: int, unreadable: Unreadable, unread: set[tuple[str, int]]) -> None:
    """A UID whose message does not come is set aside the third time, as a gap that staff see; until then it stands in `unread`."""
    name = f"unreadable {folder.name} {uidvalidity} {unreadable.uid}"
    now = office.clock()
    with office.ledger.writing() as ledger:
        tries = int(ledger.marks.note(name) or 0) + 1
        ledger.marks.put(name, now, note=str(tries))
    log.warning("message did not come", folder=folder.name, uid=unreadable.uid, tries=tries)
    if tries < MOST_LOOKS:
        unread.add((folder.name, unreadable.uid))
        return
    stamp = Stamp(folder.name, uidvalidity, unreadable.uid, now, folder.rank)
    set_aside(office, RawMail(stamp, b"", 0, is_whole=False), f"the server did not give this message: {unreadable.reason}")


def _file(office: Office, mailbox: Mailbox, news: News) -> None:
    archive = office.settings.imap.archive_folder
    if not archive:
        return
    with office.ledger.reading() as ledger:
        uids = ledger.folders.to_file(news.folder.name, news.uidvalidity)
    if not uids:
        return
    try:
        mailbox.file(news, uids, into=archive)
    except FilingRefused as refused:
        log.warning("mail could not be filed and stays where it is", folder=news.folder.name, reason=refused.reason)
        return
    station("filed")
    with office.ledger.writing() as ledger:
        ledger.folders.filed(news.folder.name, news.uidvalidity, uids)
