"""Header fields: the block above the first empty line, field by field, and what the structured ones say.

Given bytes and caps; gives names with unfolded values, one sender, message ids, MIME parameters.
Reads what strangers write. Every value is bounded before it is parsed, and every parser here is linear.
Never repairs an address: what is not exactly one mailbox (RFC 5322 3.6.2) is nobody, and never lets an escape sequence
or a control character vanish from a structured field, which would turn one name into another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.core.parsing.caps import Caps
from bot.core.words.charsets import decode_bytes
from bot.core.words.folding import GETA, clean
from bot.core.words.headers import decode_extended, decode_header

_FIELD = re.compile(rb"([\x21-\x39\x3b-\x7e]{1,100})[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)(?:\n|\Z)")
"""A field with all lines that go on with it."""
_NO_LINE = re.compile(rb"\r?\n")
_EMPTY_LINE = re.compile(rb"\n\r?\n")
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffd\ud800-\udfff]")
_FREE_TEXT = frozenset((b"subject", b"comments", b"content-description", b"thread-topic"))
_MESSAGE_ID = re.compile(r"<[\x21-\x3b=\x3f-\x7e]{1,248}>")
_LOOSE_ID = re.compile(r"[\x21-\x3b=\x3f-\x7e]{1,240}@[\x21-\x3b=\x3f-\x7e]{1,240}")
_PARAMETER = re.compile(r';\s*([A-Za-z0-9!#$&+\-^_`.{}|~*]{1,60})\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)")
_COMMENT = re.compile(r"\([^()]{0,500}\)")
_REFERENCES = re.compile(rb"(?im)^(?:references|in-reply-to):[^\n]*\n(?:[ \t][^\n]*\n)*")
_LONG_FIELD = 65_536
_NOTHING = ("",)


@dataclass(frozen=True)
class Head:
    """A header block, read: fields topmost first, with lower-case names beside what was written."""

    fields: tuple[tuple[str, str], ...]
    raw_from: bytes = b""
    defects: tuple[str, ...] = ()

    @cached_property
    def by_name(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for name, value in self.fields:
            found.setdefault(name.lower(), []).append(value)
        return found

    def all(self, name: str) -> Sequence[str]:
        return self.by_name.get(name, ())

    def first(self, name: str) -> str:
        return self.by_name.get(name, _NOTHING)[0]


def split_message(raw: bytes, *, caps: Caps) -> tuple[Head, bytes]:
    """Head and body. A line that is no field ends the head, as every mail program reads it."""
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    if raw[:5] in (b"From ", b">From"):
        raw = raw.partition(b"\n")[2]
    end = _NO_LINE.match(raw) or _EMPTY_LINE.search(raw)
    block, body = (raw[: end.start() + 1], raw[end.end() :]) if end else (raw, b"")
    defects: list[str] = []
    if len(block) > caps.header_bytes:
        # A thread's References may honestly grow without bound; only the nearest ids are wanted anyway.
        block = _REFERENCES.sub(_shortened, block)
    if len(block) > caps.header_bytes:
        defects.append("the header is too large")
        block = block[: caps.header_bytes]
    fields, raw_from, rest = _fields_of(block, caps)
    if len(fields) >= caps.fields:
        defects.append("the header has too many fields")
    return Head(tuple(fields), raw_from, tuple(defects)), (rest + body if rest else body)


def _shortened(field: re.Match[bytes]) -> bytes:
    text = field[0]
    return text if len(text) <= 16_384 else text[: text.index(b":") + 1] + b" " + text[-8192:].partition(b">")[2]


def _fields_of(block: bytes, caps: Caps) -> tuple[list[tuple[str, str]], bytes, bytes]:
    """The fields, the raw From, and what stands below a line that is no field."""
    fields: list[tuple[str, str]] = []
    raw_from, at = b"", 0
    while found := _FIELD.match(block, at):
        name, value = found[1].decode("ascii"), found[2]
        if b"\n" in value:
            value = value.replace(b"\r\n", b"").replace(b"\n", b"")
        value = value.strip()[:_LONG_FIELD]
        fields.append((name, _text_of(name, value)))
        if not raw_from and name.lower() == "from":
            raw_from = value
        at = found.end()
        if len(fields) >= caps.fields:
            return fields, raw_from, b""
    return fields, raw_from, block[at:] if block[at:].partition(b"\n")[0].strip() else b""


def _text_of(name: str, value: bytes) -> str:
    if value.isascii():
        plain = value.decode("ascii")
        if plain.isprintable():
            return plain
        if "\x1b" not in plain:
            return _CONTROL.sub(GETA, plain)
    if name.lower().encode() in _FREE_TEXT:
        return clean(decode_bytes(value, "")).replace("\n", " ")
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        text = value.decode("cp932", "replace") if _is_japanese(value) else value.decode("latin-1")
    return _CONTROL.sub(GETA, text)


def _is_japanese(value: bytes) -> bool:
    return any("\u3041" <= char <= "\u9fff" for char in decode_bytes(value.replace(b"\x1b", b""), ""))


def message_ids(values: Iterable[str], *, most: int, is_nearest_last: bool) -> list[str]:
    """The well-formed ids of In-Reply-To or References, nearest first; some programs leave out the angle brackets."""
    found: list[str] = []
    for value in values:
        ids = _MESSAGE_ID.findall(value[-_LONG_FIELD:]) or [f"<{loose}>" for loose in _LOOSE_ID.findall(value[:2000])]
        found.extend(reversed(ids) if is_nearest_last else ids)
    return list(dict.fromkeys(found))[:most]


def own_message_id(value: str) -> str:
    """A Message-ID fit to be quoted in a header of ours: printable ASCII, at most 250 characters; else ""."""
    bare = value.strip()
    return bare if _MESSAGE_ID.fullmatch(bare) and "@" in bare and bare[1:2] != "[" else ""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A MIME field: its value in lower case, and its parameters (RFC 2045 5.1, RFC 2231)."""

    value: str
    parameters: dict[str, str]
    is_over: bool = False


