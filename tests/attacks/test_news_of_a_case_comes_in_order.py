"""Whoever is told two things about a case reads them in the order of their happening, whatever the mail server puts off (ATTACKS C-05)."""

from __future__ import annotations

import pytest

from tests.attacks.desk import ALICE, Desk
from tests.attacks.posting import PostRoom
from tests.servers.smtp_sink import SmtpSink


@pytest.fixture
def room(desk: Desk, sink: SmtpSink) -> PostRoom:
    return PostRoom(desk, sink)


def test_C_05_who_gives_a_case_back_before_hearing_that_it_is_theirs_hears_of_that_alone(room: PostRoom) -> None:
    case_id = room.desk.case()
    room.desk.writes(ALICE, f"CLAIM {case_id}")
    room.desk.settles()
    room.sink.script.refuse("RCPT", reply="450 4.2.0 greylisted", to=ALICE, times=1)
    room.drains()
    room.desk.writes(ALICE, f"RELEASE {case_id}")
    room.drains()
    mine = [row for row in room.rows() if row.to_address == ALICE]
    assert [(row.kind, row.state) for row in mine] == [("confirmation", "cancelled"), ("released", "sent")]
    assert [letter.message_id for letter in room.sink.to(ALICE)] == [mine[-1].message_id]


def test_C_05_who_asks_again_for_what_they_have_given_back_reads_of_it_in_this_order(room: PostRoom) -> None:
    case_id = room.desk.case()
    room.sink.script.refuse("RCPT", reply="450 4.2.0 greylisted", to=ALICE, times=2)
    room.desk.writes(ALICE, f"CLAIM {case_id}")
    room.desk.settles()
    room.desk.writes(ALICE, f"RELEASE {case_id}")
    room.drains()
    room.desk.writes(ALICE, f"CLAIM {case_id}")
    room.desk.settles()
    room.drains()
    assert not room.sink.to(ALICE)
    room.waits_until_due()
    room.drains()
    mine = [row for row in room.rows() if row.to_address == ALICE and row.state == "sent"]
    assert [row.kind for row in mine] == ["released", "confirmation"]
    assert [letter.message_id for letter in room.sink.to(ALICE)] == [row.message_id for row in mine]
