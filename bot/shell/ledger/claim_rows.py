"""How claims lie in their table: what is asked of it, worded once, and how a claim is read from its columns.

A claim has its stamp from the message that made it, and from its case whether it is for an event, and whether it is over. Who changes one is the claims' page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import SQLModel, col

from bot.core.mail import Stamp
from bot.core.model import OVER, Claim, ClaimState, Verdict
from bot.shell.ledger.session import BookSession
from bot.shell.tables import ArrivalRow, CaseRow, ClaimRow


def read(session: BookSession, worded: Any, **values: Any) -> tuple[Claim, ...]:
    """What `CLAIMS`, or one of these with a condition, gives."""
    return tuple(map(_claim, session.ask(worded, **values).all()))


def given(verdict: Verdict, *, now: datetime, hold_until: datetime | None) -> dict[str, Any]:
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
    """From the columns of `CLAIMS`, in their order."""
    number, case_id, member_id, state, is_for_event, is_over, *facts = row[: -len(_STAMP)]
    named = dict(zip(_FACTS, facts, strict=True))
    stamp, state = Stamp(*row[-len(_STAMP) :]), ClaimState(state)
    return Claim(number, case_id, member_id, stamp, state, is_for_event=is_for_event, is_over=is_over, **named)


TABLE = SQLModel.metadata.tables["claim"]
_WHOSE = ("id", "case_id", "member_id", "state")
_OF_CASE = ("is_for_event", "is_over")
_FACTS = tuple(one.name for one in fields(Claim) if one.name not in (*_WHOSE, "stamp", *_OF_CASE))
_STAMP = (ArrivalRow.folder, ArrivalRow.uidvalidity, ArrivalRow.uid, ClaimRow.arrived_at, ArrivalRow.folder_rank)
ENTER = insert(TABLE)
GIVE = update(TABLE).where(TABLE.c.id == bindparam("claim"))
GIVE = GIVE.values({name: bindparam(name) for name in ("state", "reason", "place_no", "hold_until", "is_offer", "decided_at")})
IS_OVER = col(CaseRow.lifecycle).in_(OVER)
CLAIMS = select(*(TABLE.c[name] for name in _WHOSE), col(CaseRow.closes_at).is_not(None), IS_OVER)
CLAIMS = CLAIMS.add_columns(*(TABLE.c[name] for name in _FACTS), *map(col, _STAMP))
CLAIMS = CLAIMS.join(ArrivalRow, col(ArrivalRow.id) == TABLE.c.arrival_id).join(CaseRow, col(CaseRow.id) == TABLE.c.case_id)
CLAIMS = CLAIMS.order_by(TABLE.c.id)
THIS, OF_CASE = (CLAIMS.where(column == bindparam(name)) for column, name in ((TABLE.c.id, "claim"), (TABLE.c.case_id, "case")))
OF_MEMBERS = CLAIMS.where(TABLE.c.member_id.in_(bindparam("members", expanding=True)))
