"""Mails whose sender was not proven: which still wait to be asked about, and the question that time brings.

One question to an address is open at a time. When it has been over for its time and nobody answered, the next names what came
meanwhile, so that no mail waits for ever.
"""

from __future__ import annotations

from datetime import datetime

from bot.core.decide import challenge
from bot.core.model import Asked, Disposition, Member, Question, Staff, Unproven, View
from bot.office import Office
from bot.reception import quoting, reader
from bot.shell.ledger import Transaction
from bot.shell.ledger.arrivals import Entry


def unasked(office: Office, ledger: Transaction, member: Member | None, staff: Staff | None) -> tuple[Unproven, ...]:
    """Those in this person's name that no question has named yet, in order of arrival, as many as one names."""
    addresses = [*((member.email, *member.aliases) if member else ()), *((staff.address,) if staff else ())]
    waiting = ledger.arrivals.waiting(challenge.UNASKED, addresses)
    return tuple(_shown(office, ledger, entry) for entry in waiting[: challenge.MOST_ASKED_ABOUT])


def doubted(office: Office, ledger: Transaction, question: Asked | None) -> tuple[Unproven, ...]:
    """Those that this question is about."""
    if question is None or question.question is not Question.VERIFY:
        return ()
    return tuple(_shown(office, ledger, ledger.arrivals.get(arrival_id)) for arrival_id in question.arrival_ids)


def is_open(ledger: Transaction, member: Member | None, staff: Staff | None, at: datetime) -> bool:
    """Whether “was this you?” to this person is open at that moment."""
    address = member.email if member else staff.address if staff else ""
    return bool(address) and bool(ledger.questions.open_to(address, Question.VERIFY, at))


def ask_again(office: Office) -> int:
    """Whoever let a question pass unanswered is asked about what came meanwhile; gives how many were asked.

    Only after a full look that began later, so that an answer which had arrived in time is never overlooked.
    """
    with office.ledger.deciding() as ledger:
        seen_until = ledger.folders.scanned_from(office.folders)
        if seen_until is None:
            return 0
        senders = dict.fromkeys(entry.sender for entry in ledger.arrivals.waiting(challenge.UNASKED))
        return sum(_ask(office, ledger, sender, seen_until) for sender in senders)


def _ask(office: Office, ledger: Transaction, sender: str, seen_until: datetime) -> bool:
    member, staff = ledger.roster.by_address(sender), office.staff(sender)
    if member is None and staff is None:
        for entry in ledger.arrivals.waiting(challenge.UNASKED, [sender]):
            ledger.arrivals.dispose(entry.id, Disposition.FOR_STAFF, "sender not proven, and no longer on file")
        return False
    if is_open(ledger, member, staff, seen_until):
        return False
    mails = unasked(office, ledger, member, staff)
    if not mails:  # asked about with those from another address of the same person
        return False
    letter, asked_about = challenge.question(mails, View(now=office.clock(), member=member, staff=staff), office.rules)
    office.owe(ledger, letter, arrival_id=asked_about[-1])
    for arrival_id in asked_about:
        ledger.arrivals.dispose(arrival_id, Disposition.ANSWERED, challenge.ASKED)
    return True


def _shown(office: Office, ledger: Transaction, entry: Entry) -> Unproven:
    """The mail read again; where that fails, or retention has dropped it, what is on record of it."""
    raw = ledger.arrivals.raw(entry.id)
    bare = Unproven(entry.id, entry.stamp.arrived_at, entry.subject, (entry.subject,) if entry.subject else ())
    if raw is None:
        return bare
    try:
        arrival = reader.read(raw, own_address=office.settings.mailbox.address)
        intent = quoting.understood(office, ledger, arrival, quoting.nothing)
    except (reader.Overrun, reader.Faulty):
        return bare
    return challenge.shown(entry.id, entry.stamp.arrived_at, arrival, intent)
