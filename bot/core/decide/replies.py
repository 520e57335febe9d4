"""Answers as people write them: “Yes please, thank you!” in the thread of a question is a YES, where it can be nothing else.

Given the message and what is known, reads a line that begins with the word for YES or NO and goes on with courtesies alone as that word, and
finds what a thread still waits for, so that whatever else is written there is answered with it. Reads only answers of lawyers: what would
reach the roster wants the bare word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core import words as own
from bot.core.claims import ends_at
from bot.core.courtesies import asks, substance
from bot.core.decide import talk
from bot.core.decide.message import Message, Rules
from bot.core.intent import Command
from bot.core.intent.slips import DECLINES
from bot.core.mail import Letter
from bot.core.model import Asked, Claim, ClaimState, Line, Question, View

_OF_LAWYERS = frozenset({Question.OFFER, Question.DID_YOU_MEAN, Question.VERIFY})
_WORDS = frozenset({"yes", "no"})

_THANKS = (
    r"(?:many )?(?:thanks|thank you)(?: (?:again|(?:so|very) much|a lot|kindly|in advance))*"
    r"|(?:誠に|大変|どうも)?(?:ありがとう|有難う|有り難う)(?:ございま(?:す|した))?"
)
_CLOSING = (
    r"(?:with )?(?:my )?(?:best|kind|kindest|warm) (?:regards|wishes)|regards|cheers|(?:yours )?sincerely"
    r"|(?:何卒|どうぞ|どうか|今後とも|引き続き)?(?:よろしく|宜しく)お願い(?:(?:いた|致)?します|申し上げます)|以上|敬具"
)
_TAKES = (
    r"(?:(?:i will|i'll|i’ll) (?:(?:gladly|happily) )?(?:take|accept)(?: on)?(?: (?:it|this|the)(?: case| one)?)?(?: on)?|i accept(?: it)?"
    r"|i am (?:still )?willing|still willing|please|gladly|happily|with pleasure|of course|certainly|sure|absolutely)"
    r"|お願い(?:(?:いた|致)?します|申し上げます)|喜んで|ぜひ|是非|(?:本件|こちら|この案件)(?:を|は|も)?"
    r"|(?:お?引き?受け|受任|担当)(?:(?:いた|致)?し|させて(?:いただ|頂)き)?ます|(?:承知|了解)(?:(?:いた|致)?し)?ました"
)
_DECLINES = (
    r"(?:(?:i am|i'm|i’m) )?(?:very )?sorry|unfortunately(?: not)?|i can(?:not|'t|’t)(?: (?:take|accept) (?:it|this|the case))?|not this time"
    r"|(?:誠に)?申し?訳(?:ありません|ございません)|すみません|残念ですが|今回は|辞退(?:いた|致)?します|見送らせて(?:いただ|頂)きます"
    r"|(?:お引き受け|引き受け)(?:られません|できません|いたしかねます)"
)
_POLITE = {"yes": "|".join((_THANKS, _CLOSING, _TAKES)), "no": "|".join((_THANKS, _CLOSING, _DECLINES))}
_PIECE = {verb: re.compile(rf"(?:{units})(?![a-z])", re.IGNORECASE) for verb, units in _POLITE.items()}
"""One courtesy after the other, each read once: nothing is tried twice."""
_BETWEEN = " \t,.!、。;:/~〜…-–—🙏😊👍"
_LONGEST_LINE = 400
_ACCEPTS = re.compile(
    r"\b(?:yes|yeah|ok(?:ay)?|sure|happy|glad(?:ly)?|willing|i (?:will|can|would|could)|i'll|accept|take)\b"
    r"|はい|承知|了解|喜んで|引き?受け|受任|担当|お願い(?:いた|致)?します"
)


@dataclass(frozen=True, slots=True)
class Awaited:
    """What a place that is kept for the sender still waits for: the answer to an offer, or to a conflict check."""

    claim: Claim
    until: datetime
    question_id: int | None = None


def understood(message: Message, view: View, rules: Rules) -> Message:
    """The message with a courteous yes or no as the bare word, where its thread asks for one and it holds no command of its own."""
    asked, intent = view.question, message.intent
    has_others = any(command.verb not in _WORDS or not command.argument for command in intent.commands)
    if view.member is None or has_others or intent.doubt or not _waits(asked):
        return message
    names = talk.names_of(message, view.member)
    said = substance(intent.lines, names=names)
    answer = _courteous(said[0], asked, names, rules) if said else None
    if answer is None or (answer.verb == "yes" and _declines_below(said[1:])):
        return message
    rest = tuple(line for line in intent.prose if line != said[0])
    return replace(message, intent=replace(intent, commands=(answer,), prose=rest))


def awaited(message: Message, view: View) -> Awaited | None:
    """The place kept for the sender that this thread is about, where its answer is still in time."""
    named = {letter.case_id for letter in view.thread} | ({view.question.case_id} if view.question else set())
    for claim in view.own:
        case = view.cases.get(claim.case_id)
        if claim.state is not ClaimState.HELD or claim.case_id not in named or case is None:
            continue
        until = ends_at(claim, case)
        if until is not None and message.stamp.arrived_at < until:
            asked = view.question
            is_its = claim.is_offer and asked is not None and asked.question is Question.OFFER and asked.case_id == claim.case_id
            return Awaited(claim, until, asked.id if asked is not None and is_its else None)
    return None


def asked_again(place: Awaited) -> Line:
    """Which word is waited for, about which case and until when; the answer carries the question, so that a bare YES to it counts."""
    facts: dict[str, object] = {"is_offer": place.claim.is_offer, "until": place.until.isoformat()}
    if place.question_id is not None:
        facts["question_id"] = place.question_id
    return Line("", "still_asked", place.claim.case_id, facts)


def to_staff(message: Message, view: View, rules: Rules, place: Awaited | None) -> tuple[Letter, ...]:
    """The message for staff, who see when the place that is kept for its sender lapses, and whether the lawyer seems to take it."""
    letters = talk.to_staff(message, view, rules)
    if place is None:
        return letters
    takes = _seems_to_accept(message)
    kept = {"case_id": place.claim.case_id, "is_offer": place.claim.is_offer, "until": place.until, "seems_to_accept": takes}
    return tuple(replace(letter, facts={**letter.facts, "waits_for": kept}) for letter in letters)


def seems_to_answer(message: Message) -> bool:
    """Whether the words may be meant as the answer that a place waits for: they seem to take the case, or to decline it."""
    return message.intent.declines or _seems_to_accept(message)


def _seems_to_accept(message: Message) -> bool:
    lines = [own.fold(line[:_LONGEST_LINE]).casefold() for line in message.intent.lines]
    return any(_ACCEPTS.search(line) for line in lines) and not message.intent.declines and not any(map(asks, lines))


def _waits(asked: Asked | None) -> bool:
    return asked is not None and asked.question in _OF_LAWYERS and not asked.answer


def _courteous(line: str, asked: Asked | None, names: tuple[str, ...], rules: Rules) -> Command | None:
    text = own.fold(line[:_LONGEST_LINE]).strip()
    for word, verb in rules.vocabulary.spoken:
        rest = text[len(word) :]
        if verb in _WORDS and text.casefold().startswith(word) and not (word.isascii() and rest[:1].isalnum()):
            about = asked.case_id if asked is not None else None
            return Command(verb, None, "", rules.vocabulary.spelt[word]) if _is_polite(rest, verb, about, names) else None
    return None


def _is_polite(rest: str, verb: str, about: str | None, names: tuple[str, ...]) -> bool:
    """Whether nothing stands behind the word but courtesies, the case that is asked about, and the writer's own name."""
    known = {part for name in names for part in own.fold(name).casefold().split() if part}
    left = rest.casefold().lstrip(_BETWEEN)
    while left:
        if about and left.startswith(about.casefold()):
            left = re.sub(r"^(?:を|は|について|の件)", "", left[len(about) :])
        elif found := _PIECE[verb].match(left):
            left = left[found.end() :]
        elif (first := re.split(r"[\s,.、。]", left, maxsplit=1)[0]) in known:
            left = left[len(first) :]
        else:
            return False
        left = left.lstrip(_BETWEEN)
    return True


def _declines_below(lines: tuple[str, ...]) -> bool:
    return any(DECLINES.search(own.fold(line[:_LONGEST_LINE])) for line in lines)
