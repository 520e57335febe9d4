"""What large mail providers have in common for every customer: servers, ports, folders, how they sign their results, how much they send.

Given nothing, gives values that `firstreply init` starts from. Each is tried on the spot before it is written down. Asks nobody.
A rate that a provider states for a longer time is told by the minute, and where it states none, one that offends nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Security = Literal["tls", "starttls"]


@dataclass(frozen=True, slots=True)
class Provider:
    name: str
    """As it calls itself; "" for any other."""
    imap: str = ""
    """The server, where it is the same for all."""
    smtp: str = ""
    """With its port, where there is but one."""
    example: str = ""
    """What a server's name looks like, where each customer has another."""
    junk: tuple[str, ...] = ()
    """Names of the spam folder, where the server does not tell which one it is."""
    authserv_id: str = ""
    messages_per_minute: int = 0
    connections: int = 4
    signs_in: bool = False
    """It takes no passwords."""


PROVIDERS: dict[str, Provider] = {
    # 2,000 letters a day for each mailbox; names of folders depend on the language of the account, and the server tells them.
    "google": Provider(
        "Google Workspace", "imap.gmail.com", "smtp.gmail.com", junk=("[Gmail]/Spam",), authserv_id="mx.google.com", messages_per_minute=30
    ),
    # 30 letters a minute and three connections; results carry no name (see core.trust).
    "microsoft": Provider(
        "Microsoft 365",
        "outlook.office365.com",
        "smtp.office365.com:587",
        junk=("Junk Email", "迷惑メール"),
        authserv_id="microsoft",
        messages_per_minute=30,
        connections=2,
        signs_in=True,
    ),
    # No figure is published; many letters at once are stopped.
    "sakura": Provider(
        "さくらのレンタルサーバ (Sakura)",
        example="example.sakura.ne.jp",
        junk=("spam", "INBOX.spam"),
        messages_per_minute=10,
        connections=2,
    ),
    # 1,500 letters an hour, 15,000 a day.
    "xserver": Provider(
        "エックスサーバー (Xserver)", example="sv1234.xserver.jp", junk=("spam", "INBOX.spam"), messages_per_minute=25, connections=2
    ),
    "other": Provider(""),
}
PORTS: dict[str, dict[int, Security]] = {"imap": {993: "tls", 143: "starttls"}, "smtp": {465: "tls", 587: "starttls"}}
"""The usual ones, the better first (RFC 8314)."""
COMMON_JUNK = (
    "Junk",
    "Spam",
    "Junk E-mail",
    "Junk Email",
    "INBOX.Junk",
    "INBOX.Spam",
    "INBOX.spam",
    "Bulk Mail",
    "迷惑メール",
    "迷惑メールフォルダ",
)
