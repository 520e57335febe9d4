"""Waiting: IDLE over a real Dovecot, and over a server that does to it what real ones have done."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from bot.shell.mailbox import Folder, ImapAccount, Mailbox, MailboxAway
from bot.shell.mailbox.nouns import Wakes
from tests.servers.dovecot import Dovecot
from tests.servers.ground import PATIENCE_SECONDS
from tests.servers.scripted_imap import Script, ScriptedImap, Talk, answers, login_at
from tests.shell.imap_meetings import announces, body, lists, meeting, sends

BOT = "cases@bot.ngo.example"
INBOX, JUNK = Folder("INBOX"), Folder("Junk", rank=1)
CLAIM = b"From: alice@lawfirm.example\r\nSubject: CLAIM JAR-2026-001\r\n\r\nRegards\r\n"


def connected(dovecot: Dovecot, *, idle: bool = True) -> Mailbox:
    known = dovecot.account(BOT)
    return Mailbox(
        ImapAccount(dovecot.host, dovecot.port, "none", known.username, known.password, idle=idle), read_seconds=PATIENCE_SECONDS
    )


@pytest.fixture
def mailbox(dovecot: Dovecot) -> Iterator[Mailbox]:
    with connected(dovecot) as opened:
        yield opened


def scripted(*during_idle: Script, capabilities: bytes = b"IMAP4rev1 IDLE") -> ScriptedImap:
    """A server whose folder is empty until, in IDLE, the given script takes over."""

    def script(talk: Talk) -> None:
        talk.greet(capabilities=capabilities)
        talk.open(exists=0)
        for part in during_idle:
            part(talk)
        talk.until_closed()

    return ScriptedImap(script)


def waits(server: ScriptedImap, *, seconds: float = 3600, read_seconds: float = PATIENCE_SECONDS) -> bool:
    with Mailbox(login_at(server), read_seconds=read_seconds) as mailbox:
        mailbox.news(INBOX, uidvalidity=None, above=0)
        return soon(mailbox, seconds=seconds)


def soon(mailbox: Mailbox, *, seconds: float = 3600, wake: Wakes | None = None) -> bool:
    """What a wait says that ends long before its time, and before IDLE is renewed, on a machine however busy."""
    began = time.monotonic()
    is_news = mailbox.wait(INBOX, seconds=seconds, wake=wake)
    assert time.monotonic() - began < PATIENCE_SECONDS, "nobody looked"
    return is_news


def ends_idle(talk: Talk, tag: bytes) -> None:
    talk.answer(b"DONE", done=b"")
    talk.say(tag + b" OK idled")


@pytest.mark.parametrize("idle", [True, False])
def test_waiting_ends_when_the_time_is_up(dovecot: Dovecot, idle: bool) -> None:
    with connected(dovecot, idle=idle) as mailbox:
        mailbox.news(INBOX, uidvalidity=None, above=0)
        began = time.monotonic()
        assert not mailbox.wait(INBOX, seconds=0.3)
    assert 0.3 <= time.monotonic() - began < PATIENCE_SECONDS


def test_mail_that_arrives_ends_the_wait(dovecot: Dovecot, mailbox: Mailbox) -> None:
    mailbox.news(INBOX, uidvalidity=None, above=0)
    threading.Timer(0.2, dovecot.deliver, [BOT, CLAIM]).start()
    assert soon(mailbox)
    assert mailbox.news(INBOX, uidvalidity=None, above=0).uids == (1,)


@pytest.mark.parametrize("idle", [True, False])
def test_a_word_from_inside_ends_the_wait(dovecot: Dovecot, idle: bool) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs, connected(dovecot, idle=idle) as mailbox:
        mailbox.news(INBOX, uidvalidity=None, above=0)
        threading.Timer(0.1, theirs.send, [b"!"]).start()
        assert not soon(mailbox, wake=ours)


def test_an_unread_word_from_inside_lets_nobody_wait(mailbox: Mailbox) -> None:
    readable, writable = os.pipe()
    os.write(writable, b"!")
    mailbox.news(INBOX, uidvalidity=None, above=0)
    with os.fdopen(readable) as wake, os.fdopen(writable):
        assert not soon(mailbox, wake=wake)


def test_a_folder_never_looked_at_may_have_news(mailbox: Mailbox) -> None:
    assert soon(mailbox)


def test_mail_that_came_while_another_folder_was_open_ends_the_wait(dovecot: Dovecot, mailbox: Mailbox) -> None:
    dovecot.deliver(BOT, CLAIM, folder="Junk")
    mailbox.news(INBOX, uidvalidity=None, above=0)
    dovecot.deliver(BOT, CLAIM)
    mailbox.news(JUNK, uidvalidity=None, above=0)
    assert soon(mailbox)


def test_no_mail_of_thirty_in_pairs_is_missed(dovecot: Dovecot, mailbox: Mailbox) -> None:
    """The EXISTS of the second of a pair rides on the answer to another command; a plain IDLE loop missed 5 of 80."""
    above = 0
    for pair in range(1, 16):
        threading.Thread(target=lambda: [dovecot.deliver(BOT, CLAIM) for _ in "ab"]).start()
        while above < 2 * pair:
            assert soon(mailbox)
            news = mailbox.news(INBOX, uidvalidity=None, above=0)
            list(mailbox.fetch(news, news.uids[-1:]))
            above = max(news.uids, default=0)
    assert above == 30


@pytest.mark.parametrize("rides_on", ["the bodies", "the filing"])
def test_an_arrival_told_with_another_answer_is_looked_at_before_any_idle(rides_on: str) -> None:
    """The server tells of each arrival once: who had its word and then waits, waits for the next one."""
    told = b"* 2 EXISTS"
    bodies = sends(body(1, b"hello"), *([told] if rides_on == "the bodies" else []))
    filing = answers(b"UID MOVE", *([told] if rides_on == "the filing" else []), b"* 1 EXPUNGE")
    with meeting(lists(1), announces(1), bodies, filing, exists=1, capabilities=b"IMAP4rev1 IDLE MOVE UIDPLUS") as (mailbox, server):
        news = mailbox.news(INBOX, uidvalidity=None, above=0)
        assert len(list(mailbox.fetch(news, news.uids))) == 1
        mailbox.file(news, news.uids, into="Archive")
        assert mailbox.wait(INBOX, seconds=30)
        assert b" IDLE" not in server.received


def test_an_arrival_told_with_the_server_s_consent_to_idle_is_heard() -> None:
    def arrives_at_once(talk: Talk) -> None:
        tag = talk.hear(b"IDLE")
        talk.say(b"+ idling", b"* 1 EXISTS")
        ends_idle(talk, tag)

    with scripted(arrives_at_once) as server:
        assert waits(server)


def test_an_arrival_told_before_the_consent_is_heard() -> None:
    def arrives_before(talk: Talk) -> None:
        tag = talk.hear(b"IDLE")
        talk.say(b"* 1 EXISTS", b"+ idling")
        ends_idle(talk, tag)

    with scripted(arrives_before) as server:
        assert waits(server)


def test_an_arrival_told_in_two_segments_is_heard() -> None:
    def arrives_in_pieces(talk: Talk) -> None:
        tag = talk.hear(b"IDLE")
        talk.say(b"+ idling")
        for piece in (b"* 1 EX", b"IST", b"S\r\n"):
            talk.pour(piece)
            time.sleep(0.05)
        ends_idle(talk, tag)

    with scripted(arrives_in_pieces) as server:
        assert waits(server)


def test_noise_is_no_arrival() -> None:
    def murmurs(talk: Talk) -> None:
        tag = talk.hear(b"IDLE")
        talk.say(b"+ idling", b"* OK Still here", b"* 0 EXISTS", b"* 3 FETCH (FLAGS (\\Seen))", b"* OK [ALERT] \x1b[2J\x07")
        ends_idle(talk, tag)

    with scripted(murmurs) as server:
        assert not waits(server, seconds=0.3)


def test_one_gone_and_one_come_is_an_arrival() -> None:
    def replaces(talk: Talk) -> None:
        talk.answer(b"NOOP", b"* 1 EXISTS")
        talk.answer(b"SEARCH", b"* SEARCH 1")
        tag = talk.hear(b"IDLE")
        talk.say(b"+ idling", b"* 1 EXPUNGE", b"* 1 EXISTS")
        ends_idle(talk, tag)

    with scripted(replaces) as server, Mailbox(login_at(server), read_seconds=PATIENCE_SECONDS) as mailbox:
        mailbox.news(INBOX, uidvalidity=None, above=0)
        assert mailbox.news(INBOX, uidvalidity=7, above=0).uids == (1,)
        assert soon(mailbox)


@pytest.mark.parametrize("last_words", [b"* BYE shutting down\r\n", b""])
def test_C_11_a_server_that_goes_away_in_idle_is_away_at_once(last_words: bytes) -> None:
    """C-11."""

    def goes(talk: Talk) -> None:
        talk.hear(b"IDLE")
        talk.pour(b"+ idling\r\n" + last_words)
        talk.line.close()

    began = time.monotonic()
    with scripted(goes) as server, pytest.raises(MailboxAway):
        waits(server)
    assert time.monotonic() - began < PATIENCE_SECONDS


def test_C_11_a_server_that_never_ends_idle_is_away() -> None:
    def falls_silent(talk: Talk) -> None:
        talk.hear(b"IDLE")
        talk.say(b"+ idling")
        talk.silence()

    with scripted(falls_silent) as server, pytest.raises(MailboxAway, match="does not answer"):
        waits(server, seconds=0.1, read_seconds=2)


def test_where_idle_is_refused_waiting_goes_on_without_it() -> None:
    def refuses(talk: Talk) -> None:
        talk.answer(b"IDLE", done=b"BAD not today")

    with scripted(refuses) as server:
        assert not waits(server, seconds=0.2)


def test_C_11_a_restarted_server_is_found_again_each_time(dovecot: Dovecot) -> None:
    """C-11: BYE or a cut, then the same mail under the same UIDs."""
    mailbox = connected(dovecot)
    for count in range(1, 4):
        mailbox.open()
        mailbox.news(INBOX, uidvalidity=None, above=0)
        threading.Timer(0.1, dovecot.restart).start()
        with pytest.raises(MailboxAway):
            soon(mailbox)
        dovecot_is_back(dovecot)
        dovecot.deliver(BOT, CLAIM)
        mailbox.open()
        assert len(mailbox.news(INBOX, uidvalidity=None, above=0).uids) == count
    mailbox.close()


def dovecot_is_back(dovecot: Dovecot) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return socket.create_connection((dovecot.host, dovecot.port), timeout=1).close()
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.02)
