"""People who write to each other through the desk: a member's words go to staff, theirs go back, and neither meets a program in between.

Given a message, gives the letters that carry its words to the other side. What staff write reaches a member only from a proven staff
member, only in the thread of that member's own mail, and only whole; what stands in the confidential part of a case that is not the
member's is asked about first. Text only: what was attached is named, and stays with the mail it came with.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core.courtesies import substance
from bot.core.decide import lawyers, settled
from bot.core.decide.message import MOST_ATTACHMENTS_NAMED, Message
from bot.core.intent import Command, bare_subject, read_line
from bot.core.mail import Letter
from bot.core.model import (
    AnswerQuestion,
    Ask,
    Asked,
    Decision,
    Disposition,
    Lifecycle,
    Line,
    Member,
    NoteWords,
    Question,
    Staff,
    Talk,
    View,
)
from bot.core.rules import Rules

LONGEST_WORDS = 10_000
"""Characters that staff may send to a member in one mail."""

WITH_ALL_WORDS = frozenset({"forwarded", "handover", "look_at"})
"""Letters to staff that show every line of the mail: what it says beside its commands is not sent a second time."""

ANSWERS = frozenset({"yes", "no", "send", "hold"})
"""Words that are commands only where a question was asked; elsewhere “Yes.” is how people begin an answer."""


def to_staff(message: Message, view: View, rules: Rules, *, commands: tuple[Command, ...] = ()) -> tuple[Letter, ...]:
    """A member's mail for a person to answer, one letter to each staff member: who, where they stand, what was written, what to do."""
    member = view.member
    assert member is not None, "only a member's words are passed on"
    case_id = case_of(message, view)
    facts: dict[str, object] = {
        "sender": message.arrival.sender,
        "subject": message.arrival.subject,
        "arrived_at": message.stamp.arrived_at,
        "text": message.text,
        "is_cut": message.is_cut,
        "member": member,
        "is_proven": message.proof.is_proven,
        "is_told": True,
        "sender_name": message.arrival.sender_name,
        "attachments": [[one.name, one.size] for one in message.arrival.attachments][:MOST_ATTACHMENTS_NAMED],
        "thread": [(letter.at, letter.kind, letter.case_id) for letter in view.thread],
        "done": [command.said for command in commands],
        "names": list(message.intent.named) or ([case_id] if case_id else []),
    }
    name = f"{member.name}, {member.firm}" if member.firm else member.name
    return tuple(
        Letter(
            "forwarded",
            person.address,
            person.language,
            facts,
            in_reply_to=view.told.get(person.address, ""),
            case_id=case_id,
            from_name=name if message.proof.is_proven else "",
        )
        for person in rules.staff
        if view.staff is None or person.address != view.staff.address or len(rules.staff) == 1
    )


def case_of(message: Message, view: View) -> str | None:
    """The case that a mail is about: the one it names, else that of the letter it answers; None where neither says."""
    published = [case.id for case_id in message.intent.named if (case := view.cases.get(case_id)) and case.lifecycle is not Lifecycle.DRAFT]
    if published:
        return published[0]
    return next((letter.case_id for letter in reversed(view.thread) if letter.case_id), None)


def beside(decision: Decision, message: Message, view: View, rules: Rules) -> Decision:
    """What a member wrote beside the commands that were carried out goes to staff, and the answer says so."""
    if not passed_on(decision, message, view):
        return decision
    return with_words(decision, message, view, rules, commands=message.intent.commands)


def passed_on(decision: Decision, message: Message, view: View) -> tuple[str, ...]:
    """What a member's mail says beside its commands; nothing where a letter of the decision brings that to staff, or where nobody is to read it."""
    if (
        view.member is None
        or view.member.is_outside
        or view.staff is not None
        or not message.intent.commands
        or not message.proof.is_proven
        or message.arrival.machine
        or any(letter.kind in WITH_ALL_WORDS for letter in decision.letters)
    ):
        return ()
    said = said_beside(message, view.member, view)
    asked = {word for line in decision.lines if line.outcome == "clear_or_conflict" for word in line.command.split(", ")}
    return said if any(one.strip().rstrip(".。") not in asked for one in said) else ()


def with_words(decision: Decision, message: Message, view: View, rules: Rules, *, commands: tuple[Command, ...]) -> Decision:
    """The decision with all words of a member's mail to staff, as they stand; the answer says so."""
    assert view.member is not None, "only a member's words are passed on"
    told = with_words_told(decision)
    return replace(
        told,
        changes=(*told.changes, NoteWords(message.arrival_id, view.member.id)),
        lines=(*told.lines, Line("", "also_to_person", case_of(message, view))),
        letters=(*told.letters, *to_staff(message, view, rules, commands=commands)),
    )


def with_words_told(decision: Decision) -> Decision:
    """Who hands a case back, and says something beside it, is not asked for the reason as if nothing had been said; staff read so."""
    lines = (replace(one, facts={**one.facts, "has_words": True}) if one.outcome == "released" else one for one in decision.lines)
    letters = (replace(one, facts={**one.facts, "has_words": True}) if one.kind == "released_notice" else one for one in decision.letters)
    return replace(decision, lines=tuple(lines), letters=tuple(letters))


def said_beside(message: Message, member: Member, view: View) -> tuple[str, ...]:
    """What the mail says beside its commands and more than a greeting, thanks or a signature: a Subject that asks, and what is no lawyer's to command."""
    subject = bare_subject(message.arrival.subject)
    question = subject if not message.arrival.answers and subject.rstrip().endswith(("?", "？")) else ""
    return substance((*message.intent.prose, question, *not_carried_out(message, view)), names=names_of(message, member))


def not_carried_out(message: Message, view: View) -> tuple[str, ...]:
    """The commands of a mail that do nothing for whoever is a lawyer."""
    return tuple(command.said for command in message.intent.commands if not _is_carried_out(command, view))


def names_of(message: Message, member: Member) -> tuple[str, ...]:
    """What the writer may sign with."""
    return (member.name, member.firm, message.arrival.sender_name, member.email, message.arrival.sender)


def _is_carried_out(command: Command, view: View) -> bool:
    return command.verb in lawyers.VERBS or (command.verb in ANSWERS and view.question is not None)


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
        return Decision(Disposition.ANSWERED, "the words are not here any more", lines=(settled.line(answer.said, asked, view),))
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
    return any(command.verb not in ANSWERS or view.question is not None for command in message.intent.leading)
