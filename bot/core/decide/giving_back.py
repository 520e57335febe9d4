"""“Did you mean to hand it back?”: what somebody who holds a case, or waits for one, writes about giving it up without the line that does.

Given a message, finds the cases that its words may give up, and the line that asks about them; a YES hands them back as RELEASE does. Nothing
here acts by itself. While such a question stands open, its asker keeps the place and the turn goes past them (`reception.basis`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.core import words as own
from bot.core.case_ids import cases_named, number_of, numbers_claimed, numbers_named
from bot.core.courtesies import asks, sentences
from bot.core.decide import foreseen, holding
from bot.core.decide.message import Message
from bot.core.decide.steps import Desk, Step
from bot.core.intent import Command, bare_subject, hands_back_for
from bot.core.mail import Letter
from bot.core.model import LIVE, AnswerQuestion, Ask, Asked, Claim, Decision, Disposition, Line, Question, View
from bot.core.rules import Rules
from bot.core.vocabulary import LONGEST_LINE, after

_CIRCULATED = frozenset({"round", "bulletin"})
"""Who declines in answer to one of these takes nothing new, and says nothing of what they have."""

_TAKE = r"(?:take|accept|handle|do|act|represent|continue|keep|hold|help|go on|carry on|be involved)\b"
_LETS_GO = r"(?:withdraw|step (?:back|down|away)|drop out|pull out|bow out|decline|pass|release|(?:give|hand) (?:it |this |the case )?(?:up|back|over))\b"
_UNABLE = r"(?:難し|困難|厳し|無理|でき(?:な|ません|かね)|出来(?:な|ません|かね)|いたしかね|致しかね)"
_GIVES_BACK = re.compile(
    rf"\b(?:have|had|need|want|wish|like|going|decided|obliged|forced|must) (?:to )?{_LETS_GO}"
    rf"|\b(?:i|we)(?: must|'ll|’ll| will| hereby| shall)?(?: unfortunately| now| regretfully)? {_LETS_GO}"
    r"|\b(?:i am|i'm|i’m|we are) (?:now )?(?:withdrawing|stepping (?:back|down|away)|dropping out|pulling out|declining|(?:giving|handing) (?:it|this|the case) (?:up|back))\b"
    rf"|\bno longer (?:able to {_TAKE}|in a position to {_TAKE}|{_TAKE}|available|interested|willing|wish|want)"
    rf"|\b(?:can(?:not|'t|’t| not)|(?:am|are) (?:unable|not able) to|won't|won’t|will not)(?: be able to)? {_TAKE}(?: on)? (?:it|this|the case|the matter|case\b|[a-z]{{2,12}}-\d)"
    r"|\b(?:take|remove|strike|delete) (?:me|my name) (?:off|from)\b|\b(?:withdraw|cancel|release) my (?:claim|request|name|offer|place)\b"
    r"|辞退|降り(?:たい|させ|ます|る)|手放し|お返し(?:します|いたします|致します|したい|したく|させて)|見送(?:ら|り(?:たい|ます))|断念"
    r"|(?:外|はず)して(?:ください|下さい|いただ|頂)|(?:順番)?待(?:ち|つの)を(?:取り?)?(?:やめ|止め|取り?消)"
    r"|(?:申し?出|申込み?|受任|担当|引き?受け)を?(?:撤回|取り?消|取り?下げ|キャンセル)"
    rf"|(?:引き?受け|受任|担当|お受け)(?:する(?:こと|の)|を続ける(?:こと|の)|し続ける(?:こと|の)|の継続)?(?:が|は|も)?、?(?:大変)?{_UNABLE}"
    rf"|(?:対応|継続)(?:する(?:こと|の)|を続ける(?:こと|の))?(?:が|は|も)?、?(?:大変)?{_UNABLE}\S{{0,3}}(?:なり|なっ)"
    r"|(?:引き?受け|お受け|担当し?続け)られ(?:なく|ません|ない|そうに)",
    re.IGNORECASE,
)
_REQUESTS = re.compile(
    r"\b(?:please|could you|would you|can you)\b.{0,30}\b(?:take|remove|strike|delete) (?:me|my name)\b|(?:辞退|降り)\S{0,3}させて(?:いただ|頂)け|して(?:いただ|頂)け",
    re.IGNORECASE,
)
"""Asked politely, and no question."""
_KEEPS = re.compile(
    r"\b(?:not|never|without|if|unless|in case|should|(?:do|did|would|does)(?:n't|n’t)|he|she|they|client|applicant)(?: \w+){0,3}? "
    r"(?:want|wish|like|going|have|had|need|intend|must|withdraw|declin|releas|step|giv|hand|drop)\w*\b"
    r"|\b(?:withdraw|declin|releas)\w* (?:the |his |her |their |an? )?(?:application|appeal|petition|complaint|suit|lawsuit|objection|evidence|request for|to comment|detainee|client)\b"
    r"|辞退(?:する|した|の)?(?:つもり|わけ|意思|意向|予定)?(?:では|は|も|し|いたし|致し)*(?:ません|ない|ありません|ございません)"
    r"|(?:辞退|引き?受け|受任|担当|対応|継続)\S{0,12}(?:場合|とき|時(?:に|は)|たら|れば)|(?:依頼者|本人)(?:が|は|も)\S{0,20}辞退",
    re.IGNORECASE,
)
"""In the same sentence: it is kept, or somebody else gives something up, or it is only supposed."""


def held_by(view: View) -> tuple[Claim, ...]:
    """What the sender holds or waits for, and was not just asked about: an offer has a question of its own."""
    return tuple(claim for claim in view.own if claim.state in LIVE and not claim.is_offer)


def meant(message: Message, view: View, rules: Rules) -> tuple[str, ...]:
    """The cases that the words of a proven member may give up: those that they name, the one of the thread, or the only one there is.

    Nothing where none can be told. Who is not proven is not asked: a question by which the turn goes past somebody must not come of a
    mail that anybody may have written.
    """
    theirs = {claim.case_id: claim for claim in held_by(view)}
    if view.member is None or not theirs or not message.proof.is_proven:
        return ()
    said = said_in(message, rules)
    if not said:
        return ()
    named = cases_named(said, rules.vocabulary.prefix) or message.intent.named
    if named:
        is_clear = len(named) == 1 or bool(cases_named(said, rules.vocabulary.prefix))
        return tuple(one for one in named if one in theirs) if is_clear else ()
    numbers = {*numbers_named(said), *(number for line in said for number in numbers_claimed(_behind_word(line, rules)))}
    if numbers:
        found = tuple(one for one in theirs if number_of(one) in numbers)
        return found if len(found) == len(numbers) else ()
    return _of_the_thread(view, theirs)


def _of_the_thread(view: View, theirs: Iterable[str]) -> tuple[str, ...]:
    """The case of the nearest letter that is about one; where no letter is, and none was sent around, the only one they hold or wait for."""
    about = next((letter.case_id for letter in reversed(view.thread) if letter.case_id), None)
    only = tuple(theirs)
    if about is not None and about in only:
        return (about,)
    is_of_a_round = bool(view.thread) and view.thread[-1].kind in _CIRCULATED
    return only if about is None and len(only) == 1 and not is_of_a_round else ()


def said_in(message: Message, rules: Rules) -> tuple[str, ...]:
    """The lines that speak of giving up what their writer has; none where the mail hands back for somebody else."""
    if any(hands_back_for(line, rules.vocabulary) for line in message.intent.lines):
        return ()
    return tuple(line for line in _own_lines(message) if _says(line, rules))


def _says(line: str, rules: Rules) -> bool:
    text = own.fold(line[:LONGEST_LINE]).strip()
    return any(_is_said(one) for one in sentences(text)) or (bool(_behind_word(line, rules)) and not asks(text) and not _KEEPS.search(text))


def _is_said(sentence: str) -> bool:
    is_question = asks(sentence) and not _REQUESTS.search(sentence)
    return _GIVES_BACK.search(sentence) is not None and not is_question and not _KEEPS.search(sentence)


def _behind_word(line: str, rules: Rules) -> str:
    """What follows the word for handing back, where a line begins with it."""
    text = own.fold(line[:LONGEST_LINE]).strip()
    words = (word for word, verb in rules.vocabulary.spoken if verb == "release")
    return next((behind for word in words if (behind := after(text, word))), "")


def _own_lines(message: Message) -> tuple[str, ...]:
    """A Subject that answers one of ours repeats our words."""
    subject = () if message.arrival.answers else (bare_subject(message.arrival.subject),)
    return (*subject, *message.intent.lines)


def asked_about(case_ids: tuple[str, ...]) -> Step:
    """The one question about all of them; the mail goes to a person as well."""
    line = Line("", "give_back_asked", case_ids[0], {"case_ids": list(case_ids)})
    return Step(line, (Ask(Question.GIVE_BACK, case_ids[0], 0, case_ids if len(case_ids) > 1 else ()),))


def for_staff(letters: tuple[Letter, ...], case_ids: tuple[str, ...], message: Message, view: View, rules: Rules) -> tuple[Letter, ...]:
    """What staff read of such a mail: that nothing was done, and about which cases a line of theirs would do it."""
    may = list(case_ids) if case_ids or not said_in(message, rules) else [claim.case_id for claim in held_by(view)]
    told = {"may_give_back": may, "is_asked": bool(case_ids)}
    return tuple(replace(one, facts={**one.facts, **told}) for one in letters) if may else letters


def yes(asked: Asked, answer: Command, message: Message, view: View, rules: Rules) -> Decision:
    """YES: each is handed back as by its own line."""
    answered = AnswerQuestion(asked.id, "yes", message.arrival.sender)
    if view.member is None or not asked.about:
        return Decision(Disposition.ANSWERED, "nothing to hand back", (answered,), (Line(answer.said, "unclear"),))
    steps: list[Step] = []
    for case_id in asked.about:
        said = f"{answer.said}, {case_id}" if len(asked.about) > 1 else answer.said
        step = holding.release(Command("release", case_id, "", said), Desk(message, view, rules, view.member, len(steps)))
        view = foreseen.after(view, step.changes, stamp=message.stamp)
        steps.append(step)
    changes = tuple(change for step in steps for change in step.changes)
    letters = tuple(letter for step in steps for letter in step.letters)
    return Decision(Disposition.ANSWERED, "meant to hand back", (answered, *changes), tuple(step.line for step in steps), letters)


def kept(case_ids: Iterable[str], view: View, sender: str, *, but: int = 0) -> tuple[AnswerQuestion, ...]:
    """Who says that they keep a case, by NO or by a CLAIM of it, is not asked any more: their turn comes as before."""
    open_ids = dict.fromkeys(one for case_id in case_ids for one in view.giving_back.get(case_id, ()))
    return tuple(AnswerQuestion(one, "no", sender) for one in open_ids if one != but)
