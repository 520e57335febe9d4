"""A case that ends, or goes on, by a word of staff: what of its letters does not leave any more, and what is owed once it goes on.

Given the change, inside the transaction that decided it. Ends no claim, and tells nobody but a holder who never had the file.
"""

from __future__ import annotations

from bot.core.claims import how_it_came
from bot.core.model import ClaimState, Lifecycle, Line, MoveCase
from bot.office import Office
from bot.reception import outcomes
from bot.shell.ledger import Transaction


def move(office: Office, ledger: Transaction, change: MoveCase) -> int:
    """Gives to how many the bulletin about the case had not left, and leaves no more.

    The file of a withdrawn case is for nobody. One that is closed stays with its holder, and so does the file.
    """
    now = office.clock()
    unsent = ledger.cases.move(change.case_id, change.lifecycle, now=now, by=change.by, has_reason=bool(change.why))
    if change.lifecycle is Lifecycle.OPEN:
        ledger.cases.approve(change.case_id, now)
        _give_files(office, ledger, change.case_id)
    elif change.lifecycle is Lifecycle.WITHDRAWN and ledger.cases.by_id(change.case_id).event is None:
        ledger.unsent.withhold_file(change.case_id)
    return unsent


def _give_files(office: Office, ledger: Transaction, case_id: str) -> None:
    """As it is now, to whoever holds the case and was never sent it."""
    for claim in ledger.claims.of(case_id):
        if claim.state is ClaimState.CONFIRMED and not claim.is_for_event and ledger.unsent.is_file_owed(claim):
            facts = {"arrived_at": claim.stamp.arrived_at.isoformat(), **how_it_came(claim), "decision": ledger.decisions.head().number}
            outcomes.write_to_member(office, ledger, claim, Line("", "confirmed", case_id, facts))
