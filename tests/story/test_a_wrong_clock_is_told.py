"""F-17, O-13: the machine's clock is off by more than a minute; the mail server's stamps show it, staff hear of it once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot import health, reception
from bot.daemon import open_mailbox
from bot.office import Office, condition, open_office
from bot.shell.settings import load
from tests.story.conversation import SUZUKI, World

ITO = "ito@lawfirm.example"


@dataclass
class Clock:
    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


def looked(world: World, office: Office, *, mails: int) -> list[str]:
    """Mail comes in between looks, and each look sees what has come; gives what is wrong then."""
    with open_mailbox(office) as mailbox:
        reception.look(office, mailbox)
        for number in range(mails):
            world.writes(ITO, "LIST", subject=f"Mail {number}")
            reception.look(office, mailbox)
    with office.ledger.reading() as ledger:
        return [finding.name for finding in condition.findings(office, ledger)]


@pytest.mark.parametrize(
    ("minutes", "wrong"), [(15, "clock_ahead"), (120, "clock_ahead"), (-15, "clock_behind"), (-120, "clock_behind"), (0.5, "")]
)
def test_O_13_a_clock_that_is_off_is_told_to_staff_once(world: World, minutes: float, wrong: str) -> None:
    world.command("status")
    office = open_office(load(world.folder / "firstreply.toml", {}), clock=Clock(timedelta(minutes=minutes)))
    found = looked(world, office, mails=2)
    assert (wrong in found) if wrong else not [name for name in found if name.startswith("clock")]
    if wrong:
        for _ in range(3):
            health.Attendant(office, health.alarm(office)).attend([])
        with office.ledger.reading() as ledger:
            assert sum(letter.to == SUZUKI and letter.kind == "trouble" for letter in ledger.outbox.all()) == 1
    office.ledger.close()


def test_F_17_when_it_was_set_right_it_is_over(world: World) -> None:
    world.command("status")
    clock = Clock(timedelta(minutes=15))
    office = open_office(load(world.folder / "firstreply.toml", {}), clock=clock)
    assert "clock_ahead" in looked(world, office, mails=2)
    clock.ahead = timedelta()
    assert "clock_ahead" not in looked(world, office, mails=1)
    office.ledger.close()
