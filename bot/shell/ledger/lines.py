"""The page of lines: each command of a message and what came of it, in the order in which its answer will tell them; sealed."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import SQLModel

from bot.core.model import Line
from bot.shell.ledger.arrivals import Arrivals
from bot.shell.ledger.seal import Seal
from bot.shell.ledger.session import BookSession


@dataclass(slots=True)
class _Row:
    """A line on record as it is now, its columns in this order. `facts` are what is `sealed`, once somebody has asked for them."""

    arrival_id: int
    position: int
    command: str
    outcome: str
    case_id: str | None
    claim_id: int | None
    sealed: Any
    facts: dict[str, Any] | None = None


class Lines:
    def __init__(self, session: BookSession, seal: Seal, arrivals: Arrivals) -> None:
        self._session, self._seal, self._arrivals = session, seal, arrivals
        self._of: dict[int, list[_Row]] = {}
        self._waiting: dict[int, list[_Row]] = {}
        """The lines of messages, and those that wait for a claim, as far as they were read in this transaction."""

    def note(self, arrival_id: int, lines: Iterable[Line], claim_ids: dict[int, int]) -> None:
        """The lines of the answer that is owed; `claim_ids` maps a line's position to its claim."""
        rows = [self._values(arrival_id, position, line, claim_ids.get(position)) for position, line in enumerate(lines)]
        self._session.lay_by(_ENTER, *rows)
        self._of.pop(arrival_id, None)
        self._waiting.clear()

    def settle(self, claim_id: int, outcome: str, facts: dict[str, object]) -> list[int]:
        """Write the outcome beside the claim's line that still waits; gives the messages it stands in (none for a promotion)."""
        self.foresee([claim_id])
        rows = [row for row in self._waiting[claim_id] if not row.outcome]
        for row in rows:
            row.outcome, row.facts = outcome, facts
            row.sealed = self._seal.close_facts(facts, where=facts_place(row.arrival_id, row.position), about=[row.case_id or ""])
            self._session.lay_by(_SETTLE, {**_key(row), "outcome": outcome, "facts": row.sealed})
        return [row.arrival_id for row in rows]

    def overtake(self, arrival_id: int, position: int, outcome: str) -> None:
        """What the line tells is no longer so, and nobody has read it: from here on it says this."""
        self._read([arrival_id])
        row = self._of[arrival_id][position]
        row.outcome = outcome
        self._session.lay_by(_OVERTAKE, {**_key(row), "outcome": outcome})

    def of(self, arrival_id: int) -> tuple[Line, ...]:
        self._read([arrival_id])
        return tuple(map(self._line, self._of[arrival_id]))

    def foresee(self, claim_ids: Iterable[int]) -> None:
        """Read at once the lines that wait for these claims, and the messages that they stand in; each is settled soon."""
        new = set(claim_ids).difference(self._waiting)
        if not new:
            return
        self._waiting |= {claim_id: [] for claim_id in new}
        rows = [_Row(*row) for row in self._session.ask(_BESIDE, claims=list(new)).all()]
        messages = {row.arrival_id for row in rows}
        self._keep(messages.difference(self._of), rows)
        for row in rows:
            if row.claim_id in new and not row.outcome:
                self._waiting[row.claim_id].append(self._of[row.arrival_id][row.position])
        self._arrivals.foresee(messages)

    def _read(self, arrival_ids: Iterable[int]) -> None:
        new = set(arrival_ids).difference(self._of)
        if new:
            self._keep(new, [_Row(*row) for row in self._session.ask(_OF, arrivals=list(new)).all()])

    def _keep(self, new: AbstractSet[int], rows: Iterable[_Row]) -> None:
        self._of |= {arrival_id: [] for arrival_id in new}
        for row in rows:
            if row.arrival_id in new:
                self._of[row.arrival_id].append(row)

    def _values(self, arrival_id: int, position: int, line: Line, claim_id: int | None) -> dict[str, object]:
        about = (line.case_id,) if line.case_id else self._arrivals.cases_of(arrival_id)
        return {
            "arrival_id": arrival_id,
            "position": position,
            "command": self._seal.close_text(line.command, where=command_place(arrival_id, position), about=about),
            "outcome": line.outcome,
            "case_id": line.case_id,
            "claim_id": claim_id,
            "facts": self._seal.close_facts(line.facts, where=facts_place(arrival_id, position), about=about),
        }

    def _line(self, row: _Row) -> Line:
        command = self._seal.open_text(row.command, where=command_place(row.arrival_id, row.position))
        if row.facts is None:
            row.facts = self._seal.open_facts(row.sealed, where=facts_place(row.arrival_id, row.position))
        return Line(command, row.outcome, row.case_id, dict(row.facts))


def _key(row: _Row) -> dict[str, object]:
    return {"message": row.arrival_id, "at": row.position}


def command_place(arrival_id: int, position: int) -> str:
    return f"answer_line.command {arrival_id}.{position}"


def facts_place(arrival_id: int, position: int) -> str:
    return f"answer_line.facts {arrival_id}.{position}"


_TABLE = SQLModel.metadata.tables["answer_line"]
_LINES = select(*(_TABLE.c["facts" if one.name == "sealed" else one.name] for one in fields(_Row) if one.name != "facts"))
_LINES = _LINES.order_by(_TABLE.c.position)
_OF = _LINES.where(_TABLE.c.arrival_id.in_(bindparam("arrivals", expanding=True)))
_BESIDE = select(_TABLE.c.arrival_id).where(_TABLE.c.outcome == "", _TABLE.c.claim_id.in_(bindparam("claims", expanding=True)))
_BESIDE = _LINES.where(_TABLE.c.arrival_id.in_(_BESIDE))
"""The lines that wait for these claims, and all others of their messages."""
_ENTER = insert(_TABLE)
_THIS = update(_TABLE).where(_TABLE.c.arrival_id == bindparam("message"), _TABLE.c.position == bindparam("at"))
_OVERTAKE = _THIS.values(outcome=bindparam("outcome"))
_SETTLE = _THIS.values(outcome=bindparam("outcome"), facts=bindparam("facts"))
