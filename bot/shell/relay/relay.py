"""The relay: letters handed to our submission server one after the other, a verdict for each (RFC 5321 3.3, RFC 2920).

Given an account and a source of letters, tells the source what became of each: sent, deferred, refused, or unknown where the reply to
the final dot was lost. One connection is kept between letters. Where the server takes several commands at once, the envelope of the next
letter travels with the final dot of the one before: a letter costs one round trip.
Reads replies that may stall, lie about themselves or stop at any byte. Never tells the name of this machine, never lets a byte of a letter
leave before its source has said so, and never raises for what a server does: only the source's own faults and a cancellation come
through, and then the connection is closed, because its next reply would be taken for another letter's.
"""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Callable, Sequence

import aiosmtplib

from bot.core.mail import Envelope, Obstacle
from bot.shell.relay.envelopes import GO_ON, HOPES, commands, paths
from bot.shell.relay.lines import FINAL_DOT, dotted, reverse_path
from bot.shell.relay.nouns import Ended, Halt, Outcome, SmtpAccount, Source, Verdict
from bot.shell.relay.session import Door, connect_through, tls_context
from bot.shell.relay.verdicts import CLOSING, OUT_OF_STEP, on_envelope, on_fault, on_letter, on_sender
from bot.shell.relay.wire import Wire

QUIT_SECONDS = 3.0
FAULTS = (aiosmtplib.SMTPException, OSError, TimeoutError)

Passing = Callable[[str], None]
"""Hears the name of each moment of the dialogue, for tests that stop the process there."""


