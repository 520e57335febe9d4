"""Letters to the whole roster: the month's round and the bulletin. Written into the outbox, one a member, once.

Given the transaction that decided it; composes from what the roster may know and nothing else.
"""

from __future__ import annotations

from bot.core.circulation import is_urgent, on_offer
from bot.core.mail import Letter
from bot.core.model import Case
from bot.office import Office
from bot.shell.ledger import Transaction

EMPTY = "no_cases"
"""The mark of a month that came and had no case to offer."""


def open_round(office: Office, ledger: Transaction, month: str, *, by: str) -> int | None:
    """Owe the month's letters to every active member; None where the month was opened before.

    Without a case on offer nothing is sent and the month stays free for a round by hand; staff are told once.
    """
    now = office.clock()
    cases = on_offer(ledger.cases.open(), now=now)
    if not cases:
        ledger.marks.put(f"{EMPTY} {month}", now)
        office.tell_staff(ledger, "no_cases", {"month": month}, once=f"no_cases:{month}")
        return None if month in ledger.rounds.months() else 0
    members = ledger.roster.active()
    if not ledger.rounds.open(month, now=now, by=by, cases=len(cases), letters=len(members)):
        return None
    facts: dict[str, object] = {"month": month, "cases": cases, "urgent_ids": urgent_ids(office, cases)}
    for member in members:
        once = f"round:{month}:{member.id}"
        office.owe(
            ledger, Letter("round", member.email, member.language, dict(facts), member_id=member.id, round_month=month, once=once)
        )
    return len(members)


def months_done(ledger: Transaction) -> set[str]:
    """Months whose round went out, or had nothing to send at its hour."""
    return ledger.rounds.months() | {name.removeprefix(f"{EMPTY} ") for name in ledger.marks.names(EMPTY)}


def send_bulletin(office: Office, ledger: Transaction, case_id: str, *, key: str) -> int:
    """Owe one letter about this case to every active member; `key` names the occasion, so that it is owed once."""
    ledger.cases.mark_emergency(case_id)
    case = ledger.cases.some([case_id])[case_id]
    members = ledger.roster.active()
    for member in members:
        once = f"bulletin:{key}:{member.id}"
        office.owe(
            ledger, Letter("bulletin", member.email, member.language, {"case": case}, member_id=member.id, case_id=case_id, once=once)
        )
    return len(members)


def urgent_ids(office: Office, cases: list[Case]) -> set[str]:
    """Which of these cases a circulation marks as urgent."""
    return {case.id for case in cases if is_urgent(case, now=office.clock())}
