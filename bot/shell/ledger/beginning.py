"""The first entries of the decision log: that it begins, and every case that is there already, as it stands.

Runs once, at the first start after the step that made the log, when everything is sealed: only then can the mails that are kept be
hashed. What was decided before is the ground on which the log stands, and is not proven by it.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from bot.core.model import Act
from bot.core.model.log import BEGINS, FOUND
from bot.shell.ledger.arrivals import Arrivals
from bot.shell.ledger.decisions import Decisions
from bot.shell.ledger.marks import Marks
from bot.shell.tables import ArrivalRow, CaseRow, ClaimRow, RawMailRow, RoundRow

LOGGED = "logged"
"""The mark of a database whose log has begun: a log that is empty afterwards was emptied, and does not begin again."""


def begin(session: Session, marks: Marks, arrivals: Arrivals, decisions: Decisions) -> None:
    """The first entries, unless they were written."""
    if marks.at(LOGGED) is not None:
        return
    now = datetime.now(UTC)
    for arrival_id in session.exec(select(RawMailRow.arrival_id).order_by(col(RawMailRow.arrival_id))).all():
        session.get_one(ArrivalRow, arrival_id).raw_sha256 = hashlib.sha256(arrivals.raw(arrival_id) or b"").hexdigest()
        session.flush()
    months = session.exec(select(RoundRow.month).order_by(RoundRow.month)).all()
    decisions.write(Act(BEGINS, now, facts={"months": list(months)}))
    for case in session.exec(select(CaseRow).order_by(col(CaseRow.year), col(CaseRow.number))).all():
        if case.erased_at is None:
            case.log_salt = decisions.new_salt(case.id)
            session.flush()
        claims = session.exec(select(ClaimRow.id).where(ClaimRow.case_id == case.id).order_by(col(ClaimRow.id))).all()
        decisions.write(Act(FOUND, now, case.id, tuple(claim_id or 0 for claim_id in claims)))
    marks.put(LOGGED, now)
