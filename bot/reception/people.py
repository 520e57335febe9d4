"""What bears on a message beside its cases: who asks to join, in whose name a member may claim, whom a question is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from bot.core import deputies
from bot.core.decide import Message
from bot.core.mail import canonical
from bot.core.model import Asked, Claim, ClaimState, Member, Question, Renamed, View
from bot.shell.ledger import Transaction

A_DAY = timedelta(days=1)


def for_outsiders(ledger: Transaction, view: View, message: Message) -> View:
    """Beside that, for somebody who asks to join: how many applications were acknowledged of late."""
    since = view.now - A_DAY
    address = view.member.email if view.member else message.arrival.sender
    return replace(
        view,
        joined_today=ledger.correspondence.count_since("applied", since),
        is_acknowledged=ledger.correspondence.count_since("applied", since, to=address) > 0,
    )


def for_deputies(ledger: Transaction, view: View, message: Message) -> View:
    """Beside that, where a claim is made in somebody's name: in whose it may be, and what they have in hand."""
    names = [command.argument for command in message.intent.commands if command.verb == "claim" and command.argument]
    if view.member is None or not names:
        return view
    colleagues = deputies.wards(view.member, ledger.roster.all())
    meant = {one.id for name in names for one in deputies.meant(name, colleagues)}
    return replace(view, colleagues=colleagues, theirs={member_id: ledger.claims.of_member(member_id) for member_id in meant})


def kept_for_removed(ledger: Transaction, message: Message) -> set[str]:
    """Where staff take somebody off the roster: the cases with a place kept for that member, which are free again then."""
    addresses = (canonical(command.argument) for command in message.intent.commands if command.verb == "remove")
    removed = [member for address in addresses if (member := ledger.roster.by_address(address))]
    return {claim.case_id for member in removed for claim in ledger.claims.of_member(member.id) if claim.state is ClaimState.HELD}


def renamed(ledger: Transaction, member: Member | None, own: Iterable[Claim], cases: Iterable[str]) -> dict[str, Renamed]:
    """For who checks one of these cases for conflicts: whether staff have changed the names since the place was given."""
    held = [claim for claim in own if claim.state is ClaimState.HELD]
    found: dict[str, Renamed] = {}
    for claim in held:
        if member is None or claim.case_id not in cases or claim.decided_at is None:
            continue
        changes = [at for at, note in ledger.marks.notes(f"case {claim.case_id}") if at >= claim.decided_at and _NEW_NAMES.match(note)]
        if changes:
            told_at = ledger.correspondence.first_sent(member.email, claim.case_id, ("hold", "case_changed"), changes[-1])
            found[claim.case_id] = Renamed(changes[-1], told_at)
    return found


def unshown(ledger: Transaction, own: Iterable[Claim], cases: Iterable[str]) -> frozenset[str]:
    """Of these cases those that are kept for a check whose names are still to leave."""
    checked = (claim for claim in own if claim.state is ClaimState.HELD and not claim.is_offer and claim.case_id in cases)
    return frozenset(one.case_id for one in checked if ledger.unsent.are_names(member_id=one.member_id, case_id=one.case_id))


def unfiled(ledger: Transaction, own: Iterable[Claim], message: Message) -> frozenset[str]:
    """Of the cases that this message claims those that are its sender's, while the letter that said so was lost."""
    claimed = {command.case_id for command in message.intent.commands if command.verb == "claim"}
    mine = (claim for claim in own if claim.state is ClaimState.CONFIRMED and not claim.is_for_event and claim.case_id in claimed)
    return frozenset(one.case_id for one in mine if ledger.correspondence.is_file_lost(one.member_id, one.case_id))


_NEW_NAMES = re.compile(r"changed by \S+ of (?:\w+,)*conflict_check\b")
"""As the history of a case tells of it."""


def applicant(ledger: Transaction, question: Asked | None) -> Member | None:
    """Whom staff are asked to let in."""
    is_one = question is not None and question.question is Question.ADMIT
    return ledger.roster.by_address(question.content_key) if question and is_one else None
