"""The answer to “how is the case?”: OK, HELP, DONE or RELEASE, by whoever holds it, in that thread.

An answer is welcome at any time, also a second one or a late one: who needs help must never hear that a question is over. HELP and DONE
reach staff at once; RELEASE is the ordinary one. Whatever else the mail says goes to staff too; so does prose alone, which breaks the silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.core import words as own
from bot.core.courtesies import sentences, substance
from bot.core.decide import forwarding, lawyers, notices
from bot.core.decide.answers import with_left_over
from bot.core.decide.message import Message
from bot.core.intent import Command, bare_words, check_in_answer
from bot.core.model import AnswerQuestion, Asked, Decision, Disposition, Line, Member, Question, View
from bot.core.rules import Rules
from bot.core.vocabulary import LONGEST_LINE

TOLD_TO_STAFF = frozenset({"help", "done"})
_WORDINGS = {
    "ok": re.compile(
        r"(?:it is |it's |it’s |all (?:is )?|everything (?:is )?)?(?:going )?(?:ok|okay|well|fine|good)|(?:all )?on track|no problems?(?: so far)?"
        r"|(?:今のところ|現在|引き続き)?[、,]?(?:(?:特に)?問題(?:は)?(?:なく|なし|ない|ありません|ございません)|順調に|順調|大丈夫)(?:進(?:んで|めて)(?:い|おり)ます|です)?"
    ),
    "help": re.compile(
        r"(?:please help(?: me)?|(?:i )?(?:need|would like) (?:some )?help(?:,? please)?)|(?:困っています|助けてください|(?:ご)?相談(?:したい|させてください)(?:です)?)"
    ),
    "done": re.compile(
        r"(?:(?:it|the case) is )?(?:over|finished|completed|closed)|(?:案件|手続|本件)?(?:は|が)?(?:終結|終了|完了|解決)(?:(?:いた|致)?しました|です)|終わりました"
    ),
}
"""How people say a word that the check-in asks for, where a mail says nothing else but courtesies."""
_THANKS = re.compile(r"[,、 ]+(?:many )?(?:thanks|thank you)(?: (?:very|so) much)?$", re.IGNORECASE)
_BEGINNINGS = {
    "help": re.compile(r"(?:please )?help(?: (?:me|us|please|with)\b|\s*[-–—,.:;!])|ヘルプ[、。,.:：！]|助けてください[、。]"),
    "done": re.compile(r"done\s*[-–—.!]|終結\s*[-–—。.!]"),
}
"""The two that reach staff with all that the mail says need not stand alone: a line that begins with one is that word."""
_TAKEN_BACK = {
    "help": re.compile(
        r"\bno longer (?:need|necess|requir|want)|\bno (?:more |further )?(?:help )?need(?:ed)?\b|\bnone(?: is)?(?: needed| required|[.!]?$)|\bunnecessary\b"
        r"|(?:\bnot|n't|n’t)\b.{0,20}\b(?:need(?:ed)?|necessary|required|wanted)\b|不要|無用|(?:必要|ご?心配)(?:は|も)?(?:ありません|ございません|ない|なく)|[い要]りません"
    ),
    "done": re.compile(
        r"\b(?:not|no longer|none|still|yet|but|except|as far as|continu\w+|goes on|pending)\b|n't\b|n’t\b|まだ|未|不要|ません|ない|ただし|続い|継続|残って"
    ),
}
"""What in the same line says the opposite. Who calls for help may say “not” in what follows: only help that is not needed is none."""


def understood(message: Message, view: View, rules: Rules) -> Message:
    """The message with a bare RELEASE as the command that it is here: what stands beside it is read as it is beside any other."""
    asked = view.question
    if asked is None or asked.question is not Question.CHECK_IN or asked.case_id is None or view.member is None:
        return message
    answer = check_in_answer(message.intent.lines, asked.case_id, rules.vocabulary)
    if answer is None or answer.verb != "release":
        return message
    bare = bare_words(message.intent.lines, frozenset({"release"}), rules.vocabulary)
    commands = tuple(dict.fromkeys((answer, *message.intent.commands)))
    prose = tuple(line for line in message.intent.prose if line not in bare)
    return replace(message, intent=replace(message.intent, commands=commands, prose=prose))


def answered(message: Message, view: View, rules: Rules) -> Decision | None:
    """The decision on an answer; None where the mail answers no check-in, or not in one of its words."""
    asked, member = view.question, view.member
    if asked is None or asked.question is not Question.CHECK_IN or asked.case_id is None or member is None:
        return None
    answer = check_in_answer(message.intent.lines, asked.case_id, rules.vocabulary) or _in_other_words(message, member)
    if answer is None:
        return None
    desk = lawyers.Desk(message, view, rules, member)
    step = lawyers.VERBS["release"](answer, desk) if answer.verb == "release" else _told(answer, asked.case_id, desk)
    noted = AnswerQuestion(asked.id, answer.verb, member.email)
    decision = Decision(Disposition.ANSWERED, f"check-in: {answer.verb}", (noted, *step.changes), (step.line,), step.letters)
    if answer.verb == "ok" and _says_more(answer, asked.case_id, desk):
        decision = forwarding.with_words(decision, message, view, rules, commands=(answer,))
    return with_left_over(decision, (command for command in message.intent.commands if command != answer))


def _says_more(answer: Command, case_id: str, desk: lawyers.Desk) -> bool:
    """Whether there are words beside the answer that are no courtesy: they would be lost if nobody read them."""
    said = ((line, check_in_answer((line,), case_id, desk.rules.vocabulary)) for line in desk.message.intent.prose)
    beside = tuple(line for line, again in said if again is None or again.verb != answer.verb)
    return bool(substance(_thankless(beside), names=desk.message.signed_by(desk.member), also=_WORDINGS.get(answer.verb)))


def _in_other_words(message: Message, member: Member) -> Command | None:
    """「順調です。ありがとうございます。」, “HELP, the client is in detention”."""
    lines, names = message.intent.lines, message.signed_by(member)
    said = () if message.intent.commands else substance(lines, names=names)
    if not said:
        return None
    verb = next((verb for verb, wording in _WORDINGS.items() if _says(wording, lines, names)), "") or _begins_with(said[0])
    return Command(verb, None, "", said[0].strip()) if verb else None


def _begins_with(line: str) -> str:
    """The word that a line begins with and does not take back; "" for none."""
    text = own.fold(line[:LONGEST_LINE]).strip().casefold()
    return next((verb for verb, words in _BEGINNINGS.items() if words.match(text) and not _TAKEN_BACK[verb].search(text)), "")


def _says(wording: re.Pattern[str], lines: Sequence[str], names: Iterable[str]) -> bool:
    """Whether these lines say this, and nothing else but courtesies."""
    told = _thankless(lines)
    said = any(wording.fullmatch(sentence) for line in told for sentence in sentences(line))
    return said and not substance(told, names=names, also=wording)


def _thankless(lines: Sequence[str]) -> list[str]:
    return [_THANKS.sub("", line.rstrip(" .。!！")) for line in lines]


def in_prose(decision: Decision, asked: Asked | None) -> Decision:
    """Whatever a holder writes in the thread is an answer: nobody who has written is reported as silent, or shown how to claim."""
    if asked is None or asked.question is not Question.CHECK_IN:
        return decision
    lines = tuple(
        replace(line, facts={**line.facts, "is_asked_how": True}) if line.outcome == "to_person" else line for line in decision.lines
    )
    return replace(decision, lines=lines, changes=(AnswerQuestion(asked.id, "prose", asked.to), *decision.changes))


def _told(answer: Command, case_id: str, desk: lawyers.Desk) -> lawyers.Step:
    """OK is thanked for; HELP and DONE are passed on to every staff member, with whatever else the mail says."""
    is_told = answer.verb in TOLD_TO_STAFF
    facts: dict[str, object] = {
        "answer": answer.verb,
        "case": desk.view.cases[case_id],
        "member": desk.member,
        "arrived_at": desk.message.stamp.arrived_at,
        "text": desk.message.text,
        "is_cut": desk.message.is_cut,
    }
    letters = notices.to_staff("checkin_notice", facts, desk.rules, case_id=case_id)
    more = is_told and _says_more(answer, case_id, desk)
    line = Line(answer.said, "passed_on" if is_told else "checked_in", case_id, {"answer": answer.verb, "has_words": more})
    return lawyers.Step(line, letters=letters if is_told else ())
