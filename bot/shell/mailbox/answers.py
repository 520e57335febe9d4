"""The server's answers to a FETCH, as imaplib hands them on: the parts of each message, by its UID (RFC 3501 7.4.2).

Given lines, gives names and values. Reads answers for messages that nobody asked for, in several pieces, with parts that nobody asked for;
an answer that is none is one message missing, and the next stands on its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

Parts = dict[bytes, Any]

Line = bytes | tuple[bytes, bytes]
"""A text, or a text that ends with ``{size}`` and the literal of that size."""

TEXT = b"text"
"""Under this name an answer's text, without its literals, stands among its parts."""

_BLANK = b" \t\r\n"
_TOKEN = re.compile(
    rb'[ \t\r\n]*+(?:((?:[^\x00-\x20()%"\[]++|\[[^\]]*+\])++)(?!")|"((?:[^"\\]++|\\.)*+)"|([()%\x00-\x1f]))',
    re.DOTALL,
)
"""A word, in which blanks may stand within brackets (``BODY[HEADER.FIELDS (DATE)]``); a quoted text; a single sign. None of them is read twice."""
_ESCAPED = re.compile(rb'\\(["\\])')


def by_uid(lines: Iterable[Line | None], asked: frozenset[int]) -> dict[int, Parts]:
    """What came for these UIDs."""
    found: dict[int, Parts] = {}
    for answer in _answers(lines):
        try:
            messages = _messages(answer)
        except (ValueError, TypeError, AttributeError):  # the last for a name that is a number or a list
            continue
        for parts in messages:
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


def _messages(answer: Sequence[Line]) -> Iterable[Parts]:
    """The parts of each message that an answer tells of, by the message's number; raises where it is none."""
    found: dict[int, Parts] = {}
    told = _values(answer)
    for number, listed in zip(told[::2], told[1::2], strict=True):
        if not isinstance(listed, tuple):
            raise ValueError("a message is told of in a list")
        parts = found.setdefault(int(number), {})
        for name, value in zip(listed[::2], listed[1::2], strict=True):
            word = name.upper()
            parts[word] = int(value) if word == b"UID" else value
    return found.values()


def _values(answer: Sequence[Line]) -> list[Any]:
    """What stands in an answer one after the other: numbers, texts, None for NIL, and lists of these."""
    outer: list[list[Any]] = []
    values: list[Any] = []
    for line in answer:
        text, literal = (line, None) if isinstance(line, bytes) else line
        if literal is not None and not text.endswith(b"}"):
            raise ValueError("a literal without its size")
        at, end = 0, len(text.rstrip(_BLANK))
        while at < end:
            token = _TOKEN.match(text, at)
            if token is None:
                raise ValueError("no token")
            at = token.end()
            word, quoted, sign = token.groups()
            if word is not None:
                values.append(_value(word, literal))
            elif quoted is not None:
                values.append(_ESCAPED.sub(rb"\1", quoted))
            elif sign == b"(":
                outer.append(values)
                values = []
            elif sign == b")" and outer:
                outer[-1].append(tuple(values))
                values = outer.pop()
            else:
                values.append(sign)
    if outer:
        raise ValueError("a list without end")
    return values


def _value(word: bytes, literal: bytes | None) -> Any:
    if word == b"NIL":
        return None
    if word.startswith(b"{"):
        if literal is None or len(literal) != int(word[1:-1]):
            raise ValueError("a literal of another size")
        return literal
    return int(word) if word.isdigit() and (word == b"0" or not word.startswith(b"0")) else word
