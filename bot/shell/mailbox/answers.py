"""The server's answers to a FETCH, as imaplib hands them on: the parts of each message, by its UID (RFC 3501 7.4.2).

Given lines, gives names and values. Reads answers for messages that nobody asked for, in several pieces, with parts that nobody asked for;
an answer that is none is one message missing, and the next stands on its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from imapclient.exceptions import IMAPClientError
from imapclient.response_parser import parse_fetch_response

Parts = dict[bytes, Any]

Line = bytes | tuple[bytes, bytes]
"""A text, or a text that ends with ``{size}`` and the literal of that size."""

_NO_ANSWER = (IMAPClientError, ValueError, TypeError, OverflowError, AttributeError, RecursionError)
"""The last two for a name that is a number or a list, and for lists in lists without end."""

TEXT = b"text"
"""Under this name an answer's text, without its literals, stands among its parts."""


def by_uid(lines: Iterable[Line | None], asked: frozenset[int]) -> dict[int, Parts]:
    """What came for these UIDs."""
    found: dict[int, Parts] = {}
    for answer in _answers(lines):
        try:
            parsed = parse_fetch_response(answer, normalise_times=False, uid_is_key=False)
        except _NO_ANSWER:
            continue
        for parts in parsed.values():
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
