"""What lawyers write back: multipart replies of about four kilobytes, as mail programs make them, each answering its own circulation.

Given the letters of a round, gives claims in a fixed order; no chance, no clock.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime

from bench.organisation import BOT
from bot.core.mail import Envelope

_QUOTED_LINES = 24


@dataclass(frozen=True, slots=True)
class Received:
    """A circulation as its reader sees it."""

    reader: str
    message_id: str
    subject: str
    quotation: tuple[str, ...]


def read(letter: Envelope) -> Received:
    message = message_from_bytes(letter.content, policy=policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    lines = str(body.get_content()).splitlines()[:_QUOTED_LINES]
    return Received(letter.recipient, letter.message_id, str(message["Subject"]), tuple(lines))


def claims(letters: Sequence[Envelope], cases: Sequence[str], *, since: datetime) -> Iterator[tuple[bytes, datetime]]:
    """Every reader claims every case, one mail each, a second apart, the cases in turn; with the instant at which it arrives."""
    received = [read(letter) for letter in letters]
    for number in range(len(received) * len(cases)):
        turn, case = divmod(number, len(cases))
        answered = received[(turn + 7 * case) % len(received)]
        at = since + timedelta(seconds=number)
        yield _reply(answered, f"CLAIM {cases[case]}", number=number, at=at), at


def _reply(answered: Received, command: str, *, number: int, at: datetime) -> bytes:
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = f"A Lawyer <{answered.reader}>"
    message["To"] = f"Pro bono desk <{BOT}>"
    message["Subject"] = f"Re: {answered.subject}"
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<reply-{number}@{answered.reader.partition('@')[2]}>"
    message["In-Reply-To"] = answered.message_id
    message["References"] = answered.message_id
    quotation = "\n".join(answered.quotation)
    intro = f"On {format_datetime(at)}, Pro bono desk <{BOT}> wrote:"
    message.set_content(f"{command}\n\nKind regards,\nA Lawyer\n\n{intro}\n{textwrap.indent(quotation, '> ', lambda line: True)}\n")
    quoted = html.escape(quotation).replace("\n", "<br>")
    message.add_alternative(
        f'<div dir="ltr">{command}<div><br></div><div>Kind regards,<br>A Lawyer</div></div><br>'
        f'<div class="gmail_quote"><div class="gmail_attr">{html.escape(intro)}<br></div>'
        f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #ccc">{quoted}</blockquote></div>\n',
        subtype="html",
    )
    return _trace(answered.reader, at) + message.as_bytes()


def _trace(sender: str, at: datetime) -> bytes:
    domain = sender.partition("@")[2]
    return (
        f"Return-Path: <{sender}>\r\nDelivered-To: {BOT}\r\n"
        f"Received: from mail.{domain} (mail.{domain} [192.0.2.25]) by mx.desk.example with ESMTPS;\r\n\t{format_datetime(at)}\r\n"
    ).encode()