def labelled(raw: str, *, caps: Caps) -> Labelled:
    """Content-Type and Content-Disposition, leniently: comments gone, quotes optional, RFC 2231 pieces joined.

    >>> labelled("text/plain; charset=\\"utf-8\\" (x)", caps=Caps()).parameters
    {'charset': 'utf-8'}
    """
    if not raw:
        return Labelled("", {})
    is_over = len(raw) > caps.parameter_bytes
    bounded = raw[: caps.parameter_bytes]
    value = _without_comments(bounded.partition(";")[0]).strip().lower()
    pairs = [(name.lower(), stated) for name, stated in _PARAMETER.findall(bounded)]
    return Labelled(value, _joined(pairs[: caps.parameters]), is_over or len(pairs) > caps.parameters)


def _joined(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """RFC 2231 3: ``name*0*=``, ``name*1=`` … are pieces of one value, in the order of their numbers."""
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for name, raw in pairs:
        base, star, rest = name.partition("*")
        if not star:
            plain.setdefault(name, _unquoted(raw))
        else:
            number = rest.rstrip("*")
            pieces.setdefault(base, []).append(
                (int(number) if number.isdigit() and len(number) < 4 else 0, name.endswith("*"), _unquoted(raw))
            )
    for base, found in pieces.items():
        found.sort(key=lambda piece: piece[0])
        joined = "".join(piece for _, _, piece in found)
        plain[base] = decode_extended(joined) if any(extended for _, extended, _ in found) else joined
    return plain


def _unquoted(raw: str) -> str:
    bare = raw.strip()
    if bare[:1] == '"':
        return _ESCAPED.sub(r"\1", bare[1:].removesuffix('"'))
    return _without_comments(bare).strip().rstrip('"')


def _without_comments(text: str) -> str:
    return _COMMENT.sub("", text) if "(" in text else text


def file_name(label: Labelled, other: Labelled) -> str:
    """The attachment's name, without a path and without control or bidirectional characters."""
    name = label.parameters.get("filename") or other.parameters.get("name")
    if not name:
        return ""
    return re.split(r"[/\\]", clean(decode_header(name)).replace("\n", " "))[-1].strip()[:200]
