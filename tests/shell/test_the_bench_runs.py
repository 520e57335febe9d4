"""The bench measures what is shipped, so it must go on running; how fast it finds us is no matter for a test."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.servers.absence import absent

_ROOT = Path(__file__).parents[2]
_WANTS_ROOT = set() if os.getuid() == 0 else {"sending-durably"}
"""Left out where a whole Postfix may not be started."""


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    if shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin") is None:
        absent("Dovecot")
    words = [sys.executable, "-m", "bench", "--quick", "--json"]
    ended = subprocess.run(words, cwd=_ROOT, capture_output=True, text=True, timeout=560, check=False)
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def test_every_path_of_the_main_job_has_its_figure(report: dict[str, Any]) -> None:
    what = " ".join(figure["what"] for figure in report["figures"])
    paths = (
        "round:",
        "over 16 connections",
        "round trip",
        "two senders",
        "composition",
        "claims:",
        "claims on one case",
        "status",
        "all is quiet",
        "circulation goes out",
        "at 20 members",
        "PostgreSQL at 20 members",
        *([] if _WANTS_ROOT else ["queues durably"]),
    )
    assert all(path in what for path in paths) and set(report["left_out"]) == _WANTS_ROOT


def test_every_figure_stands_beside_a_reference_of_the_same_turn(report: dict[str, Any]) -> None:
    for figure in report["figures"]:
        assert figure["reference"]["what"] and figure["pairs"]
        assert all(pair["ours"] > 0 and pair["reference"] > 0 for pair in figure["pairs"])


def test_a_ratio_is_ours_by_the_reference_and_its_median_lies_within_its_spread(report: dict[str, Any]) -> None:
    for figure in report["figures"]:
        ratios = [pair["ours"] / pair["reference"] for pair in figure["pairs"]]
        assert [figure["ratio"][edge] for edge in ("least", "most")] == pytest.approx([min(ratios), max(ratios)])
        assert figure["ratio"]["least"] <= figure["ratio"]["median"] <= figure["ratio"]["most"]


def test_whoever_has_a_target_hears_whether_it_is_met(report: dict[str, Any]) -> None:
    assert all((figure["target"] is None) == (figure["met"] is None) for figure in report["figures"])
    assert sum(figure["target"] is not None for figure in report["figures"]) == 18 - len(_WANTS_ROOT)
