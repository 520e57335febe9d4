"""After a refused log-in a server is left alone for a while: a locked account would lose everything (C-08, C-13).

On record in the ledger, so that a command from cron rests as a daemon does. `firstreply check` asks all the same, and a log-in that
works there ends the rest.
"""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta
from typing import Final, Literal

from bot.office import Office
from bot.shell.ledger import LedgerAway, Transaction

Server = Literal["imap", "smtp"]

REST: Final = timedelta(minutes=6)
"""Ten tries in an hour at most."""


def note(ledger: Transaction, server: Server, now: datetime, *, said: str) -> None:
    """The server has refused our credentials, in these words."""
    ledger.marks.put(mark_of(server), now, note=said)


def lift(office: Office, server: Server) -> None:
    """The server has let us in; a database that is away has forgotten nothing that mattered."""
    with contextlib.suppress(LedgerAway), office.ledger.writing() as ledger:
        ledger.marks.drop(mark_of(server))


def rests(ledger: Transaction, server: Server, now: datetime) -> str:
    """Why the server is left alone just now: what it said, and until when; "" where it is not."""
    refused = ledger.marks.noted(mark_of(server))
    if refused is None or abs(now - refused.at) >= REST:
        return ""
    at, said = refused
    return (
        f"{said} (the {server.upper()} server refused our log-in at {at:%H:%M} UTC; it is tried again at {at + REST:%H:%M}, so that the account "
        "is not locked). Correct the credentials and try them with “firstreply check”."
    )


def mark_of(server: Server) -> str:
    return f"refused {server}"
