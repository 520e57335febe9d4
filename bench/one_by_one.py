"""The straightforward bot: one claim after the other, each with a FETCH, a commit, a STORE and a MOVE of its own.

What an afternoon makes of IMAPClient, `email` and SQLite, to stand beside in a backlog. It believes every sender, reads every byte as it
comes, and gives a case to whoever is read first.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from imapclient import SEEN, IMAPClient

from bench.organisation import BOT

_TABLES = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE claim (uid INTEGER PRIMARY KEY, arrived_at TEXT, sender TEXT, case_id TEXT, is_first INTEGER, raw BLOB);
CREATE TABLE answer (uid INTEGER PRIMARY KEY, content BLOB);
CREATE INDEX claim_case ON claim (case_id);
"""
_CLAIM = re.compile(r"^CLAIM (\S+)", re.MULTILINE)


def work_off(client: IMAPClient, file: Path, *, into: str) -> int:
    """All that is unseen in the folder that is open, into new books at `file`, filed in a folder; gives how many claims that were."""
    if not client.folder_exists(into):
        client.create_folder(into)
    answered = 0
    with closing(sqlite3.connect(file)) as books:
        books.executescript(_TABLES)
        for uid in client.search("UNSEEN"):
            fetched = client.fetch([uid], ["INTERNALDATE", "BODY.PEEK[]"])[uid]
            message = message_from_bytes(fetched[b"BODY[]"], policy=policy.default)
            body = message.get_body(("plain",))
            claimed = _CLAIM.search(body.get_content()) if body else None
            if claimed is None:
                continue
            is_first = books.execute("SELECT 1 FROM claim WHERE case_id = ?", [claimed[1]]).fetchone() is None
            with books:
                row = (uid, str(fetched[b"INTERNALDATE"]), str(message["From"]), claimed[1], is_first, fetched[b"BODY[]"])
                books.execute("INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?)", row)
                books.execute("INSERT INTO answer VALUES (?, ?)", [uid, _answer(message, claimed[1], is_first=is_first)])
            client.add_flags([uid], [SEEN])
            client.move([uid], into)
            answered += 1
    return answered


def _answer(message: EmailMessage, case_id: str, *, is_first: bool) -> bytes:
    answer = EmailMessage(policy=policy.SMTP)
    answer["From"], answer["To"] = BOT, message["From"]
    answer["Subject"] = f"Re: {message['Subject']}"
    answer["In-Reply-To"] = message["Message-ID"]
    said = f"{case_id} is yours." if is_first else f"{case_id} went to somebody else."
    answer.set_content(f"Thank you.\n\n{said}\n")
    answer.add_alternative(f"<p>Thank you.</p><p>{said}</p>", subtype="html")
    return answer.as_bytes()
