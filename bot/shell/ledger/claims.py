"""The claims' page: who claimed, when it arrived, what was decided.

Whatever changes a claim here is written into the decision log too, and no letter that told how its member stood before leaves any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, insert, or_, update
from sqlalchemy import select as select_columns
from sqlmodel import SQLModel, col, select

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
    Lifecycle,
    TakeOffer,
    Verdict,
)
from bot.core.model.log import ALLOTTED, LATE_SURFACED, SETTLED, by_whom
from bot.shell.ledger.arrivals import Arrivals
from bot.shell.ledger.decisions import Decisions
from bot.shell.ledger.dialect import in_pieces
from bot.shell.ledger.numbers import Numbers
from bot.shell.ledger.outbox import Outbox
from bot.shell.ledger.session import BookSession
from bot.shell.ledger.undecided import HAS_FREE_PLACE, IS_ASKED
from bot.shell.tables import ArrivalRow, CaseRow, ClaimRow, MemberRow


class Claims:
    def __init__(self, session: BookSession, numbers: Numbers, arrivals: Arrivals, decisions: Decisions, outbox: Outbox) -> None:
        self._session, self._numbers, self._arrivals, self._decisions = session, numbers, arrivals, decisions
        self._outbox = outbox
        self._theirs: dict[int, tuple[Claim, ...]] = {}
        self._placings = 0
        """Every claim that these members ever made, as of so many entries that gave or took a place: whatever changes a claim is an entry."""

    def of(self, case_id: str) -> tuple[Claim, ...]:
        """Every claim the case ever had, in the order of entry."""
        return self._read(_OF_CASE, case=case_id)

    def get(self, claim_id: int) -> Claim:
        (claim,) = self._read(_THIS, claim=claim_id)
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
        if self._placings != self._decisions.placings:
            self._theirs, self._placings = {}, self._decisions.placings
        new = set(member_ids) - self._theirs.keys()
        if new:
            found: dict[int, list[Claim]] = {member_id: [] for member_id in new}
            for claim in self._read(_OF_MEMBERS, members=list(new)):
                found[claim.member_id].append(claim)
            self._theirs |= {member_id: tuple(claims) for member_id, claims in found.items()}

    def reserve(self, many: int) -> None:
        """So many claims, or fewer, are entered soon."""
        self._numbers.reserve(_TABLE.name, many)

    def from_arrivals(self, arrival_ids: Sequence[int]) -> tuple[Claim, ...]:
        return self._read(_CLAIMS.where(col(ClaimRow.arrival_id).in_(arrival_ids)))

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
        given = [_given(one, now=now, hold_until=kept_until(one) if one.state is ClaimState.HELD else None) for one in verdicts]
        if placed := [one.claim_id for one in verdicts if one.state in PLACED]:
            self._outbox.standing_changed(placed)
        self._session.do_each(_GIVE, given)
        is_late = any(verdict.reason == "late_surfaced" for verdict in verdicts)
        kind = ALLOTTED if self._is_for_event(case_id) else LATE_SURFACED if is_late else SETTLED
        self._decisions.write(Act(kind, now, case_id, tuple(verdict.claim_id for verdict in verdicts), basis=basis))

    def assign(self, change: AssignClaim, *, arrival_id: int, arrived_at: datetime, now: datetime, hold_until: datetime) -> int:
        """A place out of turn; gives the claim's number. Where the member had none in line, this message's arrival is entered."""
        reason = f"assigned by {change.by}"
        entered = EnterClaim(change.member_id, change.case_id, ClaimState.QUEUED, line=-1)
        claim_id = change.claim_id or self._add(entered, arrival_id=arrival_id, arrived_at=arrived_at, now=now)
        verdict = Verdict(claim_id, change.member_id, change.state, reason, change.place_no)
        self._outbox.standing_changed([claim_id])
        self._session.flush()
        self._session.execute(_GIVE, [_given(verdict, now=now, hold_until=hold_until if change.state is ClaimState.HELD else None)])
        self._log("assigned", claim_id, now, by=change.by, has_reason=bool(change.why))
        return claim_id

    def awaiting_staff(self) -> tuple[Claim, ...]:
        """Claims about which staff are asked, on cases that still have a place, by case."""
        return tuple(sorted(self._read(_CLAIMS.where(IS_ASKED, HAS_FREE_PLACE)), key=lambda claim: claim.case_id))

    def holds_until(self, moment: datetime) -> tuple[Claim, ...]:
        """Conflict checks whose time is over by this moment."""
        return self._kept(col(ClaimRow.is_offer).is_(False), col(ClaimRow.hold_until) <= moment)

    def offers_until(self, moment: datetime) -> tuple[Claim, ...]:
        """Places kept for who is next in line, whose time to answer is over by this moment."""
        return self._kept(col(ClaimRow.is_offer).is_(True), col(ClaimRow.hold_until) <= moment)

    def kept(self) -> tuple[Claim, ...]:
        """Every place that is kept for an answer of its member now, to an offer or a conflict check."""
        return self._kept()

    def held(self) -> tuple[Claim, ...]:
        """Every place that is kept for a conflict check now."""
        return self._kept(col(ClaimRow.is_offer).is_(False))

    def confirmed_until(self, moment: datetime) -> tuple[Claim, ...]:
        """Who holds an open case, and was confirmed by this moment; a place at an event is no case."""
        is_open_case = and_(col(CaseRow.lifecycle) == Lifecycle.OPEN.value, col(CaseRow.closes_at).is_(None))
        confirmed = _CLAIMS.where(col(ClaimRow.state) == ClaimState.CONFIRMED.value, is_open_case)
        return self._read(confirmed.where(col(ClaimRow.decided_at) <= moment))

    def cases_touched(self, start: datetime, end: datetime) -> set[str]:
        """Cases with a claim that arrived or was decided from `start` on and before `end`."""
        arrived = and_(col(ClaimRow.arrived_at) >= start, col(ClaimRow.arrived_at) < end)
        decided = and_(col(ClaimRow.decided_at) >= start, col(ClaimRow.decided_at) < end)
        return set(self._session.exec(select(ClaimRow.case_id).where(or_(arrived, decided)).distinct()).all())

    def places_given(self) -> tuple[Claim, ...]:
        """Every place that is held now, but for emergencies and events."""
        is_counted = and_(col(CaseRow.is_emergency).is_(False), col(CaseRow.closes_at).is_(None))
        return self._read(_CLAIMS.where(col(ClaimRow.place_no).is_not(None), is_counted))

    def members_at_limit(self, among: Iterable[int], limit: int) -> set[int]:
        """Those of these members who hold as many cases as the organisation allows, or as they wish to; 0 is no limit, and events do not count."""
        found = (self._session.ask(_HOLDERS, members=some) for some in in_pieces(among))
        return {row.member_id for rows in found for row in rows if 0 < row.most_open <= row.held or 0 < limit <= row.held}

    def _kept(self, *conditions: Any) -> tuple[Claim, ...]:
        return self._read(_CLAIMS.where(col(ClaimRow.state) == ClaimState.HELD.value, *conditions))

    def _add(self, change: EnterClaim, *, arrival_id: int, arrived_at: datetime, now: datetime) -> int:
        values: dict[str, Any] = {
            "id": self._numbers.take(_TABLE.name),
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
        self._session.lay_by(_ENTER, values)
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

    def _read(self, query: Any, **values: Any) -> tuple[Claim, ...]:
        rows = self._session.ask(query, **values)
        return tuple(map(_claim, rows))


def _decided_at(change: EnterClaim, now: datetime) -> datetime | None:
    return now if change.state is ClaimState.REFUSED else None


def _given(verdict: Verdict, *, now: datetime, hold_until: datetime | None) -> dict[str, Any]:
    return {
        "claim": verdict.claim_id,
        "state": verdict.state.value,
        "reason": verdict.reason,
        "place_no": verdict.place_no,
        "hold_until": hold_until,
        "is_offer": verdict.is_offer,
        "decided_at": now,
    }


def _claim(row: Sequence[Any]) -> Claim:
    """From the columns of `_CLAIMS`, in their order."""
    number, case_id, member_id, state, is_for_event, *facts = row[: -len(_STAMP)]
    named = dict(zip(_FACTS, facts, strict=True))
    return Claim(number, case_id, member_id, Stamp(*row[-len(_STAMP) :]), ClaimState(state), is_for_event=is_for_event, **named)


_TABLE = SQLModel.metadata.tables["claim"]
_WHOSE = ("id", "case_id", "member_id", "state")
_FACTS = tuple(one.name for one in fields(Claim) if one.name not in (*_WHOSE, "stamp", "is_for_event"))
_STAMP = (ArrivalRow.folder, ArrivalRow.uidvalidity, ArrivalRow.uid, ClaimRow.arrived_at, ArrivalRow.folder_rank)
_ENTER = insert(_TABLE)
_GIVE = update(_TABLE).where(_TABLE.c.id == bindparam("claim"))
_GIVE = _GIVE.values({name: bindparam(name) for name in ("state", "reason", "place_no", "hold_until", "is_offer", "decided_at")})
_CLAIMS = select_columns(*(_TABLE.c[name] for name in _WHOSE), col(CaseRow.closes_at).is_not(None))
_CLAIMS = _CLAIMS.add_columns(*(_TABLE.c[name] for name in _FACTS), *map(col, _STAMP))
_CLAIMS = _CLAIMS.join(ArrivalRow, col(ArrivalRow.id) == _TABLE.c.arrival_id).join(CaseRow, col(CaseRow.id) == _TABLE.c.case_id)
_CLAIMS = _CLAIMS.order_by(_TABLE.c.id)
_THIS, _OF_CASE = (_CLAIMS.where(column == bindparam(name)) for column, name in ((_TABLE.c.id, "claim"), (_TABLE.c.case_id, "case")))
_OF_MEMBERS = _CLAIMS.where(_TABLE.c.member_id.in_(bindparam("members", expanding=True)))
_UNDER_WAY = LIVE | {ClaimState.UNVERIFIED}
_HOLDERS = (
    select_columns(_TABLE.c.member_id, col(MemberRow.most_open), func.count().label("held"))
    .join(MemberRow, col(MemberRow.id) == _TABLE.c.member_id)
    .join(CaseRow, col(CaseRow.id) == _TABLE.c.case_id)
    .where(_TABLE.c.state.in_([state.value for state in PLACED]), col(CaseRow.closes_at).is_(None))
    .where(_TABLE.c.member_id.in_(bindparam("members", expanding=True)))
    .group_by(_TABLE.c.member_id, col(MemberRow.most_open))
)
