"""G-14: whatever the mail server says, and whenever it stops saying it: each letter arrives once, or staff know that it did not (ATTACKS C)."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from bot import outbox
from bot.office import condition
from tests.attacks.desk import ALICE, BOB, SATO, SUZUKI, Desk
from tests.attacks.posting import PostRoom, confirms, roster
from tests.servers.certificate import Certificate
from tests.servers.smtp_sink import SmtpSink
from tests.shell.relaying import commands
from tests.story.people import Letter

KNOWN = ("cases@bot.ngo.example", "correct-horse")
WRONG = {"security": "tls", "username": KNOWN[0], "password": "wrong-horse"}


@pytest.fixture
def room(desk: Desk, sink: SmtpSink) -> PostRoom:
    return PostRoom(desk, sink)


def copies(room: PostRoom, address: str = ALICE) -> list[bytes]:
    return [received.raw for received in room.sink.to(address)]


@pytest.mark.parametrize("moment", ["before DATA", "after DATA", "after RCPT"])
def test_C_03_a_connection_lost_before_354_is_plainly_tried_again(room: PostRoom, moment: str) -> None:
    confirms(room)
    room.sink.script.drop(moment, to=ALICE)
    room.drains()
    assert [(row.state, row.doubts) for row in room.rows("confirmation")] == [("queued", 0)]
    room.desk.passes(minutes=2)
    room.drains()
    room.drains()
    assert len(copies(room)) == 1 and room.states("confirmation") == ["sent"]


def test_C_04_a_reply_to_the_dot_that_comes_too_late_costs_one_copy_more_and_no_third(room: PostRoom) -> None:
    confirms(room)
    room.sink.script.delay("DOT", 0.5, to=ALICE, times=1)
    room.drains(dot_seconds=0.1)
    assert room.states("confirmation") == ["unknown"]
    for _ in range(3):
        room.desk.passes(minutes=11)
        room.drains()
    assert len(copies(room)) == 2 and len(set(copies(room))) == 1
    assert room.states("confirmation") == ["sent"]


def test_C_04_of_a_letter_whose_reply_was_lost_twice_staff_are_told_that_nobody_knows_and_not_that_it_was_refused(room: PostRoom) -> None:
    """Whether the same pass lost the reply or one that was stopped meanwhile: it may have arrived, and the address may be right."""
    confirms(room)
    room.sink.script.drop("after DOT", to=ALICE, times=2)
    room.drains()
    room.desk.passes(minutes=11)
    room.drains()
    room.drains()
    assert len(copies(room)) == 2 and room.states("confirmation") == ["failed"]
    for person, subject in ((SATO, "確認できません"), (SUZUKI, "Perhaps not delivered")):
        (told,) = [Letter(received) for received in room.sink.to(person) if subject in received.subject]
        assert ALICE in told.subject and "refused" not in told.text and "拒否" not in told.text


@pytest.mark.parametrize(
    ("station", "reply"),
    [("RCPT", "450 4.2.0 greylisted"), ("DOT", "451 4.3.0 try later")],
)
def test_C_05_what_is_put_off_goes_up_the_ladder_for_days_and_then_arrives_once(room: PostRoom, station: str, reply: str) -> None:
    confirms(room)
    room.sink.script.refuse(station, reply=reply, to=ALICE)
    began, waits = room.desk.now, []
    while room.desk.now - began < timedelta(days=3):
        room.drains()
        waits.append(room.waits_until_due().total_seconds() / 60)
    steps = [1, 5, 15, 30, *[60] * len(waits)]
    assert all(step <= wait <= 1.1 * step + 0.01 for step, wait in zip(steps, waits, strict=False))
    assert len({round(wait % 1, 3) for wait in waits}) > len(waits) / 2, "no jitter"
    room.sink.script.clear()
    room.drains()
    assert len(copies(room)) == 1 and room.states("confirmation") == ["sent"]


@pytest.mark.parametrize("reply", ["421 4.3.2 going down", "451 4.3.0 not now", "554 5.7.1 not you"])
def test_C_05_a_server_that_lets_nobody_in_is_asked_once_a_pass_and_puts_no_letter_off(room: PostRoom, reply: str) -> None:
    """After hours of that the most urgent letter must not sit on the ladder while lists go out."""
    room.connections = 1
    confirms(room)
    room.sink.script.refuse("GREETING", reply=reply)
    for count in range(1, 10):
        assert room.drains().halt
        assert room.sink.connections == count
        room.desk.passes(hours=1)
    room.sink.script.clear()
    room.drains()
    assert set(room.states()) == {"sent"} and {row.attempts for row in room.rows()} == {1}
    assert room.sink.letters[0].rcpt == (ALICE,)


def test_C_05_after_five_days_staff_are_told_and_nothing_is_tried_any_more(room: PostRoom) -> None:
    confirms(room)
    room.sink.script.refuse("RCPT", reply="450 4.2.0 greylisted", to=ALICE)
    for _ in range(6):
        room.drains()
        room.desk.passes(days=1)
    assert room.states("confirmation") == ["failed"] and len(room.rows("undeliverable")) == 2
    tried = len(commands(room.sink, f"RCPT TO:<{ALICE}>"))
    room.drains()
    assert len(commands(room.sink, f"RCPT TO:<{ALICE}>")) == tried


@pytest.mark.parametrize(
    ("station", "reply", "members"),
    [("DOT", "554 5.7.1 spam", 60), ("DOT", "552 5.3.4 too big", 60), ("RCPT", "550 5.1.1 no such user", 200)],
)
def test_C_07_C_09_one_letter_of_a_list_that_is_refused_stops_no_other(room: PostRoom, station: str, reply: str, members: int) -> None:
    lawyers = roster(room, members)
    room.desk.case()
    room.desk.sends_the_round()
    room.sink.script.refuse(station, reply=reply, to=lawyers[56])
    room.drains()
    room.desk.passes(days=1)
    room.drains()
    assert [len(room.sink.to(lawyer)) for lawyer in lawyers] == [1] * 56 + [0] + [1] * (members - 57)
    refused = [row for row in room.rows("round") if row.state == "failed"]
    assert [(row.to_address, row.attempts) for row in refused] == [(lawyers[56], 1)]
    assert all(reply in str(room.desk.last_letter_to(person).text).replace("\n  ", " ") for person in (SATO, SUZUKI))


def test_C_07_a_server_that_takes_nothing_more_from_our_address_has_lost_no_letter_when_it_is_well_again(room: PostRoom) -> None:
    """An account that the provider has suspended: neither the file, nor what staff are to know, is given up for it."""
    room.connections = 1
    confirms(room)
    room.sink.script.refuse("MAIL", reply="554 5.7.1 account suspended")
    for _ in range(12):
        tally = room.drains()
        assert tally.is_sender and tally.halt == "5.7.1 account suspended"
        room.desk.passes(minutes=5)
    assert set(room.states()) == {"queued"} and {row.attempts for row in room.rows()} == {0}
    assert len(commands(room.sink, "MAIL")) == 12, "one letter is enough to hear it"
    room.sink.script.clear()
    room.drains()
    assert set(room.states()) == {"sent"} and len(copies(room)) == 1


def found(room: PostRoom) -> list[str]:
    with room.desk.office.ledger.reading() as ledger:
        return [finding.name for finding in condition.findings(room.desk.office, ledger)]


def test_C_07_a_server_that_refuses_every_letter_at_its_dot_is_found_until_it_takes_one_again(room: PostRoom) -> None:
    """Nobody hears by mail: the word on a letter that was refused is refused, too."""
    confirms(room)
    room.sink.script.refuse("DOT", reply="552 5.3.4 too large")
    room.drains()
    room.drains()
    assert set(room.states()) == {"failed"} and "undeliverable" in {row.kind for row in room.rows()}
    assert found(room) == ["letters_lost"]
    room.sink.script.clear()
    room.desk.passes(minutes=1)
    confirms(room, BOB)
    room.drains()
    assert found(room) == []


def test_C_07_readers_whose_letters_are_refused_one_after_the_other_are_found_before_any_word_on_them_fails(room: PostRoom) -> None:
    room.connections = 1
    room.desk.case()
    room.desk.sends_the_round()
    room.sink.script.refuse("DOT", reply="554 5.7.1 spam")
    for person in (SATO, SUZUKI):
        room.sink.script.refuse("RCPT", reply="451 4.3.0 later", to=person)
    room.drains()
    assert found(room) == ["letters_lost"]


def test_C_06_C_07_an_address_that_is_gone_is_no_fault_of_the_service_where_staff_hear_of_it(room: PostRoom) -> None:
    confirms(room)
    room.sink.script.refuse("RCPT", reply="550 5.1.1 no such user", to=ALICE)
    room.drains()
    room.drains()
    assert room.states("confirmation") == ["failed"] and set(room.states("undeliverable")) == {"sent"}
    assert found(room) == []


def test_C_08_refused_credentials_are_tried_once_in_six_minutes_whatever_asks(
    desk: Desk, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.cert))
    with SmtpSink.start(credentials=KNOWN, certificate=certificate, security="tls") as sink:
        room = PostRoom(desk, sink)
        confirms(room)
        tries, said = list[int](), list[str]()
        for _ in range(30):
            tally = room.drains(**WRONG)
            assert tally.is_login and tally.halt
            said.append(tally.halt)
            tries.append(len(commands(sink, "AUTH")))
            desk.passes(minutes=1)
        assert (tries[0], tries[-1]) == (1, 5)
        assert all(one.startswith(said[0]) for one in said), "meanwhile the server's own words are still told"
        assert set(room.states()) == {"queued"} and {row.attempts for row in room.rows()} == {0}
        desk.passes(minutes=6)
        room.drains(**{**WRONG, "password": KNOWN[1]})
    assert set(room.states()) == {"sent"}


def test_C_25_under_a_quota_lists_are_paced_and_what_is_urgent_overtakes_them(room: PostRoom) -> None:
    """From the third message on the provider takes two, then says 454 to the next."""
    lawyers = roster(room, 60)
    case_id = room.desk.case()
    room.desk.sends_the_round()
    for number in range(3, 200, 3):
        room.sink.script.refuse("MAIL", reply="454 4.7.0 too many messages, slow down", nth=number)
    room.connections = 1
    assert room.drains().is_quota and len(room.sink.letters) == 2
    room.desk.writes(BOB, f"CLAIM {case_id}")
    room.desk.settles()
    room.drains()
    assert room.sink.letters[2].rcpt == (BOB,), "the confirmation waits behind the list"
    for _ in range(60):
        if not outbox.next_due(room.desk.office):
            break
        room.waits_until_due()
        room.drains()
    assert all(len(room.sink.to(lawyer)) == 1 for lawyer in lawyers)
    assert set(room.states()) == {"sent"} and {row.attempts for row in room.rows()} == {1}


@contextmanager
def black_hole() -> Iterator[int]:
    """A port whose queue is full: whoever connects hears nothing, as where a route swallows packets."""
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.2", 0))
        deaf.listen(0)
        port = deaf.getsockname()[1]
        fillers = [socket.socket() for _ in range(3)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.2", port))
        yield port
        for filler in fillers:
            filler.close()


def test_C_26_an_address_that_swallows_packets_does_not_hide_the_next(room: PostRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    confirms(room)
    with black_hole() as port:
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", place) for place in (("127.0.0.2", port), (room.sink.host, room.sink.port))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        room.drains(connect_seconds=0.2)
    assert len(copies(room)) == 1


def test_C_26_a_name_that_does_not_resolve_in_time_puts_letters_off(room: PostRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    confirms(room)
    answered = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answered.wait(0.6) or [])
    assert "does not answer" in room.drains(timeout_seconds=0.2).halt
    assert set(room.states()) == {"queued"}
