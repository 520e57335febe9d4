"""The places' page: who has one now, until when one is kept for an answer, and who has as many as they may.

Reads only; a place is given, and taken, on the claims' page.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, select
from sqlmodel import col

from bot.core.model import PLACED, Claim, ClaimState, Lifecycle
from bot.shell.ledger.claim_rows import CLAIMS, IS_OVER, TABLE, read
from bot.shell.ledger.dialect import in_pieces
from bot.shell.ledger.session import BookSession
from bot.shell.tables import CaseRow, ClaimRow, MemberRow


class Places:
    def __init__(self, session: BookSession) -> None:
        self._session = session

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
        confirmed = CLAIMS.where(col(ClaimRow.state) == ClaimState.CONFIRMED.value, is_open_case)
        return read(self._session, confirmed.where(col(ClaimRow.decided_at) <= moment))

    def given(self) -> tuple[Claim, ...]:
        """Every place that is held now, but for emergencies and events."""
        is_counted = and_(col(CaseRow.is_emergency).is_(False), col(CaseRow.closes_at).is_(None))
        return read(self._session, CLAIMS.where(col(ClaimRow.place_no).is_not(None), is_counted))

    def members_at_limit(self, among: Iterable[int], limit: int) -> set[int]:
        """Those of these members who hold as many cases as the organisation allows, or as they wish to; 0 is no limit.

        Events do not count, nor what staff have closed or withdrawn.
        """
        found = (self._session.ask(_HOLDERS, members=some) for some in in_pieces(among))
        return {row.member_id for rows in found for row in rows if 0 < row.most_open <= row.held or 0 < limit <= row.held}

    def _kept(self, *conditions: Any) -> tuple[Claim, ...]:
        return read(self._session, CLAIMS.where(col(ClaimRow.state) == ClaimState.HELD.value, *conditions))


_HOLDERS = (
    select(TABLE.c.member_id, col(MemberRow.most_open), func.count().label("held"))
    .join(MemberRow, col(MemberRow.id) == TABLE.c.member_id)
    .join(CaseRow, col(CaseRow.id) == TABLE.c.case_id)
    .where(TABLE.c.state.in_([state.value for state in PLACED]), col(CaseRow.closes_at).is_(None), ~IS_OVER)
    .where(TABLE.c.member_id.in_(bindparam("members", expanding=True)))
    .group_by(TABLE.c.member_id, col(MemberRow.most_open))
)
