"""Of one case a person reads last what happened last, whatever the mail server puts off and also where a night's letters leave together
(ATTACKS C-05); and what has been overtaken meanwhile, with the client's file in it, does not leave at all.
"""

from __future__ import annotations

import pytest

from bot import rounds
from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk
from tests.attacks.posting import PostRoom
from tests.servers.smtp_sink import SmtpSink
from tests.story.people import Letter

SECRET = "QZX CANARY NAME"


@pytest.fixture
def room(desk: Desk, sink: SmtpSink) -> PostRoom:
    return PostRoom(desk, sink)


def read_by(reader: str, room: PostRoom) -> list[str]:
    """The kinds of the letters, in the order in which they came."""
    kinds = {row.message_id: row.kind for row in room.rows()}
    letters = sorted(room.sink.letters, key=lambda letter: letter.order)
    return [kinds[letter.message_id] for letter in letters if letter.rcpt == (reader,)]


def told_the_secret(sink: SmtpSink) -> list[str]:
    """Who has been sent it."""
    parts = ((letter, part) for letter in sink.letters for part in letter.message.walk() if part.get_content_maintype() == "text")
    return [letter.rcpt[0] for letter, part in parts if SECRET in part.get_content()]


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


def test_who_moved_up_while_the_mail_server_was_away_reads_that_it_is_theirs(desk: Desk, room: PostRoom) -> None:
    case_id = desk.case()
    desk.writes(ALICE, f"CLAIM {case_id}")
    desk.writes(BOB, f"CLAIM {case_id}")
    desk.settles()
    desk.writes(ALICE, f"RELEASE {case_id}")
    desk.settles()
    room.drains()
    assert read_by(BOB, room) == ["confirmation"]
    assert read_by(ALICE, room) == ["released"], "nor does she get the file of what she has given back"


def test_who_gave_a_case_back_and_claims_it_again_reads_last_that_it_is_theirs(desk: Desk, room: PostRoom) -> None:
    case_id = desk.case()
    desk.writes(ALICE, f"CLAIM {case_id}")
    desk.settles()
    desk.writes(ALICE, f"RELEASE {case_id}")
    desk.settles()
    desk.writes(ALICE, f"CLAIM {case_id}")
    desk.settles()
    room.drains()
    assert read_by(ALICE, room) == ["released", "confirmation"]


def test_no_file_leaves_to_who_had_the_case_when_staff_took_it_from_them(desk: Desk, room: PostRoom) -> None:
    case_id, other = desk.case(details=SECRET), desk.case()
    for one in (case_id, other):
        desk.writes(ALICE, f"CLAIM {one}")
        desk.settles()
    desk.writes(SATO, f"RELEASE {case_id} {ALICE} WITH she is ill")
    room.drains()
    assert ALICE not in told_the_secret(room.sink)
    assert read_by(ALICE, room).count("confirmation") == 1, "the other case is hers, and she hears so"


def test_no_names_leave_for_a_conflict_check_that_is_over(desk: Desk, room: PostRoom) -> None:
    case_id = desk.case(conflict_names=SECRET)
    desk.writes(ALICE, f"CLAIM {case_id}")
    desk.settles()
    desk.writes(ALICE, f"CONFLICT {case_id}")
    room.drains()
    assert "hold" not in read_by(ALICE, room)
    assert ALICE not in told_the_secret(room.sink)


def test_nobody_more_is_asked_about_an_emergency_that_is_over(desk: Desk, room: PostRoom) -> None:
    case_id, other = desk.case(), desk.case()
    for one in (case_id, other):
        rounds.bulletin_now(desk.office, one, by="command line")
    desk.writes(SATO, f"WITHDRAW {case_id} WITH The client has gone home.")
    room.drains()
    states = {(row.case_id, row.state) for row in room.rows("bulletin")}
    assert states == {(case_id, "cancelled"), (other, "sent")}


def test_what_a_sender_has_in_hand_and_has_not_begun_does_not_leave_either(desk: Desk, room: PostRoom) -> None:
    case_id = desk.case(details=SECRET)
    desk.writes(ALICE, f"CLAIM {case_id}")
    desk.settles()
    confirmation = room.in_other_hands("confirmation")
    desk.writes(ALICE, f"RELEASE {case_id}")
    assert room.begins(confirmation) == set()
    room.drains()
    assert room.states("confirmation") == ["cancelled"]


def test_no_new_details_leave_to_who_has_given_the_case_back(desk: Desk, room: PostRoom) -> None:
    case_id = desk.case()
    desk.writes(ALICE, f"CLAIM {case_id}")
    desk.settles()
    room.drains()
    desk.writes(SATO, f"EDIT {case_id}\n\nDetails: {SECRET}")
    desk.writes(ALICE, f"RELEASE {case_id}")
    room.drains()
    assert room.states("case_changed") == ["cancelled"]
    assert ALICE not in told_the_secret(room.sink)


def test_notices_of_a_night_say_at_what_hour_they_were_written(desk: Desk, room: PostRoom) -> None:
    """They may come after newer ones, and each was so in its hour."""
    case_id = desk.case()
    desk.writes(ALICE, f"CLAIM {case_id}")
    desk.settles()
    desk.passes(hours=5)
    desk.writes(ALICE, f"RELEASE {case_id}")
    desk.passes(hours=9)
    room.drains()
    letters = {letter.message["Subject"].partition(":")[0]: Letter(letter).text for letter in room.sink.to(SUZUKI)}
    assert "Fri 20 Nov 2026, 12:02 JST" in letters["Placed"]
    assert "Fri 20 Nov 2026, 17:02 JST" in letters["Handed back"]
