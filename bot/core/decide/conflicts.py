"""Short answers to the conflict check: a bare CLEAR or CONFLICT in the thread that asked for it, and words that could mean either.

Given the message and what is known, reads a bare word as the command for the one case that the thread asks about. Where it asks about
several, or the answer is YES or NO, nothing acts: whether the names or a conflict were meant, only the sender can say.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from bot.core import words as own
from bot.core.courtesies import substance
from bot.core.decide import conflict_words, holding, talk
from bot.core.decide.answers import with_left_over
from bot.core.decide.message import Message, Rules
from bot.core.decide.replies import courteous
from bot.core.intent import Command, bare_words, word_alone
from bot.core.intent.retractions import conditional
from bot.core.intent.vocabulary import LONGEST_LINE
from bot.core.model import Claim, ClaimState, Decision, Disposition, View

WORDS = frozenset({"clear", "conflict"})
EITHER = frozenset({"yes", "no"})


def understood(message: Message, view: View, rules: Rules) -> Message:
    """The message with its bare words as commands, where one case is known from the thread.

    A courtesy behind the word leaves it that word. A CLEAR whose other words speak of a conflict, or put a condition on it, is prose.
    """
    bare, checks = _bare(message, view, rules), asked_about(view)
    if any(_is_checked(claim) for claim in view.own) and _is_undone(message, view, bare):
        kept = tuple(command for command in message.intent.commands if command.verb not in WORDS)
        return replace(message, intent=replace(message.intent, commands=kept, prose=message.intent.lines))
    if not bare or len(checks) != 1:
        return message
    case_id = checks[0].case_id
    commands = (
        Command(verb, case_id, "", f"{rules.vocabulary.spelt.get(word_alone(line), line.strip())} {case_id}") for line, verb in bare.items()
    )
    intent = replace(
        message.intent,
        commands=tuple(dict.fromkeys((*commands, *message.intent.commands))),
        prose=tuple(line for line in message.intent.prose if line not in bare),
    )
    return replace(message, intent=intent)


def _bare(message: Message, view: View, rules: Rules) -> dict[str, str]:
    """The lines that are a bare word, and its verb; or the one line of a mail that is such a word with courtesies behind it."""
    bare = bare_words(message.intent.lines, WORDS, rules.vocabulary)
    if bare or view.member is None or not asked_about(view):
        return bare
    names = talk.names_of(message, view.member)
    said = substance(message.intent.lines, names=names)
    found = courteous(said[0], WORDS, None, names, rules) if len(said) == 1 and not message.intent.commands else None
    return {said[0]: found.verb} if found else {}


def _is_undone(message: Message, view: View, bare: dict[str, str]) -> bool:
    """Whether CLEAR stands beside words that may mean a conflict, a check not yet done or a condition, or CONFLICT beside “no conflict”."""
    said = {*bare.values(), *(command.verb for command in message.intent.commands)} & WORDS
    if len(said) != 1 or view.member is None:
        return False
    beside = substance([line for line in message.intent.prose if line not in bare], names=talk.names_of(message, view.member))
    folded = [own.fold(line[:LONGEST_LINE]).casefold() for line in beside]
    if "clear" in said:
        return any(map(conflict_words.speak_against_clear, folded)) or conditional(beside)
    return any(map(conflict_words.speak_against_conflict, folded))


def unclear(message: Message, view: View, rules: Rules) -> Decision | None:
    """“CLEAR or CONFLICT?”, for each case that the thread asks about; None where the mail leaves no doubt.

    A bare word in a mail of its own may be late, and meant for another check: it is asked about, though one check alone runs now.
    """
    checks, commands = asked_about(view), message.intent.commands
    bare = bare_words(message.intent.lines, WORDS, rules.vocabulary)
    if not message.proof.is_proven:
        return None
    if not checks and bare and not commands and not view.thread:
        checks = [claim for claim in view.own if _is_checked(claim)]
        if not checks:
            return None
        asked = _asked(checks, next(iter(bare)).strip(), "unnamed" if len(checks) == 1 else "which", view)
        return _with_words_beside(asked, message, view, rules, bare=bare)
    if bare and len(checks) > 1:
        asked = with_left_over(_asked(checks, next(iter(bare)).strip(), "which", view), commands)
        return _with_words_beside(asked, message, view, rules, bare=bare)
    is_either = bool(commands) and all(command.verb in EITHER for command in commands)
    is_over = view.question is None or bool(view.question.answer)
    return _asked(checks, commands[0].said, "yes", view) if checks and is_either and is_over else None


def _with_words_beside(asked: Decision, message: Message, view: View, rules: Rules, *, bare: Container[str]) -> Decision:
    """The question, and to staff whatever the mail says beside the bare word: it is no command yet, so nobody else passes that on."""
    if view.member is None or all(line in bare for line in talk.said_beside(message, view.member, view)):
        return asked
    return talk.with_words(asked, message, view, rules, commands=message.intent.commands)


def _asked(checks: Sequence[Claim], said: str, why: str, view: View) -> Decision:
    """The question for each of these checks."""
    return Decision(Disposition.ANSWERED, "CLEAR or CONFLICT?", lines=tuple(holding.which(said, claim, why, view) for claim in checks))


def asked_about(view: View) -> list[Claim]:
    """The sender's conflict checks that the letters of this thread are about; one letter may answer a mail that asked for several cases."""
    named = {letter.case_id for letter in view.thread if letter.case_id}
    mails = {claim.arrival_id for claim in view.own if claim.case_id in named and claim.claimed_by is None}
    return [
        claim
        for claim in view.own
        if _is_checked(claim) and (claim.case_id in named or (claim.claimed_by is None and claim.arrival_id in mails))
    ]


def _is_checked(claim: Claim) -> bool:
    return claim.state is ClaimState.HELD and not claim.is_offer
