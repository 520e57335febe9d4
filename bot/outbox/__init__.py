"""Mail out: sends what the ledger owes, most urgent first, one envelope at a time on each connection.

Takes few letters in hand at a time, so that a confirmation written meanwhile overtakes a circulation; writes down each outcome before
the next body leaves on the same connection. SMTP is spoken outside any transaction. On SQLite one process sends at a time; on a server
all do, each what it has leased. What a stopped one left in hand is picked up by the next; one that was only halted may not send it any more.
"""

from bot.outbox.delivery import GIVE_UP_AFTER, HOURLY, LADDER, QUOTA_REST, SLOWEST_RETRY, rest_after
from bot.outbox.draining import drain, next_due
from bot.outbox.passing import Senders, Tally, senders

__all__ = [
    "GIVE_UP_AFTER",
    "HOURLY",
    "LADDER",
    "QUOTA_REST",
    "SLOWEST_RETRY",
    "Senders",
    "Tally",
    "drain",
    "next_due",
    "rest_after",
    "senders",
]
