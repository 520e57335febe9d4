"""Letters that wait longer than they should: staff hear of it, once for each letter, while it is still being tried (G-15).

Only where something was tried in vain: after a night in which nothing ran, letters are on their way before anybody need worry. What failed
for good is told by the outbox at once. Where mail itself is the broken part this letter waits, too; the log and `status` do not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.office import ABOUT_LETTERS, Office
from bot.shell.ledger import Transaction
from bot.shell.ledger.outbox import Posted

log = structlog.get_logger()

PATIENCE: Final = {"bulletin": timedelta(minutes=15), "round": timedelta(hours=24)}
"""How long a letter may wait, by its kind."""
ORDINARY: Final = timedelta(hours=4)
"""A confirmation, and whatever else somebody waits for."""


def tell(office: Office) -> int:
    """Owe staff a word on what has become late; gives how many letters that are."""
    now = office.clock()
    with office.ledger.reading() as ledger:
        if not _late(ledger, now):
            return 0
    with office.ledger.deciding() as ledger:
        late = _late(ledger, now)
        if late:
            facts = {"late": [_fact(letters) for letters in _together(late)], "count": len(late)}
            office.tell_staff(ledger, "late_letters", facts, once=f"late:{late[0].id}")
            ledger.outbox.told_late(letter.id for letter in late)
    for letter in late:
        log.warning("letter is late", kind=letter.kind, case=letter.case_id, round=letter.round_month, message_id=letter.message_id)
    return len(late)


def _late(ledger: Transaction, now: datetime) -> list[Posted]:
    waiting = ledger.outbox.late(now - min(PATIENCE.values()))
    late = [one for one in waiting if one.kind not in ABOUT_LETTERS and now - one.created_at >= PATIENCE.get(one.kind, ORDINARY)]
    return late if any(one.last_error for one in late) else []


def _together(letters: Sequence[Posted]) -> list[list[Posted]]:
    """One line for all letters of a circulation, and for all of a kind that wait for one reader; the most urgent first."""
    groups: dict[tuple[str, str], list[Posted]] = defaultdict(list)
    for letter in letters:
        about = letter.round_month or letter.case_id or "" if letter.kind in PATIENCE else letter.to
        groups[letter.kind, about].append(letter)
    return sorted(groups.values(), key=lambda group: PATIENCE.get(group[0].kind, ORDINARY))


def _fact(letters: Sequence[Posted]) -> dict[str, object]:
    first = letters[0]
    about = {"to": first.to, "case_id": first.case_id, "month": first.round_month}
    error = next((letter.last_error for letter in letters if letter.last_error), "")
    return {"kind": first.kind, "count": len(letters), **about, "since": first.created_at, "error": error}
