"""The post book: it remembers what has left, should the database be put back to an older state.

Takes one line for each letter that the mail server has taken, gives them back in that order. A line holds a Message-ID, a fingerprint and
ids, no name and no address. It is written with the letter's “sent” or after it: a line that the database does not know is a proof that it
went back. Beside SQLite it is a file; on a server a schema of its own (`shell.ledger.serverbook`). A copy of either proves nothing, for it
may end too early: the book knows the place that it was begun in.
"""

from __future__ import annotations

import json
import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

_LAST_LINE_BYTES = 4096
_TO_BE_SAFE = timedelta(minutes=10)
"""A letter is written down a moment after the clock was read for it."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One letter that has left."""

    message_id: str
    fingerprint: str
    """Whom and what it was for, hashed: the same letter written again has the same."""
    kind: str
    case_id: str | None
    round_month: str | None
    at: datetime

    def entry(self) -> dict[str, object]:
        """As a line of the book holds it."""
        return {**{name: getattr(self, name) for name in _NAMES}, "at": self.at.isoformat()}


_NAMES = tuple(field.name for field in fields(Posting))


class PostBook(ABC):
    """What all books do with their lines, wherever these lie."""

    @abstractmethod
    def begin(self, now: datetime) -> None:
        """There is a book from here on."""

    @abstractmethod
    def note(self, *postings: Posting) -> None:
        """Letters have left, and their rows say so."""

    def go_on(self, now: datetime) -> None:
        """The database is an older one and will stay so: what left before no longer speaks against it."""
        self._append({"went_on": now.isoformat()})

    def last(self) -> Posting | None:
        """The letter that left last, and after the database last went back. Reads the end of the book only."""
        for line in self._backwards():
            entry = _read(line)
            if "went_on" in entry:
                return None
            if posting := _posting(entry):
                return posting
        return None

    def since(self, moment: datetime) -> Iterator[Posting]:
        """Whatever has left since then, in that order. A line that a power cut left half is passed over."""
        yield from (posting for line in self._lines() if (posting := _posting(_read(line))) and posting.at >= moment - _TO_BE_SAFE)

    def reaches_back_to(self, moment: datetime) -> bool:
        """Whether it was begun by then, in this very place: then nothing that left since is missing in it."""
        head = _read(next(iter(self._lines()), b""))
        began = head.get("began")
        return isinstance(began, str) and datetime.fromisoformat(began) <= moment and head.get("file") == self._place()

    @abstractmethod
    def _append(self, *entries: dict[str, object]) -> None: ...

    @abstractmethod
    def _lines(self) -> Iterator[bytes]:
        """All of them, the first first."""

    @abstractmethod
    def _backwards(self) -> Iterator[bytes]:
        """The last few, the last first."""

    @abstractmethod
    def _place(self) -> int | None:
        """What a copy has not: the number of the file or table itself."""


@dataclass(frozen=True, slots=True)
class FileBook(PostBook):
    path: Path

    def begin(self, now: datetime) -> None:
        if not self.path.exists():
            self._append({"began": now.isoformat(), "file": None})

    def note(self, *postings: Posting) -> None:
        self.begin(postings[0].at)
        self._append(*(posting.entry() for posting in postings))

    def _append(self, *entries: dict[str, object]) -> None:
        descriptor = os.open(self.path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        try:
            number = os.fstat(descriptor).st_ino
            lines = [{**entry, "file": number} if "file" in entry else entry for entry in entries]
            os.write(descriptor, b"".join(json.dumps(line).encode() + b"\n" for line in lines))
        finally:
            os.close(descriptor)

    def _lines(self) -> Iterator[bytes]:
        if self.path.exists():
            with self.path.open("rb") as file:
                yield from file

    def _backwards(self) -> Iterator[bytes]:
        if self.path.exists():
            with self.path.open("rb") as file:
                file.seek(max(0, self.path.stat().st_size - _LAST_LINE_BYTES))
                yield from reversed(file.read().splitlines())

    def _place(self) -> int | None:
        return self.path.stat().st_ino if self.path.exists() else None


def _posting(entry: dict[str, Any]) -> Posting | None:
    if "message_id" not in entry:
        return None
    return Posting(**{**entry, "at": datetime.fromisoformat(entry["at"])})


def _read(line: bytes) -> dict[str, Any]:
    try:
        read = json.loads(line)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
