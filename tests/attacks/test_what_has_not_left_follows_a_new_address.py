"""A member has a new address: what has not left yet goes there too, and nothing of it to a mailbox that may be lost, or somebody else's by now."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.reception import readdress
from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk
from tests.attacks.posting import PostRoom
from tests.servers.smtp_sink import SmtpSink
from tests.story.people import Letter

SECRET = "QZX CANARY NAME"
NEW = "alice@newfirm.example"
CHANGE = f"CHANGE ADDRESS {ALICE} {NEW} WITH she told me by telephone"

pytestmark = pytest.mark.both_databases


@pytest.fixture
def room(desk: Desk, sink: SmtpSink) -> PostRoom:
    return PostRoom(desk, sink)


def kinds(to: str, room: PostRoom) -> list[str]:
    """What has been sent to an address, in the order in which it came."""
    known = {row.message_id: row.kind for row in room.rows()}
    return [known[letter.message_id] for letter in sorted(room.sink.to(to), key=lambda letter: letter.order)]


def by_mail(desk: Desk) -> None:
    desk.writes(SUZUKI, CHANGE)


def by_hand(desk: Desk) -> None:
    assert readdress(desk.office, ALICE, NEW, why="she told me by telephone") == ""


@pytest.mark.parametrize("changes", [by_mail, by_hand])
def test_the_file_and_whatever_else_waits_goes_to_the_new_address(desk: Desk, room: PostRoom, changes: Callable[[Desk], None]) -> None:
    case_id = desk.case(details=SECRET)
    desk.writes(ALICE, f"CLAIM {case_id}")
    desk.writes(BOB, f"CLAIM {case_id}")
    desk.settles()
    desk.writes(ALICE, f"STATUS\nSHOW {case_id}")
    changes(desk)
    room.drains()
    assert kinds(ALICE, room) == ["address_changed"]
    assert sorted(kinds(NEW, room)) == ["address_changed", "confirmation", "transcript"] and kinds(BOB, room) == ["waitlisted"]
    confirmation = next(Letter(one) for one in room.sink.to(NEW) if case_id in str(one.message["Subject"]))
    assert SECRET in confirmation.text and confirmation.received.message["To"].addresses[0].addr_spec == NEW


@pytest.mark.parametrize("writer", [ALICE, NEW])
def test_its_answer_counts_from_either_address(desk: Desk, room: PostRoom, handed_back: Callable[..., str], writer: str) -> None:
    case_id = desk.case(conflict_names=SECRET)
    desk.writes(ALICE, f"CLAIM {case_id}")
    desk.settles()
    desk.writes(SUZUKI, CHANGE)
    room.drains()
    asked = next(letter for letter in desk.letters_to(NEW) + desk.letters_to(ALICE) if "check for conflicts" in letter.subject)
    desk.writes(writer, "CLEAR", answering=asked, proven=None)
    assert desk.standing(case_id) == {NEW: "confirmed"}


def test_what_was_put_off_or_is_in_hand_goes_there_and_nothing_leaves_twice(desk: Desk, room: PostRoom) -> None:
    first, second = desk.case(details=SECRET), desk.case(details=SECRET)
    room.sink.script.refuse("RCPT", reply="450 4.2.2 mailbox full", to=ALICE, times=1)
    desk.writes(ALICE, f"CLAIM {first}")
    desk.settles()
    room.drains()
    desk.writes(ALICE, f"CLAIM {second}")
    desk.settles()
    with desk.office.ledger.writing() as ledger:
        taken = [one for one in ledger.leases.take(now=desk.now, sender="", limit=99, by="another") if one.kind == "confirmation"]
    desk.writes(SUZUKI, CHANGE)
    with desk.office.ledger.writing() as ledger:
        assert taken and ledger.leases.bodies_begin(taken) == set()
    room.drains()
    assert kinds(ALICE, room) == ["address_changed"] and kinds(NEW, room).count("confirmation") == 2


def test_a_second_change_leaves_the_word_on_the_first_where_it_is(desk: Desk, room: PostRoom) -> None:
    desk.writes(SUZUKI, CHANGE)
    desk.writes(SUZUKI, f"CHANGE ADDRESS {NEW} alice@third.example WITH and again")
    room.drains()
    assert kinds(ALICE, room) == ["address_changed"] and kinds(NEW, room) == ["address_changed"] * 2


def test_what_waits_for_a_colleague_stays_theirs_though_they_are_on_the_roster(desk: Desk, room: PostRoom) -> None:
    desk.joins(SUZUKI, name="Suzuki Taro")
    desk.writes(SUZUKI, "STATUS")
    desk.writes(SATO, f"CHANGE ADDRESS {SUZUKI} {NEW} WITH a mailbox of her own")
    room.drains()
    assert "office_status" in kinds(SUZUKI, room) and kinds(NEW, room) == ["address_changed"]
