"""A real Dovecot on loopback, for the tests of everything that reads mail.

Given nothing; gives an IMAP (and LMTP) server whose accounts exist as soon as they are named, and a back door to put mail in and to
look at it. Speaks RFC 3501 in clear, and with TLS where it was started with a certificate.
Never runs as root: under root it works as an account without rights, because Dovecot refuses to log root in.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import signal
import smtplib
import socket
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from string import Template
from types import TracebackType
from typing import Self

from imapclient import IMAPClient

from tests.servers.absence import absent
from tests.servers.certificate import Certificate
from tests.servers.ground import LOOPBACK, Worker, end, free_port, launch, own_folder, remove, unprivileged, wait_until

PASSWORD = "correct-horse-battery"
_CONFIGURATION = Path(__file__).with_name("dovecot.conf")
_WHERE_SERVERS_LIE = "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin"
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


class Dovecot:
    """`with Dovecot.start() as post: …`; the ports stay the same over `restart()`."""

    host = LOOPBACK

    def __init__(self, home: Path, worker: Worker, *, program: str) -> None:
        self.home = home
        self.port, self.tls_port, self.lmtp_port = free_port(), 0, free_port()
        self._worker, self._program = worker, program
        self._process: subprocess.Popen[bytes] | None = None
        self._doors: dict[str, IMAPClient] = {}

    @classmethod
    def start(cls, *, certificate: Certificate | None = None) -> Self:
        program = shutil.which("dovecot", path=_WHERE_SERVERS_LIE)
        if program is None:
            absent("Dovecot")
        worker = unprivileged("nobody")
        post = cls(own_folder("dovecot-", worker), worker, program=program)
        post._configure(certificate)
        post.open()
        return post

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

    def receive(self, address: str, raw: bytes, *, sender: str) -> None:
        """Hands a message in by LMTP, as a provider's server does: Dovecot adds Return-Path, Delivered-To and Received."""
        with smtplib.LMTP(self.host, self.lmtp_port) as lmtp:
            lmtp.sendmail(sender, [address], raw)

    def move(self, address: str, uid: int, *, from_folder: str, to_folder: str) -> None:
        door = self._door(address)
        if not door.folder_exists(to_folder):
            door.create_folder(to_folder)
        door.select_folder(from_folder)
        door.move([uid], to_folder)
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
        door.unselect_folder()
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

    def open(self) -> None:
        command = [self._program, "-F", "-c", str(self.home / "dovecot.conf")]
        self._process = launch(command, self._worker, log=self.home / "dovecot.log")
        wait_until(self._greets, seconds=10, otherwise=lambda: f"Dovecot does not start:\n{self.log}")

    def stop(self) -> None:
        self.close(how=signal.SIGKILL)  # a polite end takes it a second
        remove(self.home)

    @property
    def log(self) -> str:
        return (self.home / "dovecot.log").read_text(errors="replace")

    def _greets(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection((self.host, self.port), timeout=5) as line:
            return line.recv(4) == b"* OK"
        if self._process is not None and self._process.poll() is not None:
            raise AssertionError(f"Dovecot ended at once:\n{self.log}")
        return False

    def _door(self, address: str) -> IMAPClient:
        """One log-in per account is kept, because a log-in costs more than all that follows."""
        if address not in self._doors:
            door = IMAPClient(self.host, self.port, ssl=False)
            door.normalise_times = False
            door.login(address, PASSWORD)
            self._doors[address] = door
        return self._doors[address]

    def _configure(self, certificate: Certificate | None) -> None:
        tls = "ssl = no"
        if certificate is not None:
            self.tls_port = free_port()
            copies = [shutil.copy(pem, self.home) for pem in (certificate.cert, certificate.key)]
            tls = f"ssl = yes\nssl_cert = <{copies[0]}\nssl_key = <{copies[1]}"
        worker = self._worker
        names = {"worker": worker.name, "group": worker.group, "uid": worker.uid, "gid": worker.gid, "password": PASSWORD}
        ports = {"port": self.port, "tls_port": self.tls_port, "lmtp_port": self.lmtp_port}
        text = Template(_CONFIGURATION.read_text()).substitute(names, home=self.home, tls=tls, **ports)
        (self.home / "dovecot.conf").write_text(text)


def _only(found: list[bytes]) -> bytes:
    if len(found) != 1:
        raise AssertionError(f"one UID was expected, not {found}")
    return found[0]


def _stored(uid: int, row: dict[bytes, object]) -> Stored:
    arrived_at, flags, raw = row[b"INTERNALDATE"], row[b"FLAGS"], row[b"BODY[]"]
    assert isinstance(arrived_at, datetime) and isinstance(flags, tuple) and isinstance(raw, bytes)
    return Stored(uid, arrived_at, frozenset(flag.decode() for flag in flags if flag != b"\\Recent"), raw)
