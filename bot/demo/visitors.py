"""After the story, or instead of reading it: the post office stays open, and any mail program can play a lawyer.

Given a stage, prints how to log in and what to try, and waits until Ctrl-C. Raises `Broken` where the daemon ends before.
"""

from __future__ import annotations

import time

from bot.demo.cast import DESK, STAFF
from bot.demo.narration import Narrator
from bot.demo.post_office import HOST
from bot.demo.scenes import Play
from bot.demo.stage import CONFIG, Broken

IMAP_PORT, SMTP_PORT = 10143, 10587
"""The same at every start where they are free, so that a mail program need be set up only once."""
_LOOK_SECONDS = 0.5


def welcome(play: Play, tell: Narrator) -> None:
    """Everything that a mail program needs, and a few ideas."""
    post = play.stage.post
    tell.chapter("Your turn")
    tell.say(
        "The post office and the desk stay open. Set up any mail program on this machine with one of these accounts; the user name is the "
        "whole address. The servers answer on this machine only, so there is no encryption: choose “none” and “normal password”."
    )
    tell.gap()
    servers = [("IMAP", HOST, str(post.imap_port), "none"), ("SMTP", HOST, str(post.smtp_port), "none")]
    tell.table(("Server", "Host", "Port", "Security"), servers)
    people = [(one.name, one.address, one.password, one.language) for one in play.stage.cast.members]
    tell.table(("Name", "Account", "Password", ""), [*people, (STAFF.name, STAFF.address, STAFF.password, "staff")])
    family, appeal = (play.interview.removesuffix("002") + number for number in ("007", "001"))
    tell.say("What to try:")
    for idea in _ideas(family, appeal):
        tell.item(idea)
    tell.say("Without a mail program, curl is one:")
    tell.command_line(_by_curl(play, f"CLAIM {family}"))
    tell.say("And what the desk knows, from another terminal:")
    tell.command_line(f"firstreply --config {(play.stage.folder / CONFIG).resolve()} explain {family}")
    tell.last("Ctrl-C closes everything.")


def _ideas(family: str, appeal: str) -> tuple[str, ...]:
    return (
        f"Answer the round with a line “CLAIM {family}”, or open its link. Two seconds later it is yours.",
        "Claim it as somebody else as well: you are on the waiting list. RELEASE as the first, and the second is asked; YES takes it.",
        f"CLAIM {appeal}: this one asks for a conflict check. You get the names first; answer CLEAR {appeal}, and the file follows.",
        "Write prose (“I could take the interview”), or HELP, LIST, STATUS, 一覧, ヘルプ.",
        f"As {STAFF.name}, send a mail with the Subject NEW CASE or EMERGENCY and nothing in it: the form comes back.",
    )


def _by_curl(play: Play, subject: str) -> str:
    member = play.stage.cast.third
    return (
        f"printf 'From: {member.address}\\nSubject: {subject}\\n\\n' | curl -sS smtp://{HOST}:{play.stage.post.smtp_port} "
        f"-u {member.address}:{member.password} --mail-from {member.address} --mail-rcpt {DESK.address} -T -"
    )


def wait(play: Play) -> None:
    """Until Ctrl-C (KeyboardInterrupt)."""
    while True:
        if not play.stage.is_at_work:
            raise Broken("the daemon has ended by itself")
        time.sleep(_LOOK_SECONDS)
