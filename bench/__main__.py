"""Runs the bench: `python -m bench [MEASURE …] [--quick] [--json]`.

Starts its servers on loopback and works in a folder of its own; both are gone at the end. Ends with 1 where anything was left undone,
because such a time tells nothing; a target that is not met is told in the table and is no failure.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bench.counterparts import smtp_sink
from bench.figures import QUICK, Absent, Figure, Plan, Wrong
from bench.ground import Ground
from bench.measures import answering, claiming, composing, durably, growing, mailing_lists, senders, sending, starting, trackers
from bench.showing import document, show

MEASURES: Mapping[str, Callable[[Ground], list[Figure]]] = {
    "sending": sending.measure,
    "sending-many": sending.measure_with_many_connections,
    "sending-far": sending.measure_far_away,
    "sending-durably": durably.measure,
    "two-senders": senders.measure,
    "composing": composing.measure,
    "claiming": claiming.measure,
    "one-case": claiming.measure_on_one_case,
    "answering": answering.measure,
    "growing": growing.measure,
    "mailman": mailing_lists.measure,
    "roundup": trackers.measure,
    "starting": starting.measure,
}
TO_BE_FETCHED = frozenset({"mailman", "roundup"})
"""Stand beside what has to be fetched from PyPI first: not where it is only to be seen that all runs."""


def main(words: Sequence[str] | None = None) -> int:
    asked = _arguments().parse_args(words)
    plan = QUICK if asked.quick else Plan()
    plan = replace(
        plan,
        **{name: value for name in ("letters", "claims", "claimants", "cases", "turns", "moments") if (value := getattr(asked, name))},
        is_large=asked.large,
    )
    try:
        with smtp_sink() as sink, tempfile.TemporaryDirectory(prefix="bench-") as folder:
            ground = Ground(Path(folder), plan, sink)
            figures = _run(asked.measures or [name for name in MEASURES if not (asked.quick and name in TO_BE_FETCHED)], ground)
    except Wrong as wrong:
        print(wrong, file=sys.stderr)
        return 1
    servers = {"sink": sink.name}
    if asked.json:
        print(json.dumps(document(figures, plan, ground.left_out, servers=servers), ensure_ascii=False, indent=2))
    else:
        show(figures, ground.left_out, servers=servers)
    return 0


def _run(names: Sequence[str], ground: Ground) -> list[Figure]:
    figures: list[Figure] = []
    for name in names:
        print(f"{name} …", file=sys.stderr)
        try:
            figures += MEASURES[name](ground)
        except Absent as absent:
            ground.left_out[name] = str(absent)
    return figures


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description="How fast the main job is, beside the limits of this machine.")
    parser.add_argument("measures", nargs="*", metavar="MEASURE", type=_measure, help=f"{', '.join(MEASURES)}; all if none is named")
    parser.add_argument("--quick", action="store_true", help="a few messages, only to see that it runs")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    parser.add_argument("--letters", type=_count, metavar="N", help="members who are sent the round")
    parser.add_argument("--claims", type=_count, metavar="N", help="claims in the backlog")
    parser.add_argument("--claimants", type=_count, metavar="N", help="members who all ask for the same case")
    parser.add_argument("--cases", type=_count, metavar="N", help="cases in the round")
    parser.add_argument("--turns", type=_count, metavar="N", help="turns of ours beside the reference")
    parser.add_argument("--moments", type=_count, metavar="N", help="single claims whose time is taken, in each turn")
    parser.add_argument("--large", action="store_true", help="follow growth to a hundred times as many members, which takes an hour")
    return parser


def _measure(word: str) -> str:
    if word not in MEASURES:
        raise argparse.ArgumentTypeError(f"there is no measure “{word}”; there are {', '.join(MEASURES)}")
    return word


def _count(word: str) -> int:
    if not word.isdecimal() or int(word) < 1:
        raise argparse.ArgumentTypeError(f"“{word}” is not a number above zero")
    return int(word)


if __name__ == "__main__":
    sys.exit(main())
