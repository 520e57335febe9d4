"""Bodies: which leaves are the sender's text, which are files beside it, and what cannot be read at all.

Given the leaves of a message; gives a text body, an HTML body, attachments and defects.
Reads what strangers' mail programs put together, also several texts in one message and format=flowed (RFC 3676).
Never opens an archive or a document; only tables that intake reads are kept with their bytes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.core.mail import Attachment
from bot.core.parsing.caps import Caps
from bot.core.parsing.parts import Part
from bot.core.words.charsets import decode_bytes
from bot.core.words.folding import clean
from bot.core.words.markup import shown, visible_lines

_TABLES = (".csv", ".tsv", ".xlsx", ".yaml", ".yml")
_TABLE_TYPES = frozenset(
    "text/csv application/csv text/yaml text/x-yaml application/yaml application/x-yaml"
    " application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".split()
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_\-]{2,40})", re.IGNORECASE)
_ENCRYPTED = frozenset("application/pgp-encrypted application/pkcs7-mime application/x-pkcs7-mime".split())
_TNEF = frozenset("application/ms-tnef application/vnd.ms-tnef".split())


@dataclass(slots=True)
class Bodies:
    text: str = ""
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    defects: list[str] = field(default_factory=list)


def bodies_of(leaves: Sequence[Part], *, caps: Caps) -> Bodies:
    """HTML counts as the other form of the text only inside multipart/alternative; beside a text it is more of the text."""
    found = Bodies()
    texts = [part for part in leaves if part.is_text and part.media_type == "text/plain"]
    pages = [part for part in leaves if part.is_text and part.media_type == "text/html"]
    if not texts and not pages:
        # Some phones give the only text a file name.
        texts = [part for part in leaves if part.media_type == "text/plain" and not part.is_attached and part.disposition != "attachment"][
            :1
        ]
    plain = [_decoded(part, found, caps) for part in texts]
    if any(piece.strip() for piece in plain):
        alternatives = [page for page in pages if "multipart/alternative" in page.path]
        plain += ["\n".join(visible_lines(_decoded(page, found, caps))) for page in pages if page not in alternatives]
        pages = alternatives
    found.text = "\n".join(piece.removesuffix("\n") for piece in plain)
    found.html = "\n".join(_decoded(page, found, caps) for page in pages)
    found.attachments = tuple(_attachment(part, caps) for part in leaves if _is_file(part))
    return found


def _decoded(part: Part, found: Bodies, caps: Caps) -> str:
    """The part as text, within the cap."""
    content = part.content
    if len(content) > caps.body_bytes:
        content = content[: caps.body_bytes]
        if "its text is too long" not in found.defects:
            found.defects.append("its text is too long")
    charset = part.parameters.get("charset", "")
    if part.media_type == "text/html" and not charset and (meta := _META_CHARSET.search(content[:2048])):
        charset = meta[1].decode("ascii")
    text = clean(decode_bytes(content, charset))
    if part.parameters.get("format", "").lower() == "flowed" and part.media_type == "text/plain":
        return unflowed(text, deletes_space=part.parameters.get("delsp", "").lower() == "yes")
    return text


def unflowed(text: str, *, deletes_space: bool) -> str:
    """format=flowed joined again (RFC 3676 4): a line that ends in a space goes on in the next of the same quote depth.

    >>> unflowed("CLAIM \\nJAR-2026-014\\n", deletes_space=False)
    'CLAIM JAR-2026-014\\n'
    """
    lines: list[str] = []
    flowing: list[str] = []
    depth = -1
    for raw in text.split("\n"):
        quotes = len(raw) - len(raw.lstrip(">"))
        line = raw[quotes:].removeprefix(" ")
        if flowing and (quotes != depth or line == "-- "):
            lines.append("".join(flowing))
            flowing = []
        if not flowing:
            depth = quotes
            flowing = [">" * quotes + " " if quotes else ""]
        is_soft = line.endswith(" ") and line != "-- "
        flowing.append(line[:-1] if is_soft and deletes_space else line)
        if not is_soft:
            lines.append("".join(flowing))
            flowing = []
    if flowing:
        lines.append("".join(flowing))
    return "\n".join(lines)


def _is_file(part: Part) -> bool:
    return not part.is_text and not part.is_attached and (part.path[-1:] != ("multipart/alternative",) or bool(part.name))


def _attachment(part: Part, caps: Caps) -> Attachment:
    is_table = part.name.lower().endswith(_TABLES) or part.media_type in _TABLE_TYPES
    kept = part.content if is_table and len(part.content) <= caps.attachment_bytes else b""
    return Attachment(part.name, part.media_type[:100], len(part.content), hashlib.sha256(part.content).hexdigest(), kept, is_table)


def unreadable(leaves: Sequence[Part], bodies: Bodies, *, has_subject: bool) -> str:
    """Why there is nothing in the message that we can read; "" where there is. A Subject alone may be the whole message."""
    kinds = {part.media_type for part in leaves if not part.is_attached}
    wrapped = any(
        part.parameters.get("smime-type", "enveloped-data") == "enveloped-data" for part in leaves if part.media_type in _ENCRYPTED
    )
    has_words = bool(bodies.text.strip()) or bool("".join(shown(bodies.html, keeps_quotes=True).lines).strip())
    if (
        wrapped
        or any("multipart/encrypted" in part.path for part in leaves)
        or bodies.text.lstrip().startswith("-----BEGIN PGP MESSAGE-----")
    ):
        return "unreadable: encrypted"
    if has_words:
        return ""
    if kinds & _TNEF:
        return "unreadable: winmail.dat"
    pictures = [part for part in leaves if part.media_type.startswith("image/")]
    if pictures and not all(part.has_content_id for part in pictures):
        return "unreadable: image only"
    return "" if has_subject or bodies.attachments else "unreadable: empty"
