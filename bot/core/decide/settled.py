"""A question that is over: whoever answers it now hears who was before them, and with what.

Given the question and what is known, gives the line of the answer. Who it was, and when, stands in the question, or, where the matter was settled
by another word of staff, in the history of the case or the member. Whoever answers an offer too late hears of which case, until when it was kept,
and how to ask again.
"""

from __future__ import annotations

from datetime import datetime

from bot.core.claims import is_over, somebody_waits
from bot.core.model import Asked, Claim, ClaimState, Decision, Disposition, Lifecycle, Line, Noted, Question, View
from bot.core.reasons import Deed, deed


def line(said: str, asked: Asked, view: View, *, whom: str = "") -> Line:
    """`whom` is the member that the question was about."""
    if asked.question is Question.OFFER and not asked.answered_by and (reason := _why_no_offer(asked, view)):
        until = asked.expires_at.isoformat() if asked.expires_at else None
        has_next = view.member is not None and somebody_waits(view.claims.get(asked.case_id or "", ()), but=view.member.id)
        return Line(said, "refused", asked.case_id, {"reason": reason, "kept_until": until, "has_next": has_next})
    facts: dict[str, object] = {"answered_by": asked.answered_by or None, "answer": asked.answer, "question": asked.question.value}
    if asked.answered_at is not None:
        facts |= {"answered_at": asked.answered_at.isoformat()}
    settled = None if asked.answered_by or view.staff is None else _last(_since(asked, _past(asked, view)), whom)
    if settled is not None:
        at, done = settled
        facts |= {"answered_by": done.who, "answered_at": at.isoformat(), "answer": "", "deed": str(done)}
    elif not asked.answered_by and asked.question is Question.SEND_BULLETIN:
        case = view.cases.get(asked.case_id or "")
        facts |= {"is_expired": case is not None and case.lifecycle is Lifecycle.EXPIRED}
    return Line(said, "question_over", asked.case_id, facts)


def over(reason: str, said: str, asked: Asked, view: View, *, whom: str = "") -> Decision:
    """Nothing is done, and the answer has this line alone; `reason` is for the record."""
    return Decision(Disposition.ANSWERED, reason, lines=(line(said, asked, view, whom=whom),))


def _why_no_offer(asked: Asked, view: View) -> str:
    """Why a place that was offered cannot be had by an answer any more; "" where its reader has settled that otherwise."""
    case, member = view.cases.get(asked.case_id or ""), view.member
    if case is None or member is None or member.is_outside:
        return ""
    mine = [claim for claim in view.claims.get(case.id, ()) if claim.member_id == member.id]
    if not mine or not _ended_unanswered(mine[-1]):
        return ""
    if case.lifecycle is not Lifecycle.OPEN:
        return case.lifecycle.value
    return Lifecycle.EXPIRED.value if is_over(case, now=view.now) else "offer_over"


def _ended_unanswered(claim: Claim) -> bool:
    return claim.state is ClaimState.LAPSED or claim.is_offer


def _past(asked: Asked, view: View) -> tuple[Noted, ...]:
    if asked.question is Question.ADMIT:
        return view.records.get(view.applicant.id, ()) if view.applicant else ()
    return next((view.history[case_id] for case_id in asked.about if case_id in view.history), ())


def _since(asked: Asked, past: tuple[Noted, ...]) -> tuple[Noted, ...]:
    """What was done before a question was asked has not settled it; a mailbox tells whole seconds."""
    return tuple((at, note) for at, note in past if asked.asked_at is None or at >= asked.asked_at.replace(microsecond=0))


def _last(past: tuple[Noted, ...], whom: str) -> tuple[datetime, Deed] | None:
    """The last word of a person about this member, or about the case as a whole, and when it was."""
    deeds = [(at, done) for at, note in past if (done := deed(note)) and done.whom in ("", whom) and "@" in done.who]
    return deeds[-1] if deeds else None
