"""Servers that lie about sizes, fall silent, hold too much or too little: the mailbox is away with a reason, and never stuck."""

from __future__ import annotations

import resource

import pytest

from bot.shell.mailbox import Folder, FolderRefused, Mailbox, MailboxAway
from tests.servers.scripted_imap import Script, ScriptedImap, Talk, answers, login_at
from tests.shell.imap_meetings import INBOX, announces, body, lists, meeting, reads, sends


def test_C_18_a_literal_bomb_costs_the_connection_and_no_memory() -> None:
    """C-18."""

    def bomb(talk: Talk) -> None:
        talk.hear(b"BODY.PEEK")
        talk.pour(b"* 1 FETCH (UID 1 BODY[] {99999999999}\r\n")

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(MailboxAway, match="99999999999 bytes"):
        reads(lists(1), announces(1), bomb)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_a_message_that_comes_alone_shorter_than_it_was_said_to_be_is_asked_for_once_more() -> None:
    """Some servers give of a part that is asked for less than there is."""
    short = b'* 1 FETCH (UID 1 INTERNALDATE "22-Nov-2026 14:00:00 +0900" RFC822.SIZE 5 BODY[]<0> {3}\r\nwho)'
    assert reads(lists(1), answers(b"INTERNALDATE", short), sends(body(1, b"whole"))) == {1: b"whole"}


@pytest.mark.parametrize("done", [b"NO not both at once", b"BAD what is that"])
def test_a_server_that_will_not_have_all_asked_at_once_is_asked_one_thing_after_the_other(done: bytes) -> None:
    assert reads(lists(1), answers(b"INTERNALDATE", done=done), announces(1), sends(body(1, b"whole"))) == {1: b"whole"}


def test_a_line_without_end_costs_the_connection() -> None:
    def rambles(talk: Talk) -> None:
        talk.hear(b"UID SEARCH")
        for _ in range(100):
            talk.pour(b"* SEARCH" + b" 1" * 20_000)

    with pytest.raises(MailboxAway, match="line without end"):
        reads(rambles)


def test_an_answer_without_end_costs_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.shell.mailbox.wire.LITERAL_LIMIT", 1_000_000)

    def chatters(talk: Talk) -> None:
        talk.hear(b"UID SEARCH")
        for _ in range(100):
            talk.pour(b"* OK and another thing\r\n" * 1_000)

    with pytest.raises(MailboxAway, match="far more than it was asked for"):
        reads(chatters)


