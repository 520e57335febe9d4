"""What staff write in the thread of a member's mail goes to that member, and no program comes in between.

Given such a mail, gives the letters that carry its words. They reach a member only from a proven staff member, only in the thread of that
member's own mail, and only whole; what stands in the confidential part of a case that is not the member's is asked about first. Text only:
what was attached is named, and stays with the mail it came with. What members write comes to staff through `forwarding`.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core.decide import settled
from bot.core.decide.message import ONLY_ANSWERS, Message
from bot.core.intent import Command, bare_subject, read_line
from bot.core.mail import Letter
from bot.core.model import (
    AnswerQuestion,
    Ask,
    Asked,
    Decision,
    Disposition,
    Line,
    NoteWords,
    Question,
    Staff,
    Talk,
    View,
)
from bot.core.rules import Rules

LONGEST_WORDS = 10_000
"""Characters that staff may send to a member in one mail."""


def words(message: Message, view: View, rules: Rules) -> Decision | None:
    """Words of staff in the thread of a member's mail, on their way to that member."""
    talk = view.talk
    if talk is None or view.staff is None or not message.proof.suffices_for_staff:
        return None
    if _begins_with_command(message, view):
        return None
    kept = _why_kept(talk)
    if kept:
        line = Line("", "words_kept", talk.case_id, {"reason": kept, "name": talk.member.name, "limit": LONGEST_WORDS})
        return Decision(Disposition.ANSWERED, f"words to {talk.member.email} not sent: {kept}", lines=(line,))
    if talk.exposed:
        return _asked_first(talk, view.staff)
    return sent(talk, view.staff, view, rules)


def left_alone(message: Message, view: View, rules: Rules) -> Decision | None:
    """A mail in such a thread that begins with a command nobody of staff can give."""
    if view.talk is None or view.staff is None or not _begins_with_command(message, view):
        return None
    facts: dict[str, object] = {"reason": "command", "name": view.talk.member.name, "limit": LONGEST_WORDS}
    line = Line(message.intent.leading[0].said, "words_kept", view.talk.case_id, facts)
    return Decision(Disposition.ANSWERED, "begins with a command: nothing was sent on", lines=(line,))


def told_apart(decision: Decision, message: Message, view: View) -> Decision:
    """Staff who gave a command in such a thread hear that nothing went to the member."""
    if view.talk is None or view.staff is None or view.question is not None or not _begins_with_command(message, view):
        return decision
    if any(line.outcome == "words_kept" for line in decision.lines):
        return decision
    aside = Line("", "nothing_passed", facts={"name": view.talk.member.name})
    return replace(decision, lines=(*decision.lines, aside))


def is_for_member(message: Message, view: View) -> bool:
    """Whether a mail from a staff address is words for a member, and no command."""
    return view.talk is not None and not _begins_with_command(message, view)


def sent(talk: Talk, staff: Staff, view: View, rules: Rules) -> Decision:
    """The words go to the member under the writer's name; who wrote them and every colleague hear so."""
    member = talk.member
    letter = Letter(
        "staff_words",
        member.email,
        member.language,
        {"words": talk.words, "name": staff.name, "subject": subject_of(talk, rules), "at": talk.at},
        in_reply_to=talk.message_id,
        references=(talk.message_id,) if talk.message_id else (),
        member_id=member.id,
        case_id=talk.case_id,
        from_name=staff.name,
        once=f"words:{talk.arrival_id}",
    )
    copies = tuple(
        Letter(
            "colleague_answered",
            person.address,
            person.language,
            {"by": staff.name, "member": member, "words": talk.words, "subject": talk.subject},
            in_reply_to=view.told.get(person.address, ""),
            case_id=talk.case_id,
            once=f"words:{talk.arrival_id}:{person.address}",
        )
        for person in rules.staff
        if person.address != staff.address
    )
    facts: dict[str, object] = {
        "name": member.name,
        "address": member.email,
        "attachments": list(talk.attachments),
        "answered_by": talk.answered_by if talk.answered_by != staff.address else "",
    }
    noted = NoteWords(talk.arrival_id, member.id, staff.address, talk.answers)
    line = Line("", "words_sent", talk.case_id, facts)
    return Decision(Disposition.ANSWERED, f"words of {staff.address} sent to {member.email}", (noted,), (line,), (letter, *copies))


def send_anyway(asked: Asked, answer: Command, message: Message, view: View, rules: Rules) -> Decision:
    """YES to “it holds what only their lawyer may read”: the words go as they stand."""
    if view.talk is None or view.staff is None:
        return settled.over("the words are not here any more", answer.said, asked, view)
    if answer.verb != "yes":
        return Decision(Disposition.ANSWERED, "it wants a YES", lines=(Line(answer.said, "say_yes", asked.case_id),))
    decision = sent(view.talk, view.staff, view, rules)
    # The letter with the words is written at the YES, which is therefore a part of the conversation too.
    agreed = NoteWords(message.arrival_id, view.talk.member.id, view.staff.address, view.talk.answers)
    return replace(decision, changes=(AnswerQuestion(asked.id, "yes", view.staff.address), *decision.changes, agreed))


def subject_of(talk: Talk, rules: Rules) -> str:
    """The member's own Subject; "" where it says nothing, or would be a command again when it is answered."""
    subject = bare_subject(talk.subject)
    return "" if read_line(subject, rules.vocabulary) else subject


def _asked_first(talk: Talk, staff: Staff) -> Decision:
    facts: dict[str, object] = {"name": talk.member.name, "cases": list(talk.exposed), "arrival_id": talk.arrival_id}
    noted = NoteWords(talk.arrival_id, talk.member.id, staff.address, talk.answers, is_sent=False)
    asked = Ask(Question.PASS_ON, talk.case_id, line=0)
    reason = f"words to {talk.member.email} hold something confidential of {', '.join(talk.exposed)}: asked first"
    return Decision(Disposition.ANSWERED, reason, (noted, asked), (Line("", "ask_to_pass", talk.case_id, facts),))


def _why_kept(talk: Talk) -> str:
    if not talk.words.strip():
        return "empty"
    return "too_long" if len(talk.words) > LONGEST_WORDS else ""


def _begins_with_command(message: Message, view: View) -> bool:
    return any(command.verb not in ONLY_ANSWERS or view.question is not None for command in message.intent.leading)
