"""Whether everything stands still just now: it is paused, the database went back in time and the mailbox is not read again yet, or the clock is not set.

Given the office; gives a sentence. While it is so mail is still taken in, with its arrival; nothing is decided by the clock and nothing sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.core.mail import FIRST_DAY
from bot.office import Office
from bot.shell.ledger import Transaction
from bot.shell.ledger.backup import COPIED

PAUSED = "paused"
"""The mark that an operator has paused everything."""

NOTICE = "standstill"
"""The letter that tells staff so."""

WENT_BACK = "went_back"
"""The mark of a database that went back in time, from when that is noticed until the mailbox has been read again."""

RESTORED = "restored"
"""The mark of when the last way back was over; its note is the moment that the database had gone back to."""

BARS = (PAUSED, WENT_BACK, COPIED)
"""The marks that keep letters from being sent."""

GAP = 100
"""So many numbers of cases are left out where cases may have been lost: an id that is out in letters must never name another case."""

_WITH_BOOK, _BY_MAILBOX = "with the post book", "seen in the mailbox"


@dataclass(frozen=True, slots=True)
class WayBack:
    """`since` is the moment of the backup, `began` when it was noticed that the database is that old."""

    since: datetime
    began: datetime
    has_book: bool
    """Whether everything that has left since is remembered."""
    is_by_mailbox: bool = False
    """Noticed by the mailbox alone: the post book, if there is one, went back along with the database."""


def why(office: Office, ledger: Transaction) -> str:
    """Why nothing may be sent; "" where it may."""
    if office.clock() < FIRST_DAY:
        return "this machine's clock is not set"
    last = office.postbook.last() if office.postbook else None
    ledger.marks.foresee(*BARS)
    if ledger.marks.at(PAUSED):
        return "sending is paused; firstreply resume ends that"
    if ledger.marks.at(WENT_BACK):
        return "the database went back in time, and the mailbox has to be read again first"
    if ledger.marks.at(COPIED) or (last is not None and not ledger.past.knows_sent(last.message_id)):
        return "the database is a backup or older than what has left; firstreply run reads the mailbox again first"
    return ""


def is_on(office: Office) -> bool:
    """Whether a person has paused everything, or there is no telling what is due."""
    if office.clock() < FIRST_DAY:
        return True
    with office.ledger.reading() as ledger:
        return is_paused(ledger)


def pause(office: Office, *, because: str) -> bool:
    """From now on nothing is decided or sent; gives whether it is new. Staff are owed the one letter that may still go."""
    with office.ledger.deciding() as ledger:
        if is_paused(ledger):
            return False
        now = office.clock()
        ledger.marks.put(PAUSED, now, note=because)
        office.tell_staff(ledger, NOTICE, {"is_over": False, "since": now, "because": because}, once=f"{NOTICE}:{now.isoformat()}")
    return True


def resume(office: Office) -> bool:
    """All goes on; gives whether it was paused."""
    with office.ledger.deciding() as ledger:
        since = ledger.marks.at(PAUSED)
        if since is None:
            return False
        ledger.marks.drop(PAUSED)
        office.tell_staff(ledger, NOTICE, {"is_over": True, "since": since, "because": ""}, once=f"{NOTICE} over:{since.isoformat()}")
    return True


def is_paused(ledger: Transaction) -> bool:
    return ledger.marks.at(PAUSED) is not None


def set_out(office: Office, ledger: Transaction, way: WayBack) -> None:
    """From now on nothing is sent until the mailbox has been read again."""
    if not way.has_book:
        ledger.cases.skip_numbers(office.year, GAP)
    ledger.marks.drop(COPIED)
    how = _BY_MAILBOX if way.is_by_mailbox else _WITH_BOOK if way.has_book else ""
    ledger.marks.put(WENT_BACK, way.began, note=f"{way.since.isoformat()} {how}")


def way_back(ledger: Transaction) -> WayBack | None:
    """How far the database went back, while the mailbox has not been read again."""
    noted = ledger.marks.noted(WENT_BACK)
    if noted is None:
        return None
    since, _, how = noted.note.partition(" ")
    return WayBack(datetime.fromisoformat(since), noted.at, how == _WITH_BOOK, how == _BY_MAILBOX)
