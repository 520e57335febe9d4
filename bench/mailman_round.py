"""A personalised letter to a whole list by GNU Mailman 3, as its own runners send it.

Run by a Python that has Mailman, which ours has not, with a folder, the mail server's port, the letter's file and the number of members;
prints how many seconds it took from the post in the queue to the last letter handed over. Its database is SQLite, its settings are its
defaults, and each member has a copy of their own.
"""

from __future__ import annotations

import sys
import time
from email import message_from_bytes
from pathlib import Path

from mailman.app.lifecycle import create_list
from mailman.config import config
from mailman.core.initialize import initialize
from mailman.email.message import Message
from mailman.interfaces.domain import IDomainManager
from mailman.interfaces.mailinglist import Personalization
from mailman.interfaces.usermanager import IUserManager
from mailman.runners.outgoing import OutgoingRunner
from mailman.runners.pipeline import PipelineRunner
from zope.component import getUtility

_CONFIGURATION = """
[mailman]
layout: bench
[paths.bench]
var_dir: {folder}
[mta]
incoming: mailman.mta.null.NullMTA
smtp_host: 127.0.0.1
smtp_port: {port}
"""
_LIST = "round@desk.example"


def main(folder: str, port: str, letter: str, members: str) -> None:
    configuration = Path(folder) / "mailman.cfg"
    configuration.write_text(_CONFIGURATION.format(folder=folder, port=port))
    initialize(str(configuration))
    getUtility(IDomainManager).add("desk.example")
    the_list = create_list(_LIST)
    the_list.personalize = Personalization.individual
    users = getUtility(IUserManager)
    for number in range(int(members)):
        the_list.subscribe(users.create_address(f"lawyer{number}@firm{number % 97}.example", f"Lawyer {number}"))
    config.db.commit()
    message = message_from_bytes(Path(letter).read_bytes(), Message)
    began = time.perf_counter()
    config.switchboards["pipeline"].enqueue(message, listid=the_list.list_id, pipeline=the_list.posting_pipeline)
    PipelineRunner("pipeline")._one_iteration()
    OutgoingRunner("out")._one_iteration()
    taken = time.perf_counter() - began
    if left := [name for name in ("pipeline", "out", "retry", "bad", "shunt") if config.switchboards[name].files]:
        sys.exit(f"letters were left in {', '.join(left)}")
    print(taken)


main(*sys.argv[1:])
