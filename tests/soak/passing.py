"""One pass of `firstreply run --once` in a process of its own, under a clock that is ahead or behind, until its end or a kill at a station.

Given a story's folder; gives a process to be halted, killed or waited for, and its log. The process is forked from one that has its imports done
(`command.WARM`), so that a pass costs tenths of a second. It does what the command does, but for the trial letters at the start.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from tests.servers.ground import PATIENCE_SECONDS
from tests.soak.replica import shorten
from tests.story.command import WARM, environment

LEASE_SECONDS = 10.0
"""Longer than any halt of a walk, and not so long that its end waits for a minute."""
WHOLE, WITH_FAULTS, DATABASE_AWAY, STOPPED_BY_A_FAULT, KILLED = 0, 1, 4, 70, -signal.SIGKILL


@dataclass(frozen=True, slots=True)
class Pass:
    process: ForkServerProcess
    log: Path

    def ended(self) -> int:
        """How: whole, with faults that it named, without its database, or killed. Nothing else may happen."""
        self.process.join(PATIENCE_SECONDS * 2)
        code = self.process.exitcode
        assert code in (WHOLE, WITH_FAULTS, DATABASE_AWAY, KILLED), f"a pass ended with {code}:\n{self.log.read_text()}"
        return code

    def halts(self) -> None:
        self._signal(signal.SIGSTOP)

    def goes_on(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, which: signal.Signals) -> None:
        if self.process.pid is not None and self.process.is_alive():
            os.kill(self.process.pid, which)


@contextmanager
def begun(folder: Path, *, crash_at: str = "", ahead: timedelta = timedelta()) -> Iterator[Pass]:
    """`crash_at` as in `bot.stations`."""
    with tempfile.TemporaryDirectory() as aside:
        log = Path(aside) / "log"
        env = environment({"FIRSTREPLY_CRASH_AT": crash_at} if crash_at else None)
        process = WARM.Process(target=_work, args=(str(folder), str(log), env, ahead))
        process.start()
        try:
            yield Pass(process, log)
        finally:
            process.kill()
            process.join()


def _work(folder: str, log: str, env: dict[str, str], ahead: timedelta) -> None:
    """In the forked process."""
    from bot import stations
    from bot.daemon import passes
    from bot.logs import to_standard_error
    from bot.office import open_office
    from bot.office.steady import SteadyClock
    from bot.shell.ledger import LedgerAway
    from bot.shell.settings import load

    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    shorten(LEASE_SECONDS)
    importlib.reload(stations)  # it reads the environment once, which it did before this process was
    sys.stderr = Path(log).open("w", encoding="utf-8", buffering=1)  # noqa: SIM115  # until the process ends
    to_standard_error()
    try:
        office = open_office(load(Path("firstreply.toml"), os.environ), clock=SteadyClock(lambda: datetime.now(UTC) + ahead))
        office.ledger.migrate()
        code = WITH_FAULTS if passes.run_once(office) else WHOLE
    except LedgerAway as away:
        print(json.dumps({"event": "database away", "reason": str(away)}), file=sys.stderr)
        code = DATABASE_AWAY
    except BaseException as fault:  # a cancellation, too
        sys.excepthook(type(fault), fault, fault.__traceback__)  # as the command's end would have it
        code = STOPPED_BY_A_FAULT
    sys.stderr.flush()
    os._exit(code)
