"""The process in which strangers' mail is read is bounded by the kernel, and what happens in it happens to it alone."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime

import pytest

from bot.core.mail import Arrival, RawMail, Stamp
from bot.reception import reader
from bot.shell.guard import Faulty, Guard, Overrun
from tests.servers.ground import PATIENCE_SECONDS


@pytest.fixture
def guard() -> Iterator[Guard]:
    guarding = Guard(__name__, cpu_seconds=1, memory_bytes=64 * 1024 * 1024, wall_seconds=PATIENCE_SECONDS)
    yield guarding
    guarding.close()


def double(number: int) -> int:
    return 2 * number


def spin() -> None:
    while True:
        pass


def hoard() -> int:
    return len(bytearray(512 * 1024 * 1024))


def stumble(client: str) -> None:
    raise ValueError(f"cannot read {client}")


def sleep() -> None:
    time.sleep(60)


def die() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def own_number() -> int:
    return os.getpid()


def test_a_call_gives_what_the_function_gives(guard: Guard) -> None:
    assert [guard.call(double, number) for number in range(3)] == [0, 2, 4]


def test_it_runs_in_one_process_that_is_not_ours(guard: Guard) -> None:
    first, second = guard.call(own_number), guard.call(own_number)
    assert first == second != os.getpid()


def test_G_17_a_call_that_spins_is_ended_and_the_next_one_is_served(guard: Guard) -> None:
    with pytest.raises(Overrun, match="too much computing time"):
        guard.call(spin)
    assert guard.call(double, 21) == 42


def double_unless(number: int, worst: str, ballast: bytes) -> int:
    {"spin": spin, "die": die, "stumble": lambda: stumble("QZX"), "": lambda: None}[worst]()
    return double(number) + len(ballast) % 2


@pytest.mark.parametrize("kilobytes", [0, 30, 200])
def test_G_17_of_many_calls_sent_together_each_has_its_own_end(guard: Guard, kilobytes: int) -> None:
    """With little, with what only just fits, and with more than the pipe holds; a call that ends the process takes no other along."""
    beats: list[int] = []
    worst = ["", "spin", "", "", "stumble", "die", "", "die", ""]
    calls = [((number, what, bytes(kilobytes * 1024)), {}) for number, what in enumerate(worst)]
    found = guard.call_all(double_unless, calls, beat=lambda: beats.append(1))
    assert [one if isinstance(one, int) else type(one) for one in found] == [0, Overrun, 4, 6, Faulty, Overrun, 12, Overrun, 16]
    assert len(beats) == 1 + len(calls), "once for all together, and once for each when that had failed"


def test_the_bound_is_for_each_call_and_not_for_all_together(guard: Guard) -> None:
    before = guard.call(own_number)
    for _ in range(4):
        guard.call(sum, range(12_000_000))
    assert guard.call(own_number) == before


def test_G_17_a_call_that_hoards_memory_fails_alone(guard: Guard) -> None:
    with pytest.raises(Faulty, match="MemoryError"):
        guard.call(hoard)
    assert guard.call(double, 21) == 42


def keep_of(megabytes: int, kept: int) -> bytes:
    return bytes(megabytes * 1024 * 1024)[: kept * 1024 * 1024]


def test_G_17_what_others_asked_beside_it_leaves_each_call_its_own_memory() -> None:
    with closing(Guard(__name__, memory_bytes=96 * 1024 * 1024)) as narrow:
        found = narrow.call_all(keep_of, [((30, 30), {}), ((80, 0), {})], beat=lambda: None)
    assert [type(one) for one in found] == [bytes] * 2


def test_who_asks_while_a_decision_is_open_waits_for_no_batch() -> None:
    """A batch that does not end is being read; meanwhile one message is."""
    is_answered, began = threading.Event(), threading.Event()
    mail = RawMail(Stamp("INBOX", 1, 1, datetime(2026, 11, 1, tzinfo=UTC)), b"From: a@b.example\r\n\r\nx", 24)

    def beat() -> None:
        began.set()
        assert is_answered.wait(60), "whoever asked aside waited for the batch"

    with ThreadPoolExecutor(1) as ahead:
        batch = ahead.submit(reader.read_all, [mail], own_address="c@d.example", beat=beat)
        assert began.wait(60)
        assert reader.read(mail.raw, own_address="c@d.example").sender == "a@b.example"
        is_answered.set()
        assert [one.sender for one in batch.result() if isinstance(one, Arrival)] == ["a@b.example"]


def test_a_crash_in_native_code_does_not_reach_us(guard: Guard) -> None:
    with pytest.raises(Overrun, match="SIGSEGV"):
        guard.call(die)
    assert guard.call(double, 21) == 42


def test_P_08_a_fault_tells_its_name_and_place_and_no_value(guard: Guard) -> None:
    with pytest.raises(Faulty) as told:
        guard.call(stumble, "QZX CANARY NAME")
    assert str(told.value).startswith("ValueError in test_no_message")
    assert "CANARY" not in str(told.value)


def test_a_call_that_only_waits_is_ended_too() -> None:
    guarding = Guard(__name__, wall_seconds=0.5)
    with pytest.raises(Overrun, match="SIGKILL"):
        guarding.call(sleep)
    guarding.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_a_signal_to_the_group_leaves_the_message_in_hand(guard: Guard, number: signal.Signals) -> None:
    reader = guard.call(own_number)
    os.kill(reader, number)
    assert guard.call(own_number) == reader


def test_it_ends_with_its_pipe(guard: Guard) -> None:
    reader = guard.call(own_number)
    assert guard._process is not None and guard._process.stdin is not None
    guard._process.stdin.close()
    assert (guard._process.wait(PATIENCE_SECONDS), guard._process.pid) == (0, reader)
