"""Mail in: takes arrivals from mailbox to ledger, then settles what is ripe.

Entering and settling are two steps on purpose: every claim that has arrived is on record before anyone is chosen, so arrival order
decides and processing order cannot. A message at fault is set aside whole and the next goes on; a world at fault (database, server)
leaves everything where it is until the next try. Sends nothing: letters are owed to the outbox in the transaction that decided them.
"""

from bot.reception.erasing import erase, expunge, finish_erasing, has_copies
from bot.reception.in_order import enter_in_order
from bot.reception.noticing import look_at_archive
from bot.reception.readdressing import readdress
from bot.reception.reconciling import look
from bot.reception.renewing import renew
from bot.reception.retelling import tell_anew
from bot.reception.settling import Due, next_ripe, settle
from bot.reception.unproven import ask_again

__all__ = [
    "Due",
    "ask_again",
    "enter_in_order",
    "erase",
    "expunge",
    "finish_erasing",
    "has_copies",
    "look",
    "look_at_archive",
    "next_ripe",
    "readdress",
    "renew",
    "settle",
    "tell_anew",
]
