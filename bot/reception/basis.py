"""On what a case is decided, beside its claims: who may take nothing just now, who does not fit, which firms have their share.

Given the case and its claims inside the transaction that decides, gathers it as plain data: the decision log keeps it, so that the same
decision can be taken once more. Only people who have claimed the case stand in it. Decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core import events
from bot.core.chain import nearness
from bot.core.circulation import is_urgent, month_of
from bot.core.eligibility import misfits
from bot.core.fields import name_key
from bot.core.model import LIVE, Basis, Case, Claim, ClaimState, Question
from bot.office import Office
from bot.shell.ledger import Transaction


def gather(
    office: Office,
    ledger: Transaction,
    case: Case,
    claims: Sequence[Claim],
    *,
    considered: Sequence[Claim],
    now: datetime,
    was_due: datetime,
) -> Basis:
    """`considered` are those of its claims that are looked at now; it `was_due` earlier where their mail is read late."""
    left_out = frozenset(claim.id for claim in claims) - {claim.id for claim in considered}
    people = {claim.member_id for claim in claims}
    ledger.roster.foresee(people)
    if case.event is not None:
        guests = {member_id: events.guest(ledger.roster.by_id(member_id)) for member_id in people}
        return Basis(
            passed_over=frozenset(ledger.roster.not_active(people, but_applicants=True) | giving_back(ledger, claims, now=now)),
            firms={member_id: guest.firm for member_id, guest in guests.items()},
            groups={member_id: guest.group.value for member_id, guest in guests.items()},
            left_out=left_out,
        )
    everybodys = office.rules.most_open_per_member
    limited = {member_id for member_id in people if ledger.roster.by_id(member_id).limit(everybodys)}
    at_limit = ledger.places.members_at_limit(limited, everybodys)
    firms, served = _firms(office, ledger, case, people, was_due)
    return Basis(
        passed_over=frozenset(ledger.roster.not_active(people) | at_limit | giving_back(ledger, claims, now=now)),
        misfits=_misfits(ledger, case, claims),
        firms=firms,
        served=served,
        left_out=left_out,
        deadline=nearness(case, now=now),
    )


def giving_back(ledger: Transaction, claims: Sequence[Claim], *, now: datetime) -> set[int]:
    """Who has written of giving up what they wait for here, and has not answered yet whether that was meant: nothing is sent to them that the
    next in line alone may read, and nobody waits for their word.
    """
    waiting = {one.member_id: one for one in claims if one.state in (ClaimState.QUEUED, ClaimState.WAITLISTED)}
    found: set[int] = set()
    for asked, asked_at in ledger.questions.unanswered(Question.GIVE_BACK, now) if waiting else ():
        member = ledger.roster.by_address(asked.to)
        claim = waiting.get(member.id) if member is not None else None
        if claim is not None and claim.case_id in asked.about and (claim.entered_at is None or claim.entered_at <= asked_at):
            found.add(claim.member_id)
    return found


def _misfits(ledger: Transaction, case: Case, claims: Sequence[Claim]) -> dict[int, tuple[str, ...]]:
    """What does not fit about each member in line."""
    in_line = {claim.member_id for claim in claims if claim.state in LIVE}
    return {member_id: wrong for member_id in in_line if (wrong := misfits(case, ledger.roster.by_id(member_id)))}


def _firms(office: Office, ledger: Transaction, case: Case, people: set[int], was_due: datetime) -> tuple[dict[int, str], frozenset[str]]:
    """Who belongs to which firm, and which of these firms have their case of the month. What is urgent waits for nobody.

    Both by the hour at which it was due: mail that was not read till the next month is of its own.
    """
    if not office.rules.one_per_firm or is_urgent(case, now=was_due):
        return {}, frozenset()
    zone = office.rules.zone
    month = month_of(was_due, zone)
    holders = {claim.member_id for claim in ledger.places.given() if month_of(claim.stamp.arrived_at, zone) == month}
    of = {member_id: name_key(ledger.roster.by_id(member_id).firm) for member_id in people | holders}
    firms = {member_id: of[member_id] for member_id in people}
    return firms, frozenset(of[member_id] for member_id in holders) & (frozenset(firms.values()) - {""})
