"""IMAP (RFC 3501): what is new in the watched folders, in which bytes, since when; and its filing afterwards.

The one door to imapclient. Callers use `Mailbox` and the nouns below; everything else in here is behind the door.
"""

from bot.shell.mailbox.fetching import uid_set
from bot.shell.mailbox.mailbox import WHOLE_UP_TO, Mailbox
from bot.shell.mailbox.nouns import (
    FilingRefused,
    Folder,
    FolderRefused,
    ImapAccount,
    Lying,
    MailboxAway,
    MailboxRefused,
    News,
    Unreadable,
)

__all__ = [
    "WHOLE_UP_TO",
    "FilingRefused",
    "Folder",
    "FolderRefused",
    "ImapAccount",
    "Lying",
    "Mailbox",
    "MailboxAway",
    "MailboxRefused",
    "News",
    "Unreadable",
    "uid_set",
]
