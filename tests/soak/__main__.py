"""`make soak SECONDS=… SEED=…`: the sweeps in turn with seeds that count up from the one given, until the time is over; then the figures.

Each play tells its seed first, on standard error, so that one that hangs or kills the machine is known, too. The figures go to standard output, as
tables or with `--json` as one document. Ends with 1 where a play has failed.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bot import logs
from bot.cli.desk import show_json, show_table
from tests.soak import bent_imap, crashes, figures, replicas, wal_cuts, walk
from tests.soak.figures import COLUMNS, Figures, Played

SWEEPS: dict[str, Callable[[int, Path, Figures], None]] = {
    "walk": walk.play,
    "crashes": crashes.play,
    "wal_cuts": wal_cuts.play,
    "replicas": replicas.play,
    "bent_imap": bent_imap.play,
}


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    told.add_argument("seconds", type=float, help="no play begins later")
    told.add_argument("seed", type=int, help="the first one")
    told.add_argument("--seeds", type=int, help="so many seeds at most")
    told.add_argument("--only", choices=SWEEPS, action="append", help="this sweep; may be given again")
    told.add_argument("--json", action="store_true")
    asked = told.parse_args()
    os.environ["CI"] = "1"  # a server that is not there fails a soak; it skips nothing
    logs.quiet()
    seeds = itertools.islice(itertools.count(asked.seed), asked.seeds)
    played = [_play(name, seed) for name, seed in _due(asked.only or list(SWEEPS), seeds, time.monotonic() + asked.seconds)]
    if asked.json:
        show_json(figures.document(played))
    else:
        for first, rows in (("Sweep", figures.by_sweep(played)), ("Fault", figures.by_fault(played))):
            show_table((first, *COLUMNS), rows, empty="nothing was played")
    failed = [f"{play.sweep} seed {play.seed}" for play in played if play.failure]
    print(f"FAILED: {', '.join(failed)}" if failed else "nothing failed", file=sys.stderr)
    return 1 if failed else 0


def _due(sweeps: list[str], seeds: Iterable[int], until: float) -> Iterator[tuple[str, int]]:
    for seed in seeds:
        for name in sweeps:
            if time.monotonic() >= until:
                return
            yield name, seed


def _play(name: str, seed: int) -> Played:
    print(f"{name} seed {seed}: ", end="", file=sys.stderr, flush=True)
    counted, failure = Figures(), None
    try:
        with tempfile.TemporaryDirectory() as folder:
            SWEEPS[name](seed, Path(folder), counted)
    except Exception as error:  # whatever went wrong, the next seed is played
        failure = error
        print("FAILED", file=sys.stderr)
        traceback.print_exc()
    played = Played(name, seed, counted, failure)
    print(played, file=sys.stderr, flush=True)
    return played


if __name__ == "__main__":
    sys.exit(main())
