"""The session: connected, encrypted, logged in; or one plain sentence that says why not.

Given an account, gives imapclient over our own wire. Reads the server's greeting, capabilities and refusals.
Never sends a credential before TLS is up and verified (C-16, C-17), never accepts a session that somebody else opened for us
(PREAUTH, RFC 3501 7.1.4), never puts a credential or a message's bytes into an exception or a log.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import socket
import ssl
import traceback

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError

from bot.core.mail import SignInAway, SignInRefused, Why
from bot.shell.mailbox.nouns import BUSY, ImapAccount, MailboxAway, MailboxRefused, words
from bot.shell.mailbox.wire import Overrun, Wire, tls_context

FAREWELL_SECONDS = 3.0
# What imaplib and imapclient stumble over when a server does not speak IMAP: they parse on trust.
NOT_IMAP = (ValueError, TypeError, LookupError, AttributeError, AssertionError)
# Refusals that pass by themselves (RFC 5530): the credentials are not at fault.
_PASSING = re.compile(r"\[(UNAVAILABLE|LIMIT|INUSE|SERVERBUG)\b", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Client(IMAPClient):  # type: ignore[misc]  # imapclient ships no types
    """imapclient on a wire that is open already."""

    def __init__(self, wire: Wire, account: ImapAccount, *, read_seconds: float) -> None:
        self.wire = wire
        super().__init__(account.host, account.port, ssl=account.security == "tls", timeout=SocketTimeout(None, read_seconds))
        # imapclient turns imaplib's log on, which writes whole messages and costs two thirds of the speed.
        wire.debug = 0

    def _create_IMAP4(self) -> Wire:  # noqa: N802  # the name is imapclient's
        return self.wire


def open_session(account: ImapAccount, *, connect_seconds: float, read_seconds: float) -> Client:
    """Connect, encrypt, log in. Whatever fails on the way, the connection is closed."""
    wire = None
    try:
        wire = Wire(account, connect_seconds=connect_seconds, read_seconds=read_seconds)
        client = Client(wire, account, read_seconds=read_seconds)
        if wire.state != "NONAUTH":
            raise MailboxAway("The mail server let us in before we said who we are; that session is not to be trusted.")
        _encrypt(client, account)
        _log_in(client, account)
    except (OSError, IMAPClientError, MailboxAway, SignInAway, SignInRefused, *NOT_IMAP) as fault:
        if wire is not None:
            wire.shutdown()
        raise explained(fault, account) from None
    return client


def close_session(client: Client) -> None:
    """Says goodbye where somebody still listens."""
    client.wire.begin()
    client.wire.hurry(seconds=FAREWELL_SECONDS)
    with contextlib.suppress(OSError, IMAPClientError):
        client.wire.logout()
    client.wire.shutdown()


def explained(fault: Exception, account: ImapAccount) -> MailboxAway:
    """Why the mailbox is away, in a sentence that holds no more of the server's words than is needed."""
    where = f"{account.host} port {account.port}"
    match fault:
        case MailboxAway():
            return fault
        case SignInRefused(obstacle=known):
            return MailboxRefused(str(fault), why=known.why, said=known.said)
        case SignInAway(obstacle=known):
            return MailboxAway(str(fault), why=known.why)
        case ssl.SSLCertVerificationError():
            said = words(fault.verify_message)
            return MailboxAway(f"The certificate of {where} is not valid ({said}); nothing was sent to it.", why="certificate", said=said)
        case ssl.SSLError():
            said = words(fault.reason or "handshake failed")
            return MailboxAway(f"No safe TLS connection with {where} ({said}).", why="tls", said=said)
        case socket.gaierror():
            return MailboxAway(f"The mail server's name {account.host} cannot be resolved.", why="unknown")
        case TimeoutError():
            return MailboxAway(f"{where} does not answer.", why="silent")
        case Overrun():
            return MailboxAway(f"The connection to {where} was closed: {fault}.", why="foreign")
        case OSError():
            said = words(fault.strerror or fault)
            why: Why = "lost" if isinstance(fault, ConnectionResetError | BrokenPipeError) else "silent"
            return MailboxAway(f"The connection to {where} failed: {said}.", why=why, said=said)
        case imaplib.IMAP4.abort():
            return MailboxAway(f"The connection to {where} was lost{_goodbye(fault)}.", why="lost")
        case imaplib.IMAP4.error():
            said = words(fault, hide=account.password)
            return MailboxAway(f"{where} refuses: {said}.", why="refused", said=said)
        case _:
            return MailboxAway(f"{where} says what is no IMAP ({type(fault).__name__} in {_place(fault)}).", why="foreign")


def _place(fault: Exception) -> str:
    """Where it was noticed, for whoever must find out whether the server or we are wrong; not what was read, which may be a message."""
    return traceback.extract_tb(fault.__traceback__)[-1].name if fault.__traceback__ else "an answer"


def _goodbye(fault: imaplib.IMAP4.abort) -> str:
    """Why imaplib gave up, where it says so in words of its own; what a stranger's line held stays out."""
    text = str(fault)
    return f" ({words(text.removeprefix('socket error: '))})" if text.startswith(("socket error: [", "plain text", "the server")) else ""


def _encrypt(client: Client, account: ImapAccount) -> None:
    if account.security != "starttls":
        return
    if not client.has_capability("STARTTLS"):
        raise MailboxAway(f"{account.host} does not offer STARTTLS; no password was sent.", why="clear")
    client.starttls(tls_context())


def _log_in(client: Client, account: ImapAccount) -> None:
    if not account.oauth_token:
        return _present(client, account, account.password)
    token = account.oauth_token("")
    try:
        _present(client, account, token)
    except MailboxRefused:
        # A token may end before its hour, as when somebody signs all programs out.
        another = account.oauth_token(token)
        if another == token:
            raise
        _present(client, account, another)


def _present(client: Client, account: ImapAccount, secret: str) -> None:
    if _CONTROL.search(account.username + secret):
        raise MailboxRefused("The IMAP user name or password holds a line break or another control character.")
    if client.has_capability("LOGINDISABLED"):
        raise MailboxRefused(f"{account.host} allows no log-in over this connection; set [imap] security to tls or starttls.", why="clear")
    try:
        if account.oauth_token:
            client.sasl_login("XOAUTH2", _Xoauth2(account.username, secret))
        elif (account.username + secret).isascii():
            client.login(account.username, secret)
        else:
            client.plain_login(account.username, secret)
    except imaplib.IMAP4.abort:
        raise
    except IMAPClientError as refusal:
        # imapclient reports a connection lost during the log-in as a refusal, too.
        if isinstance(refusal.__context__, imaplib.IMAP4.abort):
            raise refusal.__context__ from None
        said = words(refusal, hide=secret)
        kind = MailboxAway if _PASSING.search(said) or BUSY.search(said) else MailboxRefused
        raise kind(f"{account.host} refuses the log-in of {account.username}: {said}", why="login", said=said) from None


class _Xoauth2:
    """The token once; to the error that may follow, the empty line that ends the exchange (the repeat that imapclient sends does not)."""

    def __init__(self, username: str, token: str) -> None:
        self._answers = [f"user={username}\x01auth=Bearer {token}\x01\x01".encode()]

    def __call__(self, challenge: bytes) -> bytes:
        return self._answers.pop() if self._answers else b""
