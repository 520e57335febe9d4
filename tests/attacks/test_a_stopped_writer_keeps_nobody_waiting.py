"""What the connections say is written down by one of them for all: where that one is stopped, whoever speaks next is heard all the same."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.outbox.hand import Hand, Word
from bot.outbox.passing import Pass, Senders
from tests.attacks.desk import Desk


def stop_the_writer() -> None:
    (writing,) = (task for task in asyncio.all_tasks() if "_write_down" in repr(task.get_coro()))
    writing.cancel()


@pytest.mark.parametrize("turns", [1, 5], ids=["before it began", "while it waits for its turn"])
def test_after_a_stopped_writer_the_next_word_is_written(desk: Desk, turns: int) -> None:
    async def story() -> None:
        hand = Hand(Pass(desk.office, Senders([]), threading.Event()), lines=1)
        async with hand._turn:  # another is writing just now
            speaking = asyncio.create_task(hand.write(Word()))
            for _ in range(turns):
                await asyncio.sleep(0)
            stop_the_writer()
            told, _ = await asyncio.wait([speaking], timeout=10)
            assert told and speaking.cancelled(), "who spoke waits for ever"
        await asyncio.wait_for(hand.write(Word()), 10)

    asyncio.run(story())
