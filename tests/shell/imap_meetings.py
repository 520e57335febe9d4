"""A mailbox and a scripted server that meet in an open folder: what the tests of lying servers share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from bot.core.mail import RawMail
from bot.shell.mailbox import Folder, Mailbox
from tests.servers.ground import PATIENCE_SECONDS
from tests.servers.scripted_imap import Script, ScriptedImap, Talk, answers, login_at

INBOX = Folder("INBOX")
NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
DATE = b'INTERNALDATE "22-Nov-2026 14:00:00 +0900"'


@contextmanager
def meeting(
    *parts: Script, exists: int = 3, capabilities: bytes = b"IMAP4rev1 MOVE UIDPLUS", read_seconds: float = PATIENCE_SECONDS
) -> Iterator[tuple[Mailbox, ScriptedImap]]:
    """Logged in; the parts lead the server once the folder is open."""

    def script(talk: Talk) -> None:
        talk.greet(capabilities=capabilities)
        talk.open(exists=exists)
        for part in parts:
            part(talk)
        talk.until_closed()

    with ScriptedImap(script) as server, Mailbox(login_at(server), read_seconds=read_seconds, now=lambda: NOW) as mailbox:
        yield mailbox, server


def reads(*parts: Script, read_seconds: float = PATIENCE_SECONDS) -> dict[int, bytes | str]:
    """Each UID's bytes, or the reason why there are none."""
    with meeting(*parts, read_seconds=read_seconds) as (mailbox, _):
        news = mailbox.news(INBOX, uidvalidity=None, above=0)
        found = list(mailbox.fetch(news, news.uids))
    return {m.stamp.uid if isinstance(m, RawMail) else m.uid: m.raw if isinstance(m, RawMail) else m.reason for m in found}


def lists(*uids: int) -> Script:
    return answers(b"UID SEARCH", b"* SEARCH " + b" ".join(b"%d" % uid for uid in uids))


def announces(*uids: int, date: bytes = DATE, size: int = 5) -> Script:
    return answers(b"INTERNALDATE", *(b"* %d FETCH (UID %d %s RFC822.SIZE %d)" % (uid, uid, date, size) for uid in uids))


def sends(*lines: bytes, done: bytes = b"OK done") -> Script:
    return answers(b"BODY.PEEK[]", *lines, done=done)


def body(uid: int, raw: bytes, *, seq: int | None = None) -> bytes:
    return b"* %d FETCH (UID %d BODY[] {%d}\r\n%s)" % (seq or uid, uid, len(raw), raw)
