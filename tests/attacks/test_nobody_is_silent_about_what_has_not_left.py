"""While the mail server is away an offer, or a conflict check, lapses for nobody: its time begins anew, with a letter that says until when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.core.model import Deadline
from bot.office import audit
from tests.attacks.desk import ALICE, BOB, CHIKA, SUZUKI, Desk
from tests.attacks.posting import PostRoom
from tests.servers.smtp_sink import SmtpSink

pytestmark = pytest.mark.both_databases


def until(desk: Desk, case: str) -> timedelta:
    """How long the place is still kept."""
    return timedelta(seconds=desk.offer_ends(case)) + desk.clock.began - desk.now


def days_without_mail(desk: Desk, days: int) -> None:
    for _ in range(days * 4):
        desk.passes(hours=6)
        desk.settles()


def replays(desk: Desk) -> bool:
    """The decision log, replayed."""
    with desk.office.ledger.reading() as ledger:
        return audit.check(ledger).fault is None


@pytest.fixture
def room(desk: Desk, sink: SmtpSink) -> PostRoom:
    return PostRoom(desk, sink)


def test_an_offer_that_never_left_lapses_for_nobody_and_begins_anew(desk: Desk, room: PostRoom, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    days_without_mail(desk, 3)
    assert desk.standing(case) == {ALICE: "released", BOB: "held", CHIKA: "waitlisted"}
    assert not [row.kind for row in room.rows() if row.kind in ("offer_over", "offer_passed")]
    states = room.states("offer")
    assert states.count("queued") == 1 and set(states[:-1]) == {"cancelled"} and states[-1] == "queued"
    room.drains()
    assert room.states("offer").count("sent") == 1 and until(desk, case) >= desk.office.rules.offer / 2
    letter = desk.last_letter_to(BOB)
    assert letter.subject.startswith("Still willing?") and "begins anew" in letter.text
    desk.writes(BOB, "YES", answering=letter)
    assert desk.standing(case)[BOB] == "confirmed" and replays(desk)


def test_once_it_has_left_silence_passes_the_place_on(desk: Desk, room: PostRoom, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    days_without_mail(desk, 1)
    room.drains()
    desk.clock.after += until(desk, case) - timedelta(minutes=1)
    desk.ticks()
    assert desk.standing(case)[BOB] == "held"
    desk.passes(minutes=2)
    desk.settles()
    assert desk.standing(case) == {ALICE: "released", BOB: "lapsed", CHIKA: "held"} and replays(desk)


def test_an_offer_that_left_late_is_asked_once_more_and_either_letter_is_answered(
    desk: Desk, room: PostRoom, handed_back: Callable[..., str]
) -> None:
    case = handed_back()
    first = desk.last_letter_to(BOB)
    desk.clock.after += until(desk, case) - timedelta(minutes=5)
    room.drains()  # the program had stood still, and sends before it looks
    desk.ticks()
    assert room.states("offer") == ["sent", "queued"]
    room.drains()
    desk.passes(hours=3)
    desk.settles()
    assert room.states("offer") == ["sent", "sent"]
    desk.writes(BOB, "YES", answering=first)
    assert desk.standing(case)[BOB] == "confirmed" and replays(desk)


@pytest.mark.parametrize("others", ["", "\nSTATUS"], ids=["alone", "with another"])
def test_a_check_whose_names_never_left_lapses_for_nobody_and_nobody_is_reminded(desk: Desk, room: PostRoom, others: str) -> None:
    case = desk.case(conflict_names="Client A")
    desk.writes(ALICE, f"CLAIM {case}{others}")
    desk.settles()
    days_without_mail(desk, 4)
    assert desk.standing(case) == {ALICE: "held"} and not room.rows("hold_lapsed") + room.rows("lapsed_notice") + room.rows("hold_reminder")
    room.drains()
    letter = desk.last_letter_to(ALICE)
    assert "Client A" in letter.text and "begins anew" in letter.text and until(desk, case) >= desk.office.rules.hold / 2
    desk.clock.after += until(desk, case) / 2 + timedelta(minutes=1)
    desk.settles()
    assert len(room.rows("hold_reminder")) == 1
    desk.writes(ALICE, f"CLEAR {case}", answering=letter)
    assert desk.standing(case) == {ALICE: "confirmed"} and replays(desk)


def test_nor_while_mail_of_later_is_read_before_its_time_begins_anew(desk: Desk, room: PostRoom) -> None:
    """After a night without the program the letter leaves while the mail of the night is read."""
    case = desk.case(conflict_names="A NAME")
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    desk.clock.after += until(desk, case) + timedelta(hours=2)
    room.drains()
    now = desk.clock.after.total_seconds()
    desk.reads([(now - 3600, BOB, f"CLAIM {case}"), (now - 1800, ALICE, f"CLAIM {case}"), (now - 60, SUZUKI, "STATUS")])
    assert desk.standing(case)[ALICE] == "held"
    desk.ticks()
    assert desk.standing(case)[ALICE] == "held" and until(desk, case) > timedelta() and replays(desk)


def test_what_is_put_off_or_in_hand_has_not_left(desk: Desk, room: PostRoom, sink: SmtpSink, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    with desk.office.ledger.writing() as ledger:
        ledger.leases.take(now=desk.now, sender="bot@ngo.example", limit=99, by="a sender")
    days_without_mail(desk, 2)
    assert desk.standing(case)[BOB] == "held" and not room.rows("offer_over")


def test_the_deadline_wins(desk: Desk, room: PostRoom) -> None:
    case = desk.case(conflict_names="Client A", deadline=Deadline(desk.now + timedelta(days=2), is_day=False))
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    for _ in range(60):
        desk.passes(hours=1)
        desk.ticks()
    assert desk.standing(case) == {ALICE: "lapsed"} and not room.rows("hold_lapsed")
    assert [letter.subject for letter in desk.letters_to(SUZUKI) if "xpired" in letter.subject] and len(room.rows("hold")) < 20


@pytest.mark.parametrize("has_left", [False, True])
def test_at_the_deadline_staff_read_of_silence_only_where_the_names_had_left(desk: Desk, room: PostRoom, has_left: bool) -> None:
    case = desk.case(conflict_names="Client A", deadline=Deadline(desk.now + timedelta(minutes=50), is_day=False))
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    if has_left:
        room.drains()
    desk.passes(hours=1)
    desk.settles()
    assert desk.standing(case) == {ALICE: "lapsed"} and not room.rows("hold_lapsed")
    told = next(letter.flat for letter in desk.letters_to(SUZUKI) if letter.subject.startswith("Expired"))
    assert ("who had not answered" in told) is has_left
    assert ("could not be delivered to them" in told) is not has_left


def days_that_refuse(room: PostRoom, sink: SmtpSink, address: str, days: float) -> None:
    """Everybody's mail leaves but that of one address, which puts all of it off."""
    sink.script.refuse("RCPT", reply="451 4.2.2 mailbox full", to=address, times=100_000)
    for hour in range(int(days * 12)):
        room.desk.passes(hours=2)
        room.desk.settles()
        room.desk.writes(SUZUKI, "STATUS", at=hour)
        room.drains()


