"""Whoever has written is answered before the mail is filed: a mail server may be slow to move mail, or refuse it, and that can wait."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import reception
from bot.daemon import parts
from bot.reception import reading, settling
from bot.shell.mailbox import ImapAccount, Mailbox
from tests.attacks.desk import ALICE, BOT, Desk
from tests.servers.dovecot import Dovecot
from tests.story.people import Post


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk.open(tmp_path, junk_folder='archive_folder = "Read"', settle_seconds="settle_seconds = 0")


@pytest.fixture
def mailbox(desk: Desk, dovecot: Dovecot) -> Iterator[Mailbox]:
    account = dovecot.account(BOT)
    with Mailbox(ImapAccount(dovecot.host, dovecot.port, "none", account.username, account.password), now=desk.clock) as opened:
        reception.look(desk.office, opened)
        yield opened


def claims(desk: Desk, dovecot: Dovecot) -> str:
    case_id = desk.case()
    dovecot.deliver(BOT, Post(ALICE, "Alice Arden", BOT, f"CLAIM {case_id}", desk.now).raw(), at=desk.now)
    return case_id


def test_a_look_tells_what_was_entered_while_the_mail_lies_where_it_came(desk: Desk, dovecot: Dovecot, mailbox: Mailbox) -> None:
    claims(desk, dovecot)
    told: list[tuple[int, int]] = []
    reception.look(desk.office, mailbox, before_filing=lambda entered: told.append((entered, len(dovecot.messages(BOT)))))
    assert told == [(1, 1)]
    assert len(dovecot.messages(BOT)) == 0 and len(dovecot.messages(BOT, "Read")) == 1


def test_the_daemon_gives_a_case_and_wakes_the_sender_before_it_files_the_claim(
    desk: Desk, dovecot: Dovecot, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id, daemon, passed = claims(desk, dovecot), parts.Daemon(desk.office), list[str]()
    daemon._loop = asyncio.new_event_loop()

    def station(name: str) -> None:
        passed.append(name)
        if name == "filed":
            passed.append("the sender is awake" if daemon._loop._ready else "the sender sleeps")  # type: ignore[attr-defined]  # asyncio's own
            daemon._stopping.set()
            daemon._wake_reader.send(b"x")

    for room in (reading, settling):
        monkeypatch.setattr(room, "station", station)
    daemon._watch(desk.office, mailbox)
    daemon._loop.close()
    assert passed == ["given", "settled", "filed", "the sender is awake"]
    assert desk.standing(case_id) == {ALICE: "confirmed"}
