"""How long a person waits for `firstreply status`, beside an interpreter that only imports the two largest packages it needs."""

from __future__ import annotations

import os
import subprocess
import sys

from bench.figures import Figure, Pair, Target, interleaved, seconds_of
from bench.ground import Ground
from bench.organisation import firstreply

TARGET = Target(3.0, is_ceiling=True)
MOST_MEMBERS = 10


def measure(ground: Ground) -> list[Figure]:
    folder = ground.organisation(members=min(MOST_MEMBERS, ground.plan.letters)).folder
    bare = [sys.executable, "-c", "import sqlmodel, typer"]

    # As installed: of both, what was compiled once lies beside the source.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def reference() -> None:
        subprocess.run(bare, cwd=folder, env=environment, check=True)

    def ours() -> None:
        subprocess.run([*firstreply(), "status"], cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)

    # The first of each compiles, warms the page cache, and is not counted.
    turns = interleaved(lambda: 1000 * seconds_of(ours), lambda: 1000 * seconds_of(reference), turns=ground.plan.starts + 1)[1:]
    pairs = tuple(Pair(own, theirs) for own, theirs in turns)
    return [Figure("start of `firstreply status`", "ms", 'python -c "import sqlmodel, typer"', pairs, TARGET)]
