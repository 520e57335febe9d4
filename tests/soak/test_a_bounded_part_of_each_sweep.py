"""A few seeds of each long sweep (`make soak`), so that the sweeps themselves stay true; seeds that once failed stay here for good."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import SmtpSink
from tests.soak import bent_imap, crashes, replicas, wal_cuts, walk
from tests.soak.figures import Figures
from tests.story.conversation import World


@pytest.fixture
def figures() -> Figures:
    return Figures()


@pytest.mark.parametrize("seed", [3, 5])
def test_C_01_killed_several_times_in_one_world(seed: int, tmp_path: Path, figures: Figures) -> None:
    crashes.play(seed, tmp_path, figures)
    assert figures.faults.total() > 0


@pytest.mark.both_databases
@pytest.mark.parametrize("seed", [1])
def test_G_18_a_walk_among_kills_and_failing_servers_gives_each_case_to_who_was_first(
    seed: int, tmp_path: Path, dovecot: Dovecot, sink: SmtpSink, figures: Figures
) -> None:
    walk.walk(walk.Walk(World.build(tmp_path, dovecot, sink), random.Random(seed), figures), steps=6)
    assert figures.faults.total() > 0


@pytest.mark.parametrize("seed", [1])
def test_C_01_a_log_cut_anywhere_holds_what_was_committed_and_no_more(seed: int, tmp_path: Path, figures: Figures) -> None:
    wal_cuts.play(seed, tmp_path, figures)
    assert figures.faults["log cut"] > 50


@pytest.mark.parametrize("seed", [1])
def test_F_10_of_ten_who_claim_together_the_first_has_the_place_whoever_of_four_decides(
    seed: int, tmp_path: Path, dovecot: Dovecot, sink: SmtpSink, postgres_url: str, figures: Figures
) -> None:
    """G-20: the outcome is the one that a single process would have come to."""
    replicas.race(World.build(tmp_path, dovecot, sink, database_url=postgres_url), seed, figures, trials=8)
    assert figures.messages == 80 and figures.faults["halts"] + figures.faults["halts beyond the lease"] > 0


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_C_29_a_server_in_all_moods_loses_no_message(seed: int, tmp_path: Path, figures: Figures) -> None:
    bent_imap.play(seed, tmp_path, figures)
    assert figures.faults.total() > 0
