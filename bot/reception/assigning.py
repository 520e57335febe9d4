"""A place given out of turn: written down, and told to the member and to staff.

The member hears by the answer to the mail that claimed, if that still waits, else by a letter of its own. What only the holder may
read stands in that letter alone; staff read who has the case, and on whose word.
"""

from __future__ import annotations

from bot.core.claims import kept_until, others_in_line
from bot.core.mail import Stamp
from bot.core.model import AssignClaim, ClaimState, Line
from bot.office import Office
from bot.reception import outcomes
from bot.shell.ledger import Transaction


def assign(office: Office, ledger: Transaction, change: AssignClaim, *, arrival_id: int, stamp: Stamp) -> None:
    """Give the place. `stamp` and `arrival_id` are those of the staff mail, which count where the member had no claim in line."""
    now = office.clock()
    case = ledger.cases.by_id(change.case_id)
    hold_until = kept_until(case, now=now, span=office.rules.hold)
    claim_id = ledger.claims.assign(change, arrival_id=arrival_id, arrived_at=stamp.arrived_at, now=now, hold_until=hold_until)
    facts: dict[str, object] = {"assigned": True, "promoted": False, "arrived_at": None}
    if change.state is ClaimState.HELD:
        facts["hold_until"] = hold_until.isoformat()
    claim = ledger.claims.get(claim_id)
    if not outcomes.settle_line(office, ledger, claim, change.state.value, facts):
        outcomes.write_to_member(office, ledger, claim, Line("", change.state.value, change.case_id, facts))
    others = others_in_line(ledger.claims.of(change.case_id), but=change.member_id)
    office.tell_staff(ledger, "placed", outcomes.placed(office, ledger, claim, others=others), case_id=change.case_id)
