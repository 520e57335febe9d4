"""Set aside whole what could not be digested, and show it to a person."""

from __future__ import annotations

import structlog

from bot.core.mail import Arrival, RawMail
from bot.core.model import Disposition
from bot.office import Office

log = structlog.get_logger()

PUT_OFF = "paused"
"""Why a message waits that came while all was paused."""


def set_aside(office: Office, mail: RawMail, reason: str, *, arrival: Arrival | None = None) -> None:
    """Keep the message for staff and tell them; its bytes are on record, and nothing in it acts.

    A stranger's Subject stays behind: what strangers write reaches no mail of ours (S-31).
    """
    with office.ledger.deciding() as ledger:
        known = ledger.arrivals.at(mail.stamp)
        if known and known.reason != PUT_OFF:
            return
        arrival_id = known.id if known else ledger.arrivals.enter(mail, arrival, now=office.clock())
        ledger.arrivals.dispose(arrival_id, Disposition.FOR_STAFF, reason)
        sender = arrival.sender if arrival else ""
        is_on_file = bool(sender) and (office.staff(sender) or ledger.roster.by_address(sender)) is not None
        facts = {
            "sender": sender,
            "subject": arrival.subject if arrival and is_on_file else "",
            "arrived_at": mail.stamp.arrived_at,
            "reason": reason,
        }
        office.tell_staff(ledger, "shunted", facts, once=f"shunted:{arrival_id}")
    log.error("message set aside", folder=mail.stamp.folder, uid=mail.stamp.uid, reason=reason)
