"""Short answers to the conflict check: a bare CLEAR or CONFLICT in the thread that asked for it, and words that could mean either.

Given the message and what is known, reads a bare word as the command for the one case that the thread asks about. Where it asks about
several, or the answer is YES or NO, nothing acts: whether the names or a conflict were meant, only the sender can say. Each check that a
bare word may be meant for is told with its hour, also where other lines of the mail are carried out.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.core import words as own
from bot.core.courtesies import substance
from bot.core.decide import anew, conflict_words, forwarding, holding
from bot.core.decide.message import Message
from bot.core.decide.replies import courteous
from bot.core.intent import Command, bare_words, word_alone
from bot.core.intent.retractions import conditional
from bot.core.model import Claim, ClaimState, Decision, Disposition, Line, View
from bot.core.rules import Rules
from bot.core.vocabulary import LONGEST_LINE

WORDS = frozenset({"clear", "conflict"})
EITHER = frozenset({"yes", "no"})


def understood(message: Message, view: View, rules: Rules) -> Message:
    """The message with its bare words as commands, where one case is known from the thread.

    A courtesy behind the word leaves it that word. A CLEAR whose other words speak of a conflict, or put a condition on it, is prose.
    """
    bare = _bare(message, view, rules)
    if any(_is_checked(claim) or claim.state is ClaimState.CONFIRMED for claim in view.own) and _is_undone(message, view, bare):
        kept = tuple(command for command in message.intent.commands if command.verb not in WORDS)
        return replace(message, intent=replace(message.intent, commands=kept, prose=message.intent.lines))
    meant = {line: _meant(verb, message, view) for line, verb in bare.items()}
    commands = tuple(
        Command(verb, one.case_id, "", f"{rules.vocabulary.spelt.get(word_alone(line), line.strip())} {one.case_id}")
        for line, verb in bare.items()
        for one in meant[line]
    )
    if not commands:
        return message
    intent = replace(
        message.intent,
        commands=tuple(dict.fromkeys((*commands, *message.intent.commands))),
        prose=tuple(line for line in message.intent.prose if not meant.get(line)),
    )
    return replace(message, intent=intent)


def _meant(verb: str, message: Message, view: View) -> list[Claim]:
    """The checks that a bare word answers: the one of its thread; where other lines name every check that runs, those that they name.

    A bare CONFLICT may take back the CLEAR of any case, though another check is left that it may be meant for: no file goes out at a guess.
    In the thread of a case that is theirs already it is about that case.
    """
    asked, running = asked_about(view), _running(view)
    if verb == "conflict" and not asked and len(had := _had(view)) == 1:
        return had
    if len(asked) == 1:
        return asked
    against = WORDS | {"release"} if verb == "clear" else WORDS
    named = {(command.verb, command.case_id) for command in message.intent.commands if command.verb in against}
    if running and {claim.case_id for claim in running} <= {case_id for _, case_id in named}:
        return [claim for claim in running if (verb, claim.case_id) in named] or running
    return [claim for claim in running if verb == "conflict" and ("clear", claim.case_id) in named]


def _bare(message: Message, view: View, rules: Rules) -> dict[str, str]:
    """The lines that are a bare word, and its verb; or the one line of a mail that is such a word with courtesies behind it."""
    bare = bare_words(message.intent.lines, WORDS, rules.vocabulary)
    if bare or view.member is None or not asked_about(view):
        return bare
    names = message.signed_by(view.member)
    said = substance(message.intent.lines, names=names)
    found = courteous(said[0], WORDS, None, names, rules) if len(said) == 1 and not message.intent.commands else None
    return {said[0]: found.verb} if found else {}


def _is_undone(message: Message, view: View, bare: dict[str, str]) -> bool:
    """Whether CLEAR stands beside words that may mean a conflict, a check not yet done or a condition, or CONFLICT beside “no conflict”."""
    said = {*bare.values(), *(command.verb for command in message.intent.commands)} & WORDS
    if len(said) != 1 or view.member is None:
        return False
    beside = substance([line for line in message.intent.prose if line not in bare], names=message.signed_by(view.member))
    folded = [own.fold(line[:LONGEST_LINE]).casefold() for line in beside]
    if "clear" in said:
        return any(map(conflict_words.speak_against_clear, folded)) or conditional(beside)
    return any(map(conflict_words.speak_against_conflict, folded))


def unclear(message: Message, view: View, rules: Rules) -> Decision | None:
    """“CLEAR or CONFLICT?”, for each case that the thread asks about; None where the mail leaves no doubt, or holds other lines to carry out.

    A bare word in a mail of its own may be late, and meant for another check: it is asked about, though one check alone runs now.
    """
    if not message.proof.is_proven:
        return None
    checks, commands = asked_about(view), message.intent.commands
    bare = bare_words(message.intent.lines, WORDS, rules.vocabulary)
    if bare and not commands:
        is_of_no_case = not any(letter.case_id for letter in view.thread)
        found = _running(view) if is_of_no_case else checks
        if found and (is_of_no_case or len(found) > 1):
            return _with_words_beside(_asked(_lines(found, bare, view)), message, view, rules, bare=bare)
    is_either = bool(commands) and all(command.verb in EITHER for command in commands)
    is_over = (view.question is None or bool(view.question.answer)) and view.spoken_with is None
    if not checks or not is_either or not is_over:
        return None
    said = ", ".join(dict.fromkeys(command.said for command in commands))
    return _asked([holding.which(said, claim, "yes", view) for claim in checks])


def beside(decision: Decision, message: Message, view: View, rules: Rules) -> Decision:
    """The decision on the other lines of a mail, with “CLEAR or CONFLICT?” for each check that a bare word beside them may be meant for."""
    bare = bare_words(message.intent.lines, WORDS, rules.vocabulary)
    if not bare or not message.intent.commands or not decision.lines or not message.proof.is_proven:
        return decision
    named = {command.case_id for command in message.intent.commands if command.verb in WORDS}
    named |= {line.case_id for line in decision.lines if line.outcome in anew.ASKS | {"released"}}
    left = [claim for claim in _running(view) if claim.case_id not in named]
    return replace(decision, lines=(*decision.lines, *_lines(left, bare, view)))


def with_hours(decision: Decision) -> Decision:
    """Staff who read a mail whose word for a place is asked about see for which case, and until when that is kept."""
    kept = [
        {
            "case_id": line.case_id,
            "is_offer": line.facts.get("is_offer", False),
            "until": datetime.fromisoformat(str(line.facts["until"])),
            "said": line.command,
            "seems_to_accept": line.facts.get("seems_to_accept", False),
        }
        for line in decision.lines
        if line.outcome in anew.ASKS and line.facts.get("until")
    ]
    letters = (
        replace(one, facts={**one.facts, "waits_for": kept}) if one.kind == "forwarded" and "waits_for" not in one.facts else one
        for one in decision.letters
    )
    return replace(decision, letters=tuple(letters)) if kept else decision


def _with_words_beside(asked: Decision, message: Message, view: View, rules: Rules, *, bare: Container[str]) -> Decision:
    """The question, and to staff whatever the mail says beside the bare word: it is no command yet, so nobody else passes that on."""
    if view.member is None or all(line in bare for line in forwarding.said_beside(message, view.member, view)):
        return asked
    return forwarding.with_words(asked, message, view, rules, commands=message.intent.commands)


def _lines(checks: Sequence[Claim], bare: Mapping[str, str], view: View) -> list[Line]:
    """The question for each of these checks, with all the words that may be meant for it."""
    is_both = set(bare.values()) == WORDS
    why = ("both" if is_both else "unnamed") if len(checks) == 1 else ("each" if is_both else "which")
    said = ", ".join(dict.fromkeys(line.strip().rstrip(".。") for line in bare))
    return [holding.which(said, claim, why, view) for claim in checks]


def _asked(lines: Sequence[Line]) -> Decision:
    return Decision(Disposition.ANSWERED, "CLEAR or CONFLICT?", lines=tuple(lines))


def _running(view: View) -> list[Claim]:
    """The checks that a bare word may be meant for: those of its thread, else all of the sender's."""
    return asked_about(view) or [claim for claim in view.own if _is_checked(claim)]


def asked_about(view: View) -> list[Claim]:
    """The sender's conflict checks that the letters of this thread are about; one letter may answer a mail that asked for several cases."""
    named = {letter.case_id for letter in view.thread if letter.case_id}
    mails = {claim.arrival_id for claim in view.own if claim.case_id in named and claim.claimed_by is None}
    return [
        claim
        for claim in view.own
        if _is_checked(claim) and (claim.case_id in named or (claim.claimed_by is None and claim.arrival_id in mails))
    ]


def _had(view: View) -> list[Claim]:
    """The cases of this thread that are the sender's already."""
    named = {letter.case_id for letter in view.thread}
    return [claim for claim in view.own if claim.state is ClaimState.CONFIRMED and claim.case_id in named and claim.case_id in view.cases]


def _is_checked(claim: Claim) -> bool:
    return claim.state is ClaimState.HELD and not claim.is_offer
