"""A mailbox of claims worked off by Roundup's mail gateway, as `roundup-mailgw` does it: each mail becomes an issue, and its sender hears so.

Run by a Python that has Roundup, which ours has not, with a folder, the ports of the two mail servers, the mailbox's name, its password,
its folder, and a file that names the senders, one a line, who become its users.
Prints how many seconds it took from the log-in to the last answer, and how many issues there are. Its database is SQLite, its settings
are its defaults but for this: who has written hears of their own issue, and no Subject, which is the same in all, makes one issue of two.
"""

from __future__ import annotations

import imaplib
import subprocess
import sys
import time
from argparse import Namespace
from pathlib import Path

import roundup.instance
from roundup.mailgw import MailGW

_SETTINGS = (
    "mail_domain=desk.example,mail_host=127.0.0.1,mail_port={port},tracker_email=cases,admin_email=admin,"
    "tracker_web=http://desk.example/,nosy_messages_to_author=yes,mailgw_subject_prefix_parsing=none,mailgw_subject_content_match=never"
)


def main(folder: str, imap_port: str, smtp_port: str, user: str, password: str, mailbox: str, senders: str) -> None:
    tracker = _tracker(Path(folder) / "tracker", smtp_port, Path(senders).read_text().split())
    imaplib.IMAP4.__init__.__defaults__ = ("", int(imap_port), None)  # the gateway takes a host, and no port
    gateway = MailGW(tracker, Namespace(default_class="", set_value=[]))
    began = time.perf_counter()
    gateway.do_imap("127.0.0.1", user, password, mailbox)
    taken = time.perf_counter() - began
    print(taken, len(tracker.open("admin").issue.list()))


def _tracker(home: Path, smtp_port: str, senders: list[str]) -> roundup.instance.Tracker:
    program = Path(sys.executable).with_name("roundup-admin")
    admin = [str(program), "-i", str(home)]
    subprocess.run([*admin, "install", "classic", "sqlite", _SETTINGS.format(port=smtp_port)], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([*admin, "initialise", "a password"], check=True, stdout=subprocess.DEVNULL)
    tracker = roundup.instance.open(str(home))
    books = tracker.open("admin")
    for number, address in enumerate(senders):
        books.user.create(username=f"lawyer{number}", address=address, roles="User")
    books.commit()
    books.close()
    return tracker


main(*sys.argv[1:])
