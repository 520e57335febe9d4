"""A few seeds of each long sweep (`make soak`), so that the sweeps themselves stay true; seeds that once failed stay here for good."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak import crashes, wal_cuts


@pytest.mark.parametrize("seed", [3, 4])
def test_C_01_killed_several_times_in_one_world(seed: int, tmp_path: Path) -> None:
    assert sum(crashes.play(seed, tmp_path).faults.values()) > 0


@pytest.mark.parametrize("seed", [1])
def test_C_01_a_log_cut_anywhere_holds_what_was_committed_and_no_more(seed: int, tmp_path: Path) -> None:
    assert wal_cuts.play(seed, tmp_path).faults["log cut"] > 80
