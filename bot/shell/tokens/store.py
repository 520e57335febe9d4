"""Where sign-ins are kept: one file that only its owner can read, replaced as a whole, by one process at a time.

Given a path, gives and takes sign-ins by their key. What cannot be read is as good as no sign-in: a person signs in again.
Never part of the database, so no backup of that holds one.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.shell.tokens.nouns import SignIn


@dataclass(frozen=True, slots=True)
class Store:
    path: Path

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Two processes that renew one grant at once might each make the other's useless."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(self.path.with_name(f"{self.path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def read(self, key: str) -> SignIn | None:
        try:
            return _sign_in(self._entries()[key])
        except (KeyError, TypeError, ValueError):
            return None

    def write(self, key: str, sign_in: SignIn) -> None:
        """On disk as a whole before the old one is gone."""
        entries = {**self._entries(), key: asdict(sign_in)}
        fresh = self.path.with_name(f"{self.path.name}.new")
        with contextlib.suppress(FileNotFoundError):
            fresh.unlink()
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(entries, file, default=datetime.isoformat)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)

    def _entries(self) -> dict[str, Any]:
        try:
            entries = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return entries if isinstance(entries, dict) else {}


def _sign_in(entry: dict[str, Any]) -> SignIn:
    moments = ("token_ends_at", "renewed_at", "ends_at", "refused_at")
    found: dict[str, Any] = {name: datetime.fromisoformat(value) if name in moments and value else value for name, value in entry.items()}
    return SignIn(**found)
