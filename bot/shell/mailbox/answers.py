"""The server's answers to a FETCH, as imaplib hands them on: the parts of each message, by its UID (RFC 3501 7.4.2).

Given lines, gives names and values. Reads answers for messages that nobody asked for, in several pieces, with parts that nobody asked for;
an answer that is none is one message missing, and the next stands on its own. Each byte is looked at once, but for literals, which are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

Parts = dict[bytes, Any]
"""By name, in capitals: a number, bytes, or None for NIL and for a list, which nobody asks for."""

Line = bytes | tuple[bytes, bytes]
"""A text, or a text that ends with ``{size}`` and the literal of that size."""

TEXT = b"text"
"""Under this name an answer's text, without its literals, stands among its parts."""

_BLANK = b" \t\r\n"
_TOKEN = re.compile(
    rb"[ \t\r\n]*+(?:"
    rb'"((?:[^"\\]|\\.)*+)"'  # a quoted string
    rb"|([()])"
    rb'|((?:[^\x00-\x20()%"\[]|\[[^\]]*+\])++(?!")|[\x00-\x1f%])'  # an atom, with its section: BODY[HEADER.FIELDS (MESSAGE-ID)]<0>
    rb")",
    re.DOTALL,
)
_ESCAPED = re.compile(rb'\\(["\\])')
_OPENS, _CLOSES = object(), object()


def by_uid(lines: Iterable[Line | None], asked: frozenset[int]) -> dict[int, Parts]:
    """What came for these UIDs."""
    found: dict[int, Parts] = {}
    for answer in _answers(lines):
        try:
            parts = _parts(answer)
        except ValueError:
            continue
        if (uid := parts.get(b"UID")) in asked:
            known = found.setdefault(uid, {TEXT: b""})
            known.update(parts)
            known[TEXT] += b" ".join([line if isinstance(line, bytes) else line[0] for line in answer])
    return found


def _answers(lines: Iterable[Line | None]) -> Iterator[list[Line]]:
    """imaplib gives (text, literal) pairs and closes each answer with a bare text; its list does not say so otherwise."""
    answer: list[Line] = []
    for line in lines:
        if line is None:
            continue
        answer.append(line)
        if isinstance(line, bytes):
            yield answer
            answer = []


def _parts(answer: Iterable[Line]) -> Parts:
    """Of one answer, such as ``12 (UID 7 RFC822.SIZE 300)``. Raises ValueError where it is none."""
    tokens = list[Any]()
    for line in answer:
        tokens += _tokens(*(line, None) if isinstance(line, bytes) else line)
    if len(tokens) < 3 or not isinstance(tokens[0], int) or tokens[1] is not _OPENS or tokens[-1] is not _CLOSES:
        raise ValueError("it tells of no message")
    items = _without_lists(tokens[2:-1])
    if len(items) % 2:
        raise ValueError("it has a name without a value")
    return {name.upper(): value for name, value in zip(items[::2], items[1::2], strict=True) if isinstance(name, bytes)}


def _without_lists(tokens: list[Any]) -> list[Any]:
    """None for each list."""
    if _OPENS not in tokens and _CLOSES not in tokens:
        return tokens
    items: list[Any] = []
    depth = 0
    for token in tokens:
        if not depth and token is not _CLOSES:
            items.append(None if token is _OPENS else token)
        depth += (token is _OPENS) - (token is _CLOSES)
        if depth < 0:
            break
    if depth:
        raise ValueError("it has brackets without their other half")
    return items


def _tokens(text: bytes, literal: bytes | None) -> Iterator[Any]:
    """Brackets, numbers, strings and atoms as bytes, None for NIL. Raises ValueError for what is none of these."""
    place = 0
    while found := _TOKEN.match(text, place):
        place = found.end()
        quoted, bracket, atom = found.groups()
        if atom is not None:
            yield _value(atom, literal)
        elif quoted is not None:
            yield _ESCAPED.sub(rb"\1", quoted) if b"\\" in quoted else quoted
        else:
            yield _OPENS if bracket == b"(" else _CLOSES
    if place < len(text) and text[place:].strip(_BLANK):
        raise ValueError("it has something that is no token")


def _value(atom: bytes, literal: bytes | None) -> bytes | int | None:
    if atom.isdigit():
        return int(atom)
    if atom[:1] != b"{":
        return None if atom == b"NIL" else atom
    if literal is None or int(atom[1:-1]) != len(literal):
        raise ValueError("it has no literal of this size")
    return literal
