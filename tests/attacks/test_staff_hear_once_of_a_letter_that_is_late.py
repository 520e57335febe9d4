"""G-15: staff hear once of a letter that is late, in words that are still true when they leave; nobody is alarmed without need."""

from __future__ import annotations

import pytest

from bot import notices
from bot.core.model import SendBulletin
from bot.office import circulars
from tests.attacks.desk import ALICE, SATO, SUZUKI, Desk
from tests.attacks.posting import PostRoom, confirms, roster
from tests.servers.smtp_sink import SmtpSink


@pytest.fixture
def room(desk: Desk, sink: SmtpSink) -> PostRoom:
    return PostRoom(desk, sink)


def late_words(room: PostRoom, person: str = SUZUKI) -> list[str]:
    """What a staff member has been told of late letters so far."""
    notices.bring(room.desk.office)
    return [letter.text for letter in room.desk.letters_to(person) if letter.subject.startswith("Late: ")]


@pytest.mark.parametrize(("kind", "minutes"), [("bulletin", 15), ("confirmation", 4 * 60), ("round", 24 * 60)])
def test_G_15_staff_are_told_once_of_a_letter_that_is_late(room: PostRoom, kind: str, minutes: int) -> None:
    roster(room, 5)
    case_id = room.desk.case("Detention hearing")
    room.sink.close()
    with room.desk.office.ledger.deciding() as ledger:
        if kind == "bulletin":
            circulars.send_bulletin(room.desk.office, ledger, SendBulletin(case_id, SATO, 1))
        elif kind == "round":
            circulars.open_round(room.desk.office, ledger, "2026-11", by=SATO)
    if kind == "confirmation":
        room.desk.writes(ALICE, f"CLAIM {case_id}")
        room.desk.settles()
    room.drains()
    room.desk.passes(minutes=minutes - 1)
    assert late_words(room) == []
    room.desk.passes(minutes=1)
    (told,) = late_words(room)
    assert (
        "failed: Connection refused." in told and {"bulletin": "8 letters", "round": "November 2026", "confirmation": ALICE}[kind] in told
    )
    assert len([letter for letter in room.desk.letters_to(SATO) if letter.subject.startswith("送信の遅れ：")]) == 1
    room.drains()
    room.desk.passes(days=2)
    assert late_words(room) == [told]
    room.sink.open()
    room.drains()
    assert set(room.states(kind)) == {"sent"}


def test_G_15_a_word_on_late_letters_that_leaves_behind_them_is_still_true(room: PostRoom) -> None:
    """It waits for the same server; whoever reads it learns of which hour it tells, and that they may have left before it."""
    confirms(room)
    room.sink.close()
    room.drains()
    room.desk.passes(hours=4)
    written = room.desk.now
    late_words(room)
    room.sink.open()
    room.desk.passes(hours=2)
    room.drains()
    assert set(room.states("confirmation")) == set(room.states("late_letters")) == {"sent"}
    (told,) = (" ".join(one.split()) for one in late_words(room))
    assert f"{written.astimezone(room.desk.office.rules.zone):%H:%M} JST" in told and "may have left by now" in told
    assert "are late" not in told and "does not take" not in told


def test_G_15_after_a_night_in_which_nothing_ran_nobody_is_alarmed(room: PostRoom) -> None:
    confirms(room)
    room.desk.passes(hours=20)
    assert late_words(room) == []


def test_G_15_a_letter_that_arrived_in_time_is_never_told(room: PostRoom) -> None:
    confirms(room)
    room.sink.script.refuse("RCPT", reply="450 4.2.0 greylisted", to=ALICE, times=1)
    room.drains()
    room.waits_until_due()
    room.drains()
    room.desk.passes(days=2)
    assert late_words(room) == []


def test_O_07_a_letter_stays_due_since_it_was_while_the_mail_server_is_away(room: PostRoom) -> None:
    """Each try in vain made it due anew, so that nobody heard for two hours of a server that was gone."""
    confirms(room)
    room.sink.close()
    due = [room.rows("confirmation")[0].next_try_at]
    for _ in range(3):
        room.desk.passes(minutes=4)
        room.drains()
        due.append(room.rows("confirmation")[0].next_try_at)
    room.sink.open()
    assert len(set(due)) == 1 and room.states("confirmation") == ["queued"]
