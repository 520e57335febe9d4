"""Verdicts: what a reply or a failure means for the letter in hand (RFC 5321 4.2.1).

Given a reply code and the server's words, or what went wrong on the way; gives a Verdict. Reads words that may hold anything.
Never lets them through unbounded or unprintable, and never takes a fault of our log-in for a fault of the letter.
"""

from __future__ import annotations

import os
import socket
import ssl
from dataclasses import replace

import aiosmtplib

from bot.core.mail import Obstacle, SignInAway, SignInRefused, Why
from bot.shell.relay.nouns import Outcome, SmtpAccount, Verdict

# Replies that speak of us and not of the letter: it may go when somebody has put this right.
OF_LOG_IN = frozenset({530, 534, 535, 538})
# What is said to MAIL speaks of its letter only where it is about the letter's own size (SIZE, RFC 1870) or its 8-bit text (RFC 1869, 6.1).
OF_OPTIONS = frozenset({552, 555})
OUT_OF_STEP = 503
CLOSING = 421
# What providers say to somebody who sends too much (Postfix, Exchange, Google: 421 or 454 4.7.0), whatever letter is in hand.
OF_QUOTA = frozenset({CLOSING, 454})
OUTCOMES = {2: Outcome.SENT, 4: Outcome.DEFERRED, 5: Outcome.REFUSED}
"""By the first digit of what is said to the final dot."""


def on_envelope(code: int, said: str, *, verb: str) -> Verdict:
    """Up to 354 nothing of the letter has left: whatever is not refused for good can be tried again.

    Where MAIL is put off or refused the server has not heard yet whom the letter is for: it speaks of us.
    """
    if code in OF_LOG_IN:
        return Verdict(Outcome.DEFERRED, code, words(said), is_login=True, is_general=True)
    if verb == "MAIL" and 500 <= code < 600 and code not in OF_OPTIONS | {OUT_OF_STEP}:
        return Verdict(Outcome.DEFERRED, code, words(said), is_sender=True, is_general=True)
    if 500 <= code < 600 and code != OUT_OF_STEP:
        return Verdict(Outcome.REFUSED, code, words(said))
    return Verdict(Outcome.DEFERRED, code, words(said), is_quota=code in OF_QUOTA or (verb == "MAIL" and code // 100 == 4))


def on_letter(code: int, said: str) -> Verdict:
    """The reply to the final dot. What is no reply at all leaves the letter in doubt."""
    return Verdict(OUTCOMES.get(code // 100, Outcome.UNKNOWN), code, words(said), is_quota=code in OF_QUOTA)


def on_fault(fault: BaseException, account: SmtpAccount) -> Verdict:
    """Not connected, not safe, not let in, or cut off: the letter waits."""
    met = _obstacle(fault, account)
    is_login = isinstance(fault, SignInRefused) or met.why == "login"
    if isinstance(fault, aiosmtplib.SMTPResponseException):
        return Verdict(Outcome.DEFERRED, fault.code, words(fault.message, hide=account.password), is_login=is_login, obstacle=met)
    return Verdict(Outcome.DEFERRED, None, met.sentence, is_login=is_login, obstacle=met)


def _obstacle(fault: BaseException, account: SmtpAccount) -> Obstacle:
    where = f"{account.host} port {account.port}"
    if isinstance(fault, SignInAway | SignInRefused):
        return replace(fault.obstacle, sentence=words(str(fault)))
    causes = _causes(fault)
    if tls := next((cause for cause in causes if isinstance(cause, ssl.SSLError)), None):
        why: Why = "tls"
        said = words(tls.reason or "handshake failed")
        if isinstance(tls, ssl.SSLCertVerificationError):
            why, said = "certificate", words(tls.verify_message)
        return Obstacle(f"No safe TLS connection with {where} ({said}); nothing was sent to it.", why, said)
    if isinstance(fault, aiosmtplib.SMTPResponseException):
        return _refusal(fault, words(fault.message, hide=account.password), where)
    if any(isinstance(cause, TimeoutError) for cause in causes):
        return Obstacle(f"{where} does not answer.", "silent", "")
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return Obstacle(f"The mail server's name {account.host} cannot be resolved.", "unknown", "")
    if isinstance(fault, aiosmtplib.SMTPServerDisconnected):
        return Obstacle(f"{where} closed the connection before the letter left.", "lost", "")
    said = words(str(fault), hide=account.password)
    if isinstance(fault, OSError):
        said = _of_system(causes) or said
        return Obstacle(words(f"The connection to {where} failed: {said}."), "silent", said)
    return Obstacle(words(f"{where}: {said}"), "clear" if "STARTTLS" in said else "other", said)


def _refusal(fault: aiosmtplib.SMTPResponseException, said: str, where: str) -> Obstacle:
    """In the server's words; a first line that is no reply at all comes with a code that no server has."""
    if fault.code < 0:
        return Obstacle(f"{where} says what is no SMTP: {said}", "foreign", said)
    is_login = isinstance(fault, aiosmtplib.SMTPAuthenticationError) and 500 <= fault.code < 600
    return Obstacle(f"{where} says {fault.code} {said}", "login" if is_login else "refused", f"{fault.code} {said}")


def on_sender(verdict: Verdict, account: SmtpAccount, sender: str) -> Obstacle:
    """What a server that let us in said to MAIL where there was no letter, other than that it takes one from there."""
    where, said = f"{account.host} port {account.port}", f"{verdict.code or ''} {verdict.said}".strip()
    if verdict.is_sender:
        return Obstacle(f"{where} takes no mail from {sender}: {said}", "sender", said)
    return Obstacle(f"{where} says {said}", "login" if verdict.is_login else "refused", said)


def words(said: str, *, hide: str = "") -> str:
    """A server's words, fit for a table and a terminal: printable, one line, bounded, without our secret should it be echoed."""
    text = said.replace(hide, "…") if hide else said
    printable = text if text.isprintable() else "".join(char if char.isprintable() else " " for char in text)
    return " ".join(printable.split())[:300]


def _of_system(causes: list[BaseException]) -> str:
    """What the operating system calls it: asyncio has words of its own, with numbers and an address in brackets."""
    number = next((cause.errno for cause in reversed(causes) if isinstance(cause, OSError) and cause.errno), 0)
    return os.strerror(number) if number else ""


def _causes(fault: BaseException) -> list[BaseException]:
    """aiosmtplib wraps what went wrong, some of it twice."""
    chain = [fault]
    while (cause := chain[-1].__cause__) is not None and len(chain) < 10:
        chain.append(cause)
    return chain
