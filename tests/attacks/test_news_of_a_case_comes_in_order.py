"""Whoever is told two things about a case reads them in the order of their happening, whatever the mail server puts off (ATTACKS C-05)."""

from __future__ import annotations

import pytest

from tests.attacks.desk import ALICE, Desk
from tests.attacks.posting import PostRoom
from tests.servers.smtp_sink import SmtpSink


@pytest.fixture
def room(desk: Desk, sink: SmtpSink) -> PostRoom:
    return PostRoom(desk, sink)


def test_C_05_who_takes_a_case_and_gives_it_back_reads_of_it_in_this_order(room: PostRoom) -> None:
    case_id = room.desk.case()
    room.desk.writes(ALICE, f"CLAIM {case_id}")
    room.desk.settles()
    room.sink.script.refuse("RCPT", reply="450 4.2.0 greylisted", to=ALICE, times=1)
    room.drains()
    room.desk.writes(ALICE, f"RELEASE {case_id}")
    room.drains()
    assert not room.sink.to(ALICE)
    room.waits_until_due()
    room.drains()
    mine = [row for row in room.rows() if row.to_address == ALICE]
    assert [row.kind for row in mine] == ["confirmation", "released"]
    assert [letter.message_id for letter in room.sink.to(ALICE)] == [row.message_id for row in mine]
