"""Answers as people write them: “Yes please, thank you!” in the thread of a question is a YES, where it can be nothing else.

Given the message and what is known, reads a line that begins with the word for YES or NO and goes on with courtesies alone as that word, and
finds what a thread still waits for, so that whatever else is written there is answered with it. Reads only answers of lawyers; those of staff
are read in `assent`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core import words as own
from bot.core.claims import ends_at
from bot.core.courtesies import asks, substance
from bot.core.decide import forwarding
from bot.core.decide.message import Message
from bot.core.decide.polite import HANDS_BACK, is_polite
from bot.core.intent import Command
from bot.core.intent.retractions import conditional
from bot.core.mail import Letter
from bot.core.model import Asked, Claim, ClaimState, Decision, Line, Member, Question, View
from bot.core.rules import Rules

OF_LAWYERS = frozenset({Question.OFFER, Question.DID_YOU_MEAN, Question.VERIFY, Question.LEAVE, Question.GIVE_BACK})
"""Questions to a lawyer that a YES or NO answers."""
_WORDS = frozenset({"yes", "no"})
_YES = frozenset({"yes"})

_UNDOES = re.compile(
    r"\b(?:meant no|(?:rather|prefer) not|no,? thanks?|not sure|let you know|get back to you|need to (?:think|check|ask)|on reflection|after all"
    r"|(?:some(?:one|body)|any(?:one|body)) else|next (?:in line|lawyer)|give it to|kidding|subject to|(?:not|n't|n’t|cannot|unable to|never) (?:take|accept)|declin\w+)\b"
    r"|考えさせ|検討|遠慮|控え|撤回|取り?消|後日|次の方|(?:ほか|他|別)の(?:方|先生|弁護士)|[言い]いたい|やはり|やっぱり|辞退|お断り|見送"
    r"|(?:引き?受け|受任|担当|お受け)(?:られ|でき|いたしかね|致しかね|しかね|し)?ません",
    re.IGNORECASE,
)
"""Below a bare YES: what says that it was none."""
_KEEPS = re.compile(
    r"\b(?:keep|rather not|not sure|let you know|get back to you|need to (?:think|check|ask)|on reflection|after all|still (?:want|take|willing|interested|wish)"
    r"|(?:i'll|i’ll|i will|i can|i would|happy to|glad to) (?:still )?(?:take|continue|accept|go on|do it)|meant no)\b"
    r"|続け|続き|考えさせ|検討|やはり|やっぱり|撤回|取り?消|(?:引き?受け|お受け|受任|担当)(?:いた|致)?(?:し|させて(?:いただ|頂)き)?(?:ます|たい)",
    re.IGNORECASE,
)
"""The same below a YES to “did you mean to hand it back?”."""
_LONGEST_LINE = 400
_ACCEPTS = re.compile(
    r"\b(?:yes|yeah|ok(?:ay)?|sure|happy|glad(?:ly)?|willing|i (?:will|can|would|could)|i'll|accept|take)\b"
    r"|はい|承知|了解|喜んで|引き?受け|受任|担当|お願い(?:いた|致)?します"
)


@dataclass(frozen=True, slots=True)
class KeptPlace:
    """What a place that is kept for the sender still waits for: the answer to an offer, or to a conflict check."""

    claim: Claim
    until: datetime
    question_id: int | None = None


def understood(message: Message, view: View, rules: Rules) -> Message:
    """The message with a courteous yes or no as the bare word, where its thread asks for one; other lines beside it leave it that word.

    A courteous yes is one only where nothing else is said; a bare YES that the words below it undo, or put a condition on, is none.
    """
    asked, intent = view.question, message.intent
    if view.member is not None and _waits(asked) and _is_undone(message, view):
        return replace(message, intent=replace(intent, commands=(), prose=intent.lines))
    others = tuple(command for command in intent.commands if command.verb not in _WORDS)
    has_word = len(others) < len(intent.commands) and (bool(others) or any(not command.argument for command in intent.commands))
    if view.member is None or asked is None or not _waits(asked) or has_word or intent.doubt or _settles(others, asked):
        return message
    names = message.signed_by(view.member)
    said = substance(intent.prose if others else intent.lines, names=names)
    answer = _answer(said[0], asked, names, rules) if said else None
    if answer is None or (answer.verb != "no" and len(said) > 1):
        return message
    rest = tuple(line for line in intent.prose if line != said[0])
    return replace(message, intent=replace(intent, commands=(answer, *others), prose=rest))


def _answer(line: str, asked: Asked, names: tuple[str, ...], rules: Rules) -> Command | None:
    """The bare word that a courteous line is; where several cases are asked about, a yes that names one is the claim of that one."""
    if asked.question is Question.GIVE_BACK:
        about = asked.case_id if len(asked.about) < 2 else None
        return courteous(line, _WORDS, about, names, rules, polite=HANDS_BACK)
    if len(asked.about) < 2:
        return courteous(line, _WORDS, asked.case_id, names, rules)
    for_all = courteous(line, _WORDS, None, names, rules)
    named = (one for one in asked.about if courteous(line, _YES, one, names, rules))
    return for_all or next((Command("claim", one, "", own.fold(line).strip()) for one in named), None)


def _settles(commands: Sequence[Command], asked: Asked) -> bool:
    """Whether one of the other lines names a case that is asked about: then that line says what is meant."""
    return any(command.case_id in asked.about for command in commands)


def _is_undone(message: Message, view: View) -> bool:
    """Whether the mail says YES and nothing else that is a command, and its other words take that back or put a condition on it."""
    assert view.member is not None, "only a member's yes is read"
    commands = message.intent.commands
    if not commands or any(command.verb != "yes" for command in commands):
        return False
    beside = substance(message.intent.prose, names=message.signed_by(view.member))
    undoes = _KEEPS if view.question is not None and view.question.question is Question.GIVE_BACK else _UNDOES
    return conditional(beside) or any(undoes.search(own.fold(line[:_LONGEST_LINE])) for line in beside)


def is_word_alone(message: Message, member: Member) -> bool:
    """Whether a mail says YES or NO, bare, and nothing beside it but courtesies."""
    commands, intent = message.intent.commands, message.intent
    is_bare = bool(commands) and all(command.verb in _WORDS and not command.argument for command in commands) and not intent.doubt
    return is_bare and not substance(intent.prose, names=message.signed_by(member))


def awaited(message: Message, view: View) -> tuple[KeptPlace, ...]:
    """The places kept for the sender that this thread is about, or a mail of its own names, while an answer is in time; the soonest to end first.

    Where neither names a case, every place that is kept for the sender may be meant.
    """
    held = [claim for claim in view.own if claim.state is ClaimState.HELD and claim.case_id in view.cases]
    if not held:
        return ()
    named = {letter.case_id for letter in view.thread if letter.case_id}
    named |= {view.question.case_id} if view.question and view.question.case_id else set()
    named |= set() if view.thread else set(message.intent.named)
    if not named and view.spoken_with is not None:
        return ()
    found = (_awaited(claim, view) for claim in held if not named or claim.case_id in named)
    in_time = (place for place in found if place is not None and message.stamp.arrived_at < place.until)
    return tuple(sorted(in_time, key=lambda place: place.until))


def _awaited(claim: Claim, view: View) -> KeptPlace | None:
    until, asked = ends_at(claim, view.cases[claim.case_id]), view.question
    if until is None:
        return None
    is_its = claim.is_offer and asked is not None and asked.question is Question.OFFER and asked.case_id == claim.case_id
    return KeptPlace(claim, until, asked.id if asked is not None and is_its else None)


def beside(decision: Decision, message: Message, view: View, rules: Rules) -> Decision:
    """The decision on the other lines of a mail; where words beside them may be meant for a place that its thread is about, with that question."""
    if view.member is None or not view.thread or not decision.lines:
        return decision
    told = {line.case_id for line in decision.lines}
    left = [asked_again(place, message, view) for place in awaited(message, view) if place.claim.case_id not in told]
    if not left or not forwarding.passed_on(decision, message, view):
        return decision
    accepts = _seems_to_accept(message)
    return replace(decision, lines=(*decision.lines, *(replace(one, facts={**one.facts, "seems_to_accept": accepts}) for one in left)))


def asked_again(place: KeptPlace, message: Message, view: View) -> Line:
    """Which word is waited for, about which case and until when; the answer to an offer carries its question, so that a bare YES to it counts.

    A word alone is told as what it was: one that may answer what staff wrote, or names no case.
    """
    facts: dict[str, object] = {"is_offer": place.claim.is_offer, "until": place.until.isoformat(), **_word_alone(message, view)}
    if place.question_id is not None:
        facts["question_id"] = place.question_id
    return Line("", "still_asked", place.claim.case_id, facts)


def to_staff(message: Message, view: View, rules: Rules, places: Sequence[KeptPlace]) -> tuple[Letter, ...]:
    """The message for staff, who see when each place that is kept for its sender lapses, and whether the lawyer seems to take it."""
    letters = forwarding.to_staff(message, view, rules)
    said = {"seems_to_accept": _seems_to_accept(message), **_word_alone(message, view)}
    kept = [{"case_id": one.claim.case_id, "is_offer": one.claim.is_offer, "until": one.until, **said} for one in places]
    return tuple(replace(letter, facts={**letter.facts, "waits_for": kept}) for letter in letters)


def _word_alone(message: Message, view: View) -> dict[str, str]:
    """The YES or NO that a mail consists of, and who of staff wrote in its thread, whom it may answer; nothing for any other mail."""
    if view.member is None or not is_word_alone(message, view.member):
        return {}
    said = ", ".join(dict.fromkeys(command.said for command in message.intent.commands))
    person = view.spoken_with
    return {"said": said, "staff": (person.name or person.address) if person is not None else ""}


def seems_to_answer(message: Message) -> bool:
    """Whether the words may be meant as the answer that a place waits for: a bare YES or NO, or they seem to take the case, or to decline it."""
    is_answer = any(command.verb in _WORDS for command in message.intent.commands)
    return is_answer or message.intent.declines or _seems_to_accept(message)


def _seems_to_accept(message: Message) -> bool:
    lines = [own.fold(line[:_LONGEST_LINE]).casefold() for line in message.intent.lines]
    return any(_ACCEPTS.search(line) for line in lines) and not message.intent.declines and not any(map(asks, lines))


def _waits(asked: Asked | None) -> bool:
    return asked is not None and asked.question in OF_LAWYERS and not asked.answer


def courteous(
    line: str, verbs: frozenset[str], about: str | None, names: tuple[str, ...], rules: Rules, *, polite: Mapping[str, str] | None = None
) -> Command | None:
    """The word for one of these verbs where a line begins with it and goes on with courtesies alone: those of the verb, or what `polite` has for it."""
    text = own.fold(line[:_LONGEST_LINE]).strip()
    for word, verb in rules.vocabulary.spoken:
        rest = text[len(word) :]
        if verb in verbs and text.casefold().startswith(word) and not (word.isascii() and rest[:1].isalnum()):
            return (
                Command(verb, None, "", rules.vocabulary.spelt[word])
                if is_polite(rest, (polite or {}).get(verb, verb), about, names)
                else None
            )
    return None
