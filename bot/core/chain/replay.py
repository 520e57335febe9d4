"""One case, lived through once more from its entries: every step must be one that can be, and where the rule decided, it decides again.

Given the entries of a case in order; then what its tables say now. The first that does not fit is told in a sentence; people stay
references. Claims are known by their number, since one member may claim a case more than once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.core.chain.links import Fault
from bot.core.chain.rule import deadline_of, decide
from bot.core.claims import FIRM_OVERTAKEN, FIRST_ABLE, PASSED_OVER, STAFF_CHOSE
from bot.core.events import FIRM_FULL
from bot.core.mail import Stamp
from bot.core.model import LIVE, PLACED, UNFIT, Basis, Case, CaseFacts, Claim, ClaimFacts, ClaimState, Deadline, Event, LogEntry, Verdict
from bot.core.model.log import BY_RULE, CLAIMED, FOUND, NEW_REFERENCES, REOPENED, coded

_ANY = frozenset(ClaimState)
_OVER = frozenset({ClaimState.RELEASED, ClaimState.LAPSED, ClaimState.REFUSED})
_MAY_END = LIVE | {ClaimState.UNVERIFIED}

_STEPS: Mapping[str, tuple[frozenset[ClaimState], frozenset[ClaimState]]] = {
    # kind: (from what, to what); a claim that is new to the log comes from nothing
    FOUND: (frozenset(), _ANY),
    CLAIMED: (frozenset(), frozenset({ClaimState.UNVERIFIED, ClaimState.QUEUED, ClaimState.REFUSED})),
    "verified": (frozenset({ClaimState.UNVERIFIED}), frozenset({ClaimState.QUEUED})),
    "released": (_MAY_END, frozenset({ClaimState.RELEASED})),
    "lapsed": (_MAY_END, frozenset({ClaimState.LAPSED})),
    "refused": (_MAY_END, frozenset({ClaimState.REFUSED})),
    "confirmed": (frozenset({ClaimState.HELD}), frozenset({ClaimState.CONFIRMED})),
    "offer taken": (frozenset({ClaimState.HELD}), PLACED),
    "hold restarted": (frozenset({ClaimState.HELD}), frozenset({ClaimState.HELD})),
    "agreed": (_MAY_END, _MAY_END),
    "assigned": (_ANY, PLACED),
    "amended": (PLACED, PLACED),
    REOPENED: (_ANY, _ANY),
    **{kind: (frozenset({ClaimState.QUEUED, ClaimState.WAITLISTED}), _ANY) for kind in BY_RULE},
}
_MAY_BE_NEW = frozenset({FOUND, CLAIMED, "assigned"})
_STAYS = frozenset({"hold restarted", "amended", REOPENED})
"""Kinds after which a claim stands as it did."""
_SAID_SINCE = {FIRM_FULL: 2, PASSED_OVER: 3, FIRST_ABLE: 4, UNFIT: 4, FIRM_OVERTAKEN: 4, STAFF_CHOSE: 4}
"""By which rule a reason first had a word of its own: until then who had a place was first, and who had none came after others."""
_CHANGES_THE_CASE = frozenset({FOUND, "published", "drafted", REOPENED, "closed", "withdrawn", "expired", "amended"})


class CaseHistory:
    """What the log knows of one case by now."""

    def __init__(self, case_id: str) -> None:
        self.case_id = case_id
        self.last = 0
        self._case: CaseFacts | None = None
        self._claims: dict[int, ClaimFacts] = {}
        self._told_by: dict[int, int] = {}
        self._members: dict[str, int] = {}

    def take(self, entry: LogEntry) -> Fault | None:
        """The next entry; what of it does not fit. Once something does not, the rest of the case tells nothing."""
        wrong = self._wrong_case(entry) or self._wrong_step(entry)
        if not wrong and entry.kind in BY_RULE:
            wrong = self._wrong_by_rule(entry)
        if wrong:
            return Fault(entry.number, f"Entry {entry.number} ({entry.kind}, {self.case_id}) does not fit: {wrong}.")
        self._case, self.last = entry.case, entry.number
        for claim in entry.claims:
            self._claims[claim.number] = claim
            self._told_by[claim.number] = entry.number
        wrong = self._wrong_places(entry)
        return Fault(entry.number, f"Entry {entry.number} ({entry.kind}, {self.case_id}) does not fit: {wrong}.") if wrong else None

    def against(self, case: CaseFacts, claims: Mapping[int, ClaimFacts]) -> Fault | None:
        """What the tables say now, held against what the log says."""
        if case != self._case:
            return Fault(
                self.last, f"The table of cases does not say of {self.case_id} what entry {self.last} says: {_differing(self._case, case)}."
            )
        for number in sorted(self._claims.keys() | claims.keys()):
            logged, found, by = self._claims.get(number), claims.get(number), self._told_by.get(number, self.last)
            if logged is None:
                return Fault(by, f"Claim {number} on {self.case_id} stands in the table of claims, and no entry up to {by} tells of it.")
            if found is None:
                return Fault(by, f"Claim {number} on {self.case_id}, of which entry {by} tells, is gone from the table of claims.")
            if found != logged:
                return Fault(
                    by,
                    f"The table of claims does not say of claim {number} on {self.case_id} what entry {by} says: {_differing(logged, found)}.",
                )
        return None

    def against_arrival(self, number: int, arrived_at: datetime) -> Fault | None:
        """When the mail behind a claim came in, as it stands beside every other mail."""
        logged, by = self._claims.get(number), self._told_by.get(number, self.last)
        if logged is None or logged.stamp.arrived_at == arrived_at:
            return None
        return Fault(
            by,
            f"The mail behind claim {number} on {self.case_id} arrived at {logged.stamp.arrived_at.isoformat()} by entry {by}, and the table of "
            f"arrivals says {arrived_at.isoformat()}.",
        )

    def against_mail(self, number: int, sha256: str) -> Fault | None:
        """The hash of a raw mail that is still kept."""
        logged, by = self._claims.get(number), self._told_by.get(number, self.last)
        if logged is None or logged.sha256 == sha256:
            return None
        return Fault(by, f"The mail behind claim {number} on {self.case_id} is not the one that entry {by} names: its bytes were changed.")

    def _wrong_case(self, entry: LogEntry) -> str:
        if entry.case is None:
            return "it tells nothing of its case"
        if self._case is not None and entry.kind not in _CHANGES_THE_CASE and entry.case != self._case:
            return f"it says otherwise of the case than entry {self.last}: {_differing(self._case, entry.case)}"
        return ""

    def _wrong_step(self, entry: LogEntry) -> str:
        start, end = _STEPS.get(entry.kind, (_ANY, frozenset()))
        for claim in entry.claims:
            before = self._claims.get(claim.number)
            if before is None and entry.kind not in _MAY_BE_NEW:
                return f"no entry before it tells of claim {claim.number}"
            if before is not None and (before.state not in start or (entry.kind in _STAYS and before.state is not claim.state)):
                return f"claim {claim.number} was {before.state.value} by entry {self._told_by[claim.number]}"
            if claim.state not in end:
                return f"claim {claim.number} cannot become {claim.state.value} by it"
            is_named_anew = bool(entry.facts.get(NEW_REFERENCES))
            if before is not None and (
                _arrival(before) != _arrival(claim) or (claim.ref and before.ref != claim.ref and not is_named_anew)
            ):
                return f"claim {claim.number} arrived otherwise by entry {self._told_by[claim.number]}: {_differing(before, claim)}"
        return ""

    def _wrong_places(self, entry: LogEntry) -> str:
        """Whether two hold one place, or the entry tells of the places and the line otherwise than the log does."""
        placed = [claim for claim in self._claims.values() if claim.place_no is not None]
        holders = {claim.place_no or 0: claim.ref for claim in placed}
        if len(holders) != len(placed):
            return "two claims have one place"
        if any((claim.place_no is not None) != (claim.state in PLACED) for claim in entry.claims):
            return "a claim has a place that holds none, or none that does"
        if entry.kind in BY_RULE and dict(entry.places) != holders:
            return "it does not give the places to whom the claims say"
        if entry.kind in BY_RULE and entry.waiting != self._line(_groups(entry)):
            return "who waits does not stand in order of arrival"
        return ""

    def _line(self, groups: Mapping[str, int]) -> tuple[str, ...]:
        line = [claim for claim in self._claims.values() if claim.state is ClaimState.WAITLISTED]
        return tuple(claim.ref for claim in sorted(line, key=lambda claim: (groups.get(claim.ref, 0), claim.stamp.order, claim.number)))

    def _wrong_by_rule(self, entry: LogEntry) -> str:
        assert self._case is not None or entry.case is not None
        basis = self._basis(entry.basis or {})
        deadline = deadline_of(str((entry.basis or {}).get("deadline", "")), now=entry.at)
        case = _as_case(self.case_id, self._case or entry.case, deadline)
        claims = [self._as_claim(claim) for claim in self._claims.values() if claim.number not in basis.left_out]
        try:
            verdicts = decide(case, claims, basis, now=entry.at)
        except (KeyError, ValueError):
            return "it does not hold what the rule needs to decide"
        told = {claim.number: (claim.state, claim.reason, claim.place_no, claim.is_offer) for claim in entry.claims}
        for verdict in verdicts:
            if told.get(verdict.claim_id) != _outcome(verdict, rule=entry.rule):
                return f"by the rule claim {verdict.claim_id} is {_said(verdict)}"
        more = sorted(told.keys() - {verdict.claim_id for verdict in verdicts})
        return f"by the rule nothing becomes of claim {more[0]}" if more else ""

    def _member(self, ref: str) -> int:
        return self._members.setdefault(ref, len(self._members) + 1)

    def _basis(self, told: Mapping[str, Any]) -> Basis:
        """What the rule was told, with a number of ours for each reference."""
        return Basis(
            passed_over=frozenset(self._member(ref) for ref in told.get("passed_over", ())),
            misfits={self._member(ref): tuple(wrong) for ref, wrong in told.get("misfits", {}).items()},
            firms={self._member(ref): firm for ref, firm in told.get("firms", {}).items()},
            served=frozenset(told.get("served", ())),
            left_out=frozenset(told.get("left_out", ())),
            groups={self._member(ref): group for ref, group in told.get("groups", {}).items()},
        )

    def _as_claim(self, claim: ClaimFacts) -> Claim:
        agreed_by = "staff" if claim.agreed_at else ""
        return Claim(
            id=claim.number,
            case_id=self.case_id,
            member_id=self._member(claim.ref),
            stamp=claim.stamp,
            state=claim.state,
            reason=claim.reason,
            place_no=claim.place_no,
            is_offer=claim.is_offer,
            agreed_by=agreed_by,
            agreed_at=claim.agreed_at,
        )


def _as_case(case_id: str, facts: CaseFacts | None, deadline: Deadline | None) -> Case:
    assert facts is not None
    return Case(
        case_id,
        title="",
        summary="",
        deadline=deadline,
        places=facts.places,
        lifecycle=facts.lifecycle,
        checks_conflicts=facts.checks_conflicts,
        event=Event(Deadline(facts.closes_at, is_day=False), facts.per_firm) if facts.closes_at else None,
    )


def _groups(entry: LogEntry) -> Mapping[str, int]:
    found: Mapping[str, int] = (entry.basis or {}).get("groups", {})
    return found


def _arrival(claim: ClaimFacts) -> tuple[object, ...]:
    return (claim.stamp, claim.sha256)


def _outcome(verdict: Verdict, *, rule: int) -> tuple[ClaimState, str, int | None, bool]:
    """What an entry says of it. Earlier rules knew fewer reasons."""
    is_of_its_time = rule >= _SAID_SINCE.get(verdict.reason.partition(" ")[0], 1)
    reason = coded(verdict.reason) if is_of_its_time else "first" if verdict.place_no else "after_others"
    return (verdict.state, reason, verdict.place_no, verdict.is_offer)


def _said(verdict: Verdict) -> str:
    place = f" with place {verdict.place_no}" if verdict.place_no else ""
    return f"{verdict.state.value}{place} ({coded(verdict.reason).replace('_', ' ')})"


def _differing(expected: object, found: object) -> str:
    """The first field in which two values of one kind differ."""
    for name in getattr(type(expected), "__dataclass_fields__", {}):
        before, now = getattr(expected, name), getattr(found, name, None)
        if before != now:
            return f"{name} {_shown(before)} is {_shown(now)}"
    return "they differ"


def _shown(value: object) -> str:
    if isinstance(value, Stamp):
        return f"{value.folder} {value.uidvalidity}, uid {value.uid}, {value.arrived_at.isoformat()}"
    return "nothing" if value in (None, "") else f"“{value}”"
