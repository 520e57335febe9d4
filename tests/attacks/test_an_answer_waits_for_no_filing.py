"""Whoever has written is answered before the mail is filed: a mail server may be slow to move mail, or refuse it, and that can wait."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bot import reception
from bot.shell.mailbox import ImapAccount, Mailbox
from tests.attacks.desk import ALICE, BOT, Desk
from tests.attacks.held_filing import GO_ON
from tests.servers import ground
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import SmtpSink
from tests.story import conversation
from tests.story.command import Daemon, environment
from tests.story.conversation import World
from tests.story.people import Post

PROGRAM = (sys.executable, "-m", "tests.attacks.held_filing")
ARCHIVE = "Read"


def test_a_look_tells_what_was_entered_while_the_mail_lies_where_it_came(tmp_path: Path, dovecot: Dovecot) -> None:
    desk = Desk.open(tmp_path, junk_folder=f'archive_folder = "{ARCHIVE}"')
    account, told = dovecot.account(BOT), list[tuple[int, int]]()
    with Mailbox(ImapAccount(dovecot.host, dovecot.port, "none", account.username, account.password), now=desk.clock) as mailbox:
        reception.look(desk.office, mailbox)
        dovecot.deliver(BOT, Post(ALICE, "Alice Arden", BOT, f"CLAIM {desk.case()}", desk.now).raw(), at=desk.now)
        reception.look(desk.office, mailbox, before_filing=lambda entered, _: told.append((entered, len(dovecot.messages(BOT)))))
    assert told == [(1, 1)]
    assert len(dovecot.messages(BOT)) == 0 and len(dovecot.messages(BOT, ARCHIVE)) == 1


def world_with_archive(folder: Path, dovecot: Dovecot, sink: SmtpSink) -> tuple[World, str]:
    """Alice may claim its one case, whose id is given, too."""
    world = World.build(folder, dovecot, sink)
    world.configure("junk_folder", f'junk_folder = "Junk"\narchive_folder = "{ARCHIVE}"')
    world.member(ALICE, name="Alice Arden")
    case_id = world.case("An appeal")
    world.settle_in()
    return world, case_id


def test_the_daemon_gives_a_case_and_says_so_before_it_has_filed_the_claim(tmp_path: Path, dovecot: Dovecot, sink: SmtpSink) -> None:
    world, case_id = world_with_archive(tmp_path, dovecot, sink)
    with Daemon(world.folder, program=PROGRAM) as running:
        running.wait_for('"ready"')
        world.writes(ALICE, f"CLAIM {case_id}")
        ground.wait_until(lambda: len(world.letters_to(ALICE)) > 0, otherwise=lambda: f"the answer waits for the filing:\n{running.log}")
        assert world.standing(case_id) == {ALICE: "confirmed"}
        (world.folder / GO_ON).touch()
    assert len(dovecot.messages(conversation.BOT, ARCHIVE)) == 1


def test_run_once_gives_a_case_and_says_so_before_it_has_filed_the_claim(tmp_path: Path, dovecot: Dovecot, sink: SmtpSink) -> None:
    world, case_id = world_with_archive(tmp_path, dovecot, sink)
    world.writes(ALICE, f"CLAIM {case_id}")
    with subprocess.Popen((*PROGRAM, "run", "--once"), cwd=world.folder, env=environment(None), stderr=subprocess.DEVNULL) as running:
        ground.wait_until(lambda: len(world.letters_to(ALICE)) > 0, otherwise=lambda: "the answer waits for the filing")
        assert world.standing(case_id) == {ALICE: "confirmed"} and running.poll() is None
        (world.folder / GO_ON).touch()
    assert running.returncode == 0 and len(dovecot.messages(conversation.BOT, ARCHIVE)) == 1
