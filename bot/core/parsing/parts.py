"""Parts: a message's MIME tree (RFC 2046) flattened into its leaves, decoded from their transfer encoding.

Given a head, a body and caps; gives leaves in order, and defects.
Reads what strangers nest: depth and number of parts are capped while walking, so a bomb costs no more than its cap.
Never opens an archive, and never takes an attached message for the sender's text.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.core.parsing.caps import Caps
from bot.core.parsing.fields import Head, Labelled, file_name, labelled, split_message
from bot.core.words.headers import decode_base64

_REST_OF_DELIMITER = re.compile(rb"(--)?[ \t]*(?=\r?\n|\Z)")
_MESSAGES = frozenset({"message/rfc822", "message/global"})


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf. `path` names the multiparts around it, outermost first; `is_attached` is true inside an attached message."""

    media_type: str
    parameters: dict[str, str]
    disposition: str
    name: str
    content: bytes
    path: tuple[str, ...] = ()
    is_attached: bool = False
    has_content_id: bool = False

    @property
    def is_text(self) -> bool:
        """A part that belongs to what the sender wrote, not a file beside it."""
        if self.is_attached or self.disposition == "attachment" or self.media_type not in ("text/plain", "text/html"):
            return False
        return not self.name or not self.path or (self.media_type == "text/html" and "multipart/alternative" in self.path)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the tree a part stands."""

    path: tuple[str, ...] = ()
    is_attached: bool = False

    def inside(self, media_type: str) -> Place:
        return Place((*self.path, media_type), self.is_attached or media_type in _MESSAGES)


@dataclass(slots=True)
class Tree:
    """What a walk through a message found."""

    caps: Caps
    leaves: list[Part] = field(default_factory=list)
    media_types: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    count: int = 0

    def note(self, defect: str) -> None:
        if defect not in self.defects:
            self.defects.append(defect)


def tree_of(head: Head, body: bytes, *, caps: Caps) -> Tree:
    """All leaves of the message, up to the caps."""
    tree = Tree(caps)
    _walk(tree, head, body=body, place=Place())
    return tree


def _walk(tree: Tree, head: Head, *, body: bytes, place: Place) -> None:
    tree.count += 1
    if tree.count > tree.caps.parts or len(place.path) > tree.caps.depth:
        tree.note("it has too many parts" if tree.count > tree.caps.parts else "its parts are nested too deeply")
        return
    label = _label_of(tree, head, place=place)
    tree.media_types.append(label.value)
    if label.value.startswith("multipart/"):
        _walk_multipart(tree, label, body=body, place=place)
        return
    content = _transfer_decoded(tree, head, body=body)
    tree.leaves.append(_leaf(tree, head, label=label, content=content, place=place))
    if label.parameters.get("smime-type", "").lower() == "signed-receipt" and not place.is_attached:
        tree.reports.append("signed-receipt")
    if label.value in _MESSAGES:
        inner, rest = split_message(content, caps=tree.caps)
        _walk(tree, inner, body=rest, place=place.inside(label.value))


def _label_of(tree: Tree, head: Head, *, place: Place) -> Labelled:
    """RFC 2046 5.1.5: inside a digest the default is a message. RFC 2045 5.2: elsewhere it is plain text."""
    label = labelled(head.first("content-type"), caps=tree.caps)
    if label.is_over:
        tree.note("a MIME field has too many parameters")
    if "/" in label.value:
        return label
    kind = "message/rfc822" if place.path[-1:] == ("multipart/digest",) else "text/plain"
    return Labelled(kind, label.parameters if label.value else {})


def _walk_multipart(tree: Tree, label: Labelled, *, body: bytes, place: Place) -> None:
    if label.value == "multipart/report" and not place.is_attached:
        tree.reports.append(label.parameters.get("report-type", "").lower())
    pieces = _pieces(body, label.parameters.get("boundary", ""), most=tree.caps.parts)
    if not pieces:
        tree.note("its MIME structure is broken")
        tree.leaves.append(_leaf(tree, Head(()), label=Labelled("text/plain", {}), content=body, place=place))
    for piece in pieces:
        inner, rest = split_message(piece, caps=tree.caps)
        _walk(tree, inner, body=rest, place=place.inside(label.value))


def _pieces(body: bytes, boundary: str, *, most: int) -> list[bytes]:
    """What stands between the delimiter lines; the last piece may lack its end."""
    if not boundary:
        return []
    mark = b"--" + boundary.encode("utf-8", "surrogateescape").rstrip()
    pieces: list[bytes] = []
    start = -1
    for at in _lines_with(mark, body):
        found = _REST_OF_DELIMITER.match(body, at + len(mark))
        if found is None:
            continue
        if start >= 0:
            pieces.append(body[start : max(at - (2 if body[at - 2 : at] == b"\r\n" else 1), start)])
        if found[1] or len(pieces) > most:
            return pieces
        start = found.end() + (2 if body[found.end() : found.end() + 2] == b"\r\n" else 1)
    return [*pieces, body[start:]] if start >= 0 else pieces


def _lines_with(mark: bytes, body: bytes) -> Iterator[int]:
    """Where a line begins with this mark. Each message has a boundary of its own: a pattern for it would cost more than the search."""
    if body.startswith(mark):
        yield 0
    at = -1
    while (at := body.find(b"\n" + mark, at + 1)) >= 0:
        yield at + 1


def _leaf(tree: Tree, head: Head, *, label: Labelled, content: bytes, place: Place) -> Part:
    disposition = labelled(head.first("content-disposition"), caps=tree.caps)
    return Part(
        media_type=label.value,
        parameters=label.parameters,
        disposition=disposition.value,
        name=file_name(disposition, label),
        content=content,
        path=place.path,
        is_attached=place.is_attached,
        has_content_id=bool(head.first("content-id")),
    )


def _transfer_decoded(tree: Tree, head: Head, *, body: bytes) -> bytes:
    """RFC 2045 6. An unknown encoding leaves the bytes as they are, and says so."""
    encoding = head.first("content-transfer-encoding").partition(";")[0].strip().lower()
    if encoding == "base64":
        decoded, is_whole = decode_base64(body.decode("latin-1"))
        if not is_whole:
            tree.note("its base64 is broken")
        return decoded
    if encoding == "quoted-printable":
        return binascii.a2b_qp(b"\n".join(line.rstrip(b" \t\r") for line in body.split(b"\n")))
    if encoding not in ("", "7bit", "8bit", "binary"):
        tree.note("its transfer encoding is unknown")
    return body
