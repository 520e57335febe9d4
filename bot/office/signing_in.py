"""Who logs in by a token and not by a password: the sources of tokens as configured, and how they stand.

Given settings, gives for [imap] and [smtp] a source, or None where a password does. Decides nothing and tells nobody.
"""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from bot.office import Office
from bot.shell.ledger import LedgerAway, Transaction
from bot.shell.tokens import Registration, Standing, TokenSource

Section = Literal["imap", "smtp"]
ENDS: Final = "sign-in ends"


def source(office: Office, section: Section) -> TokenSource | None:
    server = office.settings.imap if section == "imap" else office.settings.smtp
    if server.oauth2 is None:
        return None
    known = server.oauth2
    registration = Registration(
        known.provider,
        server.username,
        known.client_id,
        known.client_secret.get_secret_value(),
        known.tenant,
        known.authority,
        Path(known.service_account_file) if known.service_account_file else None,
    )
    return TokenSource(registration, office.settings.sign_in_file, office.clock)


def sources(office: Office) -> list[TokenSource]:
    """Each sign-in once, though reading and sending may share it."""
    found = {one.registration.key: one for section in ("imap", "smtp") if (one := source(office, section))}
    return list(found.values())


def look_after(office: Office) -> Standing:
    """Renewed where it is time. When a person must sign in again is put on record; why that is refused, the caller tells."""
    each = [one.standing() for one in sources(office)]
    ends = min((one.ends_at for one in each if one.ends_at), default=None)
    with contextlib.suppress(LedgerAway):
        with office.ledger.reading() as ledger:
            is_known = ledger.marks.at(ENDS) == ends
        if not is_known:
            with office.ledger.writing() as ledger:
                note_end(ledger, ends)
    return Standing(next((one.refused for one in each if one.refused), ""), ends)


def note_end(ledger: Transaction, ends: datetime | None) -> None:
    if ends is None:
        ledger.marks.drop(ENDS)
    else:
        ledger.marks.put(ENDS, ends)
