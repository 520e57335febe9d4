"""Every message accounted for: received = answered + ignored + for a person + still pending.

Given how many messages ended how, and why, gives the account with the reasons put together under a few causes. Looks at nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bot.core.model import Disposition, MailIn

_CAUSES = (
    ("the same message as", "copy"),
    ("delivery report", "delivery_report"),
    ("answers for today", "used_up"),
    ("too old to be answered", "too_old"),
    ("thanks alone", "thanks"),
)
"""How a reason on record begins, and the cause that letters name. Whatever else is ignored was written by a machine."""

_FORGED, _UNPROVEN = "authentication failed", "sender not proven"
"""How the reason of a mail begins that bears the name of somebody on file, without proof that it is theirs."""


def mail_in(counts: Iterable[tuple[Disposition, str, int]]) -> MailIn:
    """The account of the messages of a time."""
    by_end: Counter[Disposition] = Counter()
    causes: Counter[str] = Counter()
    unowned: Counter[str] = Counter()
    for disposition, reason, count in counts:
        if disposition is Disposition.IGNORED:
            causes[cause(reason)] += count
        else:
            by_end[disposition] += count
            unowned[next((known for known in (_FORGED, _UNPROVEN) if reason.startswith(known)), "")] += count
    return MailIn(
        answered=by_end[Disposition.ANSWERED],
        ignored=tuple(causes.most_common()),
        for_staff=by_end[Disposition.FOR_STAFF],
        pending=by_end[Disposition.PENDING],
        forged=unowned[_FORGED],
        unproven=unowned[_UNPROVEN],
    )


def cause(reason: str) -> str:
    """Why a message was ignored, in one of a few words: copy, delivery_report, used_up, too_old, thanks, automatic.

    >>> cause("the same message as INBOX/104")
    'copy'
    """
    return next((word for beginning, word in _CAUSES if reason.startswith(beginning)), "automatic")
