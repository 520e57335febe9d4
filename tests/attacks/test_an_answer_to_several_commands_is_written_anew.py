"""The answer to several commands is one letter. What is overtaken in it before it leaves (ATTACKS C-05) does not leave; the rest of it
does, and nobody goes unanswered.
"""

from __future__ import annotations

import pytest
from sqlalchemy import text

from bot.reception import readdress
from tests.attacks.desk import ALICE, BOB, SATO, Desk
from tests.attacks.posting import PostRoom
from tests.servers.smtp_sink import SmtpSink
from tests.story.people import Letter

pytestmark = pytest.mark.both_databases

SECRET, OTHER_SECRET = "QZX CANARY NAME", "QZX OTHER CANARY"


@pytest.fixture
def room(desk: Desk, sink: SmtpSink) -> PostRoom:
    return PostRoom(desk, sink)


def sent_to(reader: str, room: PostRoom) -> list[Letter]:
    return [Letter(one) for one in sorted(room.sink.to(reader), key=lambda one: one.order)]


def transcript(room: PostRoom, reader: str = ALICE) -> Letter:
    """The one that has left."""
    (row,) = (row for row in room.rows("transcript") if row.to_address == reader and row.state == "sent")
    (letter,) = (one for one in sent_to(reader, room) if one.message_id == row.message_id)
    return letter


def told(room: PostRoom, reader: str = ALICE) -> str:
    return "\n".join(letter.text for letter in sent_to(reader, room))


def leaves(room: PostRoom) -> None:
    """The answer is tried whenever it is due until the server has it."""
    while room.states("transcript") != ["sent"]:
        room.waits_until_due()
        room.drains()


def meanwhile(room: PostRoom, who: str, word: str) -> None:
    """Somebody writes this; what is overtaken by it is written anew, and what is owed then leaves."""
    room.desk.writes(who, word)
    room.desk.ticks()
    room.drains()


def claims_two(desk: Desk, **more: str) -> tuple[str, str]:
    """Alice asks for two cases in one mail and has both; her answer has not left."""
    first, second = desk.case("First", details=SECRET, **more), desk.case("Second", details=OTHER_SECRET, **more)
    desk.writes(ALICE, f"CLAIM {first}\nCLAIM {second}")
    desk.settles()
    return first, second


def test_C_05_no_file_leaves_of_what_was_given_back_meanwhile_and_that_of_the_other_does(desk: Desk, room: PostRoom) -> None:
    first, second = claims_two(desk)
    meanwhile(room, ALICE, f"RELEASE {first}")
    assert SECRET not in told(room)
    letter = transcript(room)
    assert OTHER_SECRET in letter.text and f"{second} is yours" in letter.text
    assert f"{first} is yours" not in letter.text and first in letter.text


def test_no_file_leaves_of_what_staff_took(desk: Desk, room: PostRoom) -> None:
    first, _ = claims_two(desk)
    meanwhile(room, SATO, f"RELEASE {first} {ALICE} WITH she is ill")
    assert SECRET not in told(room) and OTHER_SECRET in transcript(room).text


def test_who_gives_back_all_of_it_is_answered_without_any_file(desk: Desk, room: PostRoom) -> None:
    for case in claims_two(desk):
        desk.writes(ALICE, f"RELEASE {case}")
        desk.ticks()
    room.drains()
    assert SECRET not in told(room) and OTHER_SECRET not in told(room)
    assert transcript(room)


def test_it_is_written_anew_in_the_thread_under_the_same_number_and_once(desk: Desk, room: PostRoom) -> None:
    first, _ = claims_two(desk)
    (before,) = room.rows("transcript")
    asked = desk.last_letter_to(ALICE).headers["In-Reply-To"]
    desk.writes(ALICE, f"RELEASE {first}")
    desk.ticks()
    desk.ticks()
    room.drains()
    letter = transcript(room)
    assert asked and letter.headers["In-Reply-To"] == asked
    assert (letter.message_id, room.states("transcript")) == (before.message_id, ["sent"])
    assert sent_to(ALICE, room)[0].message_id == letter.message_id, "the older news is read first"


def test_nothing_of_it_leaves_before_it_is_written_anew(desk: Desk, room: PostRoom) -> None:
    first, _ = claims_two(desk)
    desk.writes(ALICE, f"RELEASE {first}")
    room.drains()
    assert SECRET not in told(room) and room.states("transcript") == ["queued"]
    desk.ticks()
    room.drains()
    assert room.states("transcript") == ["sent"]


def test_nor_does_what_a_sender_has_in_hand_and_has_not_begun(desk: Desk, room: PostRoom) -> None:
    first, _ = claims_two(desk)
    answer = room.in_other_hands("transcript")
    desk.writes(ALICE, f"RELEASE {first}")
    assert room.begins(answer) == set()
    desk.ticks()
    room.drains()
    assert SECRET not in told(room) and OTHER_SECRET in transcript(room).text


def test_no_names_leave_for_a_check_that_is_over(desk: Desk, room: PostRoom) -> None:
    first, second = desk.case("First", conflict_names=SECRET), desk.case("Second", conflict_names=OTHER_SECRET)
    desk.writes(ALICE, f"CLAIM {first}\nCLAIM {second}")
    desk.settles()
    meanwhile(room, ALICE, f"CONFLICT {first}")
    assert SECRET not in told(room)
    assert OTHER_SECRET in transcript(room).text and f"CLEAR {second}" in transcript(room).text


def test_who_clears_names_that_have_not_left_is_asked_about_them_and_sent_no_file(desk: Desk, room: PostRoom) -> None:
    first, _second = claims_two(desk, conflict_names="Somebody")
    meanwhile(room, ALICE, f"CLEAR {first}")
    assert SECRET not in told(room) and "had not left us yet" in " ".join(told(room).split())


