"""Connections write their words down together; one that is stopped meanwhile keeps no outcome of another's from the record."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

from sqlalchemy import Connection, event

from bot.outbox import senders
from bot.outbox.hand import Hand, Word
from bot.outbox.passing import Pass
from bot.shell.ledger.leases import Owed
from bot.shell.relay import Outcome, Verdict
from tests.attacks.desk import ALICE, BOB, Desk

PATIENCE_SECONDS = 30


def sent(letter: Owed) -> Word:
    return Word(ended=[(letter, Verdict(Outcome.SENT, 250, "ok"))])


def test_the_word_of_the_next_is_written_though_who_spoke_before_it_was_stopped(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path, database_url=f"sqlite:///{tmp_path / 'firstreply.db'}")
    for sender in (ALICE, BOB):
        desk.writes(sender, "HELP")
    hand = Hand(Pass(desk.office, senders(desk.office), threading.Event()))
    with desk.office.ledger.writing() as ledger:
        first, second = hand.most_urgent(ledger)
    hand.lines = 3
    is_committing, may_go_on = threading.Event(), threading.Event()

    def commit_takes_long(_: Connection) -> None:
        is_committing.set()
        may_go_on.wait(PATIENCE_SECONDS)

    async def speak() -> list[BaseException | None]:
        writing = asyncio.create_task(hand.write(sent(first)))
        await asyncio.to_thread(is_committing.wait, PATIENCE_SECONDS)
        stopped, waiting = asyncio.create_task(hand.write(Word())), asyncio.create_task(hand.write(sent(second)))
        await asyncio.sleep(0)
        stopped.cancel()
        await asyncio.sleep(0)
        may_go_on.set()
        return await asyncio.gather(writing, stopped, waiting, return_exceptions=True)

    event.listen(desk.office.ledger.engine, "commit", commit_takes_long)
    ended = asyncio.run(speak())
    assert ended[0] is ended[2] is None and isinstance(ended[1], asyncio.CancelledError)
    with desk.office.ledger.reading() as ledger:
        assert ledger.outbox.count_by_state() == {"sent": 2}
