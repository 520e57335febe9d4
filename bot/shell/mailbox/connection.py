"""The connection: one session with its one open folder (RFC 3501). Every word with the server is said in here.

Given an account, gives the session, with a folder open and still the one that was meant. What fails on the wire closes it and is told in one
sentence, as MailboxAway; then it may be opened again. Reads what a server says of its folders, which may be a lie.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import time
from collections.abc import Iterator

from imapclient.exceptions import IMAPClientError

from bot.shell.mailbox.nouns import SESSION_OVER, FolderRefused, ImapAccount, MailboxAway, words
from bot.shell.mailbox.searching import NEVER, Opened
from bot.shell.mailbox.session import NOT_IMAP, Client, close_session, explained, open_session

_UID = re.compile(rb"[0-9]{1,10}")
# An open folder is opened afresh so often: a folder deleted and made anew shows by its UIDVALIDITY only then.
REOPEN_SECONDS = 60.0


class Connection:
    def __init__(self, account: ImapAccount, *, connect_seconds: float, read_seconds: float) -> None:
        self._account = account
        self._connect_seconds, self._read_seconds = connect_seconds, read_seconds
        self._client: Client | None = None
        self.folder: Opened | None = None

    def open(self) -> None:
        self._client = open_session(self._account, connect_seconds=self._connect_seconds, read_seconds=self._read_seconds)

    def close(self) -> None:
        client, self._client, self.folder = self._client, None, None
        if client is not None:
            close_session(client)

    @contextlib.contextmanager
    def speaking(self) -> Iterator[Client]:
        """The session, for as long as it is spoken to."""
        client = self._client
        if client is None:
            raise MailboxAway(f"There is no connection to {self._account.host}.")
        client.wire.begin()
        try:
            yield client
        except (OSError, IMAPClientError, *NOT_IMAP) as fault:
            self._client, self.folder = None, None
            client.wire.shutdown()
            raise explained(fault, self._account) from None

    def look_at(self, client: Client, name: str) -> Opened:
        """The folder open, and the server asked for its latest count: some tell it only when spoken to."""
        opened = self.folder
        if opened is None or opened.name != name or time.monotonic() - opened.since > REOPEN_SECONDS:
            return self.select(client, name)
        if opened.looked_at in (NEVER, client.wire.announced):
            status, lines = client.wire.noop()
            if status != "OK":
                raise client.wire.error(f"NOOP: {words(lines[-1] or status)}")
        return opened

    def select(self, client: Client, name: str) -> Opened:
        self.folder = None
        client.wire.exists = 0
        try:
            client.select_folder(name)
        except imaplib.IMAP4.readonly:
            client.select_folder(name, readonly=True)
        except imaplib.IMAP4.abort:
            raise
        except (IMAPClientError, ValueError, LookupError) as refusal:
            if SESSION_OVER.search(str(refusal)):
                raise
            raise FolderRefused(f'The folder "{name}" cannot be opened: {words(refusal)}') from None
        uidvalidity = client.wire.response("UIDVALIDITY")[1][-1]
        if not uidvalidity or not uidvalidity.isdigit():
            raise FolderRefused(f'The server names no UIDVALIDITY for the folder "{name}", so no mail in it can be told from other mail.')
        next_uid = client.wire.response("UIDNEXT")[1][-1] or b""
        self.folder = Opened(name, int(uidvalidity), time.monotonic(), int(next_uid) if _UID.fullmatch(next_uid) else 0)
        return self.folder

    def stay_with(self, client: Client, name: str, uidvalidity: int | None) -> None:
        """The folder open, and still the one that the UIDs were told for."""
        opened = self.folder if self.folder and self.folder.name == name else self.select(client, name)
        if uidvalidity not in (None, opened.uidvalidity):
            raise FolderRefused(f'The folder "{name}" was made anew; its mail must be listed again.')

    def go_on(self, client: Client, name: str, uidvalidity: int) -> None:
        """Whoever reads along may have filed mail meanwhile, in this folder or another."""
        if self._client is not client:
            raise MailboxAway("The connection was closed while mail was being read.")
        self.stay_with(client, name, uidvalidity)
