"""A member who changes: what has not left yet goes where they are now, or not at all; and `CHANGE ADDRESS` for the one at the machine.

Given the change, inside the transaction that decided it; or a member's address and the new one, for which it gives why it cannot be, or
writes change, history and the two letters in a transaction of its own.
"""

from __future__ import annotations

import structlog

from bot.core.decide import addresses
from bot.core.mail import canonical
from bot.core.model import ChangeMember, MemberState
from bot.core.reasons import Deed
from bot.office import Office
from bot.shell.ledger import Transaction

log = structlog.get_logger()


def readdress(office: Office, old: str, new: str, *, why: str = "") -> str:
    """The word for what stands against it; "" where it is done."""
    now = office.clock()
    with office.ledger.deciding() as ledger:
        member = ledger.roster.by_address(canonical(old))
        if member is None:
            return "not_on_roster"
        address = canonical(new)
        wrong = addresses.why_not(member, address, owner=ledger.roster.by_address(address), why=why, rules=office.rules)
        if wrong:
            return wrong
        change, letters = addresses.moved(member, address, Deed("readdressed", "command line", f"{member.email}→{address}", why))
        change_member(office, ledger, change)
        about = [f"member {member.id}", *(f"case {case_id}" for case_id in {one.case_id for one in ledger.claims.of_member(member.id)})]
        for each in about:
            ledger.marks.put(f"{each} {now.isoformat()}", now, note=change.note)
        for letter in letters:
            office.owe(ledger, letter)
    return ""


def change_member(office: Office, ledger: Transaction, change: ChangeMember) -> None:
    """Where the address becomes another, what has not left yet goes there too: the former mailbox may be lost, or somebody else's by now.

    What a colleague of staff waits for stays theirs, though they are on the roster. Who pauses or leaves is called to no case any more.
    """
    former = ledger.roster.by_id(change.member_id).email
    ledger.roster.change(change)
    if change.state not in (None, MemberState.ACTIVE):
        ledger.unsent.spare(change.member_id)
    if change.email is not None and office.staff(former) is None:
        count = ledger.unsent.redirect(change.member_id, old=former, new=change.email, now=office.clock())
        log.info("letters redirected", member=change.member_id, letters=count)
