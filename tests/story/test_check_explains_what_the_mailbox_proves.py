"""`check` reads the newest mails and says what they prove about senders, in sentences; it reads headers only and leaves no trace."""

from __future__ import annotations

import json

from tests.story.conversation import BOT, World
from tests.story.people import BORDER

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
