"""Whatever a server says from some point on, only the mailbox's own exceptions come out, and soon.

A walk in the spirit of imaptest: sane up to a random command, then lines are bent, dropped, repeated and refused. The seed names the walk.
"""

from __future__ import annotations

import contextlib
import random

import pytest

from bot.shell.mailbox import FilingRefused, Mailbox, MailboxAway
from tests.servers.scripted_imap import Script, ScriptedImap, Talk, login_at
from tests.shell.imap_meetings import DATE, INBOX, body

SANE = {
    b"CAPABILITY": [b"* CAPABILITY IMAP4rev1 IDLE MOVE UIDPLUS"],
    b"SELECT": [b"* 3 EXISTS", b"* OK [UIDVALIDITY 7] valid"],
    b"SEARCH": [b"* SEARCH 1 2 3"],
    b"INTERNALDATE": [b"* %d FETCH (UID %d %s RFC822.SIZE 5)" % (uid, uid, DATE) for uid in (1, 2, 3)],
    b"BODY": [body(uid, b"abc") for uid in (1, 2, 3)],
    b"LIST": [b'* LIST (\\HasNoChildren) "/" "INBOX"'],
    b"IDLE": [b"+ idling"],
}
STRAY = [line for lines in SANE.values() for line in lines] + [b"* BYE", b"* 2 FETCH (UID 2 BODY[] {9}", b"* PREAUTH hello", b"* 1 EXPUNGE"]
BENT = b'(){}"[]\\ \x00\xff~*+%019'


def bend(line: bytes, chance: random.Random) -> bytes:
    bent = bytearray(line)
    for _ in range(chance.choice([0, 1, 1, 2, 5])):
        at = chance.randrange(len(bent) + 1)
        bent[at : at + chance.randrange(4)] = bytes(chance.choices(BENT, k=chance.randrange(2)))
    return bytes(bent)


def mad(seed: int) -> Script:
    chance = random.Random(seed)
    sane_for = chance.randrange(9)

    def script(talk: Talk) -> None:
        talk.line.settimeout(1)
        talk.say(b"* OK at your service")
        for count in range(30):
            command = talk.command()
            lines = next((list(lines) for word, lines in SANE.items() if word in command.upper()), [])
            done = b" ".join([*command.split()[:1], chance.choice([b"OK done"] * 8 + [b"NO no", b"BAD bad"])])
            if count > sane_for:
                lines = [bend(line, chance) for line in lines + chance.choices(STRAY, k=chance.randrange(3))]
                done = bend(done, chance) if chance.random() < 0.1 else done
            talk.say(*lines)
            if b"IDLE" in command:
                talk.command()
            talk.say(done)

    return script


@pytest.mark.parametrize("seed", range(60))
def test_C_29_only_our_own_exceptions_come_out(seed: int) -> None:
    with ScriptedImap(mad(seed)) as server:
        mailbox = Mailbox(login_at(server), connect_seconds=0.2, read_seconds=0.2)
        with contextlib.suppress(MailboxAway), mailbox:
            mailbox.faults([INBOX])
            mailbox.newest_heads(INBOX, most=3)
        with contextlib.suppress(MailboxAway, FilingRefused), mailbox:
            news = mailbox.news(INBOX, uidvalidity=None, above=0)
            list(mailbox.fetch(news, news.uids or (1, 2)))
            mailbox.wait(INBOX, seconds=0.02)
            mailbox.file(news, [1, 2], into="Archive")
            mailbox.news(INBOX, uidvalidity=7, above=1)
