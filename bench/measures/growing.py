"""Growth: what a letter of a round costs where there are ten or a hundred times as many members, in time and in memory."""

from __future__ import annotations

import os
import subprocess
from functools import partial

from bench.figures import Figure, Pair, Target, Wrong, in_turn, pairs
from bench.ground import Ground
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
    return figures


def _memory(organisation: Organisation, members: int) -> float:
    """The most that `firstreply round send` had, which owes the letters and hands them over."""
    with organisation.copied() as copy:
        process = subprocess.Popen([*firstreply(), "round", "send"], cwd=copy, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        assert process.stdout is not None
        said = process.stdout.read().decode()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or str(members) not in said.replace(",", ""):
        raise Wrong(f"firstreply round send: {said}")
    return used.ru_maxrss / 1024
