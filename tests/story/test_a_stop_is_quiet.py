"""SIGTERM in the midst of whatever the clock has begun: it is finished, and the log tells of no fault."""

from __future__ import annotations

import sys

from tests.attacks.held_tick import BEGUN
from tests.servers import ground
from tests.story.command import Daemon
from tests.story.conversation import World

PROGRAM = (sys.executable, "-m", "tests.attacks.held_tick")


def test_a_stop_amid_a_tick_waits_for_it_and_tells_of_no_fault(world: World) -> None:
    with Daemon(world.folder, program=PROGRAM) as running:
        running.wait_for('"ready"')
        ground.wait_until((world.folder / BEGUN).exists, otherwise=lambda: f"no tick has begun:\n{running.log}")
    assert '"stopped"' in running.log
    assert not [word for word in ("CancelledError", "Traceback", '"error"') if word in running.log], running.log