class Relay:
    """`helo` is how we introduce ourselves: the mail domain or an address literal, not the name of this machine.

    Serves one source at a time. Relays that log in to one account share a `door`.
    """

    def __init__(self, account: SmtpAccount, *, helo: str, door: Door | None = None, passing: Passing | None = None) -> None:
        self._account = account
        self._helo = helo
        self._door = door or Door()
        self._passing = passing or (lambda moment: None)
        self._tls: ssl.SSLContext | None = None
        self._wire: Wire | None = None

    async def send(self, source: Source) -> None:
        """All that the source has; in each exchange the body of one letter and the envelope of the next."""
        agreed: Envelope | None = None
        try:
            while True:
                following = await source.next(behind=agreed)
                if agreed is None and following is None:
                    return
                ended, agreed = await self._exchange(agreed, following)
                if not await source.note(ended, begins=agreed) and agreed is not None:
                    self._hang_up()  # the server waits for a body that it must not have
                    agreed = None
        except BaseException:
            self._hang_up()
            raise

    async def close(self) -> None:
        wire, self._wire = self._wire, None
        if wire is not None and wire.is_open:
            with contextlib.suppress(*FAULTS):
                wire.write(b"QUIT\r\n", replies=1)
                await wire.reply(seconds=QUIT_SECONDS)
            wire.close()

    async def check(self, *, sender: str = "") -> Obstacle | None:
        """What stands in the way of sending, from this address where one is given; hands nothing over and leaves no connection behind."""
        self._hang_up()
        try:
            await self._connected()
            if sender:
                await self._ask(sender)
        except Halt as halt:
            return halt.verdict.obstacle or on_sender(halt.verdict, self._account, sender)
        except ValueError as unfit:
            return Obstacle(f"{sender}: {unfit}", "sender", str(unfit))
        finally:
            await self.close()
        return None

    async def _ask(self, sender: str) -> None:
        """MAIL, and RSET behind it: nobody is named to whom anything could go."""
        wire = await self._connected()
        self._say(wire, ["MAIL"], b"MAIL FROM:%s\r\n" % reverse_path(sender))
        await self._hear(wire, "MAIL", unheard=0)
        with contextlib.suppress(*FAULTS):  # it has said what we wanted to hear
            wire.write(b"RSET\r\n", replies=1)
            await wire.reply(seconds=self._account.timeout_seconds)

    async def _exchange(self, body: Envelope | None, following: Envelope | None) -> tuple[list[Ended], Envelope | None]:
        """What has ended with it, and the letter whose body the server waits for."""
        ended, is_written = list[Ended](), False
        if body is not None:
            verdict, is_written = await self._hand_over(body, following)
            ended.append((body, verdict))
        if following is not None:
            try:
                await self._agree(following, is_written=is_written)
                return ended, following
            except Halt as halt:
                ended.append((following, halt.verdict))
        return ended, None

    async def _hand_over(self, body: Envelope, following: Envelope | None) -> tuple[Verdict, bool]:
        """The letter with its dot, and what became of it; also whether the envelope of the next was written behind the dot."""
        wire = self._wire
        if wire is None or not wire.is_open:
            self._hang_up()
            return on_fault(aiosmtplib.SMTPServerDisconnected("not connected"), self._account), False
        content, behind = dotted(body.content), _at_once(following, wire) if following is not None else b""
        try:
            wire.write(content)
            self._passing("body sent")
            wire.write(FINAL_DOT + behind, replies=1 + len(HOPES) if behind else 1)
            self._passing("dot sent")
            reply = await wire.reply(seconds=self._account.dot_seconds)
            self._passing("dot answered")
        except FAULTS:
            self._hang_up()
            return Verdict(
                Outcome.UNKNOWN, None, "The connection was lost after the letter left; nobody knows whether it was taken."
            ), False
        if reply.code == CLOSING:
            self._hang_up()
        return on_letter(reply.code, reply.said), bool(behind)

    async def _agree(self, letter: Envelope, *, is_written: bool = False) -> None:
        """MAIL, RCPT and DATA, up to 354: until here nothing of the letter has left. Halt says why it stays."""
        is_kept = self._wire is not None and self._wire.is_open
        is_said = is_kept and is_written
        if not is_said:
            paths(letter)
        try:
            wire = await self._connected()
            said = commands(letter, wire.extensions) if not is_said else None
            groups = [list(HOPES)] if wire.has_pipelining else [[verb] for verb in HOPES]
            for verbs in groups:
                if said is not None:
                    self._say(wire, verbs, b"".join(said[verb] for verb in verbs))
                for number, verb in enumerate(verbs, start=1):
                    await self._hear(wire, verb, unheard=len(verbs) - number)
        except Halt as halt:
            # The server gave up a kept connection while it was idle, which only the next verb shows: no failure of this letter.
            if not (is_kept and halt.is_at_first_verb and self._wire is None):
                raise
            await self._agree(letter)

    def _say(self, wire: Wire, verbs: Sequence[str], commands: bytes) -> None:
        try:
            wire.write(commands, replies=len(verbs))
        except FAULTS as fault:
            self._hang_up()
            raise Halt(on_fault(fault, self._account), is_at_first_verb=verbs[0] == "MAIL") from None
        for verb in verbs:
            self._passing(f"{verb} sent")

    async def _hear(self, wire: Wire, verb: str, *, unheard: int) -> None:
        """One reply; any other than hoped for ends this letter, and leaves the connection ready for the next or closed."""
        is_first = verb == "MAIL"
        try:
            reply = await wire.reply(seconds=self._account.timeout_seconds)
            self._passing(f"{verb} answered")
        except FAULTS as fault:
            self._hang_up()
            raise Halt(on_fault(fault, self._account), is_at_first_verb=is_first) from None
        if reply.code in HOPES[verb]:
            return
        if reply.code in (CLOSING, OUT_OF_STEP) or not 400 <= reply.code < 600:
            self._hang_up()
        else:
            await self._forget(wire, unheard=unheard, is_begun=not is_first)
        raise Halt(on_envelope(reply.code, reply.said, verb=verb), is_at_first_verb=is_first)

    async def _forget(self, wire: Wire, *, unheard: int, is_begun: bool) -> None:
        """What was said behind a refused verb is answered, too. A server that now waits for a body would take whatever comes for one."""
        try:
            behind = [await wire.reply(seconds=self._account.timeout_seconds) for _ in range(unheard)]
            if is_begun and all(reply.code != GO_ON for reply in behind):
                wire.write(b"RSET\r\n", replies=1)
                behind.append(await wire.reply(seconds=self._account.timeout_seconds))
            if any(200 <= reply.code < 400 and reply.code != 250 for reply in behind):
                self._hang_up()
        except FAULTS:
            self._hang_up()

    async def _connected(self) -> Wire:
        if self._wire is None or not self._wire.is_open:
            self._hang_up()
            if self._account.security != "none":
                self._tls = self._tls or tls_context()
            self._wire = await connect_through(self._door, self._account, helo=self._helo, tls=self._tls)
        return self._wire

    def _hang_up(self) -> None:
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.close()


def _at_once(letter: Envelope, wire: Wire) -> bytes:
    """The whole envelope, where the server takes it behind a letter; one that cannot be written is told when its turn comes."""
    with contextlib.suppress(Halt):
        return b"".join(commands(letter, wire.extensions).values()) if wire.has_pipelining else b""
    return b""
