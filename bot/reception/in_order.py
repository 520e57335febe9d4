"""What waits to be read is entered in one order, that of arrival, some at a time and however much it is.

Given messages as the mailbox has told of them and a way to bring them, brings, opens and enters those that arrived next. They are read in a
process of its own: while it reads some, those before them are decided here, and those after them fetched. So no more than a few hundred are
ever in memory, and each is decided when all that arrived before it is on record, but for what does not come or is at fault.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from datetime import datetime

from bot.core.mail import Coming, RawMail
from bot.office import Office
from bot.reception.entering import enter
from bot.reception.opening import Opened, Unfit, opened
from bot.shell.ledger import LedgerAway

TOGETHER = 100
BYTES_TOGETHER = 4 * 1024 * 1024
"""As many as one transaction enters: no decision, and no letter on its way, waits long for it."""
BYTES_AT_HAND = 64 * 1024 * 1024
"""So much of what is at fault is kept at hand for its next try."""
MOST_TRIES = 3

Bring = Callable[[Sequence[Coming]], list[RawMail]]
"""Gives the messages themselves, in the same order; without those that do not come."""


def enter_in_order(office: Office, due: Iterable[Coming], bring: Bring, *, scanned_from: datetime | None) -> int:
    """In order of arrival; one at fault is tried twice more behind the others, then set aside. Gives how many came.

    `scanned_from` is when the look began that these are all of; see `catching_up`. What has come by the time that no more can be brought is
    entered all the same, and what is at fault has its tries: it may lie in the mailbox no longer when that is back.
    """
    due = sorted(due, key=lambda one: one.stamp.order)
    came, at_fault = 0, list[RawMail]()
    try:
        with closing(_read_ahead(office, _together(due), bring)) as batches:
            for some in batches:
                at_fault += enter(office, some, scanned_from=scanned_from, is_last_try=False)
                came += len(some)
                if sum(len(mail.raw) for mail in at_fault) > BYTES_AT_HAND:
                    _try_again(office, at_fault, scanned_from)
                    at_fault = []
                office.pulse.step("reader", came - len(at_fault), len(due))
    except LedgerAway:
        raise
    except Exception:  # whatever keeps the rest from coming
        _try_again(office, at_fault, scanned_from)
        raise
    if at_fault:
        _try_again(office, at_fault, scanned_from)
        office.pulse.step("reader", came, len(due))
    return came


def _try_again(office: Office, mails: Sequence[RawMail], scanned_from: datetime | None) -> None:
    """Until they are entered or set aside. At the last try nothing is settled among them, so that no mail fails for a case that cannot be."""
    at_hand = {mail.stamp.place: mail for mail in mails}
    for attempt in range(2, MOST_TRIES + 1):
        is_last = attempt == MOST_TRIES
        due = [Coming(mail.stamp, len(mail.raw)) for mail in at_hand.values()]
        failed = list[RawMail]()
        for some in _together(due):
            found = opened(office, [at_hand[one.stamp.place] for one in some])
            failed += enter(office, found, scanned_from=None if is_last else scanned_from, is_last_try=is_last)
        at_hand = {mail.stamp.place: mail for mail in failed}


def _read_ahead(office: Office, batches: Sequence[Sequence[Coming]], bring: Bring) -> Generator[list[Opened | Unfit]]:
    """The next are fetched and read while some are decided. Where no more can be fetched, what has been read is given before that is told."""
    if len(batches) == 1:  # there is nothing to do beside it
        yield opened(office, bring(batches[0]))
        return
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="read ahead") as ahead:
        ready: Future[list[Opened | Unfit]] | None = None
        for some in batches:
            try:
                mails = bring(some)
            except Exception:
                if ready is not None:
                    yield ready.result()
                raise
            coming = ahead.submit(opened, office, mails)
            if ready is not None:
                yield ready.result()
            ready = coming
        if ready is not None:
            yield ready.result()


def _together(due: Iterable[Coming]) -> list[list[Coming]]:
    """Neighbours."""
    batches = list[list[Coming]]()
    weight = 0
    for one in due:
        own = BYTES_TOGETHER if one.size is None else one.size
        if not batches or len(batches[-1]) == TOGETHER or weight + own > BYTES_TOGETHER:
            batches.append([])
            weight = 0
        batches[-1].append(one)
        weight += own
    return batches