def test_who_moved_up_is_not_told_that_they_wait(desk: Desk, room: PostRoom) -> None:
    first, second = desk.case("First"), desk.case("Second")
    desk.writes(ALICE, f"CLAIM {first}")
    desk.writes(BOB, f"CLAIM {first}\nCLAIM {second}")
    desk.settles()
    desk.writes(ALICE, f"RELEASE {first}")
    desk.settles()
    room.drains()
    text = transcript(room, BOB).flat
    assert "waiting list" not in text and "This case is yours" in text


def test_what_is_taken_before_the_answer_is_complete_is_not_told_as_theirs(desk: Desk, room: PostRoom) -> None:
    first, second = desk.case("First", details=SECRET, places=2), desk.case("Second", details=OTHER_SECRET)
    desk.writes(BOB, f"CLAIM {first}", at=-130)
    desk.writes(ALICE, f"CLAIM {first}\nCLAIM {second}", at=-1)
    desk.ticks()
    assert desk.standing(first)[ALICE] == "confirmed" and desk.standing(second)[ALICE] == "queued"
    desk.writes(SATO, f"RELEASE {first} {ALICE} WITH she is ill")
    desk.settles()
    room.drains()
    assert SECRET not in told(room) and OTHER_SECRET in transcript(room).text


def test_no_file_leaves_of_a_case_that_is_withdrawn_and_it_comes_when_the_case_goes_on(desk: Desk, room: PostRoom) -> None:
    first, _ = claims_two(desk)
    meanwhile(room, SATO, f"WITHDRAW {first} WITH the client has gone home")
    assert SECRET not in told(room) and OTHER_SECRET in transcript(room).text
    assert "take no further step" in transcript(room).flat
    for _ in range(2):
        desk.writes(SATO, f"REOPEN {first} WITH it goes on")
        desk.ticks()
        room.drains()
        assert told(room).count(SECRET) == 1
        desk.writes(SATO, f"WITHDRAW {first} WITH once more")


def test_one_that_goes_on_before_the_answer_is_written_anew_is_told_in_it(desk: Desk, room: PostRoom) -> None:
    first, _ = claims_two(desk)
    desk.writes(SATO, f"WITHDRAW {first} WITH a mistake")
    meanwhile(room, SATO, f"REOPEN {first} WITH it goes on")
    assert told(room).count(SECRET) == 1 and SECRET in transcript(room).text


def test_it_follows_its_reader_to_a_new_address(desk: Desk, room: PostRoom) -> None:
    first, _ = claims_two(desk)
    desk.writes(ALICE, f"RELEASE {first}")
    assert readdress(desk.office, ALICE, "alice@elsewhere.example", why="she called") == ""
    desk.ticks()
    room.drains()
    texts = "".join(told(room, reader) for reader in (ALICE, "alice@elsewhere.example"))
    assert SECRET not in texts and OTHER_SECRET in told(room, "alice@elsewhere.example")


def test_what_has_left_stays_as_it_was(desk: Desk, room: PostRoom) -> None:
    first, _ = claims_two(desk)
    room.drains()
    meanwhile(room, ALICE, f"RELEASE {first}")
    assert room.states("transcript") == ["sent"] and SECRET in transcript(room).text


def test_what_the_mail_server_has_put_off_before_keeps_its_turn(desk: Desk, room: PostRoom) -> None:
    first, _ = claims_two(desk)
    room.sink.script.refuse("RCPT", reply="450 4.2.0 greylisted", to=ALICE, times=1)
    room.drains()
    (before,) = room.rows("transcript")
    assert before.attempts == 1
    desk.writes(ALICE, f"RELEASE {first}")
    desk.ticks()
    (after,) = room.rows("transcript")
    assert (after.next_try_at, after.created_at) == (before.next_try_at, before.created_at)
    leaves(room)
    assert SECRET not in told(room) and OTHER_SECRET in transcript(room).text


def test_one_that_may_have_been_delivered_keeps_its_words(desk: Desk, room: PostRoom) -> None:
    first, _ = claims_two(desk)
    room.sink.script.drop("after DOT", to=ALICE, times=1)
    room.drains()
    assert room.states("transcript") == ["unknown"]
    desk.writes(ALICE, f"RELEASE {first}")
    desk.ticks()
    leaves(room)
    copies = [one.raw for one in room.sink.to(ALICE) if one.message_id == room.rows("transcript")[0].message_id]
    assert len(copies) == 2 and len(set(copies)) == 1


def test_one_that_cannot_be_written_anew_stays_held_back_and_keeps_no_other(desk: Desk, room: PostRoom) -> None:
    first, _ = claims_two(desk)
    third, fourth = desk.case("Third", details=SECRET), desk.case("Fourth")
    desk.writes(BOB, f"CLAIM {third}\nCLAIM {fourth}")
    desk.settles()
    desk.writes(ALICE, f"RELEASE {first}")
    desk.writes(BOB, f"RELEASE {third}")
    (spoilt,) = (row for row in room.rows("transcript") if row.to_address == ALICE)
    with desk.office.ledger.writing() as ledger:
        ledger.session.connection().execute(
            text("UPDATE answer_line SET command = 'spoilt' WHERE arrival_id = :spoilt"), {"spoilt": spoilt.arrival_id}
        )
    desk.ticks()
    room.drains()
    assert SECRET not in told(room) + told(room, BOB) and not told(room) and f"{fourth} is yours" in transcript(room, BOB).text
    assert [row.state for row in room.rows("transcript") if row.to_address == ALICE] == ["queued"]
