"""The main job over mail servers of another make than the one that all other stories are told on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.courier import Courier
from tests.servers.cyrus import Cyrus
from tests.servers.smtp_sink import SmtpSink
from tests.story.conversation import BOT, World

ITO, MORI, ABE = "ito@lawfirm.example", "mori@houritsu.example", "abe@harbour.example"


@pytest.fixture
def on_cyrus(tmp_path: Path, sink: SmtpSink) -> Iterator[World]:
    with Cyrus.start() as imap:
        yield World.build(tmp_path, imap, sink)


@pytest.fixture
def on_courier(tmp_path: Path, sink: SmtpSink) -> Iterator[World]:
    with Courier.start() as imap:
        yield World.build(tmp_path, imap, sink)


def test_a_race_is_decided_filed_and_followed_on_cyrus(on_cyrus: World) -> None:
    _a_race(on_cyrus, junk="Junk", done="処理済み")


def test_a_race_is_decided_filed_and_followed_on_courier(on_courier: World) -> None:
    """Without MOVE, and with all folders below INBOX."""
    _a_race(on_courier, junk="INBOX.Junk", done="INBOX.処理済み")


def _a_race(world: World, *, junk: str, done: str) -> None:
    world.configure("junk_folder", f'junk_folder = "{junk}"\narchive_folder = "{done}"')
    for address, name in ((ITO, "Ito"), (MORI, "森 健"), (ABE, "Abe")):
        world.member(address, name=name)
    case = world.case("Asylum appeal")
    world.writes(MORI, f"受任 {case}", at="09:02:52")
    world.writes(ITO, f"CLAIM {case}", at="09:02:11", folder=junk)
    world.runs_once()
    assert world.standing(case) == {ITO: "confirmed", MORI: "waitlisted"}
    assert [len(world.imap.messages(BOT, folder)) for folder in ("INBOX", junk, done)] == [0, 0, 2]
    with world.daemon():
        world.writes(ABE, f"CLAIM {case}")
        world.sink.wait_for(1, 30, to=ABE)
    assert world.standing(case) == {ITO: "confirmed", MORI: "waitlisted", ABE: "waitlisted"}
