"""A case's deadline held against the log, which keeps no day of it: only how near it was, each time that the rule decided.

Given the entries of one case in order, and then the deadline as the table has it. Silent about a case of which nothing was decided since
its fields were last changed: then nothing tells.
"""

from __future__ import annotations

from bot.core.chain.links import Fault
from bot.core.chain.rule import nearness
from bot.core.model import Case, Deadline, LogEntry
from bot.core.model.log import BY_RULE


class Deadlines:
    def __init__(self) -> None:
        self._decided: list[LogEntry] = []

    def take(self, entry: LogEntry) -> None:
        if entry.kind == "amended":
            self._decided.clear()
        elif entry.kind in BY_RULE:
            self._decided.append(entry)

    def against(self, case_id: str, deadline: Deadline | None) -> Fault | None:
        case = Case(case_id, title="", summary="", deadline=deadline)
        for entry in self._decided:
            if nearness(case, now=entry.at) != str((entry.basis or {}).get("deadline", "")):
                said = f"The deadline of {case_id} in the table of cases is not as near as entry {entry.number} was told it is."
                return Fault(entry.number, said)
        return None
