"""Filing: mail that was dealt with leaves the folder (RFC 6851 MOVE, else RFC 4315 COPY and UID EXPUNGE).

Given a session with the folder open, UIDs and where to; gives nothing, or FilingRefused with the server's words.
Reads refusals. Never removes mail that is not filed, and never expunges by folder: somebody else's \\Deleted mail is not ours.
"""

from __future__ import annotations

import contextlib
import imaplib
from collections.abc import Iterator, Sequence

from imapclient import DELETED
from imapclient.exceptions import IMAPClientError

from bot.shell.mailbox.fetching import uid_set
from bot.shell.mailbox.nouns import FilingRefused, words
from bot.shell.mailbox.searching import uids_found
from bot.shell.mailbox.session import Client

AT_ONCE = 1000


def file_away(client: Client, uids: Sequence[int], *, into: str) -> None:
    """All of them, in commands of a bearable length; the folder is made where it is missing."""
    for start in range(0, len(uids), AT_ONCE):
        some = uids[start : start + AT_ONCE]
        try:
            _file(client, some, into=into)
        except FilingRefused:
            if not _make_folder(client, into):
                raise
            _file(client, some, into=into)


def take_out(client: Client, uids: Sequence[int]) -> None:
    """Gone for good, these and no others: without UIDPLUS nothing is taken out, for a bare EXPUNGE takes whatever somebody has marked."""
    if not client.has_capability("UIDPLUS"):
        raise FilingRefused("The mail server cannot take out single messages (it has no UIDPLUS); please delete old mail there by hand.")
    for start in range(0, len(uids), AT_ONCE):
        some = uid_set(uids[start : start + AT_ONCE])
        client.wire.begin()
        with _refusals("the trash"):
            client.add_flags(some, [DELETED], silent=True)
            client.uid_expunge(some)


def bring_in(client: Client, folder: str, raw: bytes) -> None:
    """APPEND without a date: INTERNALDATE is the server's own word (RFC 3501 6.3.11)."""
    client.wire.begin()
    with _refusals(folder):
        client.append(folder, raw)


def _file(client: Client, uids: Sequence[int], *, into: str) -> None:
    client.wire.begin()
    with _refusals(into):
        if client.has_capability("MOVE"):
            client.move(uid_set(uids), into)
        else:
            _copy_and_expunge(client, uids, into=into)


def _copy_and_expunge(client: Client, uids: Sequence[int], *, into: str) -> None:
    """Without UIDPLUS the copies' originals stay behind, marked \\Deleted; what is marked already was copied before."""
    chosen = sorted(set(uids) & set(uids_found(client.wire, f"UID {uid_set(uids)} UNDELETED")))
    if chosen:
        client.copy(uid_set(chosen), into)
        client.add_flags(uid_set(chosen), [DELETED], silent=True)
    if client.has_capability("UIDPLUS"):
        client.uid_expunge(uid_set(uids))


def _make_folder(client: Client, name: str) -> bool:
    """True when it was made now; it is also subscribed, so that mail programs show it."""
    client.wire.begin()
    with _refusals(name):
        if client.folder_exists(name):
            return False
        client.create_folder(name)
    with contextlib.suppress(FilingRefused), _refusals(name):
        client.subscribe_folder(name)
    return True


@contextlib.contextmanager
def _refusals(into: str) -> Iterator[None]:
    """The server's NO becomes ours; a lost connection stays what it is."""
    try:
        yield
    except imaplib.IMAP4.abort:
        raise
    except IMAPClientError as refusal:
        raise FilingRefused(f"The mail server refuses to file mail in {into}: {words(refusal)}") from None
