"""What a lawyer writes on in a thread that holds words of staff: people talk there, and the desk keeps out of it.

Given such a mail without a command, passes it on to staff. The lawyer hears nothing for thanks or for an answer, for the letter that is answered
said whom it reaches; a question is acknowledged once in the conversation, so that none is left without a word.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core import courtesies
from bot.core.decide import checkins, giving_back, meant, replies
from bot.core.decide.message import Message
from bot.core.model import Decision, Disposition, Line, NoteWords, View
from bot.core.rules import Rules


def words(message: Message, view: View, rules: Rules) -> Decision | None:
    """None where nobody of staff has written in the thread, where nothing was written, where a claim or a release may be meant, or what may be the answer
    that a place kept for the lawyer waits for: those are asked about."""
    member, person = view.member, view.spoken_with
    if member is None or person is None or message.is_blank:
        return None
    places = replies.awaited(message, view)
    is_asked_about = meant.in_prose(message, view) or giving_back.meant(message, view, rules)
    if is_asked_about or (places and replies.seems_to_answer(message)):
        return None
    says = courtesies.substance(message.intent.lines, names=message.signed_by(member))
    letters = tuple(replace(one, facts={**one.facts, "is_further": True}) for one in replies.to_staff(message, view, rules, places))
    noted = NoteWords(message.arrival_id, member.id)
    if not says and not message.arrival.attachments:
        theirs = tuple(letter for letter in letters if letter.to == person.address)
        decision = Decision(Disposition.IGNORED, "thanks alone: passed on", (noted,), letters=theirs or letters)
    else:
        asks = any(courtesies.asks(line) for line in says) and not view.has_been_told
        told = (Line("", "with_staff", facts={"name": person.name or person.address}),) if asks else ()
        decision = Decision(Disposition.FOR_STAFF, "goes on in a thread with staff", (noted,), told, letters)
    return checkins.in_prose(decision, view.question)
