"""What waits for a word of staff: previews, changes, applicants, claims that do not fit their case, rounds that are held back.

Given the ledger, the one account that the daily balance, STATUS by mail, `firstreply status` and the board all tell. Reads only.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core.model import WAITS_WHILE, Asked, Awaited, Lifecycle, MemberState, Question
from bot.office import occasions
from bot.shell.ledger import Transaction


def of_staff(ledger: Transaction, now: datetime) -> Awaited:
    asked = ledger.questions.open(now)
    return Awaited(
        previews=_previews(ledger, asked),
        changes=tuple(sorted({one.case_id for one in asked if one.question is Question.CHANGE_CASE and one.case_id})),
        applicants=ledger.roster.addresses_in(MemberState.APPLIED),
        misfits=_misfits(ledger),
        rounds=occasions.held_back(ledger),
    )


def still_asks(ledger: Transaction, asked: Asked) -> bool:
    """Whether an answer to a question that nobody has answered could still do anything."""
    match asked.question:
        case Question.SEND_ROUND:
            return asked.content_key > max(ledger.rounds.months(), default="")
        case Question.ADMIT:
            return asked.content_key in ledger.roster.addresses_in(MemberState.APPLIED)
        case Question.AGREE:
            waiting = ledger.undecided.awaiting_staff()
            return any(claim.case_id == asked.case_id and claim.arrival_id in asked.arrival_ids for claim in waiting)
        case kind if kind in WAITS_WHILE:
            cases = ledger.cases.some(asked.about).values()
            return any(case.lifecycle in WAITS_WHILE[kind] and not case.is_erased for case in cases)
        case _:
            return True


def _previews(ledger: Transaction, asked: Sequence[Asked]) -> tuple[str, ...]:
    """Cases whose preview waits: a draft for as long as it is one, though its question has grown too old; a bulletin while its question runs."""
    cases = {case.id: case.lifecycle for case in ledger.cases.not_over() if not case.is_erased}
    drafts = {case_id for case_id, lifecycle in cases.items() if lifecycle is Lifecycle.DRAFT}
    shown = [(case_id, WAITS_WHILE[one.question]) for one in asked if one.question in WAITS_WHILE for case_id in one.about]
    running = {case_id for case_id, while_it_is in shown if cases.get(case_id) in while_it_is}
    return tuple(sorted(drafts | running))


def _misfits(ledger: Transaction) -> tuple[tuple[str, str], ...]:
    """Claims about which staff are asked."""
    claims = ledger.undecided.awaiting_staff()
    ledger.roster.foresee(claim.member_id for claim in claims)
    return tuple((claim.case_id, ledger.roster.by_id(claim.member_id).name) for claim in claims)
