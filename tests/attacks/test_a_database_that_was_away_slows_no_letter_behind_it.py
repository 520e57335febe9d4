"""While the database is away an outcome is kept in mind; back again, no connection waits for the others any longer than a commit takes."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Connection, event

from bot.outbox import hand, senders
from bot.outbox.hand import Hand, Word
from bot.outbox.passing import Pass
from bot.shell.ledger.leases import Owed
from bot.shell.relay import Outcome, Verdict
from tests.attacks.desk import ALICE, Desk

AWAY_SECONDS = 10


class Waiting(threading.Event):
    """Nobody stops; to wait is all that takes time, and then the database is back."""

    seconds = 0.0
    for_others = 0.0
    """Of these, for the words of other connections."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def wait(self, timeout: float | None = None) -> bool:
        self.seconds += timeout or 0.0
        if self.seconds == AWAY_SECONDS:
            renamed(self._desk, "elsewhere", "letter")
        return False


def renamed(desk: Desk, name: str, to: str) -> None:
    with desk.office.ledger.engine.begin() as connection:
        connection.exec_driver_sql(f"ALTER TABLE {name} RENAME TO {to}")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk.open(tmp_path, database_url=f"sqlite:///{tmp_path / 'firstreply.db'}")
    desk.writes(ALICE, "HELP")
    return desk


@pytest.fixture
def waiting(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Waiting:
    """The only clock of the hand."""
    waiting = Waiting(desk)

    @contextlib.asynccontextmanager
    async def timeout(seconds: float) -> AsyncIterator[None]:
        waiting.for_others += seconds
        waiting.seconds += seconds
        raise TimeoutError
        yield

    monkeypatch.setattr(hand, "time", SimpleNamespace(monotonic=lambda: waiting.seconds))
    monkeypatch.setattr(asyncio, "timeout", timeout)
    return waiting


def test_the_first_words_after_it_wait_no_ten_seconds_for_those_of_other_connections(desk: Desk, waiting: Waiting) -> None:
    sending, letter = in_hand(desk, waiting)
    renamed(desk, "letter", "elsewhere")
    asyncio.run(sending.write(Word(ended=[(letter, Verdict(Outcome.SENT, 250, "ok"))])))
    assert waiting.seconds == AWAY_SECONDS and desk.letters_to(ALICE)
    asyncio.run(sending.write(Word()))
    assert waiting.for_others == 0


def test_nor_after_a_commit_that_stood_behind_another_for_so_long(desk: Desk, waiting: Waiting) -> None:
    sending, letter = in_hand(desk, waiting)

    def behind_another(_: Connection) -> None:
        waiting.seconds += AWAY_SECONDS - 1

    event.listen(desk.office.ledger.engine, "commit", behind_another)
    asyncio.run(sending.write(Word(ended=[(letter, Verdict(Outcome.SENT, 250, "ok"))])))
    event.remove(desk.office.ledger.engine, "commit", behind_another)
    asyncio.run(sending.write(Word()))
    assert waiting.for_others == 1


def in_hand(desk: Desk, waiting: Waiting) -> tuple[Hand, Owed]:
    """Of two connections that talk, the other has nothing to say."""
    sending = Hand(Pass(desk.office, senders(desk.office), waiting))
    with desk.office.ledger.writing() as ledger:
        (letter,) = sending.most_urgent(ledger)
    sending.lines = 2
    return sending, letter
