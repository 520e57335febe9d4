"""The page of what is still to be decided: cases on which claims wait, when each may be decided, and free places that somebody waits for.

Reads only.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, union
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from bot.core.model import MISFIT, Claim, ClaimState, Lifecycle
from bot.shell.ledger.claim_rows import CLAIMS, read
from bot.shell.ledger.decisions import Decisions
from bot.shell.ledger.session import BookSession
from bot.shell.tables import CaseRow, ClaimRow


class Undecided:
    def __init__(self, session: BookSession, decisions: Decisions) -> None:
        self._session, self._decisions = session, decisions
        self._counts: tuple[int, dict[str, int]] = (-1, {})
        """Behind the last entry that they are as of."""

    def cases(self) -> list[str]:
        """Cases with a claim that waits for a decision, or with a free place and someone in line about whom staff are not being asked."""
        return sorted(self._session.ask(_CASES).scalars())

    def in_line(self) -> list[str]:
        """Cases with a free place and someone in line about whom staff are not being asked."""
        return sorted(self._session.ask(_IN_LINE).scalars())

    def counts(self) -> Mapping[str, int]:
        """How many claims wait to be decided, of each case that has any, those to which staff have agreed among them.

        As of the last entry of the log, for a claim is one.
        """
        head = self._decisions.head().number
        if self._counts[0] != head:
            self._counts = head, dict(self._session.ask(_UNDECIDED).all())
        return self._counts[1]

    def awaiting_staff(self) -> tuple[Claim, ...]:
        """Claims about which staff are asked, on cases that still have a place, by case."""
        return tuple(sorted(read(self._session, CLAIMS.where(_IS_ASKED, _HAS_FREE_PLACE)), key=lambda claim: claim.case_id))

    def closings(self, *, settle: timedelta) -> dict[str, datetime]:
        """Cases with a claim that waits for a decision, each with when its window closes, an event when it does; as `core.claims.ripe_at` says."""
        found: dict[str, datetime] = {}
        for row in self._session.ask(_WINDOWS):
            opened = min(row.arrived_at, row.entered_at) if row.state == ClaimState.QUEUED.value else row.agreed_at
            closes = row.closes_at or opened + settle
            found[row.case_id] = min(closes, found.get(row.case_id, closes))
        return found


_IS_MISFIT = and_(col(ClaimRow.state) == ClaimState.WAITLISTED.value, col(ClaimRow.reason).startswith(MISFIT))
_IS_ASKED = and_(_IS_MISFIT, col(ClaimRow.agreed_at).is_(None))
_PLACED = aliased(ClaimRow)
_TAKEN = select(func.count()).where(_PLACED.case_id == CaseRow.id, col(_PLACED.place_no).is_not(None)).correlate(CaseRow).scalar_subquery()
_HAS_FREE_PLACE = and_(col(CaseRow.lifecycle) == Lifecycle.OPEN.value, col(CaseRow.places) > _TAKEN)
_WAITS = or_(col(ClaimRow.state) == ClaimState.QUEUED.value, and_(_IS_MISFIT, col(ClaimRow.agreed_at).is_not(None)))
_QUEUED = select(ClaimRow.case_id).distinct().where(_WAITS)
_UNDECIDED = select_columns(col(ClaimRow.case_id), func.count()).where(_WAITS).group_by(col(ClaimRow.case_id))
_EARLIEST = (func.min(col(getattr(ClaimRow, name))).label(name) for name in ("arrived_at", "entered_at", "agreed_at"))
_WINDOWS = select_columns(col(ClaimRow.case_id), col(ClaimRow.state), col(CaseRow.closes_at), *_EARLIEST).where(_WAITS)
_WINDOWS = _WINDOWS.join(CaseRow, col(CaseRow.id) == col(ClaimRow.case_id))
_WINDOWS = _WINDOWS.group_by(col(ClaimRow.case_id), col(ClaimRow.state), col(CaseRow.closes_at))
_IN_LINE = select(ClaimRow.case_id).where(ClaimRow.state == ClaimState.WAITLISTED.value, ~_IS_ASKED)
_IN_LINE = select(CaseRow.id).where(_HAS_FREE_PLACE, col(CaseRow.id).in_(_IN_LINE))
_CASES = union(_QUEUED, _IN_LINE)
