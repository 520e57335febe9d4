"""Templates of the organisation's own that could not be used, on record, so that staff and `status` hear of each whoever met it.

Whoever writes a letter notes them in the transaction of that letter. Templates are read anew at a start: what staff have been told is
forgotten then, and is noted again where it was not mended. Renders nothing and tells nobody by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.core.health import Trouble
from bot.shell.ledger import Transaction

NAME: Final = "template_spoilt"
_MARK: Final = "spoilt"


def note(ledger: Transaction, places: Mapping[str, datetime]) -> None:
    """Where they are, and since when; the first moment counts."""
    for place, since in dict(places).items():  # a copy, for another thread may meet one more
        ledger.marks.first(f"{_MARK} {place}", since)


def trouble(ledger: Transaction) -> list[Trouble]:
    """One for all that are on record; none where there is nothing."""
    noted = ledger.marks.noted_under(_MARK)
    return [Trouble(NAME, min(one.at for one in noted.values()), f"{'; '.join(noted)}.")] if noted else []


def forget(ledger: Transaction, *, told_at: datetime) -> None:
    """Those that were told."""
    for place, noted in ledger.marks.noted_under(_MARK).items():
        if noted.at <= told_at:
            ledger.marks.drop(f"{_MARK} {place}")
