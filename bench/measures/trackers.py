"""A backlog of claims beside Roundup's mail gateway, which has an issue of each mail and tells its sender so: the whole way, one by one.

Roundup keeps no order of arrival, proves nobody and gives nothing to anybody, so it does less.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from bench.backlog import INBOX, WHAT, Backlog, on_all_cases
from bench.fetched import python_with
from bench.figures import Figure, Target, Wrong, expect, in_turn, pairs
from bench.ground import Ground

TARGET = Target(20)
ROUNDUP = "roundup>=2.5,<3"
_SCRIPT = Path(__file__).parents[1] / "roundup_gateway.py"
_OWN_FOLDER = "tracker"


def measure(ground: Ground) -> list[Figure]:
    python = python_with(ROUNDUP, ground.folder / "roundup")
    with on_all_cases(ground, "claimed, for Roundup") as waiting:
        taken = in_turn(
            {"ours": lambda: waiting.work_off([]), "Roundup": lambda: _by_roundup(python, waiting, ground)},
            turns=ground.plan.turns,
        )
    note = f"{waiting.count} claims of {waiting.kilobytes:.1f} kB"
    return [Figure(WHAT, "claims/s", "Roundup's mail gateway", pairs(taken["ours"], taken["Roundup"]), TARGET, note)]


def _by_roundup(python: Path, waiting: Backlog, ground: Ground) -> float:
    """It takes a copy of the mailbox, for it deletes what it has read."""
    with waiting.refilled() as client:
        if not client.folder_exists(_OWN_FOLDER):
            client.create_folder(_OWN_FOLDER)
        client.select_folder(INBOX)
        client.copy("1:*", _OWN_FOLDER)
    account, imap = waiting.account, waiting.imap
    with tempfile.TemporaryDirectory(dir=ground.folder) as folder:
        readers = Path(folder) / "readers"
        readers.write_text("\n".join(waiting.readers))
        words = [python, _SCRIPT, folder, imap.port, ground.sink.port, account.username, account.password, _OWN_FOLDER, readers]
        said = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    if said.returncode:
        raise Wrong(f"Roundup: {said.stderr.strip()}")
    seconds, issues = said.stdout.split()
    expect("mails that have become an issue", int(issues), waiting.count)
    return waiting.count / float(seconds)
