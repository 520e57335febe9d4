"""The relay: one envelope handed to our submission server, one verdict back (RFC 5321 section 3.3).

Given an account and envelopes, gives a Verdict each: sent, deferred, refused, or unknown where the reply to the final dot was lost.
Reads replies that may stall, lie about themselves or stop at any byte. One connection is kept between letters.
Never tells the name of this machine, and never raises for what a server does: only the caller's own `before_dot` and a cancellation
come through, and then the connection is closed, because its next reply would be taken for another letter's.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Awaitable, Callable

import aiosmtplib

from bot.core.mail import Envelope
from bot.shell.relay.lines import dotted, forward_path, reverse_path
from bot.shell.relay.nouns import Halt, Outcome, SmtpAccount, Verdict
from bot.shell.relay.session import Door, connect_through, tls_context
from bot.shell.relay.verdicts import CLOSING, OUT_OF_STEP, on_envelope, on_fault, on_letter

QUIT_SECONDS = 3.0
DOT_BYTES = len(b".\r\n")

BeforeDot = Callable[[], Awaitable[None]]
Passing = Callable[[str], None]
"""Hears the name of each moment of the dialogue, for tests that stop the process there."""


class Relay:
    """`helo` is how we introduce ourselves: the mail domain or an address literal, not the name of this machine.

    Relays that log in to one account share a `door`.
    """

    def __init__(self, account: SmtpAccount, *, helo: str, door: Door | None = None, passing: Passing | None = None) -> None:
        self._account = account
        self._helo = helo
        self._door = door or Door()
        self._passing = passing or (lambda moment: None)
        self._tls: ssl.SSLContext | None = None
        self._smtp: aiosmtplib.SMTP | None = None
        self._turn = asyncio.Lock()

    async def send(self, envelope: Envelope, *, before_dot: BeforeDot | None = None) -> Verdict:
        """Awaits `before_dot` when the server has agreed to take the letter and before a byte of it leaves."""
        try:
            paths = reverse_path(envelope.sender), forward_path(envelope.recipient)
        except ValueError as fault:
            return Verdict(Outcome.REFUSED, None, str(fault))
        async with self._turn:
            try:
                await self._agree(*paths, content=envelope.content)
                if before_dot is not None:
                    await before_dot()
                return await self._hand_over(envelope.content)
            except Halt as halt:
                return halt.verdict
            except BaseException:
                self._hang_up()
                raise

    async def close(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None and smtp.is_connected:
            with contextlib.suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
                await smtp.quit(timeout=QUIT_SECONDS)
            smtp.close()

    async def check(self) -> list[str]:
        """What stands in the way of sending, in sentences for the operator; leaves no connection behind."""
        async with self._turn:
            self._hang_up()
            try:
                await self._connected()
            except Halt as halt:
                server = f"{self._account.host} port {self._account.port}"
                return [f"{server} says {halt.verdict.code} {halt.verdict.said}" if halt.verdict.code else halt.verdict.said]
            await self.close()
            return []

    async def _agree(self, sender: bytes, recipient: bytes, *, content: bytes) -> None:
        """MAIL, RCPT and DATA, up to 354: until here nothing of the letter has left."""
        is_kept = self._smtp is not None and self._smtp.is_connected
        try:
            await self._mail(sender, content)
        except Halt:
            # The server gave up a kept connection while it was idle, which only the next verb shows: no failure of this letter.
            if not is_kept or self._smtp is not None:
                raise
            await self._mail(sender, content)
        await self._say(b"RCPT", b"TO:" + recipient, hopes=(250, 251))
        await self._say(b"DATA", hopes=(354,))

    async def _mail(self, sender: bytes, content: bytes) -> None:
        smtp = await self._connected()
        options = [b"SIZE=%d" % len(content)] if smtp.supports_extension("size") else []
        if not content.isascii():
            if not smtp.supports_extension("8bitmime"):
                raise Halt(Verdict(Outcome.REFUSED, None, "The mail server takes no 8-bit text (8BITMIME), and this letter holds some."))
            options.append(b"BODY=8BITMIME")
        await self._say(b"MAIL", b"FROM:" + sender, *options, hopes=(250,))

    async def _say(self, verb: bytes, *arguments: bytes, hopes: tuple[int, ...]) -> None:
        """One verb and its reply; any other reply than hoped for ends this letter and leaves the connection ready for the next."""
        try:
            if self._smtp is None:
                raise aiosmtplib.SMTPServerDisconnected("not connected")
            # The verb is written before anything is awaited: this call comes while its reply is still out.
            asyncio.get_running_loop().call_soon(self._passing, f"{verb.decode()} sent")
            reply = await self._smtp.execute_command(verb, *arguments, timeout=self._account.timeout_seconds)
            self._passing(f"{verb.decode()} answered")
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as fault:
            self._hang_up()
            raise Halt(on_fault(fault, self._account)) from None
        if reply.code in hopes:
            return
        if reply.code in (CLOSING, OUT_OF_STEP) or not 400 <= reply.code < 600:
            self._hang_up()
        elif verb in (b"RCPT", b"DATA"):
            with contextlib.suppress(Halt):
                await self._say(b"RSET", hopes=(250,))
        raise Halt(on_envelope(reply.code, reply.message, verb=verb))

    async def _hand_over(self, content: bytes) -> Verdict:
        protocol = self._smtp.protocol if self._smtp is not None else None
        if protocol is None or not protocol.is_connected:
            self._hang_up()
            return on_fault(aiosmtplib.SMTPServerDisconnected("not connected"), self._account)
        try:
            wire = dotted(content)
            protocol.write(wire[:-DOT_BYTES])
            self._passing("body sent")
            protocol.write(wire[-DOT_BYTES:])
            self._passing("dot sent")
            reply = await protocol.read_response(timeout=self._account.dot_seconds)
            self._passing("dot answered")
        except (aiosmtplib.SMTPException, OSError, TimeoutError):
            self._hang_up()
            return Verdict(Outcome.UNKNOWN, None, "The connection was lost after the letter left; nobody knows whether it was taken.")
        if reply.code == CLOSING:
            self._hang_up()
        return on_letter(reply.code, reply.message)

    async def _connected(self) -> aiosmtplib.SMTP:
        if self._smtp is None or not self._smtp.is_connected:
            self._hang_up()
            self._tls = self._tls or tls_context()
            self._smtp = await connect_through(self._door, self._account, helo=self._helo, tls=self._tls)
        return self._smtp

    def _hang_up(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()
