"""What strangers and staff wrote, made fit to be printed.

Given facts, gives the same facts with every text free of what has no business on paper: control characters, bidirectional and
other invisible marks, half surrogates, private-use signs (ATTACKS I-11, I-12). What remains is printed as it stands.
Also knows a line that a mail program could quote back as a command, and takes its edge off. Never drops a visible character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from functools import lru_cache
from types import NoneType
from typing import Any

from markupsafe import Markup

SIGNS = "".join(map(chr, range(0x1D7CE, 0x1D800)))
"""The digits of mathematicians: letters that are set for many have them where each reader's own digits go (see `personal`)."""
_PLAIN = {ord(sign): str(number % 10) for number, sign in enumerate(SIGNS)}
_WITHOUT_TEXT = frozenset({bool, bytes, datetime, float, int, NoneType})
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_NEWLINES = re.compile(r"\r\n|\r|\x0b|\x0c|\x85|\u2028|\u2029")
_DASHES = re.compile("[\u2010-\u2015\u2212\u30fc\ufe58\ufe63\uff0d\uff70]")
_ID = re.compile(r"(?:[a-z][a-z0-9]{0,9}-?)?\d{4}-\d+")
_ARGUMENT = re.compile(
    rf"{_ID.pattern}|[^\s@]+@|until\b|まで|with\b|理由|\d|令|[a-z2-7]{{16}}\.|日本語|英語|japanese\b|english\b|(?:ja|en)\b"
)
"""What may follow a command word in the grammar: a case id, an address, a date, a code, a language."""


def scrub(value: Any) -> Any:
    """The same value with every text in it cleaned: through dicts, lists, tuples, sets and frozen dataclasses."""
    kind = type(value)
    if kind is str:
        return _clean(value)
    if kind in _WITHOUT_TEXT or isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {scrub(key): scrub(one) for key, one in value.items()}
    if isinstance(value, list):
        return [scrub(one) for one in value]
    if isinstance(value, tuple):
        return tuple(scrub(one) for one in value)
    if isinstance(value, (set, frozenset)):
        return frozenset(scrub(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return _scrub_fields(value)
    return value


def one_line(text: str) -> str:
    return " ".join(text.split())


class Commands:
    """Recognises lines that some reader of mail might take for a command, by the organisation's own command words."""

    def __init__(self, words: Iterable[str]) -> None:
        folded = sorted({_fold(word).strip() for word in words} - {""}, key=len, reverse=True)
        self._word = re.compile(rf"(?:{'|'.join(map(re.escape, folded))})" if folded else r"(?!)")
        self.starts = lru_cache(maxsize=4096)(self._starts)  # most lines of a letter stand in others, too

    def _starts(self, line: str) -> bool:
        """Whether the line, whatever signs stand before it, begins with a command word and ends there or goes on as a command does.

        What is marked as quotation never does.
        """
        text = _fold(line)
        if text.startswith(">"):
            return False
        text = _bare(text)
        match = self._word.match(text)
        if not match:
            return False
        rest = text[match.end() :]
        if rest and rest[0].isalnum() and match.group()[-1].isascii():
            return False
        if rest.startswith(":"):
            return _ID.match(rest[1:].lstrip()) is not None
        rest = _bare(rest)
        return not rest or _ARGUMENT.match(rest) is not None

    def tame(self, line: str, note: str) -> str:
        """The line, with a word of ours before it where it could be taken for a command; markup stays markup."""
        bare = line.striptags() if isinstance(line, Markup) else line
        if not self.starts(bare):
            return line
        return Markup(note) + line if isinstance(line, Markup) else note + line


def _scrub_fields(value: Any) -> Any:
    given = {field.name: getattr(value, field.name) for field in fields(value) if field.init}
    changed = {name: cleaned for name, one in given.items() if (cleaned := scrub(one)) is not one}
    return replace(value, **changed) if changed else value


@lru_cache(maxsize=4096)
def _clean(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    text = _NEWLINES.sub("\n", text).replace("\t", " ").translate(_PLAIN)
    if text.replace("\n", "").isprintable():
        return text
    return "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in _UNPRINTABLE)


def _bare(text: str) -> str:
    """Without the signs before its first letter or digit."""
    return next((text[start:] for start, sign in enumerate(text) if sign.isalnum()), "")


def _fold(text: str) -> str:
    return _DASHES.sub("-", unicodedata.normalize("NFKC", text)).casefold()
