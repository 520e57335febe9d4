"""What people write: realistic RFC 5322 bytes as a mail program and its provider make them, and letters of ours as their readers see them.

Given plain words, gives bytes with the trace fields of the organisation's border on top; given a letter that a sink took, gives its
parts. Knows nothing of our code: what a lawyer could not see is not read here.
"""

from __future__ import annotations

import html
import re
import textwrap
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, make_msgid, parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from tests.servers.smtp_sink import Received

BORDER = "mx.ngo.example"
_LINK = re.compile(r"mailto:[^\s\"'<>]+")


@dataclass(frozen=True, slots=True)
class MailtoLink:
    """What a mail program fills in when its reader clicks (RFC 6068)."""

    to: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of ours in its reader's inbox."""

    received: Received

    @property
    def headers(self) -> EmailMessage:
        return self.received.message

    @property
    def subject(self) -> str:
        return self.received.subject

    @property
    def message_id(self) -> str:
        return self.received.message_id

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def flat(self) -> str:
        """The text, wherever its lines end."""
        return " ".join(self.text.split())

    @property
    def html(self) -> str:
        return self._part("html")

    @property
    def mailto_links(self) -> list[MailtoLink]:
        """Every link of the text and the HTML once, in the order in which they stand."""
        found = _LINK.findall(self.text) + _LINK.findall(html.unescape(self.html))
        return [_read_link(link) for link in dict.fromkeys(found)]

    @property
    def files(self) -> dict[str, bytes]:
        """What is attached, by name."""
        return {str(part.get_filename()): bytes(part.get_payload(decode=True)) for part in self.headers.iter_attachments()}

    def link_about(self, word: str) -> MailtoLink:
        """The first link whose subject has the word, such as a case id."""
        links = self.mailto_links
        found = [link for link in links if word in link.subject]
        assert found, f"no link about {word} among {[link.subject for link in links]}"
        return found[0]

    def _part(self, subtype: str) -> str:
        body = self.headers.get_body(preferencelist=(subtype,))
        assert body is not None, f"no text/{subtype} in “{self.subject}”"
        return str(body.get_content()).replace("\r\n", "\n")


@dataclass(frozen=True, slots=True)
class Post:
    """One mail before it is bytes: who writes what to whom, when, answering which letter."""

    sender: str
    name: str
    to: str
    text: str
    at: datetime
    subject: str = ""
    answering: Letter | None = None
    proven: bool | None = True
    """What the border's check says: pass, fail, or (None) nothing at all."""
    quoting: bool = True
    headers: dict[str, str] = field(default_factory=dict)
    files: tuple[tuple[str, str, bytes], ...] = ()
    """Attached: (name, media type, content)."""

    def raw(self) -> bytes:
        """The mail as it lies in the bot's mailbox."""
        return self._trace().encode() + self._message().as_bytes()

    def _message(self) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["From"] = formataddr((self.name, self.sender))
        message["To"] = self.to
        message["Date"] = format_datetime(self.at)
        message["Message-ID"] = make_msgid(domain=self.sender.rpartition("@")[2])
        message["Subject"] = self.subject or (f"Re: {self.answering.subject}" if self.answering else "")
        if self.answering:
            message["In-Reply-To"] = self.answering.message_id
            message["References"] = f"{self.answering.headers.get('References', '')} {self.answering.message_id}".strip()
        for name, value in self.headers.items():
            del message[name]
            message[name] = value
        message.set_content(self.text + (_quoted(self.answering) if self.answering and self.quoting else "") + "\n")
        for name, media_type, content in self.files:
            kind, _, subtype = media_type.partition("/")
            message.add_attachment(content, maintype=kind, subtype=subtype, filename=name)
        return message

    def _trace(self) -> str:
        """As the border writes it: the results of its checks directly above its own Received (RFC 8601 5)."""
        domain = self.sender.rpartition("@")[2]
        dkim, spf, dmarc = ("pass", "pass", "pass") if self.proven else ("none", "fail", "fail")
        results = (
            f"Authentication-Results: {BORDER}; dkim={dkim} header.d={domain};\r\n"
            f"\tspf={spf} smtp.mailfrom={self.sender}; dmarc={dmarc} header.from={domain}\r\n"
        )
        return (
            f"Return-Path: <{self.sender}>\r\n"
            f"{'' if self.proven is None else results}"
            f"Received: from mail.{domain} (mail.{domain} [192.0.2.25]) by {BORDER} with ESMTPS;\r\n\t{format_datetime(self.at)}\r\n"
        )


def reply_address(letter: Letter) -> str:
    return parseaddr(str(letter.headers["Reply-To"] or letter.headers["From"]))[1]


def _quoted(letter: Letter) -> str:
    lines = textwrap.indent(letter.text.rstrip("\n"), "> ", lambda line: True)
    return f"\n\nOn {letter.headers['Date']}, {letter.headers['From']} wrote:\n\n{lines}\n"


def _read_link(link: str) -> MailtoLink:
    parts = urlsplit(link.rstrip(".,)"))
    fields = parse_qs(parts.query.replace("+", "%2B"))
    return MailtoLink(unquote(parts.path), fields.get("subject", [""])[0], fields.get("body", [""])[0].replace("\r\n", "\n"))
