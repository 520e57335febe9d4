"""Nouns of the post: what a message is before and after we touch it.

Given nothing, gives frozen values. Reads nothing from strangers itself; `parsing` fills an `Arrival` from bytes.
Never compares addresses by anything but ASCII case: a look-alike in another script is another address (RFC 6530 forbids nothing else).
"""

from __future__ import annotations

import string
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from bot.core.addresses import ATOMS_AND_DOTS

FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""This program was written after it: a clock that says less has not been set."""

_ASCII_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def canonical(address: str) -> str:
    """The form in which two addresses are compared: ASCII letters lowered, needless quotes round the local-part gone.

    Japanese carriers gave out local-parts such as ``chika.`` or ``a..b``; their mail writes them quoted or bare (RFC 5321 4.1.2
    wants the quotes), so both forms are one address here.

    >>> canonical('"Chika."@DOCOMO.ne.jp')
    'chika.@docomo.ne.jp'
    """
    local, _, domain = address.strip().rpartition("@")
    if len(local) > 2 and local[0] == local[-1] == '"' and ATOMS_AND_DOTS.fullmatch(local[1:-1]):
        local = local[1:-1]
    return f"{local}@{domain}".translate(_ASCII_LOWER)


def domain_of(address: str) -> str:
    """The part behind the last ``@``, lowered."""
    return address.rpartition("@")[2].translate(_ASCII_LOWER)


Place = tuple[str, int, int]
"""Folder, UIDVALIDITY and UID."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where and when a mailbox took a message in (RFC 3501 2.3.1.1, 2.3.3). `arrived_at` is INTERNALDATE in UTC, whole seconds."""

    folder: str
    uidvalidity: int
    uid: int
    arrived_at: datetime
    folder_rank: int = 0
    """0 for the inbox, 1 for Junk: the tie rule inside one second."""

    @property
    def place(self) -> Place:
        """What no other message of this mailbox ever has."""
        return (self.folder, self.uidvalidity, self.uid)

    @property
    def order(self) -> tuple[datetime, int, int]:
        """First come, first served: by arrival, then INBOX before Junk, then UID."""
        return (self.arrived_at, self.folder_rank, self.uid)


@dataclass(frozen=True, slots=True)
class Coming:
    """A message that a mailbox has told of and not yet given. `size` is RFC822.SIZE in bytes, None where it was not told; `raw` is the
    whole message where it came with the telling."""

    stamp: Stamp
    size: int | None
    raw: bytes | None = None


@dataclass(frozen=True, slots=True)
class RawMail:
    """A message as the mailbox gave it. `size` is RFC822.SIZE in bytes; `raw` is only its head where it was too large to fetch whole."""

    stamp: Stamp
    raw: bytes
    size: int
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part that is not the message's text. `content` is kept only for kinds that intake reads (CSV, XLSX, YAML)."""

    name: str
    media_type: str
    size: int
    sha256: str
    content: bytes = b""
    is_table: bool = False
    """Whether its name or type is that of a kind which intake reads."""


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a delivery status notification says (RFC 3464), or what could be read from a non-standard bounce."""

    action: str
    """failed, delayed, delivered, relayed or expanded."""
    status: str
    """Enhanced status code (RFC 3463) such as ``5.1.1``; "" where none was given."""
    recipients: tuple[str, ...]
    message_ids: tuple[str, ...]
    """Message-IDs found in the returned headers or text: the only tie to a letter of ours."""

    @property
    def is_permanent(self) -> bool:
        return self.action == "failed" and not self.status.startswith("4")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message, read: fields decoded, bodies as text, nothing decided yet."""

    message_id: str
    """As written, with angle brackets; "" where missing or unfit to be quoted in a header of ours."""
    sender: str
    """Canonical address of the one From mailbox; "" where there is not exactly one."""
    sender_name: str
    subject: str
    answers: tuple[str, ...]
    """Message-IDs of In-Reply-To and References, the nearest first, a bounded number."""
    text: str
    """The decoded text/plain body; "" where there is none."""
    html: str
    """The decoded text/html body; "" where there is none."""
    headers: tuple[tuple[str, str], ...] = ()
    """Raw header fields, unfolded, topmost first, names as written: what `trust` reads."""
    machine: str = ""
    """Why this was written by a machine (RFC 3834 and its forerunners); "" for a person's mail."""
    report: DeliveryReport | None = None
    defects: tuple[str, ...] = ()
    """Why a person must look at it before anything acts: two From fields, over a cap, an unreadable kind."""
    attachments: tuple[Attachment, ...] = ()
    content_key: str = ""
    """SHA-256 of what the sender wrote, free of trace fields: the same for a second delivery of one message."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a letter. `media_type` may carry parameters: ``text/calendar; charset=utf-8; method=PUBLISH``."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter before it is bytes: whom it is for, which template, what it tells.

    `facts` holds plain values and frozen nouns only. `once` is a key that lets the ledger refuse the same letter twice.
    """

    kind: str
    to: str
    language: str
    facts: dict[str, object] = field(default_factory=dict)
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    member_id: int | None = None
    case_id: str | None = None
    round_month: str | None = None
    once: str | None = None
    to_name: str = ""
    """Whom it greets; "" where that is still to be looked up."""
    from_name: str = ""
    """Whose words these are, where a person's are passed on: the display name of From, beside the bot's own address."""
    question: object | None = None
    """The question (see `model.Question`) that this letter asks; its answer comes back in the letter's thread."""
    attachments: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class Envelope:
    """What SMTP is told (RFC 5321 2.3.1): one reverse-path, one recipient, the finished bytes."""

    sender: str
    recipient: str
    content: bytes
    message_id: str


Why = Literal[
    "unknown",
    "silent",
    "foreign",
    "certificate",
    "tls",
    "clear",
    "lost",
    "login",
    "sender",
    "refused",
    "sign_in",
    "sign_in_away",
    "tenant",
    "extra",
    "other",
]
"""What keeps us out of a mail server: its name, nobody there, another kind of server, its certificate, TLS, no TLS at all, a connection that
ends, our log-in, our address, another refusal; or out of a provider's sign-in."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a server does not let us in: a sentence for the operator, and its parts for who says it otherwise."""

    sentence: str
    why: Why
    said: str
    """In the words of the server, or of TLS."""

    @property
    def is_login(self) -> bool:
        """The server is the right one; what we show it is not."""
        return self.why in ("login", "sign_in", "tenant", "extra")

    @property
    def is_sender(self) -> bool:
        """The server lets us in, and takes no mail from our address."""
        return self.why == "sender"


class SignInRefused(Exception):
    """The provider gives no token until a person does something; the words say what."""

    def __init__(self, sentence: str, *, why: Why = "sign_in", said: str = "") -> None:
        super().__init__(sentence)
        self.obstacle = Obstacle(sentence, why, said)


class SignInAway(Exception):
    """The provider's sign-in cannot be asked just now; time may help."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.obstacle = Obstacle(sentence, "sign_in_away", "")
