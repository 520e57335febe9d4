"""What all IMAP servers of the tests have in common: accounts that exist as soon as they are named, and a back door to put mail in.

Given a folder and the account it works as; a server of its own kind adds how it is configured and opened. Speaks RFC 3501 on a loopback port that
stays the same over `restart()`.
"""

from __future__ import annotations

import contextlib
import re
import signal
import socket
import subprocess
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from imapclient import IMAPClient

from tests.servers.ground import LOOPBACK, PATIENCE_SECONDS, Worker, end, free_port, give_back, remove

PASSWORD = "correct-horse-battery"
LOG = "server.log"
_APPENDED = re.compile(rb"APPENDUID \d+ (\d+)")


@dataclass(frozen=True, slots=True)
class Account:
    username: str
    password: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A message as it lies in a folder. `arrived_at` is INTERNALDATE with the server's offset."""

    uid: int
    arrived_at: datetime
    flags: frozenset[str]
    raw: bytes


class ImapServer(ABC):
    """`with Dovecot.start() as post: …`; each kind has its own `start`."""

    host = LOOPBACK

    def __init__(self, home: Path, worker: Worker) -> None:
        self.home = home
        self.port = free_port()
        self._ports = [self.port]
        self._worker = worker
        self._process: subprocess.Popen[bytes] | None = None
        self._doors: dict[str, IMAPClient] = {}

    @abstractmethod
    def open(self) -> None:
        """Up again, and ready when this returns."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def account(self, address: str) -> Account:
        """Every address has a mailbox here, and all have one password."""
        return Account(address, PASSWORD)

    def deliver(self, address: str, raw: bytes, *, at: datetime | None = None, folder: str = "INBOX") -> int:
        """Puts a message in as if it had arrived at that instant, or now; gives its UID."""
        if at is not None and at.tzinfo is None:
            raise ValueError("an arrival without an offset is not an instant")
        door = self._door(address)
        if folder != "INBOX" and not door.folder_exists(folder):
            door.create_folder(folder)
        return int(_only(_APPENDED.findall(door.append(folder, raw, (), at))))

    def move(self, address: str, *uids: int, from_folder: str, to_folder: str) -> None:
        """Several at once come to light together; they keep their arrival, and their order among themselves."""
        door = self._door(address)
        if not door.folder_exists(to_folder):
            door.create_folder(to_folder)
        door.select_folder(from_folder)
        door.move(list(uids), to_folder)
        door.unselect_folder()

    def mark(self, address: str, uid: int, flag: str) -> None:
        """As a person does in webmail."""
        door = self._door(address)
        door.select_folder("INBOX")
        door.add_flags([uid], [flag])
        door.unselect_folder()

    def remove_folder(self, address: str, folder: str) -> None:
        """With a folder of the same name made later, its UIDVALIDITY is another one."""
        self._door(address).delete_folder(folder)

    def folders(self, address: str) -> list[str]:
        return sorted(name for _, _, name in self._door(address).list_folders())

    def messages(self, address: str, folder: str = "INBOX") -> list[Stored]:
        """All messages of a folder by UID; looking at them sets no flag."""
        door = self._door(address)
        door.select_folder(folder, readonly=True)
        uids = door.search("ALL")
        rows = door.fetch(uids, ["INTERNALDATE", "FLAGS", "BODY.PEEK[]"]) if uids else {}
        door.close_folder()  # not every server has UNSELECT; of a folder that was only looked at, CLOSE expunges nothing
        return [_stored(uid, rows[uid]) for uid in sorted(rows)]

    def restart(self) -> None:
        self.close()
        self.open()

    def close(self, *, how: signal.Signals = signal.SIGTERM) -> None:
        """Down for now, the mail stays. Its clients are told BYE, unless it is killed."""
        for door in self._doors.values():
            with contextlib.suppress(Exception):
                door.shutdown()
        self._doors.clear()
        if self._process is not None:
            end(self._process, how=how)
            self._process = None

    def stop(self) -> None:
        self.close(how=signal.SIGKILL)  # a polite end takes it a second
        give_back(*self._ports)
        remove(self.home)

    @property
    def log(self) -> str:
        return (self.home / LOG).read_text(errors="replace")

    def _greets(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection((self.host, self.port), PATIENCE_SECONDS) as line:
            return line.recv(4) == b"* OK"
        if self._process is not None and self._process.poll() is not None:
            raise AssertionError(f"it ended at once:\n{self.log}")
        return False

    def _door(self, address: str) -> IMAPClient:
        """One log-in per account is kept, because a log-in costs more than all that follows."""
        if address not in self._doors:
            door = IMAPClient(self.host, self.port, ssl=False)
            door.normalise_times = False
            door.login(*_credentials(self.account(address)))
            self._doors[address] = door
        return self._doors[address]


def _credentials(account: Account) -> tuple[str, str]:
    return account.username, account.password


def _only(found: list[bytes]) -> bytes:
    if len(found) != 1:
        raise AssertionError(f"one UID was expected, not {found}")
    return found[0]


def _stored(uid: int, row: dict[bytes, object]) -> Stored:
    arrived_at, flags, raw = row[b"INTERNALDATE"], row[b"FLAGS"], row[b"BODY[]"]
    assert isinstance(arrived_at, datetime) and isinstance(flags, tuple) and isinstance(raw, bytes)
    return Stored(uid, arrived_at, frozenset(flag.decode() for flag in flags if flag != b"\\Recent"), raw)