def test_an_offer_to_an_address_that_alone_takes_nothing_passes_on(
    desk: Desk, room: PostRoom, sink: SmtpSink, handed_back: Callable[..., str]
) -> None:
    case = handed_back()
    days_that_refuse(room, sink, BOB, 1.75)
    assert desk.standing(case) == {ALICE: "released", BOB: "lapsed", CHIKA: "held"} and replays(desk)
    assert [letter for letter in desk.letters_to(SUZUKI) if letter.subject.startswith("Could not be reached")]


def test_a_check_at_such_an_address_lapses_and_staff_read_that_it_was_not_delivered(desk: Desk, room: PostRoom, sink: SmtpSink) -> None:
    case = desk.case(conflict_names="Client A")
    desk.writes(ALICE, f"CLAIM {case}")
    desk.settles()
    days_that_refuse(room, sink, ALICE, 6)
    assert desk.standing(case) == {ALICE: "lapsed"} and replays(desk)
    assert not room.rows("hold_reminder") and set(room.states("hold")) == {"cancelled"}
    assert [letter for letter in desk.letters_to(SUZUKI) if letter.subject.startswith("Conflict check not delivered")]


def test_while_nothing_leaves_at_all_no_place_is_kept_beyond_five_days(desk: Desk, room: PostRoom, handed_back: Callable[..., str]) -> None:
    case = handed_back()
    days_without_mail(desk, 4)
    assert desk.standing(case)[BOB] == "held"
    days_without_mail(desk, 3)
    assert desk.standing(case)[BOB] == "lapsed" and desk.standing(case)[CHIKA] == "held" and replays(desk)
