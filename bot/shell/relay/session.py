"""The session: connected, encrypted, introduced, logged in (RFC 5321 4.1.1.1, 3207, 4954).

Given an account and a name to introduce ourselves by, gives a Wire over aiosmtplib's connection, or Halt with the reason.
Reads the server's greeting and what it offers. Never goes on in clear text where TLS was asked for, nor abroad without it (C-16),
and tries one way of logging in only: each failure counts towards a lock-out (C-08).
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from dataclasses import dataclass, field, replace
from typing import cast

import aiosmtplib

from bot.core.mail import SignInAway, SignInRefused
from bot.shell.relay.nouns import Halt, SmtpAccount, Verdict
from bot.shell.relay.verdicts import on_fault
from bot.shell.relay.wire import Wire


@dataclass(slots=True)
class Door:
    """One log-in at a time, and after a refused one no other: connections that all try the same wrong password lock the account (C-08)."""

    refusal: Verdict | None = None
    """Why nobody is to knock again; whoever holds the door takes it away when it is time."""
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


async def connect_through(door: Door, account: SmtpAccount, *, helo: str, tls: ssl.SSLContext | None) -> Wire:
    """`tls` is what certificates are verified against; None only where the account has no TLS."""
    if account.username is None:
        return await connect(account, helo=helo, tls=tls)
    async with door.turn:
        if door.refusal is not None:
            raise Halt(door.refusal)
        try:
            return await connect(account, helo=helo, tls=tls)
        except Halt as halt:
            door.refusal = halt.verdict if halt.verdict.is_login else None
            raise


async def connect(account: SmtpAccount, *, helo: str, tls: ssl.SSLContext | None) -> Wire:
    smtp = None
    try:
        smtp = aiosmtplib.SMTP(
            hostname=account.host,
            sock=await _dial(account),
            local_hostname=helo,
            timeout=account.timeout_seconds,
            use_tls=account.security == "tls",
            # Never None: then aiosmtplib goes on in clear text where STARTTLS is not offered.
            start_tls=account.security == "starttls",
            tls_context=tls,
        )
        await smtp.connect()
        _stay_home_without_tls(smtp, account)
        await _introduce(smtp)
        await _log_in(smtp, account)
    except (aiosmtplib.SMTPException, SignInAway, SignInRefused, OSError, TimeoutError, ValueError) as fault:
        _close(smtp)
        raise Halt(replace(on_fault(fault, account), is_general=True)) from None
    except BaseException:
        _close(smtp)
        raise
    return Wire(cast(asyncio.Transport, smtp.transport), frozenset(smtp.esmtp_extensions))


def tls_context() -> ssl.SSLContext:
    """Certificates are always verified, against the system's store or SSL_CERT_FILE."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


async def _dial(account: SmtpAccount) -> socket.socket:
    """Each address gets its own time, so that one that swallows every packet does not hide the next, as a broken IPv6 does (C-26)."""
    loop = asyncio.get_running_loop()
    fault: OSError = OSError(f"the name {account.host} has no address")
    async with asyncio.timeout(account.timeout_seconds):
        found = await loop.getaddrinfo(account.host, account.port, type=socket.SOCK_STREAM)
    for family, kind, protocol, _, address in found:
        sock = socket.socket(family, kind, protocol)
        sock.setblocking(False)
        try:
            async with asyncio.timeout(account.connect_seconds):
                await loop.sock_connect(sock, address)
            return sock
        except OSError as refused:
            sock.close()
            fault = refused
        except BaseException:
            sock.close()
            raise
    raise fault


def _stay_home_without_tls(smtp: aiosmtplib.SMTP, account: SmtpAccount) -> None:
    if account.security != "none":
        return
    peer = ipaddress.ip_address(str(smtp.get_transport_info("peername")[0]).partition("%")[0])
    mapped = peer.ipv4_mapped if isinstance(peer, ipaddress.IPv6Address) else None
    if not (mapped or peer).is_loopback:
        raise ValueError("without TLS only a server on this machine is spoken to; nothing was sent.")


async def _introduce(smtp: aiosmtplib.SMTP) -> None:
    try:
        await smtp.ehlo()
    except aiosmtplib.SMTPHeloError:
        if not smtp.is_connected:
            raise
        await smtp.helo()


async def _log_in(smtp: aiosmtplib.SMTP, account: SmtpAccount) -> None:
    if account.username is None:
        return
    offered = smtp.server_auth_methods
    if account.oauth_token is not None:
        token = await asyncio.to_thread(account.oauth_token, "")
        try:
            await smtp.auth_xoauth2(account.username, token)
        except aiosmtplib.SMTPAuthenticationError as refusal:
            # A token may end before its hour, as when somebody signs all programs out.
            another = await asyncio.to_thread(account.oauth_token, token) if 500 <= refusal.code < 600 else token
            if another == token:
                raise
            await smtp.auth_xoauth2(account.username, another)
    elif "plain" in offered:
        await smtp.auth_plain(account.username, account.password)
    elif "login" in offered:
        await smtp.auth_login(account.username, account.password)
    elif "cram-md5" in offered:
        await smtp.auth_crammd5(account.username, account.password)
    else:
        raise ValueError("the server offers no log-in that we know; leave [smtp] username empty or change [smtp] security.")


def _close(smtp: aiosmtplib.SMTP | None) -> None:
    if smtp is not None:
        smtp.close()
