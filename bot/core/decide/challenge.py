"""A command whose sender is on file but not proven: nothing acts, nobody is blocked, the address on file is asked.

The claims are entered as unverified with the arrival they had, so that a YES keeps their place. At most one such question to an
address is open: what else comes meanwhile is kept, and asked about with the next one.
"""

from __future__ import annotations

from bot.core import deputies
from bot.core.decide import alerts, talk
from bot.core.decide.lawyers import may_ask_for, refusal
from bot.core.decide.message import Message, Rules
from bot.core.intent import Command
from bot.core.mail import Letter
from bot.core.model import Asked, Change, ClaimState, Decision, Disposition, EnterClaim, Member, Question, Unasked, View

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
    this = Unasked(message.arrival_id, tuple(command.said for command in acting) or (message.arrival.subject,), message.stamp.arrived_at)
    letter, asked_about = question((*view.unasked, this), message, view, rules)
    return Decision(Disposition.ANSWERED, ASKED, entered, letters=(letter, *warned), asked_about=asked_about)


def about_the_rest(message: Message, view: View, rules: Rules) -> tuple[tuple[Letter, ...], tuple[int, ...]]:
    """One question was answered: the next names all that came in the meantime, so that every mail is asked about."""
    if not view.unasked:
        return (), ()
    letter, asked_about = question(view.unasked, message, view, rules)
    return (letter,), asked_about


def question(mails: tuple[Unasked, ...], message: Message, view: View, rules: Rules) -> tuple[Letter, tuple[int, ...]]:
    """“Was this you?”, to the address on file, and the mails it is about; no case data beyond the ids."""
    address, language = _on_file(view)
    asked = Asked(
        0, Question.VERIFY, address, arrival_ids=tuple(mail.arrival_id for mail in mails), expires_at=view.now + rules.question_lives
    )
    lines = [command for mail in mails for command in mail.commands]
    facts: dict[str, object] = {"lines": lines, "arrived_at": mails[-1].arrived_at}
    letter = Letter(
        "verify",
        address,
        language,
        facts,
        in_reply_to=message.arrival.message_id,
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
