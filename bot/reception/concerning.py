"""Which cases a message is about, so that its words are sealed with theirs, and go with them.

Given what was decided on it and the letters of ours that it answers or brings back: a reply may quote what they told. Decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.core import trust
from bot.core.mail import Arrival
from bot.core.model import AddCase, AddCases, Decision, EnterClaim
from bot.shell.ledger import Transaction
from bot.shell.ledger.outbox import Posted

_FORMS = frozenset({"form", "table_faults"})


def note(ledger: Transaction, decision: Decision, arrival: Arrival, arrival_id: int) -> None:
    """Before the decision is written: what is written of the message is sealed with it."""
    about = set(_decided_on(decision))
    for letter in _answered(ledger, arrival):
        if letter.case_id:
            about.add(letter.case_id)
        elif letter.arrival_id is not None:
            about.update(ledger.arrivals.cases_of(letter.arrival_id))
    ledger.arrivals.concern(arrival_id, about)


def note_earlier(ledger: Transaction, decision: Decision, arrival: Arrival, arrival_id: int) -> None:
    """After it, of messages that came before: what was asked about now has its case, and a form that was sent back has become one."""
    for change in decision.changes:
        if isinstance(change, EnterClaim) and change.arrival_id is not None:
            ledger.arrivals.concern(change.arrival_id, [change.case_id])
    if any(isinstance(change, AddCase | AddCases) for change in decision.changes):
        cases = ledger.arrivals.cases_of(arrival_id)
        for form in _answered(ledger, arrival):
            if form.kind in _FORMS and form.arrival_id is not None:
                ledger.arrivals.concern(form.arrival_id, cases)
                ledger.outbox.concern(form.id, cases)


def _decided_on(decision: Decision) -> Iterator[str]:
    for one in (*decision.lines, *decision.changes, *decision.letters):
        if case_id := getattr(one, "case_id", None):
            yield case_id
        yield from getattr(one, "case_ids", ())


def _answered(ledger: Transaction, arrival: Arrival) -> list[Posted]:
    returned = arrival.report.message_ids if arrival.report else ()
    codes = [code for one in (*arrival.answers, *returned) if (code := trust.code_in(one))]
    return ledger.outbox.by_codes(codes) if codes else []
