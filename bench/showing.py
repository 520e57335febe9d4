"""The figures shown: a table for people, a document for programs."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from bench.figures import Figure, Plan

_MET = {True: "yes", False: "not yet", None: ""}


def document(figures: Sequence[Figure], plan: Plan, left_out: Mapping[str, str], *, servers: Mapping[str, str]) -> dict[str, Any]:
    return {
        "machine": {"python": platform.python_version(), "system": platform.platform(), "cpus": os.cpu_count(), **servers},
        "plan": asdict(plan),
        "figures": [_entry(figure) for figure in figures],
        "left_out": dict(left_out),
    }


def _entry(figure: Figure) -> dict[str, Any]:
    return {
        "what": figure.what.strip(),
        "unit": figure.unit,
        "ours": asdict(figure.ours),
        "reference": {"what": figure.reference, **asdict(figure.theirs)},
        "ratio": asdict(figure.ratio),
        "pairs": [asdict(pair) for pair in figure.pairs],
        "target": str(figure.target) if figure.target else None,
        "met": figure.is_met,
        "note": figure.note,
    }


def show(figures: Sequence[Figure], left_out: Mapping[str, str], *, servers: Mapping[str, str]) -> None:
    table = Table("what", "ours", "reference", "", "ratio", "least to most", "target", "met", box=box.SIMPLE_HEAD, pad_edge=False)
    for figure in figures:
        ratio = figure.ratio
        table.add_row(
            figure.what,
            f"{figure.ours.median:,.0f} {figure.unit}",
            f"{figure.theirs.median:,.0f}",
            figure.reference,
            f"{ratio.median:.3f}",
            f"{ratio.least:.3f} to {ratio.most:.3f}",
            str(figure.target) if figure.target else "",
            _MET[figure.is_met],
        )
    console = Console() if Console().is_terminal else Console(width=200, no_color=True)
    console.print(table, markup=False, highlight=False)
    told = [f"{figure.what}: {figure.note}" for figure in figures if figure.note]
    told += [f"{name}: left out. {why}" for name, why in left_out.items()]
    told += [f"{name}: {version}" for name, version in servers.items()]
    print("\n".join(told))
