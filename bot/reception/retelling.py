"""Answers to several commands in which something was overtaken before they left: the rest of them is still owed, so they are written anew.

The decision that overtakes holds the letter back in its own transaction, and it stays owed: whatever stops us, the next look finds it.
"""

from __future__ import annotations

from bot.office import Office
from bot.reception.answering import answer_anew
from bot.stations import station


def tell_anew(office: Office) -> int:
    """Write them as things stand now; gives how many."""
    with office.ledger.reading() as ledger:
        if not ledger.unsent.overtaken():  # asked at every tick: nobody's decision waits for the answer
            return 0
    with office.ledger.deciding() as ledger:
        waiting = ledger.unsent.overtaken()
        for letter_id, member_id in waiting:
            answer_anew(office, ledger, ledger.outbox.get(letter_id), ledger.roster.by_id(member_id))
        station("written anew")
    return len(waiting)
