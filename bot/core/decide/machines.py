"""Mail that a program wrote, and what looks like it: nothing is done and nobody is answered (RFC 3834 2).

Given one message and the View, gives a Decision, or None for a person's mail. What staff should know is told to them, a limited number
of times: that a claim may hide in automatic mail, that our own mail goes round in circles, that a filter keeps our letters from a member.
"""

from __future__ import annotations

from bot.core.decide import alerts
from bot.core.decide.message import Message
from bot.core.intent import misspelt
from bot.core.mail import Letter
from bot.core.model import Decision, Disposition, NoteFilter, View
from bot.core.parsing.machines import CHALLENGE, OWN_MAIL, says_absent
from bot.core.rules import Rules

OWN_MAIL_A_DAY = 3
"""So much of our own mail may come back before somebody should look for the loop."""


def machine(message: Message, view: View, rules: Rules) -> Decision | None:
    """One in which somebody on file claims a case, or seems to, is shown to staff, not dropped."""
    reason = message.arrival.machine
    if not reason:
        return None
    if reason == OWN_MAIL:
        return Decision(Disposition.IGNORED, reason, letters=_loop(message, view, rules))
    if view.member is not None and _may_claim(message, rules):
        letters = message.to_staff("look_at", rules, reason="automatic_claim")
        return Decision(Disposition.FOR_STAFF, f"looks automatic ({reason}) and yet holds a claim", letters=letters)
    if reason == CHALLENGE:
        return _filtered(message, view, rules)
    return Decision(Disposition.IGNORED, reason)


def _may_claim(message: Message, rules: Rules) -> bool:
    """A claim, or a line that begins as one where the words name a case: “受任 JAR-2026-014 します”."""
    intent = message.intent
    begins = bool(intent.named) and bool(misspelt(intent.lines, rules.vocabulary, ("claim",)))
    return begins or any(command.verb == "claim" for command in intent.commands)


def absence(message: Message, view: View, rules: Rules) -> Decision | None:
    """The note of somebody who is away, where every mark of a machine is silent: not answered, for it may be a program, but not dropped.

    Staff read a member's; they are not sent their own, or an absent colleague's program would answer each letter with the next.
    """
    if message.intent.commands or not says_absent(message.intent.lines):
        return None
    letters = () if view.staff else message.to_staff("look_at", rules, reason="absence", member=view.member)
    return Decision(Disposition.FOR_STAFF, "says that its writer is away", letters=letters)


def _loop(message: Message, view: View, rules: Rules) -> tuple[Letter, ...]:
    count = view.came_back + 1
    sender = message.arrival.sender
    facts: dict[str, object] = {"address": sender, "count": count}
    return alerts.alert("own_mail", facts, rules, about=sender, now=view.now) if count >= OWN_MAIL_A_DAY else ()


def _filtered(message: Message, view: View, rules: Rules) -> Decision:
    """Somebody's mailbox asks senders to prove themselves, so our letters do not arrive: noted with the member, and told once."""
    member = view.behind_filter
    if member is None or view.is_filtered or message.proof.level == "failed":
        return Decision(Disposition.IGNORED, CHALLENGE)
    facts: dict[str, object] = {"address": member.email, "count": 1}
    told = alerts.alert("filter", facts, rules, about=member.email, now=view.now)
    return Decision(Disposition.IGNORED, CHALLENGE, (NoteFilter(member.email, is_there=True),), letters=told)
