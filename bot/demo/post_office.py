"""An embedded post office for the demonstration: IMAP by pymap, SMTP submission by aiosmtpd, on one asyncio loop in a thread.

Given accounts; gives two loopback ports that any mail program can use, and a view into the mailboxes. What comes by SMTP from an
account that logged in is postmarked as a provider does it and put straight into the recipients' mailboxes, so that an idling reader
sees it within milliseconds. Nothing leaves this process: mail to other addresses is kept in `lost`.
Never writes to a disk, and speaks no TLS: it is bound to loopback only.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
import threading
from argparse import Namespace
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from proxyprotocol.noop import ProxyProtocolNoop
from proxyprotocol.reader import ProxyProtocolReader
from proxyprotocol.sock import SocketInfo
from pymap.backend.dict import Config, Identity, Login
from pymap.backend.dict.mailbox import MailboxData
from pymap.concurrent import Subsystem
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.parsing.specials import FetchRequirement
from pymap.user import Passwords, UserMetadata
from pysasl.hashing import BuiltinHash

from bot.core.mail import canonical
from bot.demo.postmarks import postmarked

T = TypeVar("T")

HOST: Final = "127.0.0.1"
_SECONDS: Final = 10
"""How long the loop may take over anything asked of it; it takes milliseconds."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message in a mailbox, or one that found none."""

    address: str
    raw: bytes
    at: datetime


class PostOffice:
    """`with PostOffice() as post: post.add_account("ito@lawfirm.example", "secret")`."""

    def __init__(self, *, border: str = "mx.ngo.example", imap_port: int = 0, smtp_port: int = 0) -> None:
        self.border = border
        self.imap_port, self.smtp_port = imap_port, smtp_port
        self.lost: list[Delivered] = []
        self._passwords: dict[str, str] = {}
        self._login = Login(_Quiet())
        self._listeners: tuple[asyncio.AbstractServer, ...] = ()
        self._sessions = set[asyncio.Task[Any] | None]()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="post-office", daemon=True)

    def start(self) -> Self:
        logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd warns of its own deprecated names at each log-in
        self._thread.start()
        self._do(self._listen())
        return self

    def stop(self) -> None:
        self._do(self._hang_up())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def add_account(self, address: str, password: str) -> None:
        """The address is also the user name, for IMAP and for SMTP."""
        self._do(self._enrol(canonical(address), password))

    def inbox(self, address: str) -> list[Delivered]:
        """All messages of an account, in the order they came in."""
        return self._do(self._look(canonical(address)))

    def accepts(self, username: str, password: str) -> bool:
        return self._passwords.get(canonical(username)) == password

    async def forward(self, sender: str, recipients: list[str], raw: bytes) -> None:
        """Takes one message from a session into the mailboxes, all at one instant."""
        at = datetime.now(UTC)
        for recipient in recipients:
            marked = postmarked(raw, sender, recipient=recipient, border=self.border, at=at)
            await self._put(canonical(recipient), marked, at, "INBOX")

    async def _enrol(self, address: str, password: str) -> None:
        config = self._login.config
        hashed = await Passwords(config).hash_password(password)
        self._login.users_dict[address] = UserMetadata(config, address, password=hashed)
        self._passwords[address] = password

    async def _put(self, address: str, raw: bytes, at: datetime, folder: str) -> None:
        if address not in self._passwords:
            self.lost.append(Delivered(address, raw, at))
            return
        mailbox = await self._mailbox(address, folder)
        await mailbox.append(AppendMessage(raw, at, frozenset()), recent=True)

    async def _look(self, address: str) -> list[Delivered]:
        mailbox = await self._mailbox(address, "INBOX")
        found = [message async for message in mailbox.messages()]
        loaded = [await message.load_content(FetchRequirement.CONTENT) for message in found]
        return [Delivered(address, bytes(content), message.internal_date) for message, content in zip(found, loaded, strict=True)]

    async def _mailbox(self, address: str, folder: str) -> MailboxData:
        async with Identity(address, self._login, None, frozenset()).new_session() as session:
            try:
                return await session.mailbox_set.get_mailbox(folder)
            except KeyError:
                await session.mailbox_set.add_mailbox(folder)
                return await session.mailbox_set.get_mailbox(folder)

    async def _listen(self) -> None:
        serve = IMAPServer(self._login, self._login.config)

        async def session(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, client: SocketInfo) -> None:
            """Held until we stop: a task that nobody holds may be gone in the midst of an IDLE, and says so on standard error."""
            self._sessions.add(asyncio.current_task())
            try:
                await serve(reader, writer, client)
            finally:
                self._sessions.discard(asyncio.current_task())

        imap = ProxyProtocolReader(ProxyProtocolNoop()).get_callback(session)
        on_imap = await asyncio.start_server(imap, HOST, self.imap_port)
        on_smtp = await self._loop.create_server(self._submission, HOST, self.smtp_port)
        self._listeners = (on_imap, on_smtp)
        self.imap_port, self.smtp_port = (listener.sockets[0].getsockname()[1] for listener in self._listeners)

    def _submission(self) -> SMTP:
        return SMTP(
            _Counter(self),
            hostname=self.border,
            ident="firstreply demo",
            loop=self._loop,
            enable_SMTPUTF8=True,
            auth_require_tls=False,
            authenticator=self._check,
        )

    def _check(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, login: LoginPassword) -> AuthResult:
        is_right = self.accepts(login.login.decode(), login.password.decode())
        return AuthResult(success=is_right, handled=False, auth_data=login)

    async def _hang_up(self) -> None:
        for listener in self._listeners:
            listener.close()
        sessions = asyncio.all_tasks() - {asyncio.current_task()}
        for session in sessions:
            session.cancel()
        await asyncio.gather(*sessions, return_exceptions=True)

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_SECONDS)


class _Counter:
    """Where a mail program hands its mail in (RFC 6409): it must have logged in, and may write only in its own name."""

    def __init__(self, office: PostOffice) -> None:
        self._office = office

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802  # aiosmtpd calls it by this name
        if not session.authenticated:
            return "530 5.7.0 Authentication required"
        # aiosmtpd gives the null reverse-path of a notice as it is written.
        if address not in ("", "<>") and canonical(address) != _logged_in(session):
            return "553 5.7.1 You are not logged in as this sender"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 Sender accepted"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd calls it by this name
        await self._office.forward(_logged_in(session), envelope.rcpt_tos, envelope.original_content or b"")
        return "250 2.0.0 Delivered"


def _logged_in(session: Session) -> str:
    login = session.auth_data
    return canonical(login.login.decode()) if isinstance(login, LoginPassword) else ""


class _Quiet(Config):
    """pymap's dictionary backend without its demonstration account, TLS and slow hashing; it asks no name server who it is."""

    def __init__(self) -> None:
        super().__init__(
            Namespace(passlib_cfg=None),
            host=HOST,
            port=0,
            demo_data=False,
            demo_user="",
            demo_password="",
            tls_enabled=False,
            ssl_context=ssl.create_default_context(ssl.Purpose.CLIENT_AUTH),
            proxy_protocol=ProxyProtocolNoop(),
            reject_dnsbl=False,
            hash_context=BuiltinHash(rounds=1),
            cpu_subsystem=Subsystem.for_asyncio(),
        )

    @property
    def greeting(self) -> bytes:
        return b"firstreply demo ready"
