"""Growth: what a letter of a round costs where there are ten or a hundred times as many members, in time and in memory, on both databases."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack
from dataclasses import replace
from functools import partial

from bench.figures import Figure, Pair, Target, Wrong, in_turn, pairs
from bench.ground import Ground
from bench.measures.senders import desk_on_postgres
from bench.measures.sending import send_round
from bench.organisation import Organisation, firstreply

TIME = Target(1.1, is_ceiling=True)
MEMORY = Target(1.0, is_ceiling=True)
MOST_MEGABYTES = 150


def measure(ground: Ground) -> list[Figure]:
    few = ground.plan.letters
    sizes = [few, 10 * few, *([100 * few] if ground.plan.is_large else [])]
    organisations = {size: ground.organisation(members=size) for size in sizes}

    def one(size: int) -> float:
        return 1e6 / send_round(organisations[size], size, [])

    taken = in_turn({str(size): partial(one, size) for size in sizes}, turns=ground.plan.turns)
    megabytes = {size: _memory(organisations[size], size) for size in sizes}
    figures = list[Figure]()
    for size in sizes[1:]:
        at = f"at {size:,} members"
        figures.append(Figure(f"a letter of a round {at}", "µs", f"at {few:,} members", pairs(taken[str(size)], taken[str(few)]), TIME))
        beside = f"allowed; {megabytes[few]:,.0f} at {few:,}"
        figures.append(Figure(f"  its memory {at}", "MB", beside, (Pair(megabytes[size], MOST_MEGABYTES),), MEMORY))
    return figures + _on_postgresql(ground, sizes)


def _on_postgresql(ground: Ground, sizes: list[int]) -> list[Figure]:
    """What a letter costs that is handed over, and put on record, by a sender of its own."""
    few, *more = sizes
    with ExitStack() as running:
        desks = {size: running.enter_context(desk_on_postgres(ground, size, ground.sink)) for size in sizes}

        def one(size: int) -> float:
            return 1e6 / desks[size].send_with(1)

        taken = in_turn({str(size): partial(one, size) for size in sizes}, turns=ground.plan.turns)
    frame = Figure("", "µs", f"at {few:,} members", (), TIME)
    what = "a letter handed over on PostgreSQL at {:,} members"
    return [replace(frame, what=what.format(size), pairs=pairs(taken[str(size)], taken[str(few)])) for size in more]


_PEAK = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(status)
"""


def _memory(organisation: Organisation, members: int) -> float:
    """The most that `firstreply round send` had, which owes the letters and hands them over.

    Linux counts to a process what whoever started it had by then; so it is started by one that has little.
    """
    with organisation.copied() as copy:
        command = [sys.executable, "-c", _PEAK, *firstreply(), "round", "send"]
        ran = subprocess.run(command, cwd=copy, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if ran.returncode or str(members) not in ran.stdout.replace(",", ""):
        raise Wrong(f"firstreply round send: {ran.stdout}")
    return int(ran.stdout.splitlines()[-1]) / 1024
