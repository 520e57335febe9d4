"""How many answers a day one sender gets to mails that change nothing: two machines that answer each other must not go on for ever.

Given what was decided about a mail, gives it back, or without the answer. Only an answer is withheld: what was written for a person still
reaches one, a lawyer hears once a day that no more answers come, and a change that was not clear goes to staff instead. Staff have ten times
as many, for a word of theirs that is met with silence may be a client's name that goes out; only their HELP is what machines ask for, too.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core.decide import conflicts, forwarding, notices
from bot.core.decide.message import STAFF_LISTINGS, Message
from bot.core.mail import Letter
from bot.core.model import IDLE_OUTCOMES, Ask, Decision, Disposition, NoteWords, Question, View
from bot.core.rules import Rules

_MORE_FOR_STAFF = 10


def applied(decision: Decision, message: Message, view: View, rules: Rules) -> Decision:
    """As decided while the day has answers left; after that, what changes nothing is not answered."""
    if not _is_idle(decision, view) or view.idle_answers < _most(decision, message, view, rules):
        return decision
    day = view.now.astimezone(rules.zone).date().isoformat()
    letters = decision.letters or _unclear_change(decision, message, view, rules)
    letters = conflicts.with_hours(replace(decision, letters=letters)).letters
    to_staff = tuple(replace(letter, facts={**letter.facts, "is_told": False}) for letter in letters)
    return replace(
        decision,
        disposition=Disposition.FOR_STAFF if to_staff or (view.staff is not None and message.proof.is_proven) else Disposition.IGNORED,
        reason="answers for today are used up",
        changes=tuple(change for change in decision.changes if isinstance(change, NoteWords)),
        lines=(),
        letters=(*to_staff, *_alert(message, rules, day), *_no_more_today(message, view, day)),
    )


def _most(decision: Decision, message: Message, view: View, rules: Rules) -> int:
    """Of staff, a bare HELP and a mail without words count as anybody's."""
    is_help = all(line.outcome == "help" and not line.facts.get("is_prose") for line in decision.lines)
    is_of_staff = view.staff is not None and message.proof.is_proven and not is_help
    return rules.idle_answers_per_day * (_MORE_FOR_STAFF if is_of_staff else 1)


def _is_idle(decision: Decision, view: View) -> bool:
    """Whether it changes nothing. “Did you mean …?” keeps a place or a turn, so the first about a case always goes."""
    idle = IDLE_OUTCOMES - STAFF_LISTINGS if view.staff else IDLE_OUTCOMES
    asked = [one for one in decision.changes if isinstance(one, Ask) and one.question in (Question.DID_YOU_MEAN, Question.GIVE_BACK)]
    keeps_place = any(not view.meant.issuperset(one.case_ids or (one.case_id or "",)) for one in asked)
    return bool(decision.lines) and all(line.outcome in idle for line in decision.lines) and not keeps_place


def _unclear_change(decision: Decision, message: Message, view: View, rules: Rules) -> tuple[Letter, ...]:
    """What was to change something, and could not be read: a person reads it where the desk answers no more."""
    asks = any(
        line.outcome == "clear_or_conflict" or (line.outcome == "unclear" and (line.facts or line.case_id)) for line in decision.lines
    )
    return forwarding.to_staff(message, view, rules) if asks and view.member is not None and view.staff is None else ()


def _alert(message: Message, rules: Rules, day: str) -> tuple[Letter, ...]:
    sender = message.arrival.sender
    return notices.to_staff("cap_reached", {"address": sender}, rules, once=f"cap:{sender}:{day}")


def _no_more_today(message: Message, view: View, day: str) -> tuple[Letter, ...]:
    """To a proven lawyer, once a day: two machines cannot keep each other going by it."""
    member, message_id = view.member, message.arrival.message_id
    if member is None or view.staff is not None or not message.proof.is_proven:
        return ()
    answers = (message_id,) if message_id else ()
    once = f"no more:{member.email}:{day}"
    return (Letter("no_more_today", member.email, member.language, {}, message_id, answers, member_id=member.id, once=once),)
