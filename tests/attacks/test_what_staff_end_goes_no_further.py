"""A case that staff withdraw: its file goes to nobody any more, and comes when the case goes on; who ordered its bulletin reads how far it got."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot import rounds
from bot.core.model import Deadline
from bot.reception import erase
from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk
from tests.attacks.posting import PostRoom
from tests.servers.smtp_sink import SmtpSink
from tests.story.command import run

SECRET = "QZX CANARY NAME"

pytestmark = pytest.mark.both_databases


@pytest.fixture
def room(desk: Desk, sink: SmtpSink) -> PostRoom:
    return PostRoom(desk, sink)


def files_of(who: str, room: PostRoom) -> int:
    """How many letters with the client's details have been sent to somebody."""
    texts = (
        "".join(part.get_content() for part in letter.message.walk() if part.get_content_type() == "text/plain")
        for letter in room.sink.to(who)
    )
    return sum(SECRET in text for text in texts)


def placed(desk: Desk, **case: object) -> str:
    """A case of which Alice is the holder, as the desk has it; no letter has left."""
    case_id = desk.case(**{"details": SECRET, **case})
    desk.writes(ALICE, f"CLAIM {case_id}")
    desk.settles()
    return case_id


def test_the_file_of_a_case_that_was_withdrawn_before_it_left_goes_to_nobody(desk: Desk, room: PostRoom) -> None:
    case_id = placed(desk)
    desk.writes(SATO, f"WITHDRAW {case_id} WITH the client has gone home")
    room.drains()
    assert files_of(ALICE, room) == 0 and room.states("confirmation") == ["cancelled"]
    assert [letter.message["Subject"].partition(":")[0] for letter in room.sink.to(ALICE)] == ["Withdrawn"]


def test_a_change_that_shows_the_file_stays_as_well(desk: Desk, room: PostRoom) -> None:
    case_id = placed(desk)
    desk.writes(SATO, f"EDIT {case_id}\nDetails: {SECRET}, and more")
    desk.writes(SATO, "YES", answering=desk.last_letter_to(SATO))
    assert room.rows("case_changed")
    desk.writes(SATO, f"WITHDRAW {case_id} WITH the client has gone home")
    room.drains()
    assert files_of(ALICE, room) == 0


def test_who_never_had_the_file_gets_it_when_the_case_goes_on(desk: Desk, room: PostRoom) -> None:
    case_id = placed(desk)
    desk.writes(SATO, f"WITHDRAW {case_id} WITH a mistake")
    room.drains()
    for _ in range(2):
        desk.writes(SATO, f"REOPEN {case_id} WITH it goes on")
        room.drains()
        assert desk.standing(case_id) == {ALICE: "confirmed"} and files_of(ALICE, room) == 1
        desk.writes(SATO, f"WITHDRAW {case_id} WITH once more")
        room.drains()


def test_who_has_the_file_gets_no_second_one(desk: Desk, room: PostRoom) -> None:
    case_id = placed(desk)
    room.drains()
    desk.writes(SATO, f"WITHDRAW {case_id} WITH a mistake")
    desk.writes(SATO, f"REOPEN {case_id} WITH it goes on")
    room.drains()
    assert files_of(ALICE, room) == 1


def test_a_case_that_is_closed_in_good_order_stays_with_its_holder_and_so_does_the_file(desk: Desk, room: PostRoom) -> None:
    case_id = placed(desk)
    desk.writes(SATO, f"CLOSE {case_id}")
    room.drains()
    assert files_of(ALICE, room) == 1


@pytest.mark.parametrize(
    ("word", "who", "told"), [("WITHDRAW", SUZUKI, "had not left yet to 3 members"), ("CLOSE", SATO, "3名にはまだ送られておらず")]
)
def test_whoever_ends_a_case_reads_to_how_many_its_bulletin_had_not_left(
    desk: Desk, room: PostRoom, word: str, who: str, told: str
) -> None:
    case_id = desk.case()
    rounds.bulletin_now(desk.office, case_id, by="command line")
    desk.writes(who, f"{word} {case_id} WITH no more")
    assert told in desk.last_letter_to(who).flat
    desk.writes(who, f"REOPEN {case_id} WITH after all")
    room.drains()
    desk.writes(who, f"{word} {case_id} WITH no more")
    assert told not in desk.last_letter_to(who).flat


def test_so_do_staff_where_a_deadline_ends_it(desk: Desk, room: PostRoom) -> None:
    case_id = desk.case(deadline=Deadline(desk.now + timedelta(hours=2), is_day=False))
    rounds.bulletin_now(desk.office, case_id, by="command line")
    desk.passes(hours=3)
    desk.ticks()
    for who, told in ((SUZUKI, "had not left yet to 3 members"), (SATO, "3名にはまだ送られておらず")):
        assert told in desk.last_letter_to(who).flat


def test_whoever_has_asked_is_not_called_to_an_emergency_that_is_theirs(desk: Desk, room: PostRoom) -> None:
    case_id = desk.case()
    rounds.bulletin_now(desk.office, case_id, by="command line")
    desk.writes(ALICE, f"CLAIM {case_id}")
    desk.settles()
    room.drains()
    states = {row.to_address: row.state for row in room.rows("bulletin")}
    assert states[ALICE] == "cancelled" and states[BOB] == "sent"


def test_the_listing_says_why_a_letter_does_not_leave(desk: Desk, room: PostRoom, tmp_path: Path) -> None:
    case_id, other, erased = placed(desk), placed(desk), desk.case()
    rounds.bulletin_now(desk.office, case_id, by="command line")
    desk.writes(SATO, f"WITHDRAW {case_id} WITH no more")
    desk.writes(ALICE, f"RELEASE {other}")
    desk.writes(BOB, f"SHOW {erased}")
    erase(desk.office, erased)
    listed = json.loads(run(tmp_path, "outbox", "list", "--json").out)
    told = {(one["kind"], one["last_error"].partition(":")[0]) for one in listed if one["state"] == "cancelled"}
    assert told == {("confirmation", "withheld"), ("bulletin", "called off"), ("confirmation", "overtaken"), ("shown", "called off")}
    assert all(not one["last_error"] for one in listed if one["state"] == "queued")
