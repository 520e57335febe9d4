"""The soaks' own measure: a letter may go again after a reply to it that was lost, and no other may; who gives one up tells staff of that one."""

from __future__ import annotations

import smtplib

import pytest
from sqlalchemy import update
from sqlmodel import col

from bot.shell.tables import LetterRow
from tests.attacks.desk import ALICE, BOB, BOT, Desk
from tests.attacks.posting import PostRoom
from tests.servers.smtp_sink import SmtpSink
from tests.soak import oracles
from tests.soak.doubt import Doubt
from tests.soak.figures import Lost


@pytest.fixture
def room(tmp_path_factory: pytest.TempPathFactory, sink: SmtpSink) -> PostRoom:
    """Somebody has a case and somebody waits, and both letters are owed."""
    desk = Desk.open(tmp_path_factory.mktemp("desk"))
    case_id = desk.case()
    for sender in (ALICE, BOB):
        desk.writes(sender, f"CLAIM {case_id}")
    desk.settles()
    return PostRoom(desk, sink, connections=2)


@pytest.fixture
def doubt(room: PostRoom) -> Doubt:
    return Doubt(room.sink, room.desk.office)


def drains_later(room: PostRoom) -> None:
    room.desk.passes(minutes=11)
    room.drains()


def now_is(room: PostRoom, to: str, **values: object) -> None:
    """What no code of ours does."""
    with room.desk.office.ledger.writing() as ledger:
        ledger.session.execute(update(LetterRow).where(col(LetterRow.to_address) == to).values(**values))


def test_a_letter_whose_reply_was_lost_may_go_once_more(room: PostRoom, doubt: Doubt) -> None:
    room.sink.script.drop("after DOT", to=ALICE)
    room.drains()
    assert doubt.looks(replies=1) == 0
    drains_later(room)
    assert doubt.looks(replies=0) == 1


def test_a_reply_is_not_lost_without_a_fault(room: PostRoom, doubt: Doubt) -> None:
    room.sink.script.drop("after DOT", to=ALICE)
    room.drains()
    with pytest.raises(AssertionError, match="1 replies lost, of 0"):
        doubt.looks(replies=0)


def test_a_letter_on_record_as_sent_may_not_go_again_for_anothers_lost_reply(room: PostRoom, doubt: Doubt) -> None:
    room.sink.script.drop("after DOT", to=ALICE)
    room.drains()
    doubt.looks(replies=1)
    (letter,) = room.sink.to(BOB)
    with smtplib.SMTP(room.sink.host, room.sink.port) as again:
        again.sendmail(BOT, [BOB], letter.raw)
    with pytest.raises(AssertionError, match="though its reply was heard"):
        doubt.looks(replies=1)


def test_who_has_heard_that_a_letter_was_taken_does_not_give_it_up(room: PostRoom, doubt: Doubt) -> None:
    room.drains()
    doubt.looks(replies=0)
    now_is(room, BOB, state="failed")
    with pytest.raises(AssertionError, match="given up though"):
        doubt.looks(replies=0)


def test_each_letter_that_is_given_up_has_its_own_letter_to_staff(room: PostRoom, doubt: Doubt) -> None:
    room.sink.script.drop("after DOT", to=ALICE, times=2)
    room.drains()
    doubt.looks(replies=1)
    drains_later(room)
    doubt.looks(replies=1)
    room.drains()
    assert oracles.every_letter_arrived(room.sink, room.desk.office) == 1
    (given_up,) = [row for row in room.rows() if row.state == "failed"]
    now_is(room, BOB, state="failed", last_error=given_up.last_error)
    with pytest.raises(Lost, match="given up untold"):
        oracles.every_letter_arrived(room.sink, room.desk.office)
