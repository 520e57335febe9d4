"""Who has written: the person on file, how far that is proven, and whom a stranger's address could be mistaken for.

Given an arrival and the ledger. Only reads, but for the DNS where the operator has signatures checked here.
"""

from __future__ import annotations

import re
from itertools import islice

from bot.core import trust
from bot.core.decide import Message
from bot.core.intent import Intent
from bot.core.mail import Arrival, RawMail, Stamp, canonical, domain_of
from bot.core.model import Member, Staff
from bot.core.trust.dkim_check import own_dkim
from bot.office import Office
from bot.reception import corresponding
from bot.shell.ledger import Transaction
from bot.shell.resolver import txt_record

MOST_ADDRESSES = 5
_ADDRESS = re.compile(r"[A-Z0-9][A-Z0-9._%+'-]{0,63}@[A-Z0-9-]{1,63}(?:\.[A-Z0-9-]{1,63}){1,5}", re.IGNORECASE | re.ASCII)
_OF_ADDRESSES = re.compile(r"address|e-?mail|アドレス|メール", re.IGNORECASE)


def signature(office: Office, mail: RawMail, arrival: Arrival) -> trust.Results | None:
    """Our own check of a signature, where the operator asks for it; outside any transaction, for it asks the DNS."""
    if not office.settings.security.check_dkim or not mail.is_whole or not arrival.sender or arrival.machine:
        return None
    return own_dkim(mail.raw, from_domain=domain_of(arrival.sender), lookup=txt_record)


def weighed(
    office: Office,
    ledger: Transaction,
    stamp: Stamp,
    arrival: Arrival,
    arrival_id: int,
    intent: Intent,
    signed: trust.Results | None = None,
) -> Message:
    """The message with who is proven to have sent it."""
    member, staff = who(office, ledger, arrival)
    is_stranger = member is None and staff is None
    looks_like = _lookalike(office, ledger, arrival) if is_stranger and arrival.sender else ""
    thread_of = corresponding.staff_answered(office, arrival) if is_stranger else ""
    of_member = corresponding.member_answered(office, ledger, arrival) if is_stranger and not thread_of else None
    proven = _proof(office, arrival, member, staff, signed)
    moved = _moved_from(office, ledger, intent) if is_stranger and proven.is_proven and not (thread_of or of_member) else None
    return Message(stamp, arrival, intent, proven, arrival_id, looks_like, thread_of, of_member, moved)


def proof(office: Office, ledger: Transaction, arrival: Arrival, signed: trust.Results | None = None) -> trust.Proof:
    return _proof(office, arrival, *who(office, ledger, arrival), signed)


def _proof(office: Office, arrival: Arrival, member: Member | None, staff: Staff | None, signed: trust.Results | None) -> trust.Proof:
    addresses = [address for address in (staff.address if staff else "", *((member.email, *member.aliases) if member else ())) if address]
    security = office.settings.security
    return trust.weigh(
        arrival,
        addresses=addresses or [arrival.sender],
        keys=office.keys,
        authserv_id=security.authserv_id,
        border_received="" if security.border_received == security.authserv_id else security.border_received,
        own=signed,
    )


def _lookalike(office: Office, ledger: Transaction, arrival: Arrival) -> str:
    """The person on file, of roster or staff, whose address a stranger's could be mistaken for."""
    people = {person.address: person.name for person in office.rules.staff}
    for member in ledger.roster.all():
        people |= dict.fromkeys((member.email, *member.aliases), member.name)
    return trust.lookalike(arrival.sender, people, name=arrival.sender_name) or ""


def _moved_from(office: Office, ledger: Transaction, intent: Intent) -> Member | None:
    """The one member whose address stands in words that speak of an address: “my new address”, 「アドレス変更のお知らせ」."""
    words = "\n".join(intent.lines)
    if not _OF_ADDRESSES.search(words):
        return None
    named = islice(dict.fromkeys(canonical(match[0]) for match in _ADDRESS.finditer(words)), MOST_ADDRESSES)
    members = {member.id: member for one in named if not office.staff(one) and (member := ledger.roster.by_address(one))}
    return next(iter(members.values())) if len(members) == 1 else None


def who(office: Office, ledger: Transaction, arrival: Arrival) -> tuple[Member | None, Staff | None]:
    if not arrival.sender:
        return None, None
    member = ledger.roster.by_address(arrival.sender)
    return member, office.staff(arrival.sender) or corresponding.staff_by_alias(office, member, arrival)
