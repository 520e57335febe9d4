"""The ground the story is played on: the post office, the desk's folder, the product's own commands and its daemon.

Given a folder, gives running servers and a real configuration in it; everything that happens goes through `firstreply` as an operator types
it, in processes of its own, or through SMTP as a mail program speaks it. Raises `Broken` with a sentence where something does not happen.
Never leaves a process or a server behind.
"""

from __future__ import annotations

import json
import os
import secrets
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import bot
from bot.demo import example
from bot.demo.cast import BORDER, DESK, STAFF, Cast, Person
from bot.demo.letter import Letter
from bot.demo.post_office import HOST, PostOffice

CONFIG: Final = "firstreply.toml"
LOG: Final = "daemon.log"
PATIENCE_SECONDS: Final = 20
_LOOK_SECONDS: Final = 0.05
_END: Final = "\x1e"
_TYPIST: Final = f"""
import sys
from bot.cli import main
config, *lines = sys.argv[1:]
for line in lines:
    try:
        main(["--config", config, *line.split()])
    except SystemExit as end:
        if end.code:
            raise
    print({_END!r}, end="")
"""


class Broken(Exception):
    """The story cannot go on; the sentence says what did not happen."""


@dataclass(slots=True)
class Stage:
    """An open post office and a desk at work in `folder`."""

    folder: Path
    post: PostOffice
    cast: Cast = field(default_factory=lambda: Cast(()))
    _read: dict[str, int] = field(default_factory=dict)
    _daemon: subprocess.Popen[bytes] | None = None

    def commands(self, *lines: str) -> list[str]:
        """Commands one after the other, each to its end; gives what each prints. One process does for all, since its start takes longest."""
        ended = subprocess.run(
            [sys.executable, "-c", _TYPIST, CONFIG, *lines],
            cwd=self.folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        printed = ended.stdout.decode().split(_END)
        if ended.returncode or len(printed) != len(lines) + 1:
            failed = lines[min(len(printed), len(lines)) - 1]
            raise Broken(f"“firstreply {failed}” failed: {ended.stderr.decode(errors='replace').strip() or 'without a word'}")
        return [text.strip() for text in printed[:-1]]

    def ask(self, *lines: str) -> list[Any]:
        """The JSON documents that listings give."""
        return [json.loads(printed) for printed in self.commands(*(f"{line} --json" for line in lines))]

    def hire(self, cast: Cast) -> None:
        """A mailbox for every member."""
        self.cast = cast
        for member in self.cast.members:
            self.post.add_account(member.address, member.password)

    def start_daemon(self) -> None:
        with (self.folder / LOG).open("wb") as log:
            self._daemon = subprocess.Popen(
                [sys.executable, "-m", "bot.cli", "--config", CONFIG, "run"],
                cwd=self.folder,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def await_daemon(self) -> None:
        self._wait(lambda: '"ready"' in self.log, "the daemon did not get ready")

    def stop_daemon(self) -> int:
        """SIGTERM, and the code it ended with; SIGKILL where it does not listen."""
        daemon, self._daemon = self._daemon, None
        if daemon is None:
            return 0
        daemon.terminate()
        try:
            return daemon.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            daemon.kill()
            return daemon.wait()

    @property
    def is_at_work(self) -> bool:
        return self._daemon is not None and self._daemon.poll() is None

    @property
    def log(self) -> str:
        path = self.folder / LOG
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def line(self, person: Person) -> smtplib.SMTP:
        """An open, logged-in connection of this person's mail program; closed by whoever asked."""
        client = smtplib.SMTP(HOST, self.post.smtp_port, timeout=PATIENCE_SECONDS)
        client.login(person.address, person.password)
        return client

    def sends(self, person: Person, raw: bytes, *, is_notice: bool = False) -> None:
        """A notice goes out under the null reverse-path (RFC 3834 3.3)."""
        with self.line(person) as client:
            client.sendmail("" if is_notice else person.address, [DESK.address], raw)

    def next_letter(self, person: Person, *, about: str = "") -> Letter:
        """The next letter in this person's mailbox, waited for; where it must be about something, others are passed over."""
        while True:
            number = self._read.get(person.address, 0)
            what = f"{person.name} was sent no letter{f' about “{about}”' if about else ''}"
            self._wait(partial(self._has_more, person, number), what)
            self._read[person.address] = number + 1
            found = self.post.inbox(person.address)[number]
            letter = Letter(found.raw, found.at)
            if about in letter.subject:
                return letter

    def _has_more(self, person: Person, number: int) -> bool:
        return len(self.post.inbox(person.address)) > number

    def everything(self) -> list[tuple[datetime, str, bytes]]:
        """Every message of every mailbox in the order of its arrival: when, whose, and its bytes."""
        owners = (DESK, STAFF, *self.cast.members)
        found = [(mail.at, person.address, mail.raw) for person in owners for mail in self.post.inbox(person.address)]
        return sorted(found, key=lambda entry: entry[0])

    def _wait(self, happened: Callable[[], bool], otherwise: str) -> None:
        ends = time.monotonic() + PATIENCE_SECONDS
        while not happened():
            if self._daemon is not None and self._daemon.poll() is not None:
                raise Broken(f"{otherwise}, because the daemon ended with {self._daemon.returncode}")
            if time.monotonic() > ends:
                raise Broken(f"{otherwise} within {PATIENCE_SECONDS} seconds")
            time.sleep(_LOOK_SECONDS)


@contextmanager
def opened(folder: Path, *, imap_port: int = 0, smtp_port: int = 0) -> Iterator[Stage]:
    """The post office open, the desk configured; at the end the daemon is stopped, and then the post office."""
    with PostOffice(border=BORDER, imap_port=_free(imap_port), smtp_port=_free(smtp_port)) as post:
        for person in (DESK, STAFF):
            post.add_account(person.address, person.password)
        folder.mkdir(parents=True, exist_ok=True)
        settings = example.configuration(imap_port=post.imap_port, smtp_port=post.smtp_port, secret=secrets.token_urlsafe(32))
        config = folder / CONFIG
        config.touch(mode=0o600)
        config.write_text(settings, encoding="utf-8")
        stage = Stage(folder, post)
        try:
            yield stage
        finally:
            stage.stop_daemon()


def _free(port: int) -> int:
    """The port, or any (0) where it is taken."""
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((HOST, port))
        except OSError:
            return 0
    return port


def _environment() -> dict[str, str]:
    """Ours, without settings of the person who plays; and the package is found from the desk's folder, installed or not."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FIRSTREPLY_")}
    ours = str(Path(next(iter(bot.__path__))).parent)
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, (kept.get("PYTHONPATH"), ours))), "PYTHONUTF8": "1"}
