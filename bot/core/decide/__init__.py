"""The one switch: a message, what the ledger knows, and the rules become a Decision.

Given nouns and gives nouns; every reason is in the Decision. The checks stand in one table, in the order in which they apply.
Nothing a stranger wrote is done unless its sender is proven; nothing a machine wrote is done at all; nothing is dropped in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.core import courtesies
from bot.core.decide import (
    alerts,
    anew,
    answers,
    assent,
    bounces,
    cap,
    challenge,
    checkins,
    conflicts,
    edits,
    forwarding,
    further,
    giving_back,
    handover,
    joining,
    machines,
    meant,
    members,
    membership,
    replies,
    staff,
    talk,
    wishes,
)
from bot.core.decide.message import LISTINGS, LISTINGS_LIVE, Message
from bot.core.intent import hands_back_for, retractions
from bot.core.mail import Letter
from bot.core.model import NOTHING_ASKED, Decision, Disposition, Line, NoteFilter, NoteWords, View
from bot.core.parsing.arrival import LIST_MAIL
from bot.core.rules import Rules

__all__ = ["Message", "Rules", "decide"]

Check = Callable[[Message, View, Rules], Decision | None]


def decide(message: Message, view: View, rules: Rules) -> Decision:
    """What follows from one message. The first check that has an answer gives it."""
    for understood in (checkins.understood, conflicts.understood, replies.understood, assent.understood):
        message = understood(message, view, rules)
    message = meant.by_number(message, view)
    for check in CHECKS:
        decision = check(message, view, rules)
        if decision is not None:
            decision = staff.beside(conflicts.beside(decision, message, view, rules), message, view, rules)
            decision = replies.beside(handover.beside(decision, message, view, rules), message, view, rules)
            decision = forwarding.beside(decision, message, view, rules)
            decision = anew.begun(conflicts.with_hours(talk.told_apart(decision, message, view)), message, view, rules)
            return cap.applied(_in_time(_unfiltered(decision, message, view), message, view), message, view, rules)
    raise AssertionError("the last check answers every message")


def _nobody(message: Message, view: View, rules: Rules) -> Decision | None:
    """No single sender can be read, or it is not on file: nobody is answered."""
    if not message.arrival.sender:
        return Decision(Disposition.FOR_STAFF, "; ".join(message.arrival.defects) or "no sender can be read")
    if view.member is None and view.staff is None:
        reason = "not on the roster"
        if message.looks_like:
            reason = f"not on the roster; the address looks like {message.looks_like}"
        elif LIST_MAIL in message.arrival.defects:
            reason = "not on the roster; re-sent by a mailing list, whose own address hides who wrote it"
        return Decision(
            Disposition.FOR_STAFF, reason, letters=(*alerts.looks_alike(message, view, rules), *_to_whom_it_belongs(message, rules))
        )
    return None


def _to_whom_it_belongs(message: Message, rules: Rules) -> tuple[Letter, ...]:
    """An answer in somebody's thread, from an address that is not on file: a staff member hears of their own that it went no further, and all
    of staff of a lawyer's, whose office may have written; and of what may be a lawyer's new address. Once a day from one address.
    """
    member = message.thread_of_member or message.moved_from
    if member is not None and not message.looks_like and not message.is_blank:
        day = message.stamp.arrived_at.astimezone(rules.zone).date().isoformat()
        reason = "others_thread" if message.thread_of_member else "new_address"
        told = message.to_staff("look_at", rules, reason=reason, member=member)
        return tuple(replace(letter, once=f"strange:{message.arrival.sender}:{day}:{letter.to}") for letter in told)
    looked_at = message.to_staff("look_at", rules, reason="strange_address")
    return tuple(replace(letter, once=f"strange:{message.arrival_id}") for letter in looked_at if letter.to == message.thread_of)


def _forged(message: Message, view: View, rules: Rules) -> Decision | None:
    """Our own mail server says that this is not from who it claims to be: no answer to the person it names."""
    if message.proof.level != "failed":
        return None
    reason = f"authentication failed: {message.proof.reason}"
    return Decision(Disposition.FOR_STAFF, reason, letters=alerts.forged(message, view, rules))


def _unreadable(message: Message, view: View, rules: Rules) -> Decision | None:
    """Kept whole and shown to a person; a proven sender hears what kept it from being read, or is asked about the cases it names."""
    doubt = "" if view.staff is not None and message.intent.doubt == retractions.CONTRADICTS else message.intent.doubt
    defects = [*message.arrival.defects, *([doubt] if doubt else [])]
    if not defects:
        return None
    reason, why = "; ".join(defects), _why_unreadable(defects)
    to_staff = tuple(
        replace(letter, facts={**letter.facts, "why": why})
        for letter in message.to_staff("look_at", rules, reason="unreadable")
        if view.staff is None or letter.to != view.staff.address or not message.proof.is_proven
    )
    verbs = {command.verb for command in message.intent.commands}
    is_claim = message.proof.is_proven and view.staff is None and (not verbs or "claim" in verbs) and verbs <= {"claim", "release"}
    if is_claim and not message.arrival.defects and (case_ids := meant.in_prose(message, view, says_claim="claim" in verbs)):
        asked = meant.asked_about(case_ids, message)
        return Decision(Disposition.FOR_STAFF, reason, asked.changes, (asked.line,), to_staff)
    lines = (
        (Line("", "unreadable", facts={"why": why, "line": message.intent.doubted, "is_staff": view.staff is not None}),)
        if message.proof.is_proven
        else ()
    )
    if why == "empty" and lines:
        return Decision(Disposition.ANSWERED, reason, lines=lines)
    noted = (NoteWords(message.arrival_id, view.member.id),) if view.member is not None and view.staff is None else ()
    return Decision(Disposition.FOR_STAFF, reason, noted, lines, to_staff)


def _why_unreadable(defects: Sequence[str]) -> str:
    """One word for the sender, who can mend only a few things; "" for damage that only a person can make out."""
    if len(defects) > 1 and "empty" in defects[-1]:
        defects = defects[:-1]
    return next((word for said, word in WHY_UNREADABLE.items() if any(said in defect for defect in defects)), "")


WHY_UNREADABLE = {
    "too large": "too_large",
    "too long": "too_large",
    "encrypted": "encrypted",
    "winmail": "winmail",
    "image only": "image",
    "empty": "empty",
    "parts differ": "two_texts",
    retractions.TAKEN_BACK: "taken_back",
    retractions.CONTRADICTS: "taken_back",
    "note of absence": "claim_away",
    "quot": "below_quotation",
    "signature": "below_quotation",
    "broken sentence": "broken_sentence",
}
"""What a defect says, and the word for it that the letters explain."""


def _prose(message: Message, view: View, rules: Rules) -> Decision | None:
    """Whatever else a person writes goes to a person, and the sender hears so; prose about open cases is asked what it meant."""
    if view.member is None or (view.staff is not None and not view.speaks_as_member):
        if (over := answers.after_all(message, view, rules)) is not None:
            return over
        facts: dict[str, object] = {"role": "staff", "is_prose": not message.is_blank, "on_roster": view.member is not None}
        about = next((letter.case_id for letter in reversed(view.thread) if letter.case_id), None)
        told = answers.still_waits(message, view) or Line("", "help", about, facts)
        return Decision(Disposition.ANSWERED, "no command found", lines=(told,))
    places = replies.awaited(message, view)
    asked_again = tuple(replies.asked_again(place, message, view) for place in places)
    if message.is_blank:
        return Decision(Disposition.ANSWERED, "no words of its own", lines=asked_again or (Line("", "unclear"),))
    misspelt = membership.misspelt(message, rules)
    if misspelt is not None:
        return Decision(Disposition.ANSWERED, "a word with what it does not take", lines=(misspelt,))
    noted = NoteWords(message.arrival_id, view.member.id)
    is_asking = bool(message.arrival.attachments) or courtesies.asks("\n".join(message.intent.lines))  # a file is to be looked at
    apart = "" if is_asking else NOTHING_ASKED
    given_back = giving_back.meant(message, view, rules)
    places = tuple(place for place in places if place.claim.case_id not in given_back)
    to_staff = giving_back.for_staff(replies.to_staff(message, view, rules, places), given_back, message, view, rules)
    case_ids = meant.in_prose(message, view)
    if given_back:
        asked = giving_back.asked_about(given_back)
        decision = Decision(Disposition.FOR_STAFF, "speaks of handing back", (noted, *asked.changes), (asked.line,), to_staff)
    elif case_ids:
        is_clear = wishes.is_all(message, view, rules)
        asked = meant.asked_about(case_ids, message, is_read=not is_clear)
        changes, letters = ((), ()) if is_clear else ((noted,), to_staff)
        disposition = Disposition.ANSWERED if is_clear else Disposition.FOR_STAFF
        decision = Decision(disposition, f"names a case without a command{apart}", (*changes, *asked.changes), (asked.line,), letters)
    else:
        others = next((one for line in message.intent.lines if (one := hands_back_for(line, rules.vocabulary))), "")
        declines = message.intent.declines or bool(giving_back.said_in(message, rules))
        facts = {"declines": declines, "of_another": others, "is_over": meant.answers_an_end(view)}
        lines = asked_again or (Line("", "to_person", facts=facts),)
        decision = Decision(Disposition.FOR_STAFF, f"no command found{apart}", (noted,), lines, to_staff)
    return checkins.in_prose(decision, view.question)


CHECKS: tuple[Check, ...] = (
    bounces.report,  # a machine's mail too, but one that tells of a letter of ours
    machines.machine,  # before everything: a machine gets no answer, whoever it says it is
    joining.application_of,  # the one thing that somebody outside the roster may ask
    _nobody,  # a stranger gets no answer either
    _forged,
    _unreadable,
    checkins.answered,  # OK, HELP, DONE, RELEASE to “how is the case?”
    conflicts.unclear,  # YES, or a bare word for one of several, to “is there a conflict?”
    answers.to_question,  # YES, NO, SEND in a thread of ours
    staff.intake,  # NEW CASE, EMERGENCY, an attached table, and the form sent back
    edits.edit,  # before single commands: what stands below an EDIT belongs to it
    challenge.unproven,  # commands that would act, from a sender who is not proven
    machines.absence,  # a note of absence that no header marks
    talk.words,  # staff to a member, in the thread of the member's mail
    staff.commands,
    members.commands,
    handover.answered,  # words in the thread of a case handed back
    talk.left_alone,
    further.words,  # a lawyer's, where staff have written before
    _prose,
)


def _unfiltered(decision: Decision, message: Message, view: View) -> Decision:
    """A letter of ours has come through to a member whose filter had kept one back: the note of that is over."""
    if view.member is None or not view.is_filtered or not message.proof.codes or message.arrival.machine:
        return decision
    return replace(decision, changes=(*decision.changes, NoteFilter(view.member.email, is_there=False)))


def _in_time(decision: Decision, message: Message, view: View) -> Decision:
    """After a long time off, whoever asked for a list or for help days ago is not answered with a flood of what is of no use by now (O-05)."""
    asks_only = decision.lines and all(line.outcome in LISTINGS for line in decision.lines) and not decision.letters
    if not asks_only or view.now - message.stamp.arrived_at <= LISTINGS_LIVE:
        return decision
    noted = tuple(change for change in decision.changes if isinstance(change, NoteWords))
    return replace(
        decision, disposition=Disposition.IGNORED, reason="too old to be answered: it only asked how things stood", changes=noted, lines=()
    )
