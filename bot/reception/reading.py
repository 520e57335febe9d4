"""One look into every watched folder: what is new is entered in order of arrival, and filed once it is on record."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta

import structlog

from bot.core.mail import RawMail, Stamp
from bot.office import Office, condition, standstill
from bot.reception import archive, progress, reader
from bot.reception.entering import enter
from bot.reception.opening import Opened, Unfit, opened
from bot.reception.progress import Fresh, Taken
from bot.reception.shunt import PUT_OFF, set_aside
from bot.shell.ledger import Transaction
from bot.shell.mailbox import WHOLE_UP_TO, FilingRefused, Folder, FolderRefused, Mailbox, News, Unreadable
from bot.stations import station

log = structlog.get_logger()

AT_ONCE = 2_000
BYTES_AT_ONCE = 64 * 1024 * 1024
"""How much of a backlog is in memory and put in order together. Who gets a case is decided later, when all of it is on record."""
TOGETHER = 100
BYTES_TOGETHER = 4 * 1024 * 1024
MOST_TRIES = 3
ROOM_EVERY, ROOM_ASKED = timedelta(minutes=5), "quota asked"


def look(office: Office, mailbox: Mailbox, *, before_filing: Callable[[int], None] | None = None) -> int:
    """Enter all that waits in every folder; gives how many messages there were, and tells it when all is entered and none filed yet.

    Only when every folder was read to its end does the look count as complete, which is what decisions wait for.
    """
    began = office.clock()
    with office.ledger.reading() as ledger:
        known = {name: ledger.folders.known(name) for name in office.folders}
        way_back, room_asked = standstill.way_back(ledger), ledger.marks.at(ROOM_ASKED)
    news = [_news(mailbox, Folder(name, rank), known[name]) for rank, name in enumerate(office.folders)]
    forgotten = _forgotten(office, mailbox, way_back) if way_back else []
    with office.ledger.reading() as ledger:
        fresh = [Fresh(one, tuple(ledger.folders.unseen(one.folder.name, one.uidvalidity, one.uids))) for one in news] + forgotten
        put_off = _put_off(ledger)
    waited = enter_all(office, put_off, scanned_from=began)
    taken = take_in(office, mailbox, fresh, scanned_from=began)
    progress.note(office, fresh, taken, began=began)
    if before_filing is not None:
        before_filing(waited + taken.entered)
    for one in fresh:
        _file(office, mailbox, one.news)
    _note_room(office, mailbox, room_asked)
    return waited + taken.entered


def take_in(office: Office, mailbox: Mailbox, fresh: list[Fresh], *, scanned_from: datetime) -> Taken:
    """Read and enter what a look that began then has found."""
    if any(one.uids for one in fresh):
        reader.begin()
    taken, waiting = Taken(), sum(len(one.uids) for one in fresh)
    batches = list(_in_batches(fresh))
    for batch in batches:
        for mails, are_rest in _fetch(office, mailbox, batch, taken.unread):
            taken.saw(mails, inbox=office.folders[0], at=office.clock())
            are_last = are_rest and batch is batches[-1]
            taken.entered += enter_all(
                office, mails, scanned_from=scanned_from if are_last else None, before=taken.entered, waiting=waiting
            )
    return taken


def _put_off(ledger: Transaction) -> list[RawMail]:
    """What came while all was paused, as soon as it is so no more: it is decided before anything that came later."""
    waiting = [] if standstill.is_paused(ledger) else ledger.arrivals.waiting(PUT_OFF)
    mails = [(entry.stamp, ledger.arrivals.raw(entry.id) or b"", ledger.arrivals.size(entry.id)) for entry in waiting]
    return [RawMail(stamp, raw, size, is_whole=size <= WHOLE_UP_TO) for stamp, raw, size in mails]


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


def enter_all(office: Office, mails: Iterable[RawMail], *, scanned_from: datetime | None = None, before: int = 0, waiting: int = 0) -> int:
    """In order of arrival; one at fault is tried twice more behind the others, then set aside. Gives how many there were.

    `scanned_from` is when the look began that these are all of, None where they are a part of it: then nothing is settled among them, nor at
    the last try, so that no mail fails for a case that cannot be settled.
    `before` have been entered of all that are `waiting`.
    """
    due = mails = sorted(mails, key=lambda mail: mail.stamp.order)
    for attempt in range(1, MOST_TRIES + 1):
        again = list[RawMail]()
        with closing(_read_ahead(office, due)) as batches:
            for some in batches:
                is_last = attempt == MOST_TRIES
                again += (failed := enter(office, some, scanned_from=None if is_last else scanned_from, is_last_try=is_last))
                before += len(some) - len(failed)
                office.pulse.step("reader", before, waiting)
        due = again
    return len(mails)


def _read_ahead(office: Office, mails: list[RawMail]) -> Generator[list[Opened | Unfit]]:
    """Neighbours together. While some are decided here, the next are read already: that is done in a process of its own."""
    ready: list[Opened | Unfit] | None = None
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="read ahead") as ahead:
        for some in _together(mails):
            if ready is None:
                ready = opened(office, some)
                continue
            coming = ahead.submit(opened, office, some)
            yield ready
            ready = coming.result()
    if ready is not None:
        yield ready


def _together(mails: list[RawMail]) -> Iterator[list[RawMail]]:
    """Neighbours, as many as one transaction enters: no decision, and no letter on its way, waits long for it."""
    some: list[RawMail] = []
    for mail in mails:
        if some and (len(some) == TOGETHER or sum(len(one.raw) for one in some) + len(mail.raw) > BYTES_TOGETHER):
            yield some
            some = []
        some.append(mail)
    if some:
        yield some


def _forgotten(office: Office, mailbox: Mailbox, way: standstill.WayBack) -> list[Fresh]:
    """What was filed after the moment that the database went back to: it lies in the archive, which is not watched otherwise."""
    filed = archive.off_record(office, mailbox, since=way.since - archive.SURFACES_WITHIN)
    return [Fresh(filed, filed.uids)] if filed else []


def _news(mailbox: Mailbox, folder: Folder, known: tuple[int, int] | None) -> News:
    uidvalidity, last_uid = known or (None, 0)
    try:
        news = mailbox.news(folder, uidvalidity=uidvalidity, above=last_uid)
    except FolderRefused as refused:
        log.error("folder cannot be read", folder=folder.name, reason=refused.reason)
        raise
    if uidvalidity is not None and news.uidvalidity != uidvalidity:
        log.warning("the server has renumbered a folder", folder=folder.name, uidvalidity=news.uidvalidity)
    return news


def _in_batches(fresh: list[Fresh]) -> Iterator[list[Fresh]]:
    """All folders together where that fits, so that their mail is entered in one order; a long backlog in pieces."""
    if sum(len(one.uids) for one in fresh) <= AT_ONCE:
        yield fresh
        return
    for one in fresh:
        for start in range(0, len(one.uids), AT_ONCE):
            yield [Fresh(one.news, one.uids[start : start + AT_ONCE])]


def _fetch(office: Office, mailbox: Mailbox, batch: list[Fresh], unread: set[tuple[str, int]]) -> Iterator[tuple[list[RawMail], bool]]:
    """All of them, that they may be put in order together; where they are large, as many as memory is set aside for. With whether it is the rest."""
    mails: list[RawMail] = []
    weight = 0
    for one in batch:
        for found in mailbox.fetch(one.news, one.uids):
            office.pulse.beat("reader")
            if isinstance(found, RawMail):
                if mails and weight + len(found.raw) > BYTES_AT_ONCE:
                    yield mails, False
                    mails, weight = [], 0
                mails.append(found)
                weight += len(found.raw)
            elif not _give_up(office, one.news, found):
                unread.add((one.news.folder.name, found.uid))
    yield mails, True


def _give_up(office: Office, news: News, unreadable: Unreadable) -> bool:
    """Whether a UID whose message does not come is set aside now: the third time, as a gap that staff see."""
    name = f"unreadable {news.folder.name} {news.uidvalidity} {unreadable.uid}"
    now = office.clock()
    with office.ledger.writing() as ledger:
        tries = int(ledger.marks.note(name) or 0) + 1
        ledger.marks.put(name, now, note=str(tries))
    log.warning("message did not come", folder=news.folder.name, uid=unreadable.uid, tries=tries)
    if tries < MOST_TRIES:
        return False
    stamp = Stamp(news.folder.name, news.uidvalidity, unreadable.uid, now, news.folder.rank)
    set_aside(office, RawMail(stamp, b"", 0, is_whole=False), f"the server did not give this message: {unreadable.reason}")
    return True


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
