"""Where the database is a file, the threads of one process write by turns: a claim does not wait until a circulation has left.

SQLite alone lets whoever comes at the right moment go first, and the others sleep in between, ever longer.
"""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

import bot.shell.ledger
from bot.shell.ledger import LedgerAway
from tests.servers.ground import PATIENCE_SECONDS, wait_until
from tests.shell.books import NOW, open_ledger


def test_whoever_comes_back_at_once_waits_behind_who_has_been_waiting(tmp_path: Path) -> None:
    order: list[str] = []
    with open_ledger(f"sqlite:///{tmp_path / 'firstreply.db'}") as ledger:

        def decides() -> None:
            with ledger.deciding():
                order.append("claim")

        claim = threading.Thread(target=decides)
        with ledger.writing():
            order.append("letter")
            claim.start()
            wait_until(ledger._turns._is_next.locked, otherwise=lambda: "the claim does not wait")
        for _ in range(3):
            with ledger.writing():
                order.append("letter")
        claim.join(PATIENCE_SECONDS)
    assert order == ["letter", "claim", "letter", "letter", "letter"]


def test_who_only_reads_waits_for_nobody(tmp_path: Path) -> None:
    with open_ledger(f"sqlite:///{tmp_path / 'firstreply.db'}") as ledger, ledger.writing() as writing:
        writing.marks.put("a note", NOW)
        with ledger.reading() as reading:
            assert reading.marks.at("a note") is None


def test_a_command_begins_while_the_daemon_writes(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'firstreply.db'}"
    with open_ledger(url) as ledger, ledger.writing() as writing:
        writing.marks.put("a note", NOW)
        with open_ledger(url) as another, another.reading() as reading:
            assert reading.marks.at("a note") is None


def test_whose_turn_does_not_come_in_time_hears_so_and_takes_it_from_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.shell.ledger, "BUSY_SECONDS", 0.001)
    with open_ledger(f"sqlite:///{tmp_path / 'firstreply.db'}") as ledger:
        with ledger.writing() as first:
            with pytest.raises(LedgerAway), ledger.writing():
                pass
            first.marks.put("a note", NOW)
        with ledger.writing() as again:
            assert again.marks.at("a note") == NOW
