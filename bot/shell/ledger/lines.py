"""The page of lines: each command of a message and what came of it, in the order in which its answer will tell them; sealed."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from sqlalchemy import bindparam, insert
from sqlmodel import SQLModel, col, select

from bot.core.model import Line
from bot.shell.ledger.arrivals import Arrivals
from bot.shell.ledger.seal import Seal
from bot.shell.ledger.session import BookSession
from bot.shell.tables import AnswerLineRow


class Lines:
    def __init__(self, session: BookSession, seal: Seal, arrivals: Arrivals) -> None:
        self._session, self._seal, self._arrivals = session, seal, arrivals
        self._of: dict[int, list[AnswerLineRow]] = {}
        self._waiting: dict[int, list[AnswerLineRow]] = {}
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
            row.outcome = outcome
            row.facts = self._seal.close_facts(facts, where=facts_place(row.arrival_id, row.position), about=[row.case_id or ""])
        return [row.arrival_id for row in rows]

    def overtake(self, arrival_id: int, position: int, outcome: str) -> None:
        """What the line tells is no longer so, and nobody has read it: from here on it says this."""
        self._read([arrival_id])
        self._of[arrival_id][position].outcome = outcome

    def of(self, arrival_id: int) -> tuple[Line, ...]:
        self._read([arrival_id])
        return tuple(map(self._line, self._of[arrival_id]))

    def foresee(self, claim_ids: Iterable[int]) -> None:
        """Read at once the lines that wait for these claims, and the messages that they stand in; each is settled soon."""
        new = set(claim_ids) - self._waiting.keys()
        if not new:
            return
        self._waiting |= {claim_id: [] for claim_id in new}
        rows = self._session.exec(_BESIDE, params={"claims": list(new)}).all()
        for row in rows:
            if row.claim_id in new and not row.outcome:
                self._waiting[row.claim_id].append(row)
        messages = {row.arrival_id for row in rows}
        self._keep(messages - self._of.keys(), rows)
        self._arrivals.foresee(messages)

    def _read(self, arrival_ids: Iterable[int]) -> None:
        new = set(arrival_ids) - self._of.keys()
        if new:
            self._keep(new, self._session.exec(_OF, params={"arrivals": list(new)}).all())

    def _keep(self, new: AbstractSet[int], rows: Iterable[AnswerLineRow]) -> None:
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

    def _line(self, row: AnswerLineRow) -> Line:
        command = self._seal.open_text(row.command, where=command_place(row.arrival_id, row.position))
        facts = self._seal.open_facts(row.facts, where=facts_place(row.arrival_id, row.position))
        return Line(command, row.outcome, row.case_id, facts)


def command_place(arrival_id: int, position: int) -> str:
    return f"answer_line.command {arrival_id}.{position}"


def facts_place(arrival_id: int, position: int) -> str:
    return f"answer_line.facts {arrival_id}.{position}"


_LINES = select(AnswerLineRow).order_by(col(AnswerLineRow.position))
_OF = _LINES.where(col(AnswerLineRow.arrival_id).in_(bindparam("arrivals", expanding=True)))
_WAITING = select(AnswerLineRow.arrival_id).where(AnswerLineRow.outcome == "")
_WAITING = _WAITING.where(col(AnswerLineRow.claim_id).in_(bindparam("claims", expanding=True)))
_BESIDE = _LINES.where(col(AnswerLineRow.arrival_id).in_(_WAITING))
"""The lines that wait for these claims, and all others of their messages."""
_ENTER = insert(SQLModel.metadata.tables["answer_line"])
