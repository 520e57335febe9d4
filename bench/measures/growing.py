"""Growth: what a letter of a round costs where there are ten or a hundred times as many members, in time and in memory."""

from __future__ import annotations

import os
import resource
import subprocess
from dataclasses import dataclass

from bench.figures import Figure, Pair, Target, Wrong, in_turn, pairs, seconds_of
from bench.ground import Ground
from bench.organisation import Organisation, firstreply

TIME = Target(1.1, is_ceiling=True)
MEMORY = Target(1.0, is_ceiling=True)
MOST_MEGABYTES = 150


@dataclass(frozen=True, slots=True)
class _Command:
    """What one run of the whole round took: `firstreply round send`, which owes the letters and hands them over."""

    microseconds_a_letter: float
    megabytes: float


def measure(ground: Ground) -> list[Figure]:
    few = ground.plan.letters
    sizes = [few, 10 * few, *([100 * few] if ground.plan.is_large else [])]
    organisations = {size: ground.organisation(members=size) for size in sizes}
    megabytes: dict[int, list[float]] = {size: [] for size in sizes}

    def one(size: int) -> float:
        taken = _send(organisations[size], size)
        megabytes[size].append(taken.megabytes)
        return taken.microseconds_a_letter

    taken = in_turn({str(size): lambda size=size: one(size) for size in sizes}, turns=ground.plan.turns)  # type: ignore[misc]  # mypy: no lambda with a default
    figures = list[Figure]()
    for size in sizes[1:]:
        at = f"at {size:,} members"
        figures.append(Figure(f"a letter of a round {at}", "µs", f"at {few:,} members", pairs(taken[str(size)], taken[str(few)]), TIME))
        allowed = tuple(Pair(most, MOST_MEGABYTES) for most in megabytes[size])
        figures.append(Figure(f"  its memory {at}", "MB", f"allowed; {max(megabytes[few]):,.0f} at {few:,}", allowed, MEMORY))
    return figures


def _send(organisation: Organisation, members: int) -> _Command:
    usage = list[resource.struct_rusage]()
    with organisation.copied() as copy:
        process = subprocess.Popen([*firstreply(), "round", "send"], cwd=copy, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

        def wait() -> None:
            assert process.stdout is not None
            said = process.stdout.read()
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            usage.append(used)
            if process.returncode or str(members) not in said.decode().replace(",", ""):
                raise Wrong(f"firstreply round send: {said.decode()}")

        seconds = seconds_of(wait)
    return _Command(1e6 * seconds / members, usage[0].ru_maxrss / 1024)
