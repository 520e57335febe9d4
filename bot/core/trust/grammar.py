"""The grammar of an Authentication-Results field (RFC 8601 2.2), and of the form that Microsoft 365 writes.

Given the unfolded value of one field; gives the server that speaks in it and its results, or says that it cannot be read.
Reads from strangers: senders choose parts of it (a DKIM domain, a reverse-path), so quotes and comments are taken apart in one linear pass.
Never guesses: what does not fit the grammar makes the whole field unreadable. (The `authres` library is the oracle of the tests, not the
parser: it reads a DKIM domain that ends in a comment as the shorter domain, refuses Microsoft's form, and takes a second for 60 kB.)
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass

_ASCII_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_LONGEST = 16_384
_COMMENT = "\x02"
"""Stands where a comment stood: white space between properties, but never part of a value that equals a domain.

A DKIM domain of ``lawfirm.example(.evil.example)`` would else read as ``lawfirm.example`` with a remark.
"""
_BLANK = " \t\r\n" + _COMMENT

# re.ASCII matters: a no-break space ends no domain, and the Kelvin sign is no letter k.
_ID = re.compile(r"[\s\x02]*([A-Za-z0-9.!#$%&'*+^_`{|}~@-]+)(?=[\s\x02;(]|\Z)", re.ASCII)
_VERSION = re.compile(r"(?:[\s\x02]+1)?[\s\x02]*\Z", re.ASCII)
_INSTANCE = re.compile(r"\s*i\s*=\s*\d{1,3}\s*;", re.ASCII)
_OUTSIDE_COMMENTS = re.compile(r'"(?:[^"\\]|\\.)*"|[^"();\\]+|.', re.DOTALL)
_INSIDE_COMMENTS = re.compile(r"[^()\\]+|\\.|.", re.DOTALL)
_RESULT = re.compile(r"[\s\x02]*([a-z][a-z0-9-]*)(?:\s*/\s*1)?\s*=\s*([a-z]+)(?=[\s\x02]|\Z)", re.ASCII | re.IGNORECASE)
_PROPERTY = re.compile(r'[\s\x02]*([a-z][a-z0-9._-]*)\s*=\s*("(?:[^"\\]|\\.)*"(?:@[^\s"]*)?|[^\s"]*)(?=\s|\Z)', re.ASCII | re.IGNORECASE)
_REST = re.compile(r"[\s\x02]*\Z", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Result:
    """One method and what it found, such as ``dkim=pass header.d=lawfirm.example``; properties in the order written."""

    method: str
    result: str
    properties: tuple[tuple[str, str], ...] = ()

    def only(self, name: str) -> str:
        """The value of a property, lower-cased; "" where it is missing or given twice with different values."""
        values = {value.translate(_ASCII_LOWER) for key, value in self.properties if key == name}
        return values.pop() if len(values) == 1 else ""


@dataclass(frozen=True, slots=True)
class Field:
    """One Authentication-Results field. `server` is "" where the field names none; `is_readable` is False after any fault of grammar."""

    server: str
    results: tuple[Result, ...] = ()
    is_readable: bool = True


def read_field(value: str) -> Field:
    """One field, with or without its authserv-id.

    >>> read_field("mx.ngo.example 1; dmarc=pass (p=reject) header.from=lawfirm.example").server
    'mx.ngo.example'
    """
    segments = _segments(value) if len(value) <= _LONGEST and not _CONTROL.search(value) else None
    if segments is None:
        return Field(_server(value[:_LONGEST]), is_readable=False)
    server = "" if _RESULT.match(segments[0]) else _server(segments[0])
    if server and (len(segments) < 2 or not _is_head(segments[0])):
        return Field(server, is_readable=False)
    stated = [segment for segment in segments[bool(server) :] if segment.strip(_BLANK)]
    if [segment.strip(_BLANK) for segment in stated] == ["none"]:
        return Field(server)
    results = [_result(segment) for segment in stated]
    readable = tuple(result for result in results if result is not None)
    return Field(server, readable, is_readable=len(readable) == len(results))


def without_instance(value: str) -> str | None:
    """The payload of an ARC-Authentication-Results field (RFC 8617 4.1.1): the same grammar behind ``i=1;``."""
    match = _INSTANCE.match(value)
    return value[match.end() :] if match else None


def _server(text: str) -> str:
    match = _ID.match(text)
    return match[1].lower() if match else ""


def _is_head(segment: str) -> bool:
    match = _ID.match(segment)
    return bool(match and _VERSION.match(segment, match.end()))


def _segments(value: str) -> list[str] | None:
    """The value cut at its semicolons, each comment (they nest) replaced by a mark; None where a quote or comment does not close."""
    segments: list[list[str]] = [[]]
    depth = at = 0
    while match := (_INSIDE_COMMENTS if depth else _OUTSIDE_COMMENTS).match(value, at):
        piece, at = match[0], match.end()
        if depth or piece == "(":
            depth += (piece == "(") - (piece == ")")
            if depth == 0:
                segments[-1].append(_COMMENT)
        elif piece in (")", '"', "\\"):
            return None
        elif piece == ";":
            segments.append([])
        else:
            segments[-1].append(piece)
    return None if depth else ["".join(pieces) for pieces in segments]


def _result(segment: str) -> Result | None:
    head = _RESULT.match(segment)
    if head is None:
        return None
    properties, at = [], head.end()
    while not _REST.match(segment, at):
        match = _PROPERTY.match(segment, at)
        if match is None:
            return None
        properties.append((match[1].lower(), _unquoted(match[2])))
        at = match.end()
    return Result(head[1].lower(), head[2].lower(), tuple(properties))


def _unquoted(value: str) -> str:
    if not value.startswith('"'):
        return value
    text, _, behind = value[1:].rpartition('"')
    return re.sub(r"\\(.)", r"\1", text) + behind
