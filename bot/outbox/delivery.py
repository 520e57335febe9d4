"""What became of a letter: its verdict becomes its state, and staff hear of what will not arrive by itself.

A lost reply to the final dot leaves it `unknown`: it is sent once more after the in-doubt time, and never a third time. Who lost the
lease meanwhile writes nothing down, but that the server has taken the letter, for that is true whoever says it.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from bot.office import Office, lockout
from bot.outbox.passing import Tally
from bot.shell.ledger import Transaction
from bot.shell.ledger.leases import Owed
from bot.shell.postbook import Posting
from bot.shell.relay import Outcome, Verdict

log = structlog.get_logger()

LADDER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30))
"""Waits after the first temporary refusals; hourly from then on."""
HOURLY = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=5)
QUOTA_REST = timedelta(minutes=1)
"""After a word that we send too much nothing is sent; then the most urgent goes first."""
SLOWEST_RETRY = timedelta(minutes=5)
"""While the server is away or refuses us altogether."""

Ended = tuple[Owed, Verdict]


def record(office: Office, ledger: Transaction, ended: Sequence[Ended]) -> list[Posting]:
    """Write down what became of letters; gives what the post book has to remember once that is on record."""
    now, postings = office.clock(), list[Posting]()
    if sent := [letter for letter, verdict in ended if verdict.outcome is Outcome.SENT]:  # the truth, whoever has them in hand by now
        ledger.outbox.sent([letter.id for letter in sent], now)
        if office.postbook:
            postings = [letter.posted(now) for letter in sent]
            ledger.past.note(postings)
    for letter, verdict in ended:
        if verdict.outcome is not Outcome.SENT:
            _not_sent(office, ledger, letter, verdict, now=now)
        if verdict.is_login:
            lockout.note(ledger, "smtp", now, said=verdict.said)
    return postings


def tell(ended: Sequence[Ended]) -> None:
    """Into the log, once it is on record."""
    tell_one = log.bind().info  # put together once, and not for each
    for letter, verdict in ended:
        tell_one(
            "letter tried",
            kind=letter.kind,
            case=letter.case_id,
            message_id=letter.envelope.message_id,
            outcome=verdict.outcome.value,
            code=verdict.code,
        )


def _not_sent(office: Office, ledger: Transaction, letter: Owed, verdict: Verdict, *, now: datetime) -> None:
    error = f"{verdict.code} {verdict.said}" if verdict.code else verdict.said
    if not ledger.leases.is_held(letter):
        log.warning("letter left to another process", message_id=letter.envelope.message_id)
    elif verdict.outcome is Outcome.UNKNOWN and letter.doubts == 0:
        again = now + timedelta(seconds=office.settings.smtp.in_doubt_seconds)
        ledger.outbox.in_doubt(letter.id, error=error, next_try_at=again, doubts=1)
    elif verdict.outcome is Outcome.DEFERRED and now - letter.created_at < GIVE_UP_AFTER:
        is_ours = verdict.is_general or verdict.is_quota
        again_at = None if verdict.is_general else now + _wait(verdict, letter.attempts)
        ledger.outbox.deferred(letter.id, error=error, next_try_at=again_at, counts=not is_ours)
    else:
        office.give_up(ledger, letter.id, error, is_in_doubt=verdict.outcome is Outcome.UNKNOWN)


def _wait(verdict: Verdict, attempts: int) -> timedelta:
    """What was said about this letter takes it up the ladder, a little late by chance so that letters do not come back all together.

    What was said about us leaves it where it is: the pass has ended, and in the next the most urgent goes first.
    """
    if verdict.is_quota:
        return QUOTA_REST
    step = LADDER[attempts - 1] if attempts <= len(LADDER) else HOURLY
    return step * random.uniform(1.0, 1.1)


def rest_after(tally: Tally, halts: int) -> float:
    """How many seconds to leave a server alone that has halted us so many times in a row; a little longer by chance."""
    if tally.is_login:
        rest = lockout.REST
    elif tally.is_quota:
        rest = QUOTA_REST
    else:
        rest = min(timedelta(seconds=2 ** min(halts, 20)), SLOWEST_RETRY)
    return rest.total_seconds() * random.uniform(1.0, 1.1)
