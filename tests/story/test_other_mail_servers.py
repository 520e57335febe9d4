"""The main job over mail servers of another make than the one that all other stories are told on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.cyrus import Cyrus
from tests.servers.smtp_sink import SmtpSink
from tests.story.conversation import BOT, World

ITO, MORI, ABE = "ito@lawfirm.example", "mori@houritsu.example", "abe@harbour.example"


@pytest.fixture
def on_cyrus(tmp_path: Path, sink: SmtpSink) -> Iterator[World]:
    with Cyrus.start() as imap:
        yield World.build(tmp_path, imap, sink)


def test_a_race_is_decided_filed_and_followed_on_cyrus(on_cyrus: World) -> None:
    world = on_cyrus
    world.configure("junk_folder", 'junk_folder = "Junk"\narchive_folder = "処理済み"')
    for address, name in ((ITO, "Ito"), (MORI, "森 健"), (ABE, "Abe")):
        world.member(address, name=name)
    case = world.case("Asylum appeal")
    world.writes(MORI, f"受任 {case}", at="09:02:52")
    world.writes(ITO, f"CLAIM {case}", at="09:02:11", folder="Junk")
    world.runs_once()
    assert world.standing(case) == {ITO: "confirmed", MORI: "waitlisted"}
    assert [len(world.imap.messages(BOT, folder)) for folder in ("INBOX", "Junk", "処理済み")] == [0, 0, 2]
    with world.daemon():
        world.writes(ABE, f"CLAIM {case}")
        world.sink.wait_for(1, 30, to=ABE)
    assert world.standing(case) == {ITO: "confirmed", MORI: "waitlisted", ABE: "waitlisted"}
