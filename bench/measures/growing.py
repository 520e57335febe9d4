"""Growth: what a letter of a round costs where there are ten or a hundred times as many members, in time and in memory, on both databases.

Beside the time that passed stands how long of it the processor worked on it, of which neighbours take less away.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from bench.figures import Figure, Pair, Target, Wrong, in_turn, pairs
from bench.ground import Ground
from bench.measures.senders import desk_on_postgres
from bench.measures.sending import Round, send_round
from bench.organisation import firstreply

TIME = Target(1.1, is_ceiling=True)
MEMORY = Target(1.0, is_ceiling=True)
MOST_MEGABYTES = 150


def measure(ground: Ground) -> list[Figure]:
    few = ground.plan.letters
    sizes = [few, 10 * few, *([100 * few] if ground.plan.is_large else [])]
    return [*_on_sqlite(ground, sizes), *_on_postgresql(ground, sizes)]


def _on_sqlite(ground: Ground, sizes: Sequence[int]) -> list[Figure]:
    organisations = {size: ground.organisation(members=size) for size in sizes}
    busy: dict[int, list[float]] = {size: [] for size in sizes}

    def one(size: int) -> float:
        noted = list[Round]()
        passed = 1e6 / send_round(organisations[size], size, noted)
        busy[size] += [1e6 / each.busy for each in noted]
        return passed

    send_round(organisations[sizes[0]], sizes[0], [])  # what is loaded once would be told of the fewest letters
    passed = in_turn({str(size): partial(one, size) for size in sizes}, turns=ground.plan.turns)
    megabytes = dict[int, float]()
    for size, organisation in organisations.items():
        with organisation.copied() as copy:
            megabytes[size] = _memory(copy, size)
    return _figures("a letter of a round", passed, busy, megabytes)


def _on_postgresql(ground: Ground, sizes: Sequence[int]) -> list[Figure]:
    """What a letter costs that is handed over, and put on record, by a sender of its own; the processor is its own, not the server's."""
    with ExitStack() as running:
        desks = {size: running.enter_context(desk_on_postgres(ground, size, ground.sink)) for size in sizes}
        busy: dict[int, list[float]] = {size: [] for size in sizes}

        def one(size: int) -> float:
            sent = desks[size].send_with(1)
            busy[size].append(1e6 * sent.busy / size)
            return 1e6 / sent.rate

        passed = in_turn({str(size): partial(one, size) for size in sizes}, turns=ground.plan.turns)
        megabytes = {size: _memory(desks[size].organisation.folder, size) for size in sizes}
    return _figures("a letter handed over on PostgreSQL", passed, busy, megabytes)


def _figures(what: str, passed: Mapping[str, list[float]], busy: Mapping[int, list[float]], megabytes: Mapping[int, float]) -> list[Figure]:
    """For each size but the first: what a letter cost beside what it cost at the first, and the memory of the whole round."""
    few, *more = busy
    figures = list[Figure]()
    for size in more:
        frame = Figure(f"{what} at {size:,} members", "µs", f"at {few:,} members", pairs(passed[str(size)], passed[str(few)]), TIME)
        figures.append(frame)
        figures.append(replace(frame, what="  of it the processor", pairs=pairs(busy[size], busy[few]), target=None))
        allowed = f"allowed; {megabytes[few]:,.0f} at {few:,}"
        figures.append(Figure(f"  its memory at {size:,} members", "MB", allowed, (Pair(megabytes[size], MOST_MEGABYTES),), MEMORY))
    return figures


_PEAK = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(status)
"""


def _memory(folder: Path, members: int) -> float:
    """The most that `firstreply round send` had in this folder, which owes the letters of this month and hands them over.

    Linux counts to a process what whoever started it had by then; so it is started by one that has little.
    """
    command = [sys.executable, "-c", _PEAK, *firstreply(), "round", "send"]
    ran = subprocess.run(command, cwd=folder, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if ran.returncode or str(members) not in ran.stdout.replace(",", ""):
        raise Wrong(f"firstreply round send: {ran.stdout}")
    return int(ran.stdout.splitlines()[-1]) / 1024
