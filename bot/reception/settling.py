"""Cases that are ripe: who gets them is decided, written and told in one transaction a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog

from bot.core import chain, events
from bot.core import claims as rule
from bot.core.model import Case, Claim, ClaimState, Verdict
from bot.office import ANSWER_KINDS, Office, sightings, standstill
from bot.reception import announcing, basis
from bot.shell.ledger import Transaction, persistently
from bot.stations import station

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Due:
    """The cases on which something waits to be decided, in the order in which they are, and when the last full look into the mailbox began,
    by the mail server's clock as far as it is known.
    """

    cases: Sequence[str]
    scanned_from: datetime


def due(office: Office, ledger: Transaction, *, scanned_from: datetime | None) -> Due:
    """Nothing while all is paused, nor before a full look."""
    ledger.marks.foresee(standstill.PAUSED, sightings.SEEN)
    if scanned_from is None or standstill.is_paused(ledger):
        return Due((), office.clock())
    scanned_from -= sightings.runs_ahead(ledger, scanned_from)
    waiting = ledger.undecided.cases()
    # What one case gives to a firm counts on the next: the case that was asked for first is decided first.
    firsts = {case_id: _first_asked_for(ledger.claims.of(case_id)) for case_id in waiting} if office.rules.one_per_firm else {}
    waiting.sort(key=lambda case_id: firsts.get(case_id, ()))
    return Due(waiting, scanned_from)


def settle(office: Office, found: Due | None = None) -> int:
    """Decide every case whose settlement window has passed, of those that were found due; gives how many verdicts there were."""
    if found is None:
        with office.ledger.reading() as ledger:
            found = due(office, ledger, scanned_from=ledger.folders.scanned_from(office.folders))
    verdicts = 0
    for number, case_id in enumerate(found.cases, start=1):
        verdicts += persistently(partial(_settle_case, office, case_id, found.scanned_from))
        office.pulse.step("decider", number, len(found.cases))
    return verdicts


def next_ripe(office: Office, ledger: Transaction) -> datetime | None:
    """When the next settlement window closes (UTC, by our clock): a look that begins then can decide."""
    waiting = [] if standstill.is_paused(ledger) else ledger.undecided.cases()
    closings = [_ripe_at(office, case, ledger.claims.of(case.id)) for case in ledger.cases.some(waiting).values()]
    lead = sightings.runs_ahead(ledger, office.clock())
    return min((closing + lead for closing in closings if closing is not None), default=None)


def _ripe_at(office: Office, case: Case, claims: tuple[Claim, ...]) -> datetime | None:
    return events.closes_at(case, claims) if case.event is not None else rule.ripe_at(claims, settle=office.rules.settle)


def _is_ripe(office: Office, case: Case, claims: tuple[Claim, ...], scanned_from: datetime) -> bool:
    """An event closes at its hour, and nothing is decided before a full look that began later."""
    if case.event is not None:
        return case.event.closes.at <= scanned_from
    return rule.is_ripe(claims, settle=office.rules.settle, scanned_from=scanned_from)


def _first_asked_for(claims: tuple[Claim, ...]) -> tuple[datetime, int, int]:
    return min(claim.stamp.order for claim in claims if claim.state in (ClaimState.QUEUED, ClaimState.WAITLISTED))


def _settle_case(office: Office, case_id: str, scanned_from: datetime) -> int:
    with office.ledger.deciding() as ledger:
        case = ledger.cases.by_id(case_id)
        claims = ledger.claims.of(case_id)
        if not _is_ripe(office, case, claims, scanned_from):
            return 0
        verdicts = _give(office, ledger, case, claims, considered=_considered(ledger, claims))
        station("given")
    station("settled")
    _log(case_id, verdicts)
    return len(verdicts)


def keep_told(office: Office, case_id: str) -> None:
    """On the way back to a backup, and before the case is erased again: whoever was told that it is theirs has it."""
    with office.ledger.deciding() as ledger:
        claims = ledger.claims.of(case_id)
        told = _told(ledger, claims)
        case, considered = ledger.cases.by_id(case_id), _considered(ledger, claims)
        verdicts = _give(office, ledger, case, claims, considered=considered) if told else ()
    _log(case_id, verdicts)


def settle_early(office: Office, ledger: Transaction, case_id: str, *, arrived_by: datetime) -> int:
    """In the transaction of a later mail, on the claims that had arrived by then; gives how many verdicts there were.

    On the way back to a backup, where it is known who was told that a case is theirs, nobody else is given it before all mail is read.
    """
    case, claims = ledger.cases.by_id(case_id), ledger.claims.of(case_id)
    is_open_yet = case.event is not None and case.event.closes.at > arrived_by
    if is_open_yet or (ledger.past.is_waiting() and not _told(ledger, claims)):
        return 0
    considered = _considered(ledger, claims)
    had_come = tuple(claim for claim in considered if claim.state is not ClaimState.QUEUED or rule.came_at(claim) <= arrived_by)
    verdicts = _give(office, ledger, case, claims, considered=had_come, arrived_by=arrived_by)
    _log(case_id, verdicts)
    return len(verdicts)


def _considered(ledger: Transaction, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Where some have been told that the case is theirs, it is not given to anybody else now."""
    told = _told(ledger, claims)
    return tuple(claim for claim in claims if not told or claim.id in told or claim.state is not ClaimState.QUEUED)


def _log(case_id: str, verdicts: tuple[Verdict, ...]) -> None:
    tell = log.bind(case=case_id).info
    for verdict in verdicts:
        tell("claim decided", claim=verdict.claim_id, state=verdict.state.value, reason=verdict.reason)


def _give(
    office: Office,
    ledger: Transaction,
    case: Case,
    claims: tuple[Claim, ...],
    *,
    considered: tuple[Claim, ...],
    arrived_by: datetime | None = None,
) -> tuple[Verdict, ...]:
    """What the rule says of those that are considered, written and told; `arrived_by` where that is said before a later mail is read."""
    now = office.clock()
    closed = rule.ripe_at(considered, settle=office.rules.settle)
    was_due = min(moment for moment in (now, arrived_by, closed) if moment is not None)
    found = basis.gather(office, ledger, case, claims, now=now, was_due=was_due, considered=considered)
    verdicts = chain.decide(case, considered, found, now=now)
    spans = {True: office.rules.offer, False: office.rules.hold}
    ledger.claims.give(case.id, verdicts, found, now=now, kept_until=lambda one: rule.kept_until(case, now=now, span=spans[one.is_offer]))
    announcing.announce(office, ledger, case, claims, verdicts)
    return verdicts


def _told(ledger: Transaction, claims: tuple[Claim, ...]) -> set[int]:
    """On the way back to a backup: the claims that wait here, and whose members have been told that the case is theirs."""
    return {
        claim.id
        for claim in (claims if ledger.past.is_waiting() else ())
        if claim.state is ClaimState.QUEUED
        and any(
            ledger.past.has_left(kind, ledger.roster.by_id(claim.member_id).email, claim.case_id, claim.arrival_id)
            for kind in (ANSWER_KINDS["confirmed"], ANSWER_KINDS["held"])
        )
    }
