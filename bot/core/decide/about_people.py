"""YES and NO to a question about a person: is the next in line still willing, does who holds a case leave, is an applicant let in, may a claim
that does not fit its case have it. Both answers change something, and by then it may be settled.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core.claims import is_asked
from bot.core.decide import joining, membership, offers, previews, settled
from bot.core.decide.message import Message
from bot.core.decide.steps import Desk, Step
from bot.core.intent import Command
from bot.core.mail import Letter
from bot.core.model import (
    AgreeClaim,
    AnswerQuestion,
    Asked,
    ClaimState,
    Decision,
    Disposition,
    EndClaim,
    Lifecycle,
    Line,
    MemberState,
    Question,
    View,
)
from bot.core.reasons import Deed
from bot.core.rules import Rules

ASKED_OF_STAFF = frozenset({Question.AGREE, Question.ADMIT})


def decided(asked: Asked, answer: Command, message: Message, view: View, rules: Rules) -> Decision:
    if asked.question is Question.AGREE:
        return _about_misfit(asked, answer, message, view)
    step = _STEPS[asked.question](asked, answer, message, view, rules)
    if step is None:
        whom = view.applicant.email if view.applicant else ""
        return settled.over("settled before", answer.said, asked, view, whom=whom)
    word = "no" if answer.verb == "no" else "yes"
    answered = AnswerQuestion(asked.id, word, message.arrival.sender)
    return Decision(Disposition.ANSWERED, f"{asked.question.value}: {word}", (answered, *step.changes), (step.line,), step.letters)


def _still_willing(asked: Asked, answer: Command, message: Message, view: View, rules: Rules) -> Step | None:
    if view.member is None:
        return None
    desk = Desk(message, view, rules, view.member)
    offer = offers.offered(asked.case_id or "", desk)
    if offer is None or offers.is_late(offer, desk) or (view.member.is_outside and answer.verb != "no"):
        return None
    return offers.decline(offer, answer.said, desk) if answer.verb == "no" else offers.take(offer, answer.said, desk)


def _leaves(asked: Asked, answer: Command, message: Message, view: View, rules: Rules) -> Step | None:
    if view.member is None or view.member.is_outside:
        return None
    if answer.verb == "no":
        return Step(Line(answer.said, "declined"))
    return membership.hands_back_and_leaves(answer.said, Desk(message, view, rules, view.member))


def _admits(asked: Asked, answer: Command, message: Message, view: View, rules: Rules) -> Step | None:
    member = view.applicant
    if view.staff is None or member is None or member.state is not MemberState.APPLIED:
        return None
    by, why = view.staff.address, previews.reason_given(answer, message)
    if answer.verb == "no":
        return joining.turned_away(answer.said, member, Deed("turned_away", by, member.email, why))
    past = view.records.get(member.id, ())
    return joining.admitted(answer.said, member, Deed("approved", by, member.email, why), past=past, rules=rules)


def _about_misfit(asked: Asked, answer: Command, message: Message, view: View) -> Decision:
    """Staff say whether a claim that does not fit its case may have it. Its member is told of a NO; after a YES, how it was settled."""
    claims = [claim for claim in view.claims.get(asked.case_id or "", ()) if claim.arrival_id in asked.arrival_ids]
    claim = next(filter(is_asked, claims), None)
    case, word, said = view.cases.get(asked.case_id or ""), answer.verb, answer.said
    if view.staff is None or claim is None or case is None or case.lifecycle is not Lifecycle.OPEN:
        whose = view.claimants.get(claims[0].member_id) if claims else None  # whoever gave or ended it otherwise was first
        over = settled.over("the claim waits no more", said, asked, view, whom=whose.email if whose else "")
        if whose is None or claims[0].state is not ClaimState.RELEASED:
            return over
        return replace(over, lines=tuple(replace(line, facts={**line.facts, "taken_back_by": whose.name}) for line in over.lines))
    if word == "send":
        return Decision(Disposition.ANSWERED, "a claim wants a YES or a NO", lines=(Line(said, "unclear"),))
    member = view.claimants[claim.member_id]
    why = previews.reason_given(answer, message)
    told = Line(said, "agreement", case.id, {"is_agreed": word == "yes", "name": member.name, "address": member.email, "grounds": why})
    answered = AnswerQuestion(asked.id, word, message.arrival.sender)
    if word == "yes":
        return Decision(Disposition.ANSWERED, "agreed to a claim", (answered, AgreeClaim(claim.id, view.staff.address, why)), (told,))
    ended = EndClaim(claim.id, ClaimState.REFUSED, f"not_agreed by {view.staff.address}", why)
    letter = Letter("not_agreed", member.email, member.language, {"case": case}, member_id=member.id, case_id=case.id)
    return Decision(Disposition.ANSWERED, "did not agree to a claim", (answered, ended), (told,), (letter,))


_STEPS = {Question.OFFER: _still_willing, Question.LEAVE: _leaves, Question.ADMIT: _admits}
QUESTIONS = frozenset({*_STEPS, Question.AGREE})
