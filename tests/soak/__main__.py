"""`make soak SECONDS=… SEED=…`: every sweep in turn with seeds that count up from the one given, until the time is over.

Each play prints its seed first, so that one that hangs or kills the machine is known, too. Ends with 1 where one has failed.
"""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from tests.soak import bent_imap, crashes, replicas, wal_cuts
from tests.soak.figures import Figures

SWEEPS: tuple[Callable[[int, Path], Figures], ...] = (crashes.play, wal_cuts.play, replicas.play, bent_imap.play)


def main(seconds: float, first_seed: int) -> int:
    os.environ["CI"] = "1"  # a server that is not there fails a soak; it skips nothing
    sums: dict[str, Figures] = {}
    failed: list[str] = []
    ends = time.monotonic() + seconds
    for seed in itertools.count(first_seed):
        for play in SWEEPS:
            name = play.__module__.rpartition(".")[2]
            if time.monotonic() >= ends:
                return _tell(sums, failed)
            print(f"{name} seed {seed}: ", end="", flush=True)
            try:
                with tempfile.TemporaryDirectory() as folder:
                    figures = play(seed, Path(folder))
            except Exception:  # whatever went wrong, the next seed is played
                failed.append(f"{name} seed {seed}")
                print("FAILED", flush=True)
                traceback.print_exc()
                continue
            print(figures, flush=True)
            sums.setdefault(name, Figures(plays=0)).__iadd__(figures)
    raise AssertionError("seeds never end")


def _tell(sums: dict[str, Figures], failed: list[str]) -> int:
    for name, figures in sums.items():
        print(f"{name}: {figures}")
    print(f"FAILED: {', '.join(failed)}" if failed else "nothing failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2])))
