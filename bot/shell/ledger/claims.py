"""The claims' page: who claimed, when it arrived, what was decided.

Whatever changes a claim here is written into the decision log too, and no letter that told how its member stood before leaves any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, update
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from bot.core.mail import Stamp
from bot.core.model import (
    LIVE,
    PLACED,
    Act,
    AgreeClaim,
    AssignClaim,
    Basis,
    Claim,
    ClaimState,
    EndClaim,
    EnterClaim,
    TakeOffer,
    Verdict,
)
from bot.core.model.log import ALLOTTED, LATE_SURFACED, SETTLED, by_whom
from bot.shell.ledger import claim_rows
from bot.shell.ledger.arrivals import Arrivals
from bot.shell.ledger.claim_rows import read
from bot.shell.ledger.decisions import Decisions
from bot.shell.ledger.numbers import Numbers
from bot.shell.ledger.outbox import Outbox
from bot.shell.ledger.session import BookSession
from bot.shell.tables import ClaimRow


class Claims:
    def __init__(self, session: BookSession, numbers: Numbers, arrivals: Arrivals, decisions: Decisions, outbox: Outbox) -> None:
        self._session, self._numbers, self._arrivals, self._decisions = session, numbers, arrivals, decisions
        self._outbox = outbox
        self._theirs: dict[int, tuple[Claim, ...]] = {}
        self._changes = 0
        """Every claim that these members ever made, as of so many entries that told of a change: whatever changes a claim is an entry."""

    def of(self, case_id: str) -> tuple[Claim, ...]:
        """Every claim the case ever had, in the order of entry."""
        return read(self._session, claim_rows.OF_CASE, case=case_id)

    def get(self, claim_id: int) -> Claim:
        (claim,) = read(self._session, claim_rows.THIS, claim=claim_id)
        return claim

    def of_member(self, member_id: int) -> tuple[Claim, ...]:
        """What the member holds, waits for or has asked for."""
        return tuple(claim for claim in self.made_by(member_id) if claim.state in _UNDER_WAY)

    def made_by(self, member_id: int) -> tuple[Claim, ...]:
        """Every claim that the member ever made, in the order of entry."""
        self.foresee([member_id])
        return self._theirs[member_id]

    def foresee(self, member_ids: Iterable[int]) -> None:
        """Read at once what these members have claimed; each is asked about soon."""
        if self._changes != self._decisions.changes:
            self._theirs, self._changes = {}, self._decisions.changes
        new = set(member_ids).difference(self._theirs)
        if new:
            found: dict[int, list[Claim]] = {member_id: [] for member_id in new}
            for claim in read(self._session, claim_rows.OF_MEMBERS, members=list(new)):
                found[claim.member_id].append(claim)
            self._theirs |= {member_id: tuple(claims) for member_id, claims in found.items()}

    def reserve(self, many: int) -> None:
        """So many claims, or fewer, are entered soon."""
        self._numbers.reserve(claim_rows.TABLE.name, many)

    def from_arrivals(self, arrival_ids: Sequence[int]) -> tuple[Claim, ...]:
        return read(self._session, claim_rows.CLAIMS.where(col(ClaimRow.arrival_id).in_(arrival_ids)))

    def enter(self, change: EnterClaim, *, arrival_id: int, stamp: Stamp, now: datetime) -> int:
        """The number of a new claim, made by the message with this stamp."""
        entered = Claim(
            id=self._add(change, arrival_id=arrival_id, arrived_at=stamp.arrived_at, now=now),
            case_id=change.case_id,
            member_id=change.member_id,
            stamp=stamp,
            state=change.state,
            reason=change.reason,
            arrival_id=arrival_id,
            entered_at=now,
            decided_at=_decided_at(change, now),
            claimed_by=change.claimed_by,
            is_for_event=self._is_for_event(change.case_id),
        )
        sha256, proof = self._arrivals.evidence(arrival_id)
        self._decisions.write_claimed(entered, sha256=sha256, proof=proof, now=now)
        if change.member_id in self._theirs:  # a member may have many: they are not all read again for one more
            self._theirs[change.member_id] += (entered,)
        return entered.id

    def verify(self, claim_id: int, now: datetime) -> None:
        """Its sender stands by it: it waits to be settled, with the arrival it always had."""
        self._set(claim_id, state=ClaimState.QUEUED.value, reason="")
        self._log("verified", claim_id, now)

    def end(self, change: EndClaim, now: datetime) -> None:
        self._outbox.standing_changed([change.claim_id])
        self._set(
            change.claim_id,
            state=change.state.value,
            reason=change.reason,
            place_no=None,
            hold_until=None,
            is_offer=False,
            decided_at=now,
        )
        self._log(change.state.value, change.claim_id, now, by=by_whom(change.reason), has_reason=bool(change.why))

    def confirm(self, claim_id: int, now: datetime) -> None:
        self._outbox.standing_changed([claim_id])
        self._set(claim_id, state=ClaimState.CONFIRMED.value, hold_until=None, decided_at=now)
        self._log("confirmed", claim_id, now)

    def restart_hold(self, claim_id: int, *, hold_until: datetime, now: datetime) -> None:
        """The conflict check, or the offer, goes on until a new hour; when the place was given stays on record."""
        self._set(claim_id, hold_until=hold_until)
        self._log("hold restarted", claim_id, now)

    def agree(self, change: AgreeClaim, at: datetime, now: datetime) -> None:
        """The word of staff, which arrived `at`; the reason stays what staff were asked about until the case is settled again."""
        self._set(change.claim_id, agreed_by=change.by, agreed_at=at)
        self._log("agreed", change.claim_id, now, by=change.by, has_reason=bool(change.why))

    def take_offer(self, change: TakeOffer, *, now: datetime) -> None:
        """The place that was kept while its member was asked is theirs; for a conflict check for as long as the change says."""
        self._outbox.standing_changed([change.claim_id])
        self._set(change.claim_id, state=change.state.value, reason="promoted", hold_until=change.until, is_offer=False, decided_at=now)
        self._log("offer taken", change.claim_id, now)

    def give(
        self, case_id: str, verdicts: Sequence[Verdict], basis: Basis, *, now: datetime, kept_until: Callable[[Verdict], datetime]
    ) -> None:
        """Write what the rule has decided on a case: one entry for all of it. The database refuses a place that is taken or is not there."""
        if not verdicts:
            return
        given = [claim_rows.given(one, now=now, hold_until=kept_until(one) if one.state is ClaimState.HELD else None) for one in verdicts]
        if placed := [one.claim_id for one in verdicts if one.state in PLACED]:
            self._outbox.standing_changed(placed)
        self._session.do_each(claim_rows.GIVE, given)
        is_late = any(verdict.reason == "late_surfaced" for verdict in verdicts)
        kind = ALLOTTED if self._is_for_event(case_id) else LATE_SURFACED if is_late else SETTLED
        act = Act(kind, now, case_id, tuple(verdict.claim_id for verdict in verdicts), basis=basis)
        self._decisions.write(act, is_placing=bool(placed))

    def assign(self, change: AssignClaim, *, arrival_id: int, arrived_at: datetime, now: datetime, hold_until: datetime) -> int:
        """A place out of turn; gives the claim's number. Where the member had none in line, this message's arrival is entered."""
        reason = f"assigned by {change.by}"
        entered = EnterClaim(change.member_id, change.case_id, ClaimState.QUEUED, line=-1)
        claim_id = change.claim_id or self._add(entered, arrival_id=arrival_id, arrived_at=arrived_at, now=now)
        verdict = Verdict(claim_id, change.member_id, change.state, reason, change.place_no)
        self._outbox.standing_changed([claim_id])
        until = hold_until if change.state is ClaimState.HELD else None
        self._session.do_each(claim_rows.GIVE, [claim_rows.given(verdict, now=now, hold_until=until)])
        self._log("assigned", claim_id, now, by=change.by, has_reason=bool(change.why))
        return claim_id

    def cases_touched(self, start: datetime, end: datetime) -> set[str]:
        """Cases with a claim that arrived or was decided from `start` on and before `end`."""
        arrived = and_(col(ClaimRow.arrived_at) >= start, col(ClaimRow.arrived_at) < end)
        decided = and_(col(ClaimRow.decided_at) >= start, col(ClaimRow.decided_at) < end)
        return set(self._session.exec(select(ClaimRow.case_id).where(or_(arrived, decided)).distinct()).all())

    def _add(self, change: EnterClaim, *, arrival_id: int, arrived_at: datetime, now: datetime) -> int:
        values: dict[str, Any] = {
            "id": self._numbers.take(claim_rows.TABLE.name),
            "case_id": change.case_id,
            "member_id": change.member_id,
            "arrival_id": arrival_id,
            "arrived_at": arrived_at,
            "state": change.state.value,
            "reason": change.reason,
            "entered_at": now,
            "claimed_by": change.claimed_by,
            "is_offer": False,
            "agreed_by": "",
            "decided_at": _decided_at(change, now),
        }
        self._session.lay_by(claim_rows.ENTER, values)
        return int(values["id"])

    def _log(self, kind: str, claim_id: int, now: datetime, *, by: str = "", has_reason: bool = False) -> None:
        case_id = self._session.execute(select_columns(col(ClaimRow.case_id)).where(col(ClaimRow.id) == claim_id)).scalar_one()
        self._decisions.write(Act(kind, now, case_id, (claim_id,), by=by, has_reason=has_reason))

    def _set(self, claim_id: int, **values: Any) -> None:
        self._session.execute(update(ClaimRow).where(col(ClaimRow.id) == claim_id).values(**values))

    def _is_for_event(self, case_id: str) -> bool:
        case = self._session.case(case_id)
        assert case is not None, "whose cases there are is known"
        return case.closes_at is not None


def _decided_at(change: EnterClaim, now: datetime) -> datetime | None:
    return now if change.state is ClaimState.REFUSED else None


_UNDER_WAY = LIVE | {ClaimState.UNVERIFIED}
