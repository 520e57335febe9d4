"""What is forgotten when its time has come: mail as it came, the texts of letters, the words of cases that are over.

Once a day, and whenever an operator asks. What is due is asked of the ledger, so a second pass finds nothing. Mail goes from the mailbox when
our copy of it has gone: only messages on record, and never by a command that could take another message along. Sends nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from bot.core.model import Act
from bot.core.model import log as log_kinds
from bot.core.months import bounds
from bot.office import Office, standstill
from bot.shell.ledger import Transaction
from bot.shell.ledger.retention import OldMail
from bot.shell.letters import CIRCULATIONS
from bot.shell.mailbox import FilingRefused, Folder, FolderRefused, Mailbox

log = structlog.get_logger()

PURGED, EXPUNGED = "purged", "expunged"
"""The marks of the last pass over the database, and over the mailbox."""
MAILBOX = "mailbox"
_AT_ONCE = 500
_A_DAY, _LONGEST_GAP = timedelta(days=1), timedelta(days=3)
_ASKED_FOR = timedelta(days=180)
"""A question that nobody has answered for so long keeps no mail."""


@dataclass(frozen=True, slots=True)
class Class:
    """One class of data: until when it may go, and how much of it is due."""

    name: str
    key: str
    days: int
    older_than: datetime
    count: int = 0


def due(office: Office) -> list[Class]:
    """What would go now, a class each; a class that is kept for ever is not there."""
    with office.ledger.reading() as ledger:
        found = [replace(one, count=len(_due(ledger, one, office.clock()))) for one in _classes(office)]
        if office.settings.retention.raw_mail_days:
            lying = len(_in_mailbox(office, ledger)) + sum(one.count for one in found if one.name in ("raw_mail", "set_aside"))
            found.append(replace(found[0], name=MAILBOX, count=lying))
    return found


def purge(office: Office, *, by: str = "schedule") -> list[Class]:
    """Let go what is due in the database; gives how much of each class it was. That is an entry of the decision log, too."""
    gone = [replace(one, count=sum(len(some) for some in _dropped(office, one))) for one in _classes(office)]
    _forget_months(office)
    counts = {one.name: one.count for one in gone if one.count}
    with office.ledger.deciding() as ledger:
        ledger.marks.put(PURGED, office.clock())
        if counts:
            ledger.decisions.write(Act(log_kinds.PURGED, office.clock(), by=by, facts=counts))
    if counts:
        office.ledger.empty_log()
        log.info("purged", **{one.name: one.count for one in gone})
    return gone


def daily(office: Office) -> None:
    """`purge`, if a day has passed since the last.

    After a longer time, or where the clock says less than before, it may be wrong: then nothing goes before another day has passed.
    """
    now = office.clock()
    with office.ledger.writing() as ledger:
        last = ledger.marks.at(PURGED)
        if standstill.is_paused(ledger) or (last is not None and last <= now < last + _A_DAY):
            return
        is_believed = last is not None and last <= now < last + _LONGEST_GAP
        if not is_believed:
            ledger.marks.put(PURGED, now)
    if is_believed:
        purge(office)


def is_expunge_due(ledger: Transaction) -> bool:
    """Whether `expunge` is due, which is once after each purge."""
    purged, expunged = ledger.marks.at(PURGED), ledger.marks.at(EXPUNGED)
    return purged is not None and (expunged is None or expunged < purged)


def expunge(office: Office, mailbox: Mailbox) -> int:
    """Take out of the mailbox what is kept here no more; gives how many messages that were. What is refused is tried again next time."""
    with office.ledger.reading() as ledger:
        old = _in_mailbox(office, ledger) if office.settings.retention.raw_mail_days else []
    count = sum(_take_out(office, mailbox, some) for some in _by_folder(one for one in old if not one.is_filed))
    count += _take_out_of_archive(office, mailbox, [one for one in old if one.is_filed])
    with office.ledger.writing() as ledger:
        ledger.marks.put(EXPUNGED, office.clock())
    if count:
        log.info("expunged", messages=count)
    return count


def _classes(office: Office) -> list[Class]:
    kept = office.settings.retention
    classes = (
        ("raw_mail", "raw_mail_days", kept.raw_mail_days),
        ("set_aside", "set_aside_days", kept.set_aside_days),
        ("letters", "letter_days", kept.letter_days),
        # An answer quotes the circulation that it answers: what is quoted is known by it.
        ("circulations", "raw_mail_days", kept.raw_mail_days),
        ("closed_cases", "closed_case_days", kept.closed_case_days),
    )
    return [Class(name, key, days, office.clock() - timedelta(days=days)) for name, key, days in classes if days]


def _due(ledger: Transaction, what: Class, now: datetime) -> Sequence[Any]:
    match what.name:
        case "raw_mail" | "set_aside":
            return ledger.retention.mail(what.older_than, set_aside=what.name == "set_aside", asked_since=now - _ASKED_FOR)
        case "letters" | "circulations":
            return ledger.retention.letters(what.older_than, kinds=CIRCULATIONS, but=what.name == "letters")
        case _:
            return ledger.retention.cases(what.older_than)


def _dropped(office: Office, what: Class) -> Iterator[Sequence[Any]]:
    """Some hundreds at a time, so that nobody waits long for the database; asked anew each time, for the world goes on between."""
    while True:
        with office.ledger.deciding() as ledger:
            some = _due(ledger, what, office.clock())[:_AT_ONCE]
            match what.name:
                case "raw_mail" | "set_aside":
                    ledger.retention.drop_mail(some)
                case "letters" | "circulations":
                    ledger.retention.drop_letters(some)
                case _:
                    for case_id in some:
                        ledger.retention.forget_case(case_id, now=office.clock())
        if not some:
            return
        yield some


def _forget_months(office: Office) -> None:
    """The key of a month of which nothing is kept any more is destroyed: then backups lose it too."""
    limits = [one.older_than for one in _classes(office) if one.name != "closed_cases"]
    for month in office.ledger.keys.months():
        since, until = bounds(month, ZoneInfo("UTC"))
        with office.ledger.deciding() as ledger:
            if limits and until < min(limits) and not ledger.retention.holds(since, until):
                office.ledger.keys.forget_month(month)
                log.info("month forgotten", month=month)


def _in_mailbox(office: Office, ledger: Transaction) -> list[OldMail]:
    return ledger.retention.in_mailbox(office.clock() - timedelta(days=office.settings.retention.raw_mail_days))


def _by_folder(old: Iterable[OldMail]) -> Iterator[list[OldMail]]:
    def place(one: OldMail) -> tuple[str, int]:
        return one.folder, one.uidvalidity

    for _, some in groupby(sorted(old, key=place), key=place):
        yield list(some)


def _take_out(office: Office, mailbox: Mailbox, old: list[OldMail]) -> int:
    """Messages that lie where they arrived. A folder that was numbered anew holds none of those that were known."""
    folder = old[0].folder
    if folder not in (*office.folders, office.settings.imap.archive_folder):
        return _note(office, old, count=0)
    try:
        mailbox.expunge(Folder(folder), [one.uid for one in old], uidvalidity=old[0].uidvalidity)
    except FolderRefused:
        return _note(office, old, count=0)
    except FilingRefused as refused:
        log.warning("old mail could not be taken out of the mailbox", folder=folder, reason=refused.reason)
        return 0
    return _note(office, old, count=len(old))


def _take_out_of_archive(office: Office, mailbox: Mailbox, filed: list[OldMail]) -> int:
    """Messages that were filed have new numbers: they are known by arrival, size and Message-ID together."""
    archive = office.settings.imap.archive_folder
    if not filed or not archive:
        return 0
    try:
        lying = mailbox.lying(Folder(archive), before=max(one.arrived_at for one in filed) + timedelta(days=2))
        wanted: dict[tuple[datetime | None, int | None], OldMail] = {(one.arrived_at, one.size): one for one in filed}
        found = [
            one for one in lying if (old := wanted.get((one.arrived_at, one.size))) and old.is_same(one.arrived_at, one.size, one.head)
        ]
        for uidvalidity in {one.uidvalidity for one in found}:
            mailbox.expunge(Folder(archive), [one.uid for one in found], uidvalidity=uidvalidity)
    except (FolderRefused, FilingRefused) as refused:
        log.warning("old mail could not be taken out of the mailbox", folder=archive, reason=refused.reason)
        return 0
    return _note(office, filed, count=len(found))


def _note(office: Office, old: list[OldMail], *, count: int) -> int:
    with office.ledger.writing() as ledger:
        for start in range(0, len(old), _AT_ONCE):
            ledger.retention.expunged(one.id for one in old[start : start + _AT_ONCE])
    return count
