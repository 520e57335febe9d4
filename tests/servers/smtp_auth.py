"""What a client says to log in by SMTP: RFC 4954, with the mechanisms PLAIN (RFC 4616), LOGIN and XOAUTH2.

Given the words after AUTH and a way to ask for the next line, gives user name and password or token. Never judges them.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Awaitable, Callable

MECHANISMS = ("PLAIN", "LOGIN", "XOAUTH2")
Ask = Callable[[str], Awaitable[str]]


class Unreadable(Exception):
    """The client cancelled, named a mechanism that is not offered, or sent what is not base64."""


async def read_credentials(words: list[str], ask: Ask) -> tuple[str, str]:
    mechanism, *initial = words or [""]
    match mechanism.upper():
        case "PLAIN":
            _, username, password = _parts(_decode(initial[0] if initial else await ask("")), "\0", count=3)
        case "LOGIN":
            username = _decode(initial[0] if initial else await ask(_encode("Username:")))
            password = _decode(await ask(_encode("Password:")))
        case "XOAUTH2":
            user, bearer, _, _ = _parts(_decode(initial[0] if initial else await ask("")), "\1", count=4)
            username, password = user.removeprefix("user="), bearer.removeprefix("auth=Bearer ")
        case _:
            raise Unreadable
    return username, password


def _encode(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _decode(line: str) -> str:
    try:
        return base64.b64decode(line.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise Unreadable from error


def _parts(text: str, separator: str, *, count: int) -> list[str]:
    parts = text.split(separator)
    if len(parts) != count:
        raise Unreadable
    return parts
