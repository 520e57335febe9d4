"""Answers to several commands in which something was overtaken, or erased, before they left: the rest is still owed, so they are written anew.

The decision that overtakes holds the letter back in its own transaction, and it stays owed: whatever stops us, the next look finds it.
"""

from __future__ import annotations

import structlog

from bot.office import Office
from bot.reception.answering import answer_anew
from bot.shell.ledger import LedgerAway
from bot.stations import station

log = structlog.get_logger()


def tell_anew(office: Office) -> int:
    """Write them as things stand now, each in a transaction of its own; gives how many there were. One that cannot be stays held back, and is late."""
    with office.ledger.reading() as ledger:
        waiting = ledger.unsent.to_write_anew()
    for letter_id, member_id in waiting:
        try:
            _tell_anew(office, letter_id, member_id)
        except LedgerAway:
            raise
        except Exception:  # whatever it is, it must not keep the others, nor what comes behind them; staff hear of what is late
            log.exception("an answer could not be written anew", letter=letter_id)
        station("written anew")
    return len(waiting)


def _tell_anew(office: Office, letter_id: int, member_id: int | None) -> None:
    with office.ledger.deciding() as ledger:
        if (letter_id, member_id) in ledger.unsent.to_write_anew():  # else it has been dropped meanwhile, or another replica was first
            answer_anew(office, ledger, ledger.outbox.get(letter_id), None if member_id is None else ledger.roster.by_id(member_id))
