"""The one switch: a message, what the ledger knows, and the rules become a Decision.

Given nouns and gives nouns; every reason is in the Decision. The checks stand in one table, in the order in which they apply.
Nothing a stranger wrote is done unless its sender is proven; nothing a machine wrote is done at all; nothing is dropped in silence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.core.claims import standing
from bot.core.decide import answers, bounces, challenge, checkins, lawyers, staff
from bot.core.decide.message import IDLE_OUTCOMES, Message, Rules
from bot.core.mail import Letter
from bot.core.model import LIVE, Ask, Decision, Disposition, Line, Question, View

__all__ = ["IDLE_OUTCOMES", "Message", "Rules", "decide"]

Check = Callable[[Message, View, Rules], Decision | None]


def decide(message: Message, view: View, rules: Rules) -> Decision:
    """What follows from one message. The first check that has an answer gives it."""
    for check in CHECKS:
        decision = check(message, view, rules)
        if decision is not None:
            return _capped(decision, message, view, rules)
    raise AssertionError("the last check answers every message")


def _machine(message: Message, view: View, rules: Rules) -> Decision | None:
    """RFC 3834: no answer, no action. One that holds a well-formed claim of somebody on file is shown to staff, not dropped."""
    if not message.arrival.machine:
        return None
    holds_claim = any(command.verb == "claim" for command in message.intent.commands)
    if not holds_claim or view.member is None:
        return Decision(Disposition.IGNORED, message.arrival.machine)
    reason = f"looks automatic ({message.arrival.machine}) and yet holds a claim"
    return Decision(Disposition.FOR_STAFF, reason, letters=message.to_staff("look_at", rules, reason="automatic_claim"))


def _nobody(message: Message, view: View, rules: Rules) -> Decision | None:
    """No single sender can be read, or it is not on file: nobody is answered."""
    if not message.arrival.sender:
        return Decision(Disposition.FOR_STAFF, "; ".join(message.arrival.defects) or "no sender can be read")
    if view.member is None and view.staff is None:
        reason = "not on the roster"
        if message.looks_like:
            reason = f"not on the roster; the address looks like {message.looks_like}"
        return Decision(Disposition.FOR_STAFF, reason)
    return None


def _forged(message: Message, view: View, rules: Rules) -> Decision | None:
    """Our own mail server says that this is not from who it claims to be: no answer to the person it names."""
    if message.proof.level != "failed":
        return None
    return Decision(Disposition.FOR_STAFF, f"authentication failed: {message.proof.reason}")


def _unreadable(message: Message, view: View, rules: Rules) -> Decision | None:
    """Kept whole and shown to a person; a proven sender hears what to do."""
    defects = [*message.arrival.defects, *([message.intent.doubt] if message.intent.doubt else [])]
    if not defects:
        return None
    reason = "; ".join(defects)
    lines = (Line("", "to_person"),) if message.proof.is_proven else ()
    return Decision(Disposition.FOR_STAFF, reason, lines=lines, letters=message.to_staff("look_at", rules, reason="unreadable"))


def _prose(message: Message, view: View, rules: Rules) -> Decision | None:
    """Whatever else a person writes goes to a person, and the sender hears so; prose about one open case is asked what it meant."""
    if view.staff is not None:
        return Decision(Disposition.ANSWERED, "no command found", lines=(Line("", "help", facts={"role": "staff"}),))
    to_staff = message.to_staff("forwarded", rules, member=view.member)
    meant = _case_meant(message, view)
    if meant:
        asked = (Ask(Question.DID_YOU_MEAN, meant, line=0),)
        decision = Decision(Disposition.FOR_STAFF, "names a case without a command", asked, (Line("", "did_you_mean", meant),), to_staff)
    else:
        decision = Decision(Disposition.FOR_STAFF, "no command found", lines=(Line("", "to_person"),), letters=to_staff)
    return checkins.in_prose(decision, view.question)


def _case_meant(message: Message, view: View) -> str:
    """The one case that the sender's own words name, if it could be claimed; never guessed among several."""
    named = message.intent.named
    if view.member is None or len(named) != 1 or lawyers.refusal(named[0], message, view):
        return ""
    return "" if standing(view.claims.get(named[0], ()), view.member.id, states=LIVE) else named[0]


CHECKS: tuple[Check, ...] = (
    bounces.report,  # a machine's mail too, but one that tells of a letter of ours
    _machine,  # before everything: a machine gets no answer, whoever it says it is
    _nobody,  # a stranger gets no answer either
    _forged,
    _unreadable,
    checkins.answered,  # OK, HELP, DONE, RELEASE to “how is the case?”
    answers.to_question,  # YES, NO, SEND in a thread of ours
    staff.intake,  # NEW CASE, EMERGENCY, and the form sent back
    challenge.unproven,  # commands that would act, from a sender who is not proven
    staff.commands,
    lawyers.commands,
    _prose,
)


def _capped(decision: Decision, message: Message, view: View, rules: Rules) -> Decision:
    """Two machines that answer each other must not go on for ever: a sixth answer in a day to mail that changes nothing is withheld."""
    is_idle = decision.lines and all(line.outcome in IDLE_OUTCOMES for line in decision.lines)
    if not is_idle or view.idle_answers < rules.idle_answers_per_day:
        return decision
    day = view.now.astimezone(rules.zone).date().isoformat()
    alert = tuple(
        Letter(
            "cap_reached",
            person.address,
            person.language,
            {"address": message.arrival.sender},
            once=f"cap:{message.arrival.sender}:{day}:{person.address}",
        )
        for person in rules.staff
    )
    return replace(decision, disposition=Disposition.IGNORED, reason="answers for today are used up", changes=(), lines=(), letters=alert)
