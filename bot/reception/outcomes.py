"""What became of a claim, told to whom it concerns: in the answer to the mail that made it, or in a letter of its own.

Given the claim and its outcome, inside the transaction that decided it. What only the holder may read goes to the holder alone, also
where a colleague's mail made the claim.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core.circulation import is_urgent
from bot.core.claims import TAKEN_BACK, given_by
from bot.core.mail import Letter
from bot.core.model import Asked, Claim, ClaimState, EndClaim, Lifecycle, Line
from bot.office import Office
from bot.reception import answering, calendar
from bot.reception.telling import tell
from bot.shell.ledger import Transaction


def settle_line(office: Office, ledger: Transaction, claim: Claim, outcome: str, facts: dict[str, object]) -> bool:
    """The outcome of a claim, in the answer to the mail that made it. Gives whether such a mail waited for it.

    Where a colleague's mail made it, that one hears what became of it, and nothing of what only the holder may read; the member is
    written to by a letter of the member's own.
    """
    if claim.claimed_by is None:
        waiting = ledger.lines.settle(claim.id, outcome, facts)
    else:
        name = ledger.roster.by_id(claim.member_id).name
        counts = outcome in TOLD_TO_BOTH
        told = "for_colleague" if counts else "not_for_colleague"
        waiting = ledger.lines.settle(claim.id, told, {**facts, "state": outcome, "name": name})
        if counts:
            by = ledger.roster.by_id(claim.claimed_by).name
            write_to_member(office, ledger, claim, Line("", outcome, claim.case_id, {**facts, "claimed_by": by}))
    for arrival_id in waiting:
        answering.answer_if_complete(office, ledger, arrival_id)
    return bool(waiting) or claim.claimed_by is not None


TOLD_TO_BOTH = frozenset({"asks_staff", "confirmed", "held", "waitlisted"})
"""What a claim in somebody's name may come to that concerns them; of one that came to nothing only its sender hears."""


def entered_for(office: Office, ledger: Transaction, claim_id: int) -> None:
    """A colleague has asked for a place at an event: the member hears at once, for it may be decided in weeks."""
    claim = ledger.claims.get(claim_id)
    if claim.is_for_event and claim.claimed_by is not None and claim.state is ClaimState.QUEUED:
        by = ledger.roster.by_id(claim.claimed_by).name
        write_to_member(office, ledger, claim, Line("", "event_entered", claim.case_id, {"claimed_by": by}))


def write_to_member(office: Office, ledger: Transaction, claim: Claim, line: Line, *, question: Asked | None = None) -> None:
    """One line in a letter of its own: in the thread of the mail that claimed, where that was the member's.

    A `question` that is on record already is asked once more by it.
    """
    asked_before = question.id if question is not None else 0
    member = ledger.roster.by_id(claim.member_id)
    told = tell(office, ledger, line, language=member.language, member_id=member.id)
    letter = Letter(
        "answer",
        member.email,
        member.language,
        {"lines": (told,)},
        member_id=member.id,
        case_id=claim.case_id,
        question=None if asked_before else question,
        attachments=calendar.with_answer(office, ledger, (told,), member.language),
    )
    if claim.arrival_id is not None and claim.claimed_by is None:
        message_id = ledger.arrivals.get(claim.arrival_id).message_id
        letter = replace(letter, in_reply_to=message_id, references=(message_id,) if message_id else ())
    office.owe(ledger, letter, arrival_id=claim.arrival_id, question_id=asked_before or None)


def placed(office: Office, ledger: Transaction, claim: Claim, *, others: int) -> dict[str, object]:
    """What staff read of a place that is given, or kept, as it stands now; `others` wait in line for it."""
    case = ledger.cases.by_id(claim.case_id)
    return {
        "case": case,
        "member": ledger.roster.by_id(claim.member_id),
        "arrived_at": claim.stamp.arrived_at,
        "others": others,
        "state": claim.standing,
        "promoted": claim.reason == "promoted",
        "assigned_by": given_by(claim),
        "hold_until": claim.hold_until,
        "is_urgent": is_urgent(case, now=office.clock()),
    }


def withdrawn(office: Office, ledger: Transaction, change: EndClaim) -> None:
    """A claim ended before it was settled, by its member or with its case: the message that made it has its outcome now."""
    outcome, facts = ending(change)
    settle_line(office, ledger, ledger.claims.get(change.claim_id), outcome, facts)


def ending(change: EndClaim) -> tuple[str, dict[str, object]]:
    """The outcome of a claim that ended before its turn: the case was over, another mail of its member counts, or it was given up."""
    if change.state is ClaimState.LAPSED and change.reason in (Lifecycle.CLOSED, Lifecycle.WITHDRAWN):
        return "refused", {"reason": change.reason, "arrived_at": None}
    if change.reason == "superseded":
        return "refused", {"reason": "already_waiting", "arrived_at": None}
    return "released", {"was": change.reason if change.reason == TAKEN_BACK else "ended"}
