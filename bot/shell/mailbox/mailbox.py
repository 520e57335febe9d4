"""The mailbox: catch up, read, file, wait (RFC 3501).

Given an account, gives News, RawMail, and a word when it is worth looking again. One object is one connection, used by one thread;
after MailboxAway it is closed and may be opened again. Reads a server that may lie, stall or vanish at any byte.
Never sets \\Seen and never uses it: people read this mailbox, too (C-28). Never waits while it knows of mail that was not looked at.
"""

from __future__ import annotations

import difflib
import imaplib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from types import TracebackType

from imapclient.exceptions import IMAPClientError

from bot.core.mail import Coming, RawMail, Stamp
from bot.shell.mailbox import fetching
from bot.shell.mailbox.connection import Connection
from bot.shell.mailbox.fetching import Announced, heads, marks
from bot.shell.mailbox.filing import bring_in, file_away, take_out
from bot.shell.mailbox.idle import IdleUnknown, idle
from bot.shell.mailbox.nouns import (
    Folder,
    FolderRefused,
    ImapAccount,
    Lying,
    News,
    Unreadable,
    Wakes,
    refuse_control_characters,
)
from bot.shell.mailbox.searching import old, search
from bot.shell.mailbox.session import NOT_IMAP, Client

WHOLE_UP_TO = 25 * 1024 * 1024


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Mailbox:
    def __init__(
        self,
        account: ImapAccount,
        *,
        connect_seconds: float = 20,
        read_seconds: float = 60,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._account = account
        self._line = Connection(account, connect_seconds=connect_seconds, read_seconds=read_seconds)
        self._now = now
        self._known: dict[str, tuple[int, int]] = {}
        self._idles = account.idle

    def __enter__(self) -> Mailbox:
        self.open()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def open(self) -> None:
        self.close()
        self._line.open()
        with self._line.speaking() as client:
            self._idles = self._account.idle and client.has_capability("IDLE")

    def close(self) -> None:
        self._known.clear()
        self._line.close()

    def news(self, folder: Folder, *, uidvalidity: int | None, above: int) -> News:
        """UIDs above the one given; all of them where the folder's UIDVALIDITY is another."""
        with self._line.speaking() as client:
            opened = self._line.look_at(client, folder.name)
            above = above if opened.uidvalidity == uidvalidity else 0
            uids = search(client.wire, opened, above=above)
            self._known[folder.name] = (opened.uidvalidity, max(uids, default=above))
            return News(folder, opened.uidvalidity, tuple(uids), opened.next_uid)

    def announced(self, news: News, uids: Sequence[int]) -> Iterator[Coming | Unreadable]:
        """What the server says of each UID, in the order given, or why it says nothing; one that comes alone may come with it.

        A message without a believable INTERNALDATE arrived when we first saw it.
        """
        with self._line.speaking() as client:
            self._line.stay_with(client, news.folder.name, news.uidvalidity)
            sight = self._now().replace(microsecond=0)
            for one in fetching.announced(client.wire, uids, now=sight):
                yield one if isinstance(one, Unreadable) else _coming(news, one, sight=sight)
                self._line.go_on(client, news.folder.name, news.uidvalidity)

    def bodies(self, coming: Sequence[Coming], *, whole_up_to: int = WHOLE_UP_TO) -> Iterator[RawMail | Unreadable]:
        """Each of these messages of one folder, in the order given, or why it did not come. Over the cap, only its head."""
        if not coming:
            return
        folder, uidvalidity = coming[0].stamp.folder, coming[0].stamp.uidvalidity
        with self._line.speaking() as client:
            self._line.stay_with(client, folder, uidvalidity)
            for found in fetching.bodies(client.wire, coming, whole_up_to=whole_up_to):
                yield found
                self._line.go_on(client, folder, uidvalidity)

    def fetch(self, news: News, uids: Sequence[int], *, whole_up_to: int = WHOLE_UP_TO) -> Iterator[RawMail | Unreadable]:
        """Each UID once: the message, or why it did not come (see `announced` and `bodies`)."""
        told = list(self.announced(news, uids))
        yield from (one for one in told if isinstance(one, Unreadable))
        yield from self.bodies([one for one in told if isinstance(one, Coming)], whole_up_to=whole_up_to)

    def file(self, source: News | Folder, uids: Sequence[int], *, into: str) -> None:
        """Moves mail; raises FilingRefused where the server says no, and then the mail is where it was."""
        refuse_control_characters(into)
        folder = source.folder if isinstance(source, News) else source
        if not uids or into == folder.name:
            return
        with self._line.speaking() as client:
            self._line.stay_with(client, folder.name, source.uidvalidity if isinstance(source, News) else None)
            file_away(client, uids, into=into)

    def lying(self, folder: Folder, *, before: datetime, since: datetime | None = None) -> list[Lying]:
        """What lies in a folder since before that day, and from another day on; looked at and left as it is. In order of their UIDs."""
        with self._line.speaking() as client:
            opened = self._line.look_at(client, folder.name)
            uids = old(client.wire, before=before, since=since)
            return [
                Lying(one.uid, opened.uidvalidity, one.arrived_at, one.size, head)
                for one, head in marks(client.wire, uids, now=self._now())
            ]

    def expunge(self, folder: Folder, uids: Sequence[int], *, uidvalidity: int) -> None:
        """Takes messages out for good. Raises FolderRefused where the folder is numbered anew, FilingRefused where the server says no."""
        with self._line.speaking() as client:
            self._line.stay_with(client, folder.name, uidvalidity)
            take_out(client, uids)

    def bring(self, folder: str, raw: bytes) -> None:
        """Puts a message into a folder; it arrives when the server takes it. Raises FilingRefused where the server says no."""
        with self._line.speaking() as client:
            bring_in(client, folder, raw)

    def wait(self, folder: Folder, *, seconds: float, wake: Wakes | None = None) -> bool:
        """True when there may be news in the folder; False when the time is up or `wake` became readable."""
        with self._line.speaking() as client:
            if self._has_unseen(client, folder):
                return True
            if self._idles:
                try:
                    return idle(client.wire, seconds=seconds, wake=wake)
                except IdleUnknown:
                    self._idles = False
            return client.wire.reader.wait(seconds, wake)

    def faults(self, folders: Sequence[Folder]) -> list[str]:
        """What stands in the way of our work in each folder, in a sentence for the operator; "" where nothing does."""
        with self._line.speaking() as client:
            listed = {str(name): flags for flags, _, name in client.list_folders()}
        return [_fault(folder.name, listed) or self._refusal(folder) for folder in folders]

    def folders(self) -> dict[str, frozenset[str]]:
        """Every folder that can hold mail, and what it is for as far as the server tells (RFC 6154), such as "junk"."""
        with self._line.speaking() as client:
            listed = {
                str(name): frozenset(flag.decode("ascii", "replace").lstrip("\\").lower() for flag in flags)
                for flags, _, name in client.list_folders()
            }
        return {name: flags for name, flags in listed.items() if "noselect" not in flags}

    def newest_heads(self, folder: Folder, *, most: int) -> list[bytes]:
        """The header fields of the newest messages, the newest first; looked at and left as they are."""
        with self._line.speaking() as client:
            opened = self._line.look_at(client, folder.name)
            uids = search(client.wire, opened, above=0)
            return heads(client.wire, uids[-most:][::-1])

    def fullness(self, folder: Folder) -> int | None:
        """How much of the mailbox is used, of 100 (RFC 9208); None where the server does not tell, or tells what cannot be."""
        with self._line.speaking() as client:
            if not client.has_capability("QUOTA"):
                return None
            try:
                _, quotas = client.get_quota_root(folder.name)
                used = [100 * quota.usage // quota.limit for quota in quotas if quota.limit > 0 <= quota.usage]
            except imaplib.IMAP4.abort:
                raise
            except (IMAPClientError, *NOT_IMAP):
                return None
        return max(used, default=None)

    def _refusal(self, folder: Folder) -> str:
        """Why a folder that is there cannot be opened."""
        try:
            with self._line.speaking() as client:
                self._line.select(client, folder.name)
        except FolderRefused as refused:
            return refused.reason
        return ""

    def _has_unseen(self, client: Client, folder: Folder) -> bool:
        """Whether mail is known of that no `news` has told, be it that another folder was open meanwhile."""
        if folder.name not in self._known:
            return True
        opened = self._line.folder
        if opened is not None and opened.name == folder.name:
            return opened.looked_at != client.wire.announced
        uidvalidity, highest = self._known[folder.name]
        opened = self._line.select(client, folder.name)
        return opened.uidvalidity != uidvalidity or bool(search(client.wire, opened, above=highest))


def _coming(news: News, told: Announced, *, sight: datetime) -> Coming:
    stamp = Stamp(news.folder.name, news.uidvalidity, told.uid, told.arrived_at or sight, folder_rank=news.folder.rank)
    return Coming(stamp, told.size, told.raw)


def _fault(name: str, listed: dict[str, tuple[bytes, ...]]) -> str:
    """What is wrong with a configured folder; "" where nothing is."""
    found = next((known for known in listed if known == name or known.upper() == name.upper() == "INBOX"), None)
    if found is None:
        near = difflib.get_close_matches(name, listed, n=3, cutoff=0.4) or sorted(listed)[:5]
        return f'There is no folder "{name}" in the mailbox; near it are: {", ".join(near)}.'
    if rb"\noselect" in {flag.lower() for flag in listed[found]}:
        return f'The folder "{name}" cannot hold mail.'
    return ""
