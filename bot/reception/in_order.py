"""What waits to be read is entered in one order, that of arrival, some at a time and however much it is.

Given messages as the mailbox has told of them and a way to bring them, brings, opens and enters those that arrived next; while some are
decided here, the next are read already, in a process of its own, and those after them are on their way from the server. So no more than a few
hundred are ever in memory, and each is decided when all that arrived before it is on record.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from datetime import datetime

from bot.core.mail import Coming, RawMail
from bot.office import Office
from bot.reception.entering import enter
from bot.reception.opening import Opened, Unfit, opened

TOGETHER = 100
BYTES_TOGETHER = 4 * 1024 * 1024
MOST_TRIES = 3

Bring = Callable[[Sequence[Coming]], list[RawMail]]
"""Gives the messages themselves, in the same order; without those that do not come."""


def enter_all(office: Office, mails: Iterable[RawMail], *, scanned_from: datetime | None = None) -> int:
    """Messages that are at hand; see `enter_in_order`."""
    at_hand = {mail.stamp.place: mail for mail in mails}
    due = [Coming(mail.stamp, len(mail.raw)) for mail in at_hand.values()]
    return enter_in_order(office, due, lambda some: [at_hand[one.stamp.place] for one in some], scanned_from=scanned_from)


def enter_in_order(office: Office, due: Iterable[Coming], bring: Bring, *, scanned_from: datetime | None) -> int:
    """In order of arrival; one at fault is tried twice more behind the others, then set aside. Gives how many came.

    `scanned_from` is when the look began that these are all of. At the last try nothing is settled among them, so that no mail fails for a
    case that cannot be settled; nor where it is None.
    """
    due = sorted(due, key=lambda one: one.stamp.order)
    came, waiting = 0, len(due)
    for attempt in range(1, MOST_TRIES + 1):
        is_last = attempt == MOST_TRIES
        again = set[tuple[str, int, int]]()
        with closing(_read_ahead(office, _together(due), bring)) as batches:
            for some in batches:
                again |= {
                    mail.stamp.place for mail in enter(office, some, scanned_from=None if is_last else scanned_from, is_last_try=is_last)
                }
                came += len(some) if attempt == 1 else 0
                office.pulse.step("reader", came - len(again), waiting)
        due = [one for one in due if one.stamp.place in again]
    return came


def _read_ahead(office: Office, batches: Sequence[Sequence[Coming]], bring: Bring) -> Generator[list[Opened | Unfit]]:
    if len(batches) == 1:
        yield opened(office, bring(batches[0]))
        return
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="read ahead") as ahead:
        in_hand = deque[Future[list[Opened | Unfit]]]()
        for some in batches:
            in_hand.append(ahead.submit(opened, office, bring(some)))
            if len(in_hand) > 1:
                yield in_hand.popleft().result()
        while in_hand:
            yield in_hand.popleft().result()


def _together(due: Iterable[Coming]) -> list[list[Coming]]:
    """Neighbours, as many as one transaction enters: no decision, and no letter on its way, waits long for it."""
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
