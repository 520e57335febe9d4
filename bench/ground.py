"""What every measure stands on: the plan, the sink, and organisations, each founded when first asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from bench.counterparts import SinkServer
from bench.figures import Plan
from bench.organisation import Organisation


@dataclass(frozen=True, slots=True)
class Ground:
    folder: Path
    plan: Plan
    sink: SinkServer
    left_out: dict[str, str] = field(default_factory=dict)
    """What could not be measured here, and why."""
    _founded: dict[int, Organisation] = field(default_factory=dict)

    def organisation(self, *, members: int) -> Organisation:
        """The same for every measure that wants as many members."""
        if members not in self._founded:
            folder = self.folder / f"{members} members"
            self._founded[members] = Organisation.found(folder, members=members, cases=self.plan.cases, smtp_port=self.sink.port)
        return self._founded[members]
