"""M: whatever bytes come, the reader gives something sound: 40 kinds of mail, each broken in many ways, the same ways every time."""

from __future__ import annotations

import pytest

from tests.fuzz.invariants import check
from tests.fuzz.mutations import mutated
from tests.fuzz.seeds import dictionary, seeds

SEEDS = seeds()
BATCHES, IN_A_BATCH = 20, 40


@pytest.mark.parametrize("name", SEEDS)
def test_every_kind_of_mail_is_read_soundly(name: str) -> None:
    check(SEEDS[name])


@pytest.mark.parametrize("batch", range(BATCHES))
def test_broken_mail_is_read_soundly(batch: int) -> None:
    for number in range(batch * IN_A_BATCH, (batch + 1) * IN_A_BATCH):
        raw = mutated(number, seeds=list(SEEDS.values()), pieces=dictionary())
        try:
            check(raw)
        except Exception as broken:
            raise AssertionError(f"message {number} breaks a rule: {broken}\n{raw!r}") from broken
