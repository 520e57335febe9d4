"""F-08: a mail server that numbers a folder anew, as one that is put back to a copy does; staff hear of each time, in words for people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot import reception
from bot.daemon import open_mailbox
from bot.office import open_office
from bot.shell.settings import load
from tests.story.conversation import BOT, SATO, SUZUKI, TOKYO, World

ITO = "ito@lawfirm.example"


@dataclass
class Clock:
    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def watched(world: World) -> World:
    """A desk that has read one mail of a folder that can be made anew."""
    world.member(ITO, name="Ito")
    world.configure("junk_folder", 'junk_folder = "Side"')
    world.writes(ITO, "LIST", at="09:00", folder="Side")
    world.runs_once()
    return world


def renumber(world: World) -> None:
    """The folder is lost and made anew, and what lay in it is put back."""
    lay = [stored.raw for stored in world.imap.messages(BOT, "Side")]
    world.imap.remove_folder(BOT, "Side")
    for raw in lay:
        world.imap.deliver(BOT, raw, folder="Side")


def told(world: World, address: str = SUZUKI) -> list[str]:
    return [
        letter.text
        for letter in world.letters_to(address)
        if "mailbox restored" in letter.subject or "メールボックスの復元" in letter.subject
    ]


def test_F_08_staff_read_once_what_has_happened_and_what_to_look_for(watched: World) -> None:
    read_to = f"{datetime.now(TOKYO):%d %b %Y, %H:}".lstrip("0")
    renumber(watched)
    for _ in range(3):
        watched.runs_once()
    (letter,) = told(watched)
    flat = " ".join(letter.split())
    assert "restored" in flat and "moved" in flat and "Side" in flat and "twice" in flat
    assert read_to in flat, "the hour of the last look is the hour up to which all is on record"
    assert len(told(watched, SATO)) == 1
    assert len(watched.letters_to(ITO)) == 1, "the mail that lies there again is answered once"


def test_F_08_status_shows_it_for_a_day_as_a_notice(watched: World) -> None:
    renumber(watched)
    watched.runs_once()
    health = watched.cli("status", "--json")["health"]
    assert [(found["name"], found["grade"]) for found in health] == [("renumbered", "notice")]
    assert "Side" in watched.cli("status") and not [letter for letter in watched.letters_to(SUZUKI) if "well again" in letter.subject]


def test_F_08_a_folder_that_is_read_for_the_first_time_is_no_news(watched: World) -> None:
    assert told(watched) == [] and watched.cli("status", "--json")["health"] == []


def look_after(world: World, change: Callable[[World], None], *hours: float) -> int:
    """So long after one another the folder is numbered anew and looked at; gives how many letters staff are owed for it."""
    office = open_office(load(world.folder / "firstreply.toml", {}), clock=(clock := Clock()))
    for passed in hours:
        clock.ahead += timedelta(hours=passed)
        change(world)
        with open_mailbox(office) as mailbox:
            reception.look(office, mailbox)
    with office.ledger.reading() as ledger:
        count = sum(letter.kind == "alert" and letter.to == SUZUKI for letter in ledger.outbox.all())
    office.ledger.close()
    return count


def test_F_08_each_change_is_told(watched: World) -> None:
    assert look_after(watched, renumber, 0, 5, 30) == 3


def test_F_08_a_server_that_numbers_anew_at_every_look_floods_nobody(watched: World) -> None:
    assert look_after(watched, renumber, 0, 0.5, 0.5, 0.5, 0.5) == 1
