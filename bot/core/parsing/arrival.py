"""One message, read: the steps from bytes to an `Arrival`, each bounded by a cap.

Given bytes; gives one frozen value. Reads what strangers send.
Never stops half-way: each step notes what it could not read, and the next one goes on with what there is.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from bot.core.mail import Arrival
from bot.core.parsing.bodies import Bodies, bodies_of, unreadable
from bot.core.parsing.caps import Caps
from bot.core.parsing.fields import Head, message_ids, own_message_id, split_message
from bot.core.parsing.machines import Signs, is_bounce_like, list_mail, machine_reason, opening_of
from bot.core.parsing.parts import Part, Tree, tree_of
from bot.core.parsing.reports import delivery_report
from bot.core.parsing.sender import Mailbox, one_mailbox
from bot.core.words.charsets import decode_bytes
from bot.core.words.folding import clean, fold
from bot.core.words.headers import decode_header

LIST_MAIL = "list mail"
"""The defect of a mail that a list has re-sent: its From is no proof of its writer."""

_USUAL = Caps()
_SINGLE = (
    *("sender", "reply-to", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references"),
    *("content-type", "content-transfer-encoding", "mime-version"),
)
"""Fields that RFC 5322 3.6 and RFC 2045 allow once: two readers may each believe another one. Of From, `_sender` sees to it."""

_BLANKS = re.compile(b"  +")


@dataclass(frozen=True, slots=True)
class _Message:
    """What the steps have found so far."""

    head: Head
    mailbox: Mailbox
    subject: str
    tree: Tree
    bodies: Bodies


def read(raw: bytes, *, own_address: str, caps: Caps = _USUAL, is_whole: bool = True) -> Arrival:
    """The message in `raw`. Where `is_whole` is false, only the head was fetched and the body is left unread."""
    head, body = split_message(raw, caps=caps)
    tree = tree_of(head, body if is_whole else b"", caps=caps)
    bodies = bodies_of(tree.leaves, caps=caps) if is_whole else Bodies()
    message = _Message(head, _sender(head, caps), _subject(head, caps), tree, bodies)
    signs = _signs(message, own_address)
    machine = machine_reason(signs)
    reports = machine and is_bounce_like(signs)  # whatever is like a bounce comes from a machine
    return Arrival(
        message_id=own_message_id(head.first("message-id")),
        sender=message.mailbox.address,
        sender_name=message.mailbox.name,
        subject=message.subject,
        answers=_answers(head, caps),
        text=bodies.text,
        html=bodies.html,
        headers=head.fields,
        machine=machine,
        report=delivery_report(tree.leaves, raw, own_address=own_address, caps=caps) if reports else None,
        defects=_defects(message, is_machine=bool(machine), is_whole=is_whole),
        attachments=bodies.attachments,
        content_key=_content_key(message, body),
    )


def _sender(head: Head, caps: Caps) -> Mailbox:
    values = head.all("from")
    if len(values) > 1:
        return Mailbox("", "", "it has two From fields")
    if len(head.raw_from) > caps.address_field_bytes:
        return Mailbox("", "", "its From field is too long")
    if b"\x1b" not in head.raw_from:
        return one_mailbox(head.first("from"))
    # A Japanese name in raw ISO-2022-JP: read for show only; the address comes from the strict reading.
    strict = one_mailbox(head.first("from"))
    name = decode_bytes(head.raw_from, "iso-2022-jp").rpartition("<")[0].strip(' "')
    return Mailbox(strict.address, clean(name)[:200], strict.defect)


def _subject(head: Head, caps: Caps) -> str:
    return " ".join(decode_header(head.first("subject")[:20_000]).split())[: caps.subject_characters]


def _answers(head: Head, caps: Caps) -> tuple[str, ...]:
    nearest = message_ids(head.all("in-reply-to")[:2], most=caps.references, is_nearest_last=False)
    older = message_ids(head.all("references")[:2], most=caps.references, is_nearest_last=True)
    return tuple(dict.fromkeys([*nearest, *older]))[: caps.references]


def _signs(message: _Message, own_address: str) -> Signs:
    calendars = (part for part in message.tree.leaves if part.media_type == "text/calendar" and not part.is_attached)
    return Signs(
        head=message.head,
        media_types=tuple(message.tree.media_types),
        report_types=tuple(message.tree.reports),
        calendar_method=next((_method(part) for part in calendars), ""),
        sender=message.mailbox.address,
        sender_name=message.mailbox.name,
        subject=" ".join(fold(message.subject).casefold().split()),
        opening=opening_of(message.bodies.text or message.bodies.html),
        own_address=own_address,
    )


def _method(part: Part) -> str:
    if method := part.parameters.get("method", ""):
        return method.lower()
    return "reply" if b"METHOD:REPLY" in part.content[:2000].upper() else ""


def _defects(message: _Message, *, is_machine: bool, is_whole: bool) -> tuple[str, ...]:
    """Everything that a person must look at first, the gravest first."""
    head, tree, bodies = message.head, message.tree, message.bodies
    found = [*head.defects, *([message.mailbox.defect] if message.mailbox.defect else [])]
    repeated = {name for name, values in head.by_name.items() if len(values) > 1}
    found += [f"it has two {name.title()} fields" for name in _SINGLE if name in repeated]
    found += tree.defects + bodies.defects
    if not is_whole:
        found.append("it is too large")
    elif not is_machine and (kind := unreadable(tree.leaves, bodies, has_subject=bool(message.subject))):
        found.append(kind)
    if not is_machine and list_mail(head):
        found.append(LIST_MAIL)
    return tuple(dict.fromkeys(found))


def _content_key(message: _Message, body: bytes) -> str:
    """The same for every delivery of one message: trace fields, line ends, and the blanks that whoever replays a signed message
    may change without breaking its signature (relaxed, RFC 6376 3.4.4) are left out.
    """
    digest = hashlib.sha256()
    head = message.head
    for part in (message.mailbox.address or head.first("from"), head.first("date"), head.first("subject"), head.first("message-id")):
        digest.update(" ".join(part.split()).encode("utf-8", "replace") + b"\0")
    lines = _BLANKS.sub(b" ", body.replace(b"\r\n", b"\n").replace(b"\t", b" ")).replace(b" \n", b"\n")
    digest.update(lines.rstrip(b"\n "))
    return digest.hexdigest()
