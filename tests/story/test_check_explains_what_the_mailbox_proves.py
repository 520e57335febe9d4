"""`check` reads the newest mails and says what they prove about senders, in sentences; it reads headers only and leaves no trace."""

from __future__ import annotations

import json

from tests.story.conversation import BOT, World
from tests.story.people import BORDER
from tests.story.terminal import Terminal

ITO = "ito@lawfirm.example"


def test_check_says_what_to_set_what_it_proves_then_and_which_folders_are_at_fault(world: World) -> None:
    for minute in range(6):
        world.writes(ITO, "hello", subject=f"mail {minute}", at=f"09:0{minute}")
    world.configure("authserv_id", 'authserv_id = ""')
    told = world.cli("check")
    assert f'6 of 6 recent mails carry results of {BORDER} (DMARC, DKIM and SPF): set [security] authserv_id = "{BORDER}"' in told
    world.configure("authserv_id", f'authserv_id = "{BORDER}"')
    assert "Sender proven without asking: 6; found forged: 0; would be asked for a YES: 0." in world.cli("check")
    assert not any("\\Seen" in stored.flags for stored in world.imap.messages(BOT))
    world.configure("junk_folder", 'junk_folder = "Spam"\nfolder = "Eingang"\narchive_folder = "Nowhere yet"')
    rows = {row["what"]: row for row in json.loads(world.command("check", "--json", expect=1).out)}
    assert len(rows) == 5 and [fault.split('"')[1] for fault in rows["IMAP"]["faults"]] == ["Eingang", "Spam"]
    outcome = world.command("check", expect=1)
    assert 'FAILED  IMAP: There is no folder "Eingang"' in outcome.out and '\n        There is no folder "Spam"' in outcome.out


def test_check_says_what_works_and_what_to_do_about_the_rest(world: World) -> None:
    told = world.cli("check")
    assert f"ok      IMAP: {world.imap.account(BOT).username} is let in at {world.imap.host} and can read INBOX and Junk\n" in told
    assert "ok      SMTP: no log-in is asked for" in told and "every letter in ja and en" in told
    world.configure("password", 'password = "wrong"')
    refused = world.command("check", expect=1).out
    assert "FAILED  IMAP: " in refused and "\n        What to do: put [imap] username and password right." in refused
    world.sink.close()
    rows = {row["what"]: row for row in json.loads(world.command("check", "--json", expect=1).out)}
    assert "[smtp] host, port and security" in rows["SMTP"]["remedy"] and not rows["SMTP"]["ok"]
    assert rows["database"]["works"].endswith("up to date") and rows["templates"]["remedy"] == ""


def test_check_says_that_the_server_takes_no_mail_from_our_address(world: World) -> None:
    world.sink.script.refuse("MAIL", reply="550 5.7.1 Sender address rejected: not owned by user")
    told = " ".join(world.command("check", expect=1).out.split())
    assert f"takes no mail from {BOT}: 550 5.7.1 Sender address rejected" in told
    assert "What to do: let this account send as [mailbox] address" in told and world.sink.letters == []
    world.sink.script.clear()
    assert f"takes mail from {BOT}; nothing was sent" in world.cli("check")


def test_check_hangs_its_lines_at_a_terminal(world: World) -> None:
    with Terminal(world.folder, "check", columns=60) as shown:
        lines = shown.end().splitlines()
    assert max(map(len, lines)) <= 60 and "\x1b[32mok" in shown.raw and any(line.startswith("        ") for line in lines)
