"""Short answers to the conflict check: a bare CLEAR or CONFLICT in the thread that asked for it, and words that could mean either.

Given the message and what is known, reads a bare word as the command for the one case that the thread asks about. Where it asks about
several, or the answer is YES or NO, nothing acts: whether the names or a conflict were meant, only the sender can say.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core.decide.answers import with_left_over
from bot.core.decide.message import Message, Rules
from bot.core.intent import Command, bare_words, word_alone
from bot.core.model import Claim, ClaimState, Decision, Disposition, Line, View

WORDS = frozenset({"clear", "conflict"})
EITHER = frozenset({"yes", "no"})


def understood(message: Message, view: View, rules: Rules) -> Message:
    """The message with its bare words as commands, where one case is known from the thread."""
    bare, checks = bare_words(message.intent.lines, WORDS, rules.vocabulary), asked_about(view)
    if not bare or len(checks) != 1:
        return message
    case_id = checks[0].case_id
    commands = (Command(verb, case_id, "", f"{rules.vocabulary.spelt[word_alone(line)]} {case_id}") for line, verb in bare.items())
    intent = replace(
        message.intent,
        commands=tuple(dict.fromkeys((*commands, *message.intent.commands))),
        prose=tuple(line for line in message.intent.prose if line not in bare),
    )
    return replace(message, intent=intent)


def unclear(message: Message, view: View, rules: Rules) -> Decision | None:
    """“CLEAR or CONFLICT?”, for each case that the thread asks about; None where the mail leaves no doubt."""
    checks, commands = asked_about(view), message.intent.commands
    if not checks or not message.proof.is_proven:
        return None
    bare = bare_words(message.intent.lines, WORDS, rules.vocabulary)
    is_either = bool(commands) and all(command.verb in EITHER for command in commands)
    is_over = view.question is None or bool(view.question.answer)
    if bare and len(checks) > 1:
        said, why, left_over = next(iter(bare)).strip(), "which", commands
    elif is_either and is_over:
        said, why, left_over = commands[0].said, "yes", ()
    else:
        return None
    lines = tuple(Line(said, "clear_or_conflict", claim.case_id, {"why": why}) for claim in checks)
    return with_left_over(Decision(Disposition.ANSWERED, "CLEAR or CONFLICT?", lines=lines), left_over)


def asked_about(view: View) -> list[Claim]:
    """The sender's conflict checks that the letters of this thread are about; one letter may answer a mail that asked for several cases."""
    named = {letter.case_id for letter in view.thread if letter.case_id}
    mails = {claim.arrival_id for claim in view.own if claim.case_id in named and claim.claimed_by is None}
    return [
        claim
        for claim in view.own
        if claim.state is ClaimState.HELD
        and not claim.is_offer
        and (claim.case_id in named or (claim.claimed_by is None and claim.arrival_id in mails))
    ]
