"""A letter of the bot as its reader's mail program shows it.

Given the bytes in a mailbox, gives the parts that a person sees and can use: subject, text, the link under each case, and what an answer
must carry (RFC 5322 3.6.4). Knows nothing of our code: what a lawyer could not see is not read here.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from functools import cached_property
from urllib.parse import parse_qs, unquote, urlsplit

_LINK = re.compile(r"mailto:[^\s\"'<>]+")
CUT = "[…]"


@dataclass(frozen=True, slots=True)
class Link:
    """What a mail program fills in when its reader clicks (RFC 6068)."""

    to: str
    subject: str
    body: str


@dataclass(frozen=True)
class Letter:
    """One message in a mailbox."""

    raw: bytes
    at: datetime

    @cached_property
    def message(self) -> EmailMessage:
        parsed = message_from_bytes(self.raw, policy=default)
        assert isinstance(parsed, EmailMessage)
        return parsed

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "")

    @property
    def sender(self) -> str:
        return str(self.message["From"] or "")

    @property
    def recipient(self) -> str:
        return str(self.message["To"] or "")

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"] or "")

    @property
    def references(self) -> str:
        """What an answer to it writes there."""
        return f"{self.message['References'] or ''} {self.message_id}".strip()

    @property
    def reply_address(self) -> str:
        return parseaddr(str(self.message["Reply-To"] or self.message["From"]))[1]

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        """ "" where there is none."""
        return self._part("html")

    def case_named(self, prefix: str) -> str:
        """The first case id of the Subject; "" where there is none."""
        found = re.search(rf"\b{re.escape(prefix)}-\d{{4}}-\d+", self.subject)
        return found[0] if found else ""

    def link(self, words: str) -> Link:
        """The first link whose Subject has these words, such as a case id; raises LookupError where there is none."""
        for found in _LINK.findall(self.text) + _LINK.findall(html.unescape(self.html)):
            link = read_link(found)
            if words in link.subject:
                return link
        raise LookupError(words)

    def _part(self, subtype: str) -> str:
        body = self.message.get_body(preferencelist=(subtype,))
        return str(body.get_content()).replace("\r\n", "\n") if body is not None else ""


def read_link(url: str) -> Link:
    """The mail that a mailto link opens."""
    parts = urlsplit(url.rstrip(".,)"))
    fields = parse_qs(parts.query.replace("+", "%2B"))
    return Link(unquote(parts.path), fields.get("subject", [""])[0], fields.get("body", [""])[0])


def excerpt(text: str, *spans: tuple[str, str]) -> str:
    """The paragraphs from one that holds the first words to one that holds the last, for each span; a mark where something is left out behind one.

    Words that do not occur show nothing, so a text is never made up. Each link stands as the Subject that it opens.
    """
    paragraphs = re.split(r"\n\s*\n", text.strip("\n"))
    shown = sorted({number for first, last in spans for number in _between(paragraphs, first, last)})
    lines: list[str] = []
    for number, following in zip(shown, [*shown[1:], len(paragraphs)], strict=True):
        lines.append(_LINK.sub(lambda found: f"→ {read_link(found[0]).subject}", paragraphs[number]))
        lines.append("" if following == number + 1 else CUT)
    return "\n".join(lines).rstrip("\n")


def _between(paragraphs: list[str], first: str, last: str) -> range:
    start = next((number for number, words in enumerate(paragraphs) if first in words), len(paragraphs))
    end = next((number for number, words in enumerate(paragraphs) if number >= start and last in words), start - 1)
    return range(start, end + 1)
