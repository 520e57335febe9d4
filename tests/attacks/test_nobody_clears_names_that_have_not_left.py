"""A CLEAR that comes before the names for the conflict check have left is no answer to them: they are asked about once more, and nothing goes out."""

from __future__ import annotations

import pytest

from bot.office import audit
from tests.attacks.desk import ALICE, Desk
from tests.attacks.posting import PostRoom
from tests.servers.smtp_sink import SmtpSink

SECRET = "QZX CANARY NAME"

pytestmark = pytest.mark.both_databases


@pytest.fixture
def room(desk: Desk, sink: SmtpSink) -> PostRoom:
    return PostRoom(desk, sink)


def checking(desk: Desk, others: str = "") -> str:
    """A case that is kept for Alice, who has not been sent the names yet."""
    case_id = desk.case(conflict_names="Client A", details=SECRET)
    desk.writes(ALICE, f"CLAIM {case_id}{others}")
    desk.settles()
    assert desk.standing(case_id) == {ALICE: "held"}
    return case_id


@pytest.mark.parametrize("others", ["", "\nSTATUS"], ids=["alone", "with another"])
def test_the_names_are_asked_about_once_more(desk: Desk, room: PostRoom, others: str) -> None:
    case_id = checking(desk, others)
    desk.passes(hours=3)
    desk.writes(ALICE, f"CLEAR {case_id}")
    assert desk.standing(case_id) == {ALICE: "held"}
    desk.ticks()
    room.drains()
    asked = desk.last_letter_to(ALICE)
    assert "had not left us yet" in asked.flat and "Client A" in asked.text and SECRET not in asked.text
    assert room.states("hold")[-1] == "sent" and set(room.states("hold")[:-1]) <= {"cancelled"}
    desk.writes(ALICE, f"CLEAR {case_id}")
    assert desk.standing(case_id) == {ALICE: "confirmed"}
    with desk.office.ledger.reading() as ledger:
        assert audit.check(ledger).fault is None


def test_once_they_have_left_it_counts_also_while_a_later_letter_waits(desk: Desk, room: PostRoom) -> None:
    case_id = checking(desk)
    room.drains()
    desk.clock.after += desk.office.rules.hold / 2
    desk.passes(minutes=1)
    desk.ticks()
    assert room.states("hold_reminder") == ["queued"]
    desk.writes(ALICE, f"CLEAR {case_id}")
    assert desk.standing(case_id) == {ALICE: "confirmed"}


def test_a_conflict_needs_no_names(desk: Desk, room: PostRoom) -> None:
    case_id = checking(desk)
    desk.writes(ALICE, f"CONFLICT {case_id}")
    assert desk.standing(case_id) == {ALICE: "released"}


def test_where_the_letter_was_refused_for_good_staff_have_been_told_and_may_have_called(desk: Desk, room: PostRoom) -> None:
    case_id = checking(desk)
    room.sink.script.refuse("RCPT", reply="550 5.1.1 no such user", to=ALICE, times=1)
    room.drains()
    assert room.states("hold") == ["failed"] and room.rows("undeliverable")
    desk.writes(ALICE, f"CLEAR {case_id}")
    assert desk.standing(case_id) == {ALICE: "confirmed"}
