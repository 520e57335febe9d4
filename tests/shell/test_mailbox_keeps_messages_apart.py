"""Whatever a server sends between, instead of or about messages: each UID gets its own bytes, or a reason, and no other suffers."""

from __future__ import annotations

import pytest

from bot.core.mail import RawMail
from bot.shell.mailbox import Unreadable
from tests.servers.scripted_imap import Talk
from tests.shell.imap_meetings import INBOX, NOW, announces, body, lists, meeting, reads, sends

NOTHING = "the server sent nothing for it"


def test_F_03_answers_in_any_order_go_to_their_uids() -> None:
    """F-03."""
    assert reads(lists(102, 101), announces(102, 101), sends(body(102, b"two"), body(101, b"one"))) == {101: b"one", 102: b"two"}


def test_C_15_noise_between_answers_changes_nothing() -> None:
    """C-15."""
    noise = [b"* 1 FETCH (FLAGS (\\Seen))", b"* OK [ALERT] \x07 press", b"* 2 EXPUNGE", b"* 4 FETCH (UID 9 FLAGS ())"]
    lookalike = b"* 3 FETCH (UID 1 BODY[] {3}\r\nbad)"
    found = reads(lists(1, 2), announces(1, 2), sends(b"* 9 EXISTS", body(1, b"one"), *noise, body(2, lookalike), *noise))
    assert found == {1: b"one", 2: lookalike}


def test_a_sequence_number_is_never_taken_for_a_uid() -> None:
    """The second message has UID 7; an answer without a UID could be anybody's."""
    unnamed = b"* 2 FETCH (BODY[] {3}\r\nsix)"
    assert reads(lists(2, 7), announces(2, 7), sends(unnamed, body(7, b"seven", seq=2))) == {2: NOTHING, 7: b"seven"}


@pytest.mark.parametrize(
    "bad",
    [
        b"* 2 FETCH (UID 2 BODY[] NIL)",
        b"* 2 FETCH (UID 2)",
        b"* 2 FETCH (UID 99 BODY[] {1}\r\nx)",
        b"* 2 FETCH (UID 2 BODY[] ((",
        b"* 2 FETCH (UID two BODY[] {1}\r\nx)",
        b"* 2 FETCH NIL",
        b"* OK not this one",
    ],
)
def test_C_14_one_message_that_does_not_come_stops_no_other(bad: bytes) -> None:
    """C-14."""
    found = reads(lists(1, 2, 3), announces(1, 2, 3), sends(body(1, b"one"), bad, body(3, b"three")))
    assert found == {1: b"one", 2: NOTHING, 3: b"three"}


def test_C_14_one_message_that_is_refused_stops_no_other() -> None:
    """C-14: the whole batch is answered with NO, so what did not come is asked for one by one."""
    refusal = b"NO [SERVERBUG] message 2 is broken"
    alone = (sends(done=refusal), sends(body(3, b"three")))
    found = reads(lists(1, 2, 3), announces(1, 2, 3), sends(body(1, b"one"), done=refusal), *alone)
    assert found == {1: b"one", 2: "[SERVERBUG] message 2 is broken", 3: b"three"}


def test_a_message_without_an_announcement_is_unreadable() -> None:
    assert reads(lists(1, 2), announces(2), sends(body(2, b"two"))) == {1: NOTHING, 2: b"two"}


def test_a_short_message_may_come_in_quotes() -> None:
    assert reads(lists(1), announces(1), sends(b'* 1 FETCH (UID 1 BODY[] "tiny")')) == {1: b"tiny"}


def test_nothing_but_unreadable_mail_is_told_uid_by_uid() -> None:
    with meeting(lists(5), announces(5), sends()) as (mailbox, _):
        found = list(mailbox.fetch(mailbox.news(INBOX, uidvalidity=None, above=0), [5]))
    assert found == [Unreadable(5, NOTHING)]


def test_a_batch_is_bounded_in_number() -> None:
    uids = range(1, 202)
    asked: list[bytes] = []

    def answers_nothing(talk: Talk) -> None:
        for _ in "ab":
            tag, _, _, which, *_ = talk.command().split()
            asked.append(which)
            talk.say(tag + b" OK done")

    assert len(reads(lists(*uids), announces(*uids), answers_nothing)) == 201
    assert asked == [b"1:200", b"201"]


def test_a_batch_is_bounded_in_bytes() -> None:
    megabytes = announces(1, 2, 3, size=2 * 1024 * 1024)
    assert reads(lists(1, 2, 3), megabytes, sends(body(1, b"one"), body(2, b"two")), sends(body(3, b"three")))[3] == b"three"


@pytest.mark.parametrize(
    "date",
    [
        b"INTERNALDATE NIL",
        b'INTERNALDATE "99-Foo-2025 99:00:00 +0000"',
        b'INTERNALDATE "22-Nov-2031 14:00:00 +0900"',
        b'INTERNALDATE "22-Nov-2026 14:00:00 +9999"',
        b'INTERNALDATE "22-Nov-2026 14:00:00"',
        b'INTERNALDATE "22-Nov-26 14:00:00 +0900"',
        b'INTERNALDATE "01-Jan-0001 00:00:00 +1400"',
        b"FLAGS ()",
    ],
)
def test_F_20_without_a_believable_date_a_mail_arrived_when_first_seen(date: bytes) -> None:
    """F-20."""
    with meeting(lists(1), announces(1, date=date), sends(body(1, b"one"))) as (mailbox, _):
        (mail,) = mailbox.fetch(mailbox.news(INBOX, uidvalidity=None, above=0), [1])
    assert isinstance(mail, RawMail)
    assert mail.stamp.arrived_at == NOW