def test_an_answer_that_drips_costs_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each byte comes in time, the answer never does."""
    monkeypatch.setattr("bot.shell.mailbox.wire.COMMAND_SECONDS", 0.5)

    def drips(talk: Talk) -> None:
        talk.hear(b"UID SEARCH")
        while True:
            talk.pour(b"*")
            talk.pause(0.02)

    with pytest.raises(MailboxAway, match="does not answer"):
        reads(drips, read_seconds=2)


def test_a_server_that_falls_silent_is_away() -> None:
    with pytest.raises(MailboxAway, match="does not answer"):
        reads(lists(1), Talk.silence, read_seconds=2)


def test_words_that_are_no_imap_stay_out_of_the_reason() -> None:
    with pytest.raises(MailboxAway) as away:
        reads(answers(b"SEARCH", b"the client's name is QZX CANARY NAME"))
    assert "CANARY" not in away.value.reason


def test_after_a_failure_the_same_mailbox_can_be_opened_again() -> None:
    with ScriptedImap(led_by(lambda talk: talk.line.close()), led_by(lists(4), Talk.until_closed)) as server:
        mailbox = Mailbox(login_at(server))
        mailbox.open()
        for reason in ("lost|failed", "no connection"):
            with pytest.raises(MailboxAway, match=reason):
                mailbox.news(INBOX, uidvalidity=None, above=0)
        with mailbox:
            assert mailbox.news(INBOX, uidvalidity=None, above=0).uids == (4,)


def led_by(*parts: Script) -> Script:
    def script(talk: Talk) -> None:
        talk.greet()
        talk.open(exists=1)
        for part in parts:
            part(talk)

    return script


def huge(talk: Talk) -> None:
    """300,000 messages whose UIDs are three times their numbers; a search in a part of them is answered for that part."""
    while b"SEARCH" in (command := talk.command()):
        tag, *_, part, _, above = command.split()
        low, high = (300_000 if end == b"*" else int(end) for end in part.split(b":"))
        uids = [3 * seq for seq in range(low, high + 1) if 3 * seq >= int(above.split(b":")[0])]
        talk.say(b"* SEARCH " + b" ".join(b"%d" % uid for uid in uids), tag + b" OK done")
    talk.say(b"* BYE", command.split()[0] + b" OK bye")


def test_C_19_a_mailbox_of_300000_messages_is_listed_completely() -> None:
    """C-19: in one SEARCH its UIDs would exceed the longest line that is read."""
    with meeting(huge, exists=300_000) as (mailbox, _):
        assert mailbox.news(INBOX, uidvalidity=None, above=0).uids == tuple(range(3, 900_001, 3))


def test_little_news_in_a_huge_mailbox_costs_little() -> None:
    with meeting(huge, exists=300_000) as (mailbox, server):
        assert mailbox.news(INBOX, uidvalidity=7, above=899_990).uids == (899_991, 899_994, 899_997, 900_000)
    assert server.received.count(b"SEARCH") == 2


def test_mail_announced_during_the_search_is_searched_for_at_once() -> None:
    first, again = answers(b"UID SEARCH UID 1:*", b"* SEARCH 1", b"* 2 EXISTS"), answers(b"UID SEARCH UID 2:*", b"* SEARCH 2")
    with meeting(first, again, exists=1) as (mailbox, _):
        assert mailbox.news(INBOX, uidvalidity=None, above=0).uids == (1, 2)


def test_mail_announced_with_a_fetch_lets_nobody_wait() -> None:
    with meeting(lists(1), announces(1), sends(body(1, b"one"), b"* 2 EXISTS"), exists=1) as (mailbox, _):
        list(mailbox.fetch(mailbox.news(INBOX, uidvalidity=None, above=0), [1]))
        assert mailbox.wait(INBOX, seconds=5)


def test_a_folder_without_uidvalidity_is_not_read() -> None:
    def script(talk: Talk) -> None:
        talk.greet()
        talk.answer(b"SELECT", b"* 1 EXISTS", done=b"OK [READ-WRITE] open")
        talk.until_closed()

    with ScriptedImap(script) as server, Mailbox(login_at(server)) as mailbox, pytest.raises(FolderRefused, match="UIDVALIDITY"):
        mailbox.news(INBOX, uidvalidity=None, above=0)


def test_a_folder_that_may_only_be_read_is_read() -> None:
    def script(talk: Talk) -> None:
        talk.greet()
        for verb in (b"SELECT", b"EXAMINE"):
            talk.answer(verb, b"* 1 EXISTS", b"* OK [UIDVALIDITY 7] valid", done=b"OK [READ-ONLY] open")
        lists(1)(talk)
        talk.until_closed()

    with ScriptedImap(script) as server, Mailbox(login_at(server)) as mailbox:
        assert mailbox.news(INBOX, uidvalidity=None, above=0).uids == (1,)


@pytest.mark.parametrize("name", ['In"\r\nX1 STORE 1:* +FLAGS (\\Deleted)\r\nX2 EXPUNGE', "a\x00b", ""])
def test_a_folder_name_is_never_a_command(name: str) -> None:
    """I-05."""
    with pytest.raises(ValueError, match="folder name"):
        Folder(name)
    with meeting(lists(1)) as (mailbox, server):
        news = mailbox.news(INBOX, uidvalidity=None, above=0)
        with pytest.raises(ValueError, match="folder name"):
            mailbox.file(news, [1], into=name)
    assert b"\nX1" not in server.received
