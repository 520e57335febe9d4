"""The way back to a backup: noticed at the start, walked before anything is sent, told to staff in one letter.

The mailbox still has what the database has forgotten, so it is read again, the archive too, and decided as before. A letter that the post
book remembers is recognised and not sent again. Whatever may have left before is kept back for a word of staff; a round never goes by itself.
Decides no claim and sends nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from bot.core import circulation
from bot.office import Office, circulars, occasions, standstill
from bot.office.standstill import GAP, RESTORED, WENT_BACK, WayBack
from bot.shell.ledger import Transaction
from bot.shell.ledger.backup import COPIED
from bot.shell.ledger.past import Unsent
from bot.shell.letters import CIRCULATIONS
from bot.shell.postbook import Posting

log = structlog.get_logger()

OURSELVES = "firstreply"


def begin(office: Office) -> bool:
    """Notice that the database went back; gives whether it did. From then on nothing is sent until `finish`."""
    now, book = office.clock(), office.postbook
    last = book.last() if book else None
    with office.ledger.deciding() as ledger:
        if standstill.way_back(ledger) is not None:
            return True
        copied = ledger.marks.at(COPIED)
        if copied is None and (last is None or ledger.past.knows_sent(last.message_id)):
            if book:
                book.begin(now)
            return False
        since = copied or ledger.folders.scanned_from(office.folders) or ledger.marks.at("first_start") or now
        has_book = book is not None and book.reaches_back_to(since)
        lost = ledger.past.remember(book.since(since)) if book and has_book else 0
        standstill.set_out(office, ledger, WayBack(since, now, has_book))
    log.warning("the database went back in time", since=since.isoformat(), has_post_book=has_book, letters_since=lost)
    return True


def is_under_way(office: Office) -> bool:
    with office.ledger.reading() as ledger:
        return standstill.way_back(ledger) is not None


def has_read(office: Office) -> bool:
    """Whether a full look has begun late enough for every window of that time to be over."""
    with office.ledger.reading() as ledger:
        way, seen = standstill.way_back(ledger), ledger.folders.scanned_from(office.folders)
    return way is not None and seen is not None and seen >= way.began + office.rules.settle


def finish(office: Office) -> bool:
    """Once the mailbox is read and what was ripe is decided: what is in doubt is kept back, staff are told, and all goes on as usual."""
    with office.ledger.deciding() as ledger:
        way = standstill.way_back(ledger)
        if way is None:
            return False
        held = _hold_rounds(office, ledger, way)
        unmet = [one for one in ledger.past.unmet() if one.case_id or one.round_month]
        kept = _in_doubt(ledger.past.unsent(), way, unmet)
        ledger.past.keep_back(letter.id for letter in kept)
        if unmet:
            ledger.cases.skip_numbers(office.year, GAP, above=[one.case_id for one in unmet if one.case_id])
        ledger.past.forget(but_of=held)
        ledger.marks.drop(WENT_BACK)
        ledger.marks.put(RESTORED, office.clock(), note=way.since.isoformat())
        facts: dict[str, object] = {
            "since": way.since,
            "has_book": way.has_book,
            "is_by_mailbox": way.is_by_mailbox,
            "kept": kept,
            "held": [{"month": month} for month in held],
        }
        facts["unmet"] = [one for one in unmet if one.round_month not in held]
        facts["has_gap"] = bool(unmet) or not way.has_book
        facts["read"] = ledger.counts.entered_since(way.began)
        office.tell_staff(ledger, "went_back", facts, once=f"went_back:{way.began.isoformat()}")
    if office.postbook:
        office.postbook.go_on(office.clock())
    log.warning("the way back is over", kept=len(kept), unmet=len(unmet), held=held)
    return True


def _hold_rounds(office: Office, ledger: Transaction, way: WayBack) -> list[str]:
    """Rounds that were due since the backup, or had begun to go out: opened where all of it is known to have left, else held for staff."""
    left = [one.round_month for one in ledger.past.unmet() if one.round_month]
    due = [occasion.month for occasion in circulation.occasions(office.calendar, start=way.since, end=way.began)]
    members, held = ledger.roster.count_active(), []
    for month in sorted({*due, *left} - occasions.months_done(ledger)):
        if way.has_book and 0 < members <= left.count(month):
            _open_again(office, ledger, month)
        else:
            circulars.hold_round(ledger, month, by=OURSELVES, now=office.clock())
            held.append(month)
    return held


def _open_again(office: Office, ledger: Transaction, month: str) -> None:
    """Every letter of it has left: it stands on record once more, and each of its letters is recognised where there is still a case for it."""
    if circulars.on_offer(ledger, now=office.clock()):
        circulars.open_round(office, ledger, month, by=OURSELVES)
    else:
        ledger.rounds.open(month, now=office.clock(), by=OURSELVES, cases=0, letters=ledger.past.account_for(month))


def _in_doubt(unsent: Sequence[Unsent], way: WayBack, unmet: Sequence[Posting]) -> list[Unsent]:
    """What may have left before. Where every letter that left is accounted for, only a circulation still is: nobody may get one twice.

    The answer to a mail that came later has not been written before.
    """
    is_clear = way.has_book and not unmet
    return [
        letter
        for letter in unsent
        if (letter.kind in CIRCULATIONS and letter.created_at >= way.began)
        or not (is_clear or (letter.answers_mail_of and letter.answers_mail_of > way.began))
    ]
