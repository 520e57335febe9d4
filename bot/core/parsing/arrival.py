"""One message, read: the steps from bytes to an `Arrival`, each bounded by a cap.

Given bytes; gives one frozen value. Reads what strangers send.
Never stops half-way: each step notes what it could not read, and the next one goes on with what there is.
"""

from __future__ import annotations

import hashlib

from bot.core.mail import Arrival, DeliveryReport
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

_SINGLE = (
    "from", "sender", "reply-to", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references", "content-type", "content-transfer-encoding",
    "mime-version",
)  # fmt: skip
"""Fields that RFC 5322 3.6 and RFC 2045 allow once: two readers may each believe another one."""


def read(raw: bytes, *, own_address: str, caps: Caps = Caps(), is_whole: bool = True) -> Arrival:
    """The message in `raw`. Where `is_whole` is false, only the head was fetched and the body is left unread."""
    head, body = split_message(raw, caps=caps)
    mailbox = _sender(head, caps)
    subject = _subject(head, caps)
    tree = tree_of(head, body if is_whole else b"", caps=caps)
    bodies = bodies_of(tree.leaves, caps=caps) if is_whole else Bodies()
    signs = _signs(head, tree, mailbox, subject, bodies, own_address)
    reason = machine_reason(signs)
    return Arrival(
        message_id=own_message_id(head.first("message-id")),
        sender=mailbox.address,
        sender_name=mailbox.name,
        subject=subject,
        answers=_answers(head, caps),
        text=bodies.text,
        html=bodies.html,
        headers=head.fields,
        machine=reason,
        report=_report(signs, tree, raw, own_address, caps),
        defects=_defects(head, mailbox, tree, bodies, subject, reason, is_whole=is_whole),
        attachments=bodies.attachments,
        content_key=_content_key(head, mailbox, body),
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


def _signs(head: Head, tree: Tree, mailbox: Mailbox, subject: str, bodies: Bodies, own_address: str) -> Signs:
    return Signs(
        head=head,
        media_types=tuple(tree.media_types),
        report_types=tuple(tree.reports),
        calendar_method=next((_method(part) for part in tree.leaves if part.media_type == "text/calendar" and not part.is_attached), ""),
        sender=mailbox.address,
        sender_name=mailbox.name,
        subject=" ".join(fold(subject).casefold().split()),
        opening=opening_of(bodies.text or bodies.html),
        own_address=own_address,
    )


def _method(part: Part) -> str:
    if method := part.parameters.get("method", ""):
        return method.lower()
    return "reply" if b"METHOD:REPLY" in part.content[:2000].upper() else ""


def _report(signs: Signs, tree: Tree, raw: bytes, own_address: str, caps: Caps) -> DeliveryReport | None:
    return delivery_report(tree.leaves, raw, own_address=own_address, caps=caps) if is_bounce_like(signs) else None


def _defects(head: Head, mailbox: Mailbox, tree: Tree, bodies: Bodies, subject: str, machine: str, *, is_whole: bool) -> tuple[str, ...]:
    """Everything that a person must look at first, the gravest first."""
    found = list(head.defects)
    if mailbox.defect:
        found.append(mailbox.defect)
    found += [f"it has two {name.title()} fields" for name in _SINGLE if name != "from" and len(head.all(name)) > 1]
    found += tree.defects + bodies.defects
    if not is_whole:
        found.append("it is too large")
    elif not machine and (kind := unreadable(tree.leaves, bodies, has_subject=bool(subject))):
        found.append(kind)
    if not machine and list_mail(head):
        found.append("list mail")
    return tuple(dict.fromkeys(found))


def _content_key(head: Head, mailbox: Mailbox, body: bytes) -> str:
    """The same for every delivery of one message: trace fields and line ends are left out."""
    digest = hashlib.sha256()
    parts = (mailbox.address or head.first("from"), head.first("date"), head.first("subject"), head.first("message-id"))
    for part in parts:
        digest.update(" ".join(part.split()).encode("utf-8", "replace") + b"\0")
    digest.update(body.replace(b"\r\n", b"\n").rstrip(b"\n \t"))
    return digest.hexdigest()
