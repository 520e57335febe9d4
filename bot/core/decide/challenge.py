"""A command whose sender is on file but not proven: nothing acts, nobody is blocked, the address on file is asked.

The claims are entered as unverified with the arrival they had, so that a YES keeps their place. At most one such question to an
address is open: what else comes meanwhile is kept, and asked about with the next one as soon as that one is answered or over.
"""

from __future__ import annotations

from datetime import datetime

from bot.core import deputies
from bot.core.decide import alerts, talk
from bot.core.decide.lawyers import may_ask_for, refusal
from bot.core.decide.message import MOST_ATTACHMENTS_NAMED, Message
from bot.core.intent import Command, Intent
from bot.core.mail import Arrival, Letter
from bot.core.model import Asked, Change, ClaimState, Decision, Disposition, EnterClaim, Member, Question, Unproven, View
from bot.core.rules import Rules

MOST_ASKED_ABOUT = 20
"""Mails that one question names; the next names the rest."""

LONGEST_TEXT_SHOWN = 2_000
"""Characters of a disowned mail that staff are shown."""

UNASKED = "sender not proven; will be asked about when the open question to the address on file is answered"
ASKED = "sender not proven: asked at the address on file"

HARMLESS = frozenset({"help", "list", "show", "status"})
"""They change nothing, and their answer goes to the address on file whoever asked."""


def unproven(message: Message, view: View, rules: Rules) -> Decision | None:
    """The question to the address on file, or None where the sender is proven or nothing would act."""
    is_words = view.staff is not None and talk.is_for_member(message, view)
    acting = [] if is_words else [command for command in message.intent.commands if command.verb not in HARMLESS]
    is_table = any(file.is_table for file in message.arrival.attachments)
    is_intake = bool((message.intent.intake or is_table) and view.staff)
    suffices = message.proof.suffices_for_staff if view.staff else message.proof.is_proven
    if suffices or not (acting or is_intake or is_words):
        return None
    entered = () if is_words else _unverified_claims(message, view)
    warned = alerts.unproven_emergency(message, view, rules)
    if view.is_challenged:
        return Decision(Disposition.PENDING, UNASKED, entered, letters=warned)
    this = shown(message.arrival_id, message.stamp.arrived_at, message.arrival, message.intent)
    letter, asked_about = question((*view.unasked, this)[:MOST_ASKED_ABOUT], view, rules, in_reply_to=message.arrival.message_id)
    disposition, reason = (Disposition.ANSWERED, ASKED) if this.arrival_id in asked_about else (Disposition.PENDING, UNASKED)
    return Decision(disposition, reason, entered, letters=(letter, *warned), asked_about=asked_about)


def shown(arrival_id: int, arrived_at: datetime, arrival: Arrival, intent: Intent) -> Unproven:
    """An unproven mail as its question names it."""
    acting = tuple(command.said for command in intent.commands if command.verb not in HARMLESS)
    files = tuple(file.name for file in arrival.attachments if file.name)[:MOST_ATTACHMENTS_NAMED]
    lines = acting or tuple(line for line in (arrival.subject,) if line) or files or tuple(intent.lines[:1])
    return Unproven(arrival_id, arrived_at, arrival.subject, lines, "\n".join(intent.lines)[:LONGEST_TEXT_SHOWN])


def about_the_rest(message: Message, view: View, rules: Rules) -> tuple[tuple[Letter, ...], tuple[int, ...]]:
    """One question was answered: the next names what came in the meantime, so that every mail is asked about."""
    if not view.unasked:
        return (), ()
    letter, asked_about = question(view.unasked, view, rules, in_reply_to=message.arrival.message_id)
    return (letter,), asked_about


def question(mails: tuple[Unproven, ...], view: View, rules: Rules, *, in_reply_to: str = "") -> tuple[Letter, tuple[int, ...]]:
    """“Was this you?”, to the address on file, and the mails it is about; no case data beyond the ids."""
    address, language = _on_file(view)
    asked = Asked(
        0, Question.VERIFY, address, arrival_ids=tuple(mail.arrival_id for mail in mails), expires_at=view.now + rules.question_lives
    )
    facts: dict[str, object] = {"mails": mails}
    letter = Letter(
        "verify",
        address,
        language,
        facts,
        in_reply_to=in_reply_to,
        member_id=view.member.id if view.member else None,
        question=asked,
    )
    return letter, asked.arrival_ids


def _unverified_claims(message: Message, view: View) -> tuple[Change, ...]:
    if view.member is None:
        return ()
    claims = [command for command in message.intent.commands if command.verb == "claim" and command.case_id]
    return tuple(
        EnterClaim(claimed.id, command.case_id or "", ClaimState.UNVERIFIED, line=-1, reason="not_proven", claimed_by=by)
        for command in claims
        for claimed, by in _claimed_for(command, view.member, view)
        if not refusal(command.case_id or "", message, view)
    )


def _claimed_for(command: Command, member: Member, view: View) -> list[tuple[Member, int | None]]:
    """Whose claim it would be: the sender's own, or that of the one colleague whom it names."""
    if not command.argument:
        return [(member, None)] if may_ask_for(view.cases.get(command.case_id or ""), member) else []
    meant = deputies.meant(command.argument, view.colleagues)
    return [(meant[0], member.id)] if len(meant) == 1 else []


def _on_file(view: View) -> tuple[str, str]:
    """Where the person whose name the mail bears is written to, and in which language."""
    if view.member is not None:
        return view.member.email, view.member.language
    assert view.staff is not None, "only who is on file is asked"
    return view.staff.address, view.staff.language
