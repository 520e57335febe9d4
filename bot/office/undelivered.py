"""What a letter that did not arrive would have told: the cases in it, and those among them whose file it held. Reads only."""

from __future__ import annotations

from bot.office.kinds import SEVERAL
from bot.shell.ledger import Transaction
from bot.shell.ledger.outbox import Posted


def cases_in(ledger: Transaction, letter: Posted) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(every case, those that it confirmed) of an answer to several commands; of any other letter its one case, and its kind tells the rest."""
    if letter.kind != SEVERAL or letter.arrival_id is None:
        return ((letter.case_id,) if letter.case_id else ()), ()
    lines = [(line.case_id, line.outcome) for line in ledger.lines.of(letter.arrival_id) if line.case_id]
    confirmed = (case_id for case_id, outcome in lines if outcome == "confirmed")
    return tuple(dict.fromkeys(case_id for case_id, _ in lines)), tuple(dict.fromkeys(confirmed))
