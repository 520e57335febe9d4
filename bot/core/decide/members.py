"""A member's mail: each of its commands carried out in the order written, each on what the ones above it leave.

Given the message and what is known, gives one decision with a line a command; what the verbs do stands in `lawyers`.
"""

from __future__ import annotations

from bot.core.decide import foreseen, lawyers, meant
from bot.core.decide.message import Message
from bot.core.decide.steps import Desk, Step, in_order
from bot.core.model import Decision, Disposition, Line, View
from bot.core.rules import Rules


def commands(message: Message, view: View, rules: Rules) -> Decision | None:
    """Carry out what a proven member asks; HELP and the like for anybody on file. What the claims name beside cases is asked about."""
    member = view.member
    known = [command for command in message.intent.commands if command.verb in lawyers.VERBS]
    if member is None or not known:
        return None
    steps: list[Step] = []
    for position, command in enumerate(known):
        counts_from_first = command.verb == "claim" and meant.counts_from_first(command, message, view)
        read = meant.from_first(message, view) if counts_from_first else message
        step = lawyers.carried_out(command, Desk(read, view, rules, view.member or member, position))
        steps.append(step)
        if position + 1 < len(known) or message.intent.unsure:  # somebody looks at it
            view = foreseen.after(view, step.changes, stamp=read.stamp)
    if message.intent.dropped:
        steps.append(Step(Line("", "too_many", facts={"limit": len(known)})))
    if view.member is not None and view.member.may_claim:
        steps += meant.beside(message, view, rules, position=len(steps))
    is_waiting = any(not step.line.outcome for step in steps)
    return Decision(
        Disposition.PENDING if is_waiting else Disposition.ANSWERED,
        ", ".join(dict.fromkeys(command.verb for command in known)),
        changes=in_order(steps),
        lines=tuple(step.line for step in steps),
        letters=tuple(letter for step in steps for letter in step.letters),
    )
