"""A member's words that no program answers go to staff: as they stand, with who wrote them and where that member stands.

Given a message, gives one letter to each staff member; and, of a mail whose commands were carried out, what it says beside them. Whether a mail
has anything for a person is asked here by every room that answers members. What staff write back goes through `talk`.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core.courtesies import substance
from bot.core.decide import lawyers
from bot.core.decide.message import MOST_ATTACHMENTS_NAMED, ONLY_ANSWERS, Message
from bot.core.intent import Command, bare_subject
from bot.core.mail import Letter
from bot.core.model import Decision, Lifecycle, Line, Member, NoteWords, View
from bot.core.rules import Rules

WITH_ALL_WORDS = frozenset({"forwarded", "handover", "look_at"})
"""Letters to staff that show every line of the mail: what it says beside its commands is not sent a second time."""


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
    """The case that a mail is about: the one it names by its number or title, else that of the letter it answers; None where neither says."""
    published = [case.id for case_id in message.intent.named if (case := view.cases.get(case_id)) and case.lifecycle is not Lifecycle.DRAFT]
    if published:
        return published[0]
    if view.titled:
        return view.titled
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
    subject = "" if message.arrival.answers else bare_subject(message.arrival.subject)
    question = subject if subject.rstrip().endswith(("?", "？")) else ""
    return substance((*message.intent.prose, question, *not_carried_out(message, view)), names=message.signed_by(member))


def not_carried_out(message: Message, view: View) -> tuple[str, ...]:
    """The commands of a mail that do nothing for whoever is a lawyer."""
    return tuple(command.said for command in message.intent.commands if not _is_carried_out(command, view))


def _is_carried_out(command: Command, view: View) -> bool:
    return command.verb in lawyers.VERBS or (command.verb in ONLY_ANSWERS and view.question is not None)
