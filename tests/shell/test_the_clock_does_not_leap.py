"""F-17: the machine's clock is set while we work, and a settlement window neither ends early nor never."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.office.steady import DEAF_FOR, SteadyClock

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@dataclass
class Machine:
    """A machine whose clock can be set, while its time goes on."""

    offset: datetime = NOON
    up: timedelta = timedelta(hours=3)
    clock: SteadyClock = field(init=False)

    def __post_init__(self) -> None:
        self.clock = SteadyClock(lambda: self.offset + self.up, lambda: self.up)

    def passes(self, **span: float) -> datetime:
        self.up += timedelta(**span)
        return self.clock()


def test_it_goes_by_the_machines_clock() -> None:
    machine = Machine()
    before = machine.clock()
    assert machine.passes(hours=5) - before == timedelta(hours=5) and machine.clock() == machine.offset + machine.up


@pytest.mark.parametrize("leap", [timedelta(hours=2), -timedelta(hours=2), NOON - datetime(1970, 1, 1, tzinfo=UTC)])
def test_F_17_a_leap_counts_only_when_every_window_is_over(leap: timedelta) -> None:
    machine = Machine()
    before = machine.clock()
    machine.offset += leap
    assert machine.passes(minutes=2) - before == timedelta(minutes=2)
    assert machine.passes(seconds=DEAF_FOR.total_seconds()) == machine.offset + machine.up


def test_F_17_a_leap_that_is_taken_back_was_none() -> None:
    machine = Machine()
    before = machine.clock()
    machine.offset += timedelta(hours=2)
    machine.passes(minutes=5)
    machine.offset -= timedelta(hours=2)
    assert machine.passes(minutes=30) - before == timedelta(minutes=35)


def test_a_clock_that_is_slewed_is_followed() -> None:
    machine = Machine()
    for _ in range(20):
        machine.offset += timedelta(seconds=2)
        assert machine.passes(minutes=1) == machine.offset + machine.up


def test_a_clock_that_was_not_set_at_all_is_believed_as_soon_as_it_is() -> None:
    machine = Machine(offset=datetime(1970, 1, 1, tzinfo=UTC))
    machine.offset = NOON
    assert machine.passes(seconds=1) == machine.offset + machine.up
